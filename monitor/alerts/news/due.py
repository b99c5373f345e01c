"""What a reminder tells of a mandate that expires soon: until when, and since when its paragraphs have stood. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Due:
    """A mandate that expires in `days` days. `gives` is the resolution that gives it until then.

    `since` names for each of the alert's extracts, the paragraphs at stake, the text in which it first appeared.
    `numbers` is a line to paste into a letter.
    """

    body: str
    expires_on: date
    days: int
    gives: str
    since: tuple[str, ...]
    numbers: str


def due_from(record: dict[str, Any] | None) -> Due | None:
    """The reminder that was written as JSON."""
    if record is None:
        return None
    expires_on = date.fromisoformat(record["expires_on"])
    return Due(**record | {"expires_on": expires_on, "since": tuple(record["since"])})


def due_words(due: Due, count: int) -> str:
    """What a subject says: "expires in 30 days, 24 paragraphs on women at stake"."""
    when = {0: "today", 1: "tomorrow"}.get(due.days, f"in {due.days} days")
    return f"expires {when}, {count} {'paragraph' if count == 1 else 'paragraphs'} on women at stake"
