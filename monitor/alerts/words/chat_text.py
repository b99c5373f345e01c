"""Puts an alert into words for a chat: no ruled lines, no wrapping, cut to what the service takes. Pure."""

from monitor.alerts.news.headline import headline
from monitor.alerts.news.payload import DigestNews, ExtractNews, News, SourceNews, ToldExtract
from monitor.alerts.news.renewal import Renewal
from monitor.alerts.words.chosen.room import WHOLE
from monitor.alerts.words.renewal import counts_line, groups_of
from monitor.alerts.words.text_lines import compared
from monitor.text.harmless import harmless


def chat_text(news: News) -> str:
    """The alert as lines, without its headline, which chats show as a title."""
    if isinstance(news, DigestNews):
        told = [f"{headline(item.news)}\n{chat_text(item.news)}" for item in news.items]
        if news.left_out:
            told.append(f"And {news.left_out} more: wpswatch alerts")
        return "\n\n".join(told)
    if isinstance(news, SourceNews):
        last_good = f"{news.last_good_at:%Y-%m-%d %H:%M} UTC" if news.last_good_at else "never"
        return f"{harmless(news.reason)}\nLast good: {last_good}"
    overview = [_overview(news, news.renewal)] if news.renewal else []
    return "\n\n".join([_head(news), *overview, *map(_extract, news.extracts)])


def cut_to(text: str, most: int, rest: str) -> str:
    """The text, cut to so many characters where it is longer, at a space if there is one near; then `rest` ends it."""
    if len(text) <= most:
        return text
    ending = f" [...]\n{rest}"
    kept = text[: max(most - len(ending), 0)]
    at_space = kept.rfind(" ")
    kept = kept[:at_space] if at_space > len(kept) * 0.8 else kept
    return (kept.rstrip() + ending)[:most]


def rest_of(news: News) -> str:
    """Where the whole of a cut alert is: the document's page, or the command that prints it."""
    return news.url if isinstance(news, ExtractNews) else "The whole: wpswatch alerts --json"


def _head(news: ExtractNews) -> str:
    day = news.adopted_on or news.published_on
    told = [news.subject or "", f"{'adopted' if news.adopted_on else 'published'} {day:%Y-%m-%d}" if day else ""]
    line = harmless(", ".join(part for part in told if part))
    url = harmless(news.url)
    return f"{line}\n{url}" if line else url


def _overview(news: ExtractNews, renewal: Renewal) -> str:
    """What a renewal did, a line for each paragraph, so that a cut message still tells it."""
    groups = groups_of(news, WHOLE)
    told = [f"{group.title}: {'; '.join(one.words for one in group.lines)}" for group in groups]
    return harmless(counts_line(renewal)) + "".join(f"\n{harmless(line)}" for line in told)


def _extract(extract: ToldExtract) -> str:
    if extract.text is not None and extract.before is not None:
        words = compared(extract.before, extract.text)
    else:
        words = extract.text if extract.text is not None else extract.before or ""
    chapeau = f"{harmless(extract.chapeau)} " if extract.chapeau else ""
    themes = harmless(", ".join(extract.themes))
    return f"{harmless(extract.address)}, {extract.kind}: {themes}\n{chapeau}{harmless(words)}"
