"""Tells a person at a terminal how far long work is: one line on stderr, written over and gone at the end."""

import sys
import time
from types import TracebackType
from typing import Final

from monitor.app.crawling import CrawlStage

CLEAR_LINE: Final = "\r\x1b[K"


def show(words: str) -> None:
    """Write over the line; no words take it away."""
    sys.stderr.write(f"{CLEAR_LINE}{words}")
    sys.stderr.flush()


class TerminalStage(CrawlStage):
    """Shows the stage a crawl is in."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    def fetching(self, source: str) -> None:
        """Show for how long a source has been asked."""
        show(f"{source}: fetching, {time.monotonic() - self._started:.0f} s")

    def reading(self, done: int, total: int) -> None:
        """Show how many of the fetched bodies are read."""
        show(f"reading, {done} of {total}")

    def ended(self) -> None:
        """Take the line away."""
        show("")


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
            show("")

    def step(self) -> None:
        """One piece is done."""
        self._done += 1
        if self._is_shown and self._done % _STEP == 0:
            of_all = "" if self._total is None else f" of {self._total}"
            show(f"{self._work}, {self._done}{of_all}")
