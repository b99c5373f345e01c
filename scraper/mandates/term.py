"""What a resolution decides of one mandate: the act, whose mandate, the words and the day (pure).

Patterns that both texts and titles are read by stand here too, few and short: to import the others takes a while.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scraper.council.dates import add_months

FINAL = re.compile(r"\bfinal(?:ly)?\b|\ba last time\b")
PANEL = re.compile(
    r"\b(?:(?P<word>Panel|Group|Team)(?: of Experts)?|(?P<monitoring>Monitoring (?:Group|Team|Mechanism)))\b"
)


class Act(StrEnum):
    """What a resolution did with a mandate."""

    ESTABLISHED = "established"
    EXTENDED = "extended"
    ENDED = "ended"
    CHANGED = "changed"  # other tasks or strength; the expiry stays


@dataclass(frozen=True, slots=True)
class Span:
    """Until a day, or for a period. `words` say so; `begins_on` is the day from which they count, where they name it.

    `is_further` says that a period goes on from where the one before ended: "for a further period of six months".
    `is_whole` says that it counts the day on which it begins, and so ends on the day before such a day: "for 12 months
    beginning on 1 January 2025".
    """

    words: str
    day: date | None = None
    months: int = 0
    days: int = 0
    begins_on: date | None = None
    is_further: bool = False
    is_whole: bool = False

    @property
    def is_computed(self) -> bool:
        """Whether only a period is given."""
        return self.day is None

    def ends_on(self, start: date | None) -> date | None:
        """The day on which it ends, a period counted from a start."""
        if self.day is not None or start is None:
            return self.day
        return date.fromordinal(add_months(start, self.months).toordinal() + self.days - self.is_whole)


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
