"""The headline of an alert: where, what happened, to which document. Pure."""

from typing import Final

from monitor.alerts.news.changed_words import what_changed
from monitor.alerts.news.due import due_words
from monitor.alerts.news.payload import DigestNews, ExtractNews, News, SourceNews
from monitor.alerts.news.renewal import Renewal
from monitor.alerts.news.rollover import rollover_words
from monitor.text.harmless import harmless
from scraper.situations.vocabulary import load_bodies
from storage.records import Event


def headline(news: News) -> str:
    """One line that says what an alert tells: "South Sudan (UNMISS): new words about women, 1 extract (S/RES/2779)"."""
    if isinstance(news, DigestNews):
        count = len(news.items) + news.left_out
        return f"{HEADLINES[news.event]}: {count} {'alert' if count == 1 else 'alerts'}"
    if isinstance(news, SourceNews):
        return harmless(f"{HEADLINES[news.event]}: {news.source}")
    if news.event is Event.TEST:
        return harmless(f"{HEADLINES[news.event]}: {news.symbol}")
    place, what = place_of(news), _what(news)
    if not place:
        return harmless(f"{news.symbol}: {what}")
    return harmless(f"{place}{what} ({news.symbol.partition(' (')[0]})")


def _what(news: ExtractNews) -> str:
    """What happened to a document, losses first where a mandate is renewed."""
    count = len(news.extracts)
    if news.renewal is not None:
        return renewal_words(news.renewal)
    if news.due is not None:
        return f"reminder, {due_words(news.due, count)}"
    if news.rollover is not None:
        return rollover_words(news.rollover)
    changed = next((words for one in news.extracts if (words := what_changed(one))), "")
    if news.event is Event.EXTRACT_CHANGED and changed:
        return changed if count == 1 else f"{changed}, and {count - 1} more {_counted(count - 1, 'extract')} changed"
    kind = HEADLINES[news.event]
    return f"{kind[0].lower()}{kind[1:]}, {count} {_counted(count, 'extract')}"


def _counted(count: int, word: str) -> str:
    return word if count == 1 else f"{word}s"


SHORT: Final = {
    "Central African Republic": "CAR",
    "Democratic People's Republic of Korea": "DPRK",
    "Democratic Republic of the Congo": "DRC",
}
"""What a subject calls the situations with long names, as the Council's own texts do."""


def place_of(news: ExtractNews) -> str:
    """Where a document belongs, to begin a subject with: "South Sudan (UNMISS): ", "" where nothing tells."""
    told = news.renewal or news.due
    if news.rollover is not None:
        return f"{SHORT.get(news.situation, news.situation)}: " if news.situation else ""
    body = told.body if told else _own_body(news)
    if news.situation is None:
        return f"{body}: " if body else ""
    place = SHORT.get(news.situation, news.situation)
    if body.startswith(news.situation):  # "Haiti sanctions"
        return f"{place}{body.removeprefix(news.situation)}: "
    return f"{place} ({body}): " if body else f"{place}: "


def _own_body(news: ExtractNews) -> str:
    """The first body of the situation itself that a document names: not a committee that is named in passing."""
    own = {body.name for body in load_bodies() if news.situation in (body.situation, None)}
    return next((body for body in news.bodies if body in own), "")


def renewal_words(renewal: Renewal) -> str:
    """What became of the words about women, losses first: "30 → 15 paragraphs on women, 5 dropped, 12 weaker"."""
    if renewal.is_by_reference:
        count = len(renewal.not_repeated)
        return f"renewed by reference, {count} paragraph{'' if count == 1 else 's'} on women not repeated"
    gone = "not taken over" if renewal.is_taken_over else "dropped"
    told = [f"{renewal.old_count} → {renewal.new_count} paragraphs on women"]
    if renewal.dropped:
        told.append(f"{renewal.dropped} {gone}")
    if renewal.words_removed:
        told.append(f"{renewal.words_removed} lost {'its' if renewal.words_removed == 1 else 'their'} words on women")
    if renewal.weaker:
        told.append(f"{renewal.weaker} weaker")
    if renewal.added:
        told.append(f"{renewal.added} new")
    return ", ".join(told)


HEADLINES: Final = {
    Event.EXTRACT_NEW: "New words about women",
    Event.RENEWAL_CHANGED: "A renewal and its words about women",
    Event.RENEWAL_SILENT: "A renewal without words about women",
    Event.RENEWAL_DUE: "A mandate expires soon",
    Event.RENEWAL_ROLLOVER: "A technical rollover",
    Event.EXTRACT_CHANGED: "Changed words about women",
    Event.EXTRACT_REMOVED: "Removed words about women",
    Event.SOURCE_BLOCKED: "A source refuses us",
    Event.SOURCE_FAILED: "A source fails",
    Event.SOURCE_SUSPECT: "A source is not to be believed",
    Event.SOURCE_SILENT: "A source is silent",
    Event.SOURCE_RECOVERED: "A source is back",
    Event.SOURCE_DOCUMENT_FAILED: "A document cannot be had",
    Event.SOURCE_GAP: "A gap in the ledger",
    Event.SOURCE_GAP_CLOSED: "A gap in the ledger is closed",
    Event.CHANNEL_MUTED: "A channel is muted",
    Event.CHANNEL_FAILING: "A channel stays broken",
    Event.DIGEST: "Words about women, a digest",
    Event.TEST: "A test, nothing happened",
}
