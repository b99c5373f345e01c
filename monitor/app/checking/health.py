"""What a check of the installation finds."""

from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """How one thing is."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it is, what was found, and what to do (None when nothing is to be done)."""

    check: str
    health: Health
    found: str
    advice: str | None = None
