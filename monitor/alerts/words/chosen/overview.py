"""Which paragraphs of a document are shown in full words, and the line in which each of them stands. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.alerts.news.changed_words import what_changed
from monitor.alerts.news.payload import ExtractNews, ToldExtract
from monitor.alerts.words.chosen.room import MANY, Room
from monitor.alerts.words.wording import kind_line
from storage.records import ChangeKind

_THEMES = 2
NEW_OR_CHANGED = (ChangeKind.ADDED, ChangeKind.MODIFIED)


@dataclass(frozen=True, slots=True)
class Overview:
    """The paragraphs of a document: in a line each, and those shown in full words.

    `unlisted` counts those that have no line, and `unshown` those without words; of a document of one paragraph there
    is no list.
    """

    lines: tuple[str, ...]
    unlisted: int
    shown: tuple[ToldExtract, ...]
    unshown: int


def overview_of(news: ExtractNews, room: Room) -> Overview:
    """What of a document is shown in so much room. Of very many paragraphs only the new and changed ones get words."""
    extracts = news.extracts
    lines = [overview_line(extract) for extract in extracts[: room.lines]] if len(extracts) > 1 else []
    shown = in_full(extracts)[: room.words]
    unlisted = len(extracts) - len(lines) if len(extracts) > 1 else 0
    return Overview(tuple(lines), unlisted, tuple(shown), len(extracts) - len(shown))


def in_full(extracts: Sequence[ToldExtract]) -> list[ToldExtract]:
    """The extracts that are worth their full words: all of a few, of many the new and the changed ones."""
    return [one for one in extracts if len(extracts) <= MANY or one.kind in NEW_OR_CHANGED]


def overview_line(extract: ToldExtract) -> str:
    """A paragraph in a line: "OP 4: changed, 'shall' became 'should'", "OP 7: added, Participation"."""
    told = what_changed(extract) or "; ".join(extract.themes[:_THEMES])
    if not told:
        return kind_line(extract)
    more = 0 if what_changed(extract) else max(len(extract.themes) - _THEMES, 0)
    return f"{kind_line(extract)}, {told}{f' and {more} more' if more else ''}"
