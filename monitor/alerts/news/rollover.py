"""What is told of a technical rollover: whose mandate goes on, and until when. Nothing is compared. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from scraper.council.dates import day_first


@dataclass(frozen=True, slots=True)
class Rollover:
    """A mandate that goes on as it is. `expires_on` is None where no day is known.

    `old` is the last full text, whose words stay in force; None where it is not held.
    """

    body: str
    expires_on: date | None
    old: str | None


def rollover_from(record: dict[str, Any] | None) -> Rollover | None:
    """The rollover that was written as JSON."""
    if record is None:
        return None
    expires_on = record["expires_on"]
    return Rollover(record["body"], date.fromisoformat(expires_on) if expires_on else None, record["old"])


def rollover_words(rollover: Rollover) -> str:
    """What a digest's line says: "technical rollover of UNMISS until 9 May 2025: nothing compared"."""
    until = f" until {day_first(rollover.expires_on)}" if rollover.expires_on else ""
    return f"technical rollover of {rollover.body}{until}: nothing compared"
