"""The words that an alert is told in, whether as text or as HTML. Pure; the two renderers lay them out."""

from datetime import date, datetime
from shlex import quote
from typing import Final

from monitor.alerts.news.payload import CHANNEL_EVENTS, DigestNews, ExtractNews, SourceNews, ToldExtract
from storage.records import ChangeKind, Event

_SOURCE_ADVICE: Final = {
    Event.SOURCE_BLOCKED: "Nothing new can be seen there until it answers again. Nothing held was changed.",
    Event.SOURCE_FAILED: "Nothing new can be seen there until it answers again. Nothing held was changed.",
    Event.SOURCE_SUSPECT: "What it gave waits, untold, until a run is complete. Nothing held was changed.",
    Event.SOURCE_SILENT: "Its runs are complete, but nothing new is in them. Look whether it has moved.",
    Event.SOURCE_RECOVERED: "What it published in the meantime is told as usual.",
    Event.SOURCE_DOCUMENT_FAILED: "What is held of it stays held. It is asked for again, with growing delays.",
    Event.SOURCE_GAP: "Numbers follow each other: a text is missing here, or a source names what does not exist.",
    Event.SOURCE_GAP_CLOSED: "Each of these numbers is held now, or a source has announced it.",
    Event.CHANNEL_MUTED: "Its receiver wants nothing any more, so it is told nothing. When that is mended: wpswatch "
    "unmute {name} --send also tells it what it was not told.",
    Event.CHANNEL_FAILING: "What it is to be told waits and is tried again, nine times in not quite three days. Look "
    "at its server and its settings; then: wpswatch test-alert {name}",
}

_KINDS: Final = {
    ChangeKind.ADDED: "added",
    ChangeKind.MODIFIED: "changed",
    ChangeKind.REMOVED: "removed",
    ChangeKind.RESTORED: "back after its removal",
    ChangeKind.MOVED: "moved",
    ChangeKind.RENUMBERED: "renumbered",
}

_LONGEST_FIELD: Final = 400
_EXPIRIES: Final = 5
_THEMES: Final = 20

Fields = list[tuple[str, str]]
"""Labels and values, in the order to be shown."""


def document_fields(news: ExtractNews) -> Fields:
    """What is known of a document: symbol, subject, date, link, themes, where it was seen."""
    fields = [("Document", news.symbol)]
    if news.subject:
        fields.append(("Subject", in_a_line(news.subject)))
    if news.adopted_on:
        fields.append(("Adopted", adopted(news.adopted_on, news.vote)))
    elif news.published_on:
        fields.append(("Published", day(news.published_on)))
    if news.expires:
        fields.append(("Until", "; ".join(f"{day(one.on)} ({one.of})" for one in news.expires[:_EXPIRIES])))
    if news.language != "en":
        fields.append(("Language", in_a_line(news.language)))
    fields.append(("Link", news.url))
    if news.themes:
        fields.append(("Themes", ", ".join(news.themes[:_THEMES])))
    return [*fields, ("Seen at", in_a_line(news.source))]


def adopted(on: date, vote: str | None) -> str:
    """When a document was adopted, and how the Council voted: "8 May 2025, 12 for, 0 against, 3 abstaining"."""
    return f"{day(on)}, {vote}" if vote else day(on)


def in_a_line(words: str) -> str:
    """Words for a field, cut where a source gives very many."""
    if len(words) <= _LONGEST_FIELD:
        return words
    return f"{words[:_LONGEST_FIELD].rpartition(' ')[0] or words[:_LONGEST_FIELD]} ..."


def source_fields(news: SourceNews) -> Fields:
    """What is known of a source's state."""
    last_good = moment(news.last_good_at) if news.last_good_at else "never"
    if news.event in CHANNEL_EVENTS:
        return [("Channel", news.source), ("Reason", news.reason), ("Last told", last_good)]
    return [("Source", news.source), ("Reason", news.reason), ("Last good", last_good)]


def source_advice(news: SourceNews) -> str:
    """What that means, and what to do."""
    return _SOURCE_ADVICE[news.event].replace("{name}", quote(news.source))


def kind_line(extract: ToldExtract) -> str:
    """Where an extract stands and what happened to it: "OP 4 (before: OP 3): changed"."""
    moved = extract.before_address not in (None, extract.address)
    place = f"{extract.address} (before: {extract.before_address})" if moved else extract.address
    return f"{place}: {_KINDS[extract.kind]}"


def themes_with_evidence(extract: ToldExtract) -> str:
    """Each theme with the words that gave it: `Participation ("women", "participation")`."""
    told = []
    for theme in extract.themes:
        phrases = dict.fromkeys(f'"{mark.phrase}"' for mark in extract.marks if mark.theme == theme)
        told.append(f"{theme} ({', '.join(phrases)})" if phrases else theme)
    return "; ".join(told)


def reasons_beyond_themes(extract: ToldExtract) -> tuple[str, ...]:
    """Why an extract is told, where that says more than its themes do."""
    themes = f"new WPS content: {', '.join(extract.themes)}"
    return tuple(reason for reason in extract.reasons if reason != themes)


def digest_line(news: DigestNews) -> str:
    """What a digest gathers: what the channel "desk" gathered until 8 May 2025, 07:00 UTC (daily 07:00)."""
    return f'What the channel "{news.channel}" gathered until {moment(news.until)} ({news.schedule}).'


def day(value: date) -> str:
    """A day as people write it: "8 May 2025"."""
    return f"{value.day} {value:%B} {value.year}"


def moment(value: datetime) -> str:
    """A time with its zone: "8 May 2025, 07:00 UTC"."""
    return f"{day(value)}, {value:%H:%M %Z}"
