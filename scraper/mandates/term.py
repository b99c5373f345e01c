"""What a resolution decides of one mandate: the act, whose mandate, the words and the day (pure)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scraper.mandates.term_days import Span


class Act(StrEnum):
    """What a resolution did with a mandate."""

    ESTABLISHED = "established"
    EXTENDED = "extended"
    ENDED = "ended"
    CHANGED = "changed"  # other tasks or strength; the expiry stays


@dataclass(frozen=True, slots=True)
class MandateTerm:
    """What one paragraph decides of one mandate. `body` is None for sanctions and other measures.

    `quote` are the paragraph's own words as far as they say it, `what` names the mandate in words. `span` is None where
    no day and no period is given. `goes_on_until` is the day up to which it goes on by itself on a condition.
    """

    address: str
    act: Act
    body: str | None
    what: str
    quote: str
    is_final: bool = False
    span: Span | None = None
    goes_on_until: date | None = None

    def expires_on(self, adopted_on: date | None) -> date | None:
        """The day, a period reckoned from the day that the words name or from the adoption."""
        return self.span.ends_on(self.span.begins_on or adopted_on) if self.span else None
