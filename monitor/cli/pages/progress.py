"""Tells a person at a terminal how far a long crawl is: one line on stderr, written over and gone at the end."""

import sys
import time

from monitor.app.crawling import Stage

CLEAR_LINE = "\r\x1b[K"


class TerminalStage(Stage):
    """Shows the stage a crawl is in."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    def fetching(self, source: str) -> None:
        """Show for how long a source has been asked."""
        self._show(f"{source}: fetching, {time.monotonic() - self._started:.0f} s")

    def reading(self, done: int, total: int) -> None:
        """Show how many of the fetched bodies are read."""
        self._show(f"reading, {done} of {total}")

    def ended(self) -> None:
        """Take the line away."""
        self._show("")

    def _show(self, words: str) -> None:
        sys.stderr.write(f"{CLEAR_LINE}{words}")
        sys.stderr.flush()
