"""Tells a newcomer, chapter by chapter in 80 columns, what the demonstration did and found. Pure; prints nothing.

Each function is one chapter, made of what the chapter is about. What is real and what is the demonstration's own
invention is said where it is shown.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shlex import quote
from textwrap import wrap
from typing import Final

from monitor.alerts.news.payload import ExtractNews, Mark, ToldExtract, news_of
from monitor.alerts.news.renewal import Renewal
from monitor.alerts.words.message import render_text
from monitor.alerts.words.text_lines import compared, marked
from monitor.demo.catalogue import DemoCorrection, DemoDocument
from monitor.text.harmless import harmless
from monitor.text.links import document_url
from storage.models import Place
from storage.records import Alert, ChangeKind, CrawlRun
from storage.texts.extracts import ExtractRow

WIDTH: Final = 80
#: The resolution whose extracts PeaceWomen published, cut by hand, so that anyone can compare.
EXAMPLE: Final = "S/RES/2387 (2017)"
#: The folder in a kept demonstration's data that holds the mails it would send.
MAILS: Final = "mails"
#: The folder in a kept demonstration's data that holds the pages of what is held.
SITE: Final = "site"
_THEMES_SHOWN: Final = 5
_EXCERPT_WIDTH: Final = 150
_ALERT_LINES: Final = 40


@dataclass(frozen=True, slots=True)
class Held:
    """What the program holds after a crawl."""

    documents: int
    extracts: Sequence[ExtractRow]


def tell_opening(documents: int) -> str:
    """What is about to happen, where the documents come from, and what is not real."""
    return _chapter(
        "wpswatch: what the Security Council writes about women",
        *_wrapped(
            f"This demonstration runs the whole program on {documents} real documents of the UN Security Council. They "
            "ship with the program and are served from this computer: nothing is asked of any other."
        ),
        "",
        *_wrapped(
            "The documents are the UN's own, as published. The pages that list them are made by hand in the shape of "
            "the real ones. One word will be changed later on, and you will be told which."
        ),
    )


def tell_first_crawl(runs: Sequence[CrawlRun], held: Held) -> str:
    """What was crawled, what is held now, and one extract as an example."""
    return _chapter(
        "1. The first crawl: everything is recorded, nothing is told",
        *_runs(runs),
        "",
        *_wrapped(_tally(held)),
        "",
        *_wrapped(
            "A first crawl is the baseline. Old words are no news, so nothing is flagged and no alert is written."
        ),
        *_example(held.extracts),
    )


def tell_second_day(news: Sequence[DemoDocument], correction: DemoCorrection) -> str:
    """What is now published and changed on the site; the change is called an invention."""
    return _chapter(
        "2. Meanwhile, on the recorded site",
        *(line for one in news for line in _appears(one)),
        *_wrapped(
            f"One word of {correction.symbol}, {correction.address}, changes without a notice: "
            f"{compared(correction.before, correction.after)}. THIS CHANGE IS INVENTED for the demonstration; the "
            "Council's text says what it always said.",
            "* ",
        ),
    )


def tell_second_crawl(runs: Sequence[CrawlRun], alerts: Sequence[Alert], files_sent: int) -> str:
    """What the second crawl fetched, and what was flagged and why. `files_sent` counts the documents it was sent."""
    told = [news for news in map(_news, alerts) if news is not None]
    flagged = [news for news in told if news.renewal is None]
    count = sum(len(news.extracts) for news in flagged)
    files = "1 document was" if files_sent == 1 else f"{files_sent} documents were"
    return _chapter(
        "3. The second crawl: what is new is found and flagged",
        *_runs(runs),
        "",
        *_wrapped(
            f"{files} sent this time: the listings say which files changed, and the others are not asked for. "
            f"{count} {'paragraph is' if count == 1 else 'paragraphs are'} flagged; *words* gave the theme."
        ),
        *(line for news in flagged for line in _flagged(news)),
        *(line for news in told if news.renewal for line in _renewed(news, news.renewal)),
    )


def tell_alerts(alerts: Sequence[Alert]) -> str:
    """The alerts as a channel would send them; of a long one the beginning, and how much is left out."""
    told = "One alert is" if len(alerts) == 1 else f"{len(alerts)} alerts are"
    return _chapter(
        "4. The alerts",
        *_wrapped(
            f"{told} in the outbox, written in the same transaction as the changes. As a channel sends "
            f"{'it' if len(alerts) == 1 else 'them'}:"
        ),
        *(line for alert in alerts for line in ("", *_beginning(render_text(alert).splitlines()))),
    )


def tell_third_crawl(runs: Sequence[CrawlRun], files_sent: int) -> str:
    """What a crawl finds when nothing has happened."""
    flags = sum(run.counts.flags for run in runs)
    alerts = sum(run.counts.alerts for run in runs)
    return _chapter(
        "5. The third crawl: the site is as it was",
        *_runs(runs),
        "",
        *_wrapped(f"Documents sent: {files_sent}. Paragraphs flagged: {flags}. Alerts written: {alerts}."),
    )


def tell_ending(kept: Path | None) -> str:
    """Where to go next; `kept` is the folder that was left behind, None when there is none."""
    commands = [
        ("wpswatch init", "write a commented wpswatch.toml to start from"),
        ("wpswatch crawl", "crawl the real sources; the first crawl is quiet"),
        ("wpswatch watch", "crawl when due, until stopped"),
        ('wpswatch label "women"', "try the themes on any words"),
    ]
    lines = [*_commands(commands)]
    if kept is None:
        lines += ["", *_wrapped("Nothing is left behind. With --keep DIR the data stays, to be looked at.")]
    else:
        lines += ["", *_wrapped(f"The data of this demonstration is in {kept}. Look at it:"), ""]
        lines += [
            f"  export WPSWATCH_DATA={quote(str(kept))}",
            f'  wpswatch show "{EXAMPLE}"',
            "  wpswatch extracts --theme Participation",
            "  wpswatch changes --wps",
        ]
        lines += ["", *_wrapped("The same as pages; open this file in a browser:"), ""]
        lines += [f"  {kept / SITE / 'index.html'}"]
        lines += [
            "",
            *_wrapped(f"{kept / MAILS} holds each alert as the mail that a channel of type email would send:"),
        ]
        lines += ["", "  alert-1.html  the page, for a browser", "  alert-1.eml   the whole mail, for a mail program"]
    return _chapter("Where to go next", *lines)


def _chapter(title: str, *lines: str) -> str:
    return "\n".join((title, "-" * min(len(title), WIDTH), *lines)) + "\n"


def _runs(runs: Iterable[CrawlRun]) -> list[str]:
    """The run records as a table, each with its reason below it where it has one."""
    lines = [
        f"{'source':<16}{'outcome':<10}{'listed':>8}{'fetched':>9}{'new':>6}{'changed':>9}{'flags':>7}{'alerts':>8}"
    ]
    for run in runs:
        counts = run.counts
        lines.append(
            f"{run.source:<16}{run.outcome or 'open':<10}{counts.listed:>8}{counts.fetched:>9}"
            f"{counts.new:>6}{counts.changed:>9}{counts.flags:>7}{counts.alerts:>8}"
        )
        if run.reason:
            lines += _wrapped(run.reason, "    ")
    return lines


def _tally(held: Held) -> str:
    """One sentence of each: "Held now: 14 documents.", how many of them speak of women, and of what."""
    symbols = {extract.symbol for extract in held.extracts}
    themes = Counter(theme for extract in held.extracts for theme in extract.themes)
    common = "; ".join(f"{theme} ({count})" for theme, count in themes.most_common(_THEMES_SHOWN))
    return (
        f"Held now: {held.documents} documents. {len(symbols)} of them speak of women, in {len(held.extracts)} "
        f"extracts. The most frequent themes: {common}."
    )


def _example(extracts: Sequence[ExtractRow]) -> list[str]:
    """The shortest extract of the resolution that PeaceWomen read by hand."""
    known = [extract for extract in extracts if extract.symbol == EXAMPLE]
    if not known:
        return []
    shortest = min(known, key=lambda extract: len(extract.text))
    return [
        "",
        "One of the extracts:",
        "",
        *_wrapped(shortest.title, "  "),
        *_wrapped(shortest.text, "    "),
        *_labelled("themes", ", ".join(shortest.themes)),
        *_labelled("address", ", ".join(shortest.addresses)),
        *_labelled("link", document_url(shortest.symbol, shortest.language)),
    ]


def _appears(news: DemoDocument) -> list[str]:
    renews = " It renews a mandate." if news.is_renewal else ""
    told = f"{news.symbol} of {_day(news.adopted_on)}, {news.agenda}, is published. It is real.{renews}"
    return _wrapped(told, "* ")


def _renewed(news: ExtractNews, renewal: Renewal) -> list[str]:
    """That a resolution is told beside the one whose mandate it renews, and which of them are passed over."""
    told = f"{news.symbol} renews the mandate of {renewal.body}. "
    told += (
        f"Its {renewal.new_count} paragraphs on women are flagged too. It is set beside {renewal.old}: one alert says "
    )
    told += "what became of the words, in place of a list of new ones."
    if renewal.skipped:
        told += f" Passed over: {', '.join(renewal.skipped)}."
    return ["", *_wrapped(told)]


def _flagged(news: ExtractNews) -> list[str]:
    adopted = f", adopted on {_day(news.adopted_on)}" if news.adopted_on else ""
    lines = ["", *_wrapped(f"{news.symbol}{adopted}"), *_wrapped(news.url)]
    for extract in news.extracts:
        lines += ["", *_wrapped(f"{extract.address}: {', '.join(extract.reasons)}", "  ", "    ")]
        lines += _wrapped(_shown(extract), "    ")
        lines += _labelled("themes", _themes(extract))
    return lines


def _shown(extract: ToldExtract) -> str:
    """The words that matter: a change word by word, otherwise what stands around the first evidence."""
    if extract.kind is ChangeKind.MODIFIED and extract.before is not None and extract.text is not None:
        return compared(extract.before, extract.text)
    own = [mark for mark in extract.marks if mark.place is Place.TEXT]
    return _excerpt(extract.text or extract.before or "", own)


def _excerpt(text: str, marks: Sequence[Mark]) -> str:
    """A piece of a text, from blank to blank, that shows its first mark; `[...]` stands for what is left out."""
    middle = min((mark.start for mark in marks), default=0)
    start = max(0, middle - _EXCERPT_WIDTH)
    start = text.find(" ", start) + 1 if start else 0
    end = start + 2 * _EXCERPT_WIDTH
    end = len(text) if end >= len(text) else text.rfind(" ", 0, end)
    inside = [
        Mark(mark.theme, mark.phrase, mark.start - start, mark.end - start, mark.place)
        for mark in marks
        if start <= mark.start and mark.end <= end
    ]
    before, after = "[...] " if start else "", " [...]" if end < len(text) else ""
    return before + marked(text[start:end], inside) + after


def _beginning(lines: Sequence[str]) -> list[str]:
    """The lines of an alert; of a long one those up to its second extract or heading, and how many more there are."""
    headings = [at - 1 for at, line in enumerate(lines) if line and not line.strip("-")]
    extracts = [at for at, line in enumerate(lines) if line.startswith("2. ")]
    second = next(iter(extracts or headings[1:]), len(lines))
    end = second if len(lines) > _ALERT_LINES else len(lines)
    return [*lines[:end], *([f"[... {len(lines) - end} more lines, in the same form]"] if end < len(lines) else [])]


def _themes(extract: ToldExtract) -> str:
    """Each theme with the words that gave it: `Participation ("participation of women")`."""
    told = []
    for theme in extract.themes:
        phrases = dict.fromkeys(f'"{mark.phrase}"' for mark in extract.marks if mark.theme == theme)
        told.append(f"{theme} ({', '.join(phrases)})" if phrases else theme)
    return "; ".join(told)


def _news(alert: Alert) -> ExtractNews | None:
    news = news_of(alert.payload)
    return news if isinstance(news, ExtractNews) else None


def _commands(commands: Iterable[tuple[str, str]]) -> list[str]:
    return [f"  {command:<26}{meaning}" for command, meaning in commands]


def _labelled(label: str, value: str) -> list[str]:
    return _wrapped(value, f"      {label + ':':<9} ", " " * 16)


def _wrapped(text: str, first: str = "", rest: str | None = None) -> list[str]:
    indent = rest if rest is not None else " " * len(first)
    return wrap(
        harmless(text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
