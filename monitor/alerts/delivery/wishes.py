"""What a channel wants to hear, and whether an alert is that.

All that a channel names must fit; nothing named means all. News for operators is heard only where it is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Protocol

from monitor.alerts.news.compose import Place
from monitor.alerts.news.payload import CHANNEL_EVENTS, OPERATOR_EVENTS, RENEWAL_EVENTS
from monitor.text.slots import INSTANT
from scraper.council.spelling.spellings import other_spelling
from storage.records import Event
from storage.texts.finding.among import is_found


class Wishes(Protocol):
    """What a channel wants to hear. None named means all; symbols and events are patterns (`S/RES/*`, `source.*`)."""

    @property
    def name(self) -> str:
        """What the configuration calls it."""

    @property
    def schedule(self) -> str:
        """`instant`, `daily 07:00` or `weekly mon 07:00`."""

    @property
    def themes(self) -> Sequence[str]:
        """Themes, one of which an alert must bear."""

    @property
    def symbols(self) -> Sequence[str]:
        """Patterns, one of which the document's symbol must match."""

    @property
    def events(self) -> Sequence[str]:
        """Patterns, one of which the event must match."""

    @property
    def situations(self) -> Sequence[str]:
        """Situations, to one of which the document must belong."""

    @property
    def bodies(self) -> Sequence[str]:
        """Missions, committees, panels or other mandates, one of which the document must name."""

    @property
    def query(self) -> str:
        """Words that one of the paragraphs must have, as `wpswatch search` reads them; "" where none are asked for."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What news of a document is about, as far as channels choose by it.

    `words` are its paragraphs, old and new.
    """

    event: Event
    symbol: str
    themes: Sequence[str]
    place: Place
    words: Sequence[str]


def wants_news(wishes: Wishes, topic: Topic) -> bool:
    """Whether a channel wants news of a document. Who asked for new extracts hears of renewals, too.

    A technical rollover is no alarm: a digest has a line of it, and a channel that is told at once hears of it only
    where it names `renewal.rollover` itself.
    """
    event, place = topic.event, topic.place
    if event is Event.RENEWAL_ROLLOVER and wishes.schedule == INSTANT and event not in wishes.events:
        return False
    heard = {event, Event.EXTRACT_NEW} if event in RENEWAL_EVENTS else {event}
    return (
        any(_matches(one, wishes.events) for one in heard)
        and _matches(topic.symbol, wishes.symbols)
        and (not wishes.themes or not set(wishes.themes).isdisjoint(topic.themes))
        and (not wishes.situations or place.situation in wishes.situations)
        and (not wishes.bodies or not set(wishes.bodies).isdisjoint(place.bodies))
        and (not wishes.query or is_found(wishes.query, topic.words, other_spelling))
    )


def wants_operators_news(wishes: Wishes, event: Event) -> bool:
    """Whether a channel wants news for operators: only one that names such events does.

    Who asked for the troubles of sources hears of those of channels, too. Sources and channels belong to no situation,
    so that nothing else that the channel names stands in the way.
    """
    if event not in OPERATOR_EVENTS:
        raise ValueError(f"expected an event for operators, found {event}")
    heard = {event, Event.SOURCE_FAILED} if event in CHANNEL_EVENTS else {event}
    return bool(wishes.events) and any(_matches(one, wishes.events) for one in heard)


def _matches(word: str, patterns: Sequence[str]) -> bool:
    return not patterns or any(fnmatchcase(word, pattern) for pattern in patterns)
