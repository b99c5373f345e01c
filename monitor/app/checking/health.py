"""What a check of the installation finds."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Health(StrEnum):
    """How one thing is."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it is, what was found, and what to do (None when nothing is to be done).

    `seen` holds for programs what was seen of a source that was asked, None of all else.
    """

    check: str
    health: Health
    found: str
    advice: str | None = None
    seen: Mapping[str, Any] | None = None
