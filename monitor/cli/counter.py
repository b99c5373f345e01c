"""Counts for a person at a terminal how much of a long piece of work is done: one line on stderr, gone at the end."""

import sys
from types import TracebackType
from typing import Final

CLEAR_LINE: Final = "\r\x1b[K"
_STEP: Final = 25  # a line for each single one would cost more than the work


class LineCounter:
    """Shows `labelling, 50 of 1026`, or without a total `labelling, 50`; nothing when nobody is looking."""

    def __init__(self, work: str, total: int | None = None, *, is_quiet: bool) -> None:
        self._work = work
        self._total = total
        self._done = 0
        self._is_shown = not is_quiet and sys.stderr.isatty()

    def __enter__(self) -> "LineCounter":
        """Nothing is shown before the first piece is done."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away."""
        if self._is_shown:
            sys.stderr.write(CLEAR_LINE)
            sys.stderr.flush()

    def step(self) -> None:
        """One piece is done."""
        self._done += 1
        if self._is_shown and self._done % _STEP == 0:
            of_all = "" if self._total is None else f" of {self._total}"
            sys.stderr.write(f"{CLEAR_LINE}{self._work}, {self._done}{of_all}")
            sys.stderr.flush()
