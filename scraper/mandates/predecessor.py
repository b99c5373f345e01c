"""Says beside which text a renewal is read: the last full text before it in the chain of its mandate (pure).

Technical rollovers are passed over and named. A link without an expiry is never the one before, and where a link must
be the one before and its text is not held, nothing is: to take the text before that one would tell of losses that
happened elsewhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scraper.mandates.chain import Chain, Link
from scraper.mandates.term import Act
from storage.drift_values import Kind, Skipped
from storage.models import Paragraph

#: A text of so few paragraphs, sub-paragraphs counted, sets out no mandate.
SHORT = 12
#: Nor does one of so few, when it has fewer words than this as printed: S/RES/2273 (2016), S/RES/2749 (2024).
MIDDLING = 18
WORDS = 600
#: So many of the printed words stand outside the paragraphs: masthead, adoption line, "The Security Council", close.
MASTHEAD = 65
#: For so few days, four months, a text of so few paragraphs extends a mandate whatever their words: S/RES/2818 (2026).
SHORT_TERM = 125
#: What extends a mandate for so few days is a rollover, whatever its text: of 21 held such texts of 2000-2026, 20 are.
FEW_DAYS = 31


@dataclass(frozen=True, slots=True)
class Size:
    """How long a text is: its paragraphs, sub-paragraphs counted, and their words."""

    paragraphs: int
    words: int

    @property
    def is_rollover(self) -> bool:
        """Whether a text that extends a mandate is too short to set it out anew."""
        return self.paragraphs <= SHORT or (self.paragraphs <= MIDDLING and self.words + MASTHEAD < WORDS)


@dataclass(frozen=True, slots=True)
class Predecessor:
    """What stands before a text in the chain of a mandate.

    `old` is None where there is nothing to compare with, and `reason` says why; else `reason` is empty. `missing` is
    the link that would be the one before, if its text were held. `body` is whose mandate the text gives; `old_body`
    whose the one before gave: another where one mission took over from the other. `days` says for how long the text
    gives it, None where no day is known.
    """

    body: str
    new: str
    kind: Kind
    old: str | None = None
    old_body: str | None = None
    skipped: tuple[Skipped, ...] = ()
    reason: str = ""
    missing: str | None = None
    days: int | None = None

    @property
    def is_by_reference(self) -> bool:
        """Whether a short text renews the mandate for a full term: what the one before says holds, and is not repeated.

        Of a technical rollover, for weeks or a few months, a full text is still to come.
        """
        return self.kind is Kind.ROLLOVER and self.days is not None and self.days > SHORT_TERM

    @property
    def is_taken_over(self) -> bool:
        """Whether the old text is another body's: what is gone was "not taken over", never "dropped"."""
        return self.old is not None and self.old_body != self.body


def size_of(paragraphs: Iterable[Paragraph]) -> Size:
    """The size of a text."""
    counted = [len(paragraph.text.split()) for paragraph in paragraphs]
    return Size(len(counted), sum(counted))


def kind_of(link: Link, size: Size | None, *, is_first: bool = False) -> Kind:
    """What a link is in its chain. One whose size is not known is taken for a full text.

    An end is an end however short, a body's beginning likewise; a rollover is what only goes on.
    """
    if link.act is Act.CHANGED or link.act is None:
        return Kind.CHANGE if link.act else Kind.NONE
    if link.act is Act.ENDED or link.is_final:
        return Kind.TERMINATION
    if link.successor_of is not None:
        return Kind.SUCCESSOR
    if link.act is Act.ESTABLISHED:
        return Kind.NONE if is_first else Kind.RENEWAL
    if size is None:
        return Kind.RENEWAL
    is_brief = size.paragraphs <= MIDDLING and (_days(link) or SHORT_TERM + 1) <= SHORT_TERM
    return Kind.ROLLOVER if size.is_rollover or is_brief else Kind.RENEWAL


def predecessor(chain: Chain, symbol: str, sizes: Mapping[str, Size]) -> Predecessor:
    """The last full text before one in a chain, of those that give an expiry.

    `sizes` has each text that is held. A text that is no link of the chain has none before it.
    """
    at = next((place for place, link in enumerate(chain.links) if link.symbol == symbol), None)
    if at is None:
        return Predecessor(chain.body, symbol, Kind.NONE, reason=f"{symbol} is no link of the chain of {chain.body}")
    link = chain.links[at]
    body = link.body or chain.body
    kind, days = kind_of(link, sizes.get(symbol), is_first=at == 0), _days(link)
    skipped: list[Skipped] = []
    for before in reversed(chain.links[:at]):
        if before.expires_on is None and (before.is_held or before.act is Act.CHANGED):
            skipped.append(Skipped(before.symbol, "no expiry"))
        elif before.symbol not in sizes and (few := _few_days(before)):
            skipped.append(Skipped(before.symbol, f"rollover for {few}, text not held"))
        elif before.symbol not in sizes:
            why = f"{before.symbol} comes before it, and its text is not held"
            return Predecessor(body, symbol, kind, skipped=tuple(skipped), reason=why, missing=before.symbol, days=days)
        elif _is_passed_over(before, sizes[before.symbol]):
            skipped.append(Skipped(before.symbol, "rollover"))
        else:
            return Predecessor(body, symbol, kind, before.symbol, before.body or body, tuple(skipped), days=days)
    why = "it is the first of its chain" if at == 0 else "no full text that gives an expiry stands before it"
    if link.cited:
        why += f"; it cites {link.cited[-1].symbol}, which is not held"
    return Predecessor(body, symbol, kind, skipped=tuple(skipped), reason=why, days=days)


def _is_passed_over(link: Link, size: Size) -> bool:
    """Whether a link before is a rollover: what set a body up or ended it is its text, however short."""
    return kind_of(link, size) is Kind.ROLLOVER


def _few_days(link: Link) -> str:
    """For how many days a link only extends a mandate, in words, where these are too few for a new text; else ""."""
    days = _days(link)
    if link.act is not Act.EXTENDED or link.is_final or days is None or days > FEW_DAYS:
        return ""
    return "1 day" if days == 1 else f"{days} days"


def _days(link: Link) -> int | None:
    """For how many days from its adoption a link gives the mandate, None where no day is known."""
    return (link.expires_on - link.adopted_on).days if link.expires_on else None
