"""What one body tells of many documents, as a value. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storage.models import Fact, FactField, FactOrigin

if TYPE_CHECKING:
    from scraper.pages.unxml.votes import Vote
    from scraper.situations.placing import Placement


@dataclass(frozen=True, slots=True)
class FactReading:
    """What a body without a text of its own tells of many documents, where they belong, and what was odd about it."""

    facts: tuple[Fact, ...]
    placements: "tuple[Placement, ...]"
    warnings: tuple[str, ...]
    origin: FactOrigin = FactOrigin.METADATA


def vote_value(vote: "Vote") -> dict[str, Any]:
    """A vote as the value of a fact."""
    counts = {"for": vote.in_favour, "against": vote.against, "abstaining": vote.abstaining}
    known = {way: count for way, count in counts.items() if count is not None}
    return {"manner": vote.manner, **known, **({"absent": vote.absent} if vote.absent else {})}


def facts_told(symbol: str, told: dict[FactField, Any], notes: dict[str, str] | None = None) -> Iterator[Fact]:
    """One fact for each field that is told; `notes` by field."""
    for field, value in told.items():
        if value is not None:
            yield Fact(symbol, field, value, (notes or {}).get(field))
