"""The result of a vote in words: "unanimous, 15 for, 0 against, 0 abstaining". Pure."""

from collections.abc import Mapping
from typing import Any, Final

from monitor.text.harmless import harmless

_MANNERS: Final = {"unanimous": "unanimous", "without_vote": "without a vote", "acclamation": "by acclamation"}
_SIDES: Final = ("for", "against", "abstaining")


def vote_words(value: Mapping[str, Any]) -> str:
    """A vote as facts have it, in words; "" where neither its manner nor a count is known.

    >>> vote_words({"manner": "recorded", "for": 12, "against": 0, "abstaining": 3})
    '12 for, 0 against, 3 abstaining'
    """
    manner = _MANNERS.get(str(value.get("manner", "")), "")
    counts = [f"{value[side]} {side}" for side in _SIDES if isinstance(value.get(side), int)]
    return harmless(", ".join(part for part in (manner, *counts) if part))
