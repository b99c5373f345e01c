"""Puts a reminder that a mandate expires in a reader's order: until when, a line to paste, the paragraphs. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.alerts.news.due import Due
from monitor.alerts.news.payload import ExtractNews, ToldExtract
from monitor.alerts.words.wording import Fields, day, in_a_line
from storage.models import Place

#: So many characters of a paragraph are shown, so that the list is read.
_SHOWN = 160
_BEFORE = 40


@dataclass(frozen=True, slots=True)
class StandingGroup:
    """The paragraphs that have stood since one text, each in a line."""

    since: str
    lines: tuple[str, ...]


def due_fields(news: ExtractNews, due: Due) -> Fields:
    """Whose mandate, until when and by which resolution, and the text whose paragraphs are at stake."""
    fields = [("Mandate", due.body), ("Expires", f"{day(due.expires_on)}, as {due.gives} gives it")]
    if due.gives != news.symbol:
        fields.append(("Full text", f"{news.symbol}, the last that sets the mandate out"))
    if news.subject:
        fields.append(("Subject", in_a_line(news.subject)))
    return [*fields, ("Link", news.url)]


def standing_groups(news: ExtractNews) -> tuple[StandingGroup, ...]:
    """The paragraphs at stake by the text since which they have stood, as they are told: the longest-standing first."""
    return tuple(StandingGroup(since, tuple(lines)) for since, lines in _grouped(news))


def _grouped(news: ExtractNews) -> Iterator[tuple[str, list[str]]]:
    groups: dict[str, list[str]] = {}
    if news.due is not None:
        for since, extract in zip(news.due.since, news.extracts, strict=True):
            groups.setdefault(since, []).append(f"{extract.address}: {_words(extract)}")
    yield from groups.items()


def _words(extract: ToldExtract) -> str:
    """Some words of a paragraph, from the first that gave it a theme if that stands too far back; whole words."""
    text = extract.text or ""
    first = min((mark.start for mark in extract.marks if mark.place is Place.TEXT), default=0)
    start = text.rfind(" ", 0, first - _BEFORE) + 1 if first > _SHOWN // 2 else 0
    words = " ".join(text[start:].split())
    shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN].rpartition(' ')[0]} ..."
    return f"... {shown}" if start else shown
