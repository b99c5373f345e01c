"""The documents that a source does not give, in words (pure)."""

from collections.abc import Sequence
from typing import Final

from storage.records import DocumentFailure

FEW: Final = 3
"""So many documents are named; of the others only their number is told."""


def words_of(failures: Sequence[DocumentFailure]) -> str:
    """The documents that fail in words, a few by name.

    "1 document failed: S/RES/2817 (2026) (en) in 3 runs (no-symbol: expected ...)"
    """
    named = [f"{one.name} in {_times(one.runs)} ({one.reason})" for one in failures[:FEW]]
    if len(failures) > FEW:
        named.append(f"{len(failures) - FEW} more")
    return f"{len(failures)} {'document' if len(failures) == 1 else 'documents'} failed: {', '.join(named)}"


def _times(runs: int) -> str:
    return "1 run" if runs == 1 else f"{runs} runs"
