"""Tells how far long work is: a terminal by one line on stderr, written over and gone; a log by a line a minute."""

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Final

from monitor.app.crawl_process import Step
from monitor.app.crawling import CrawlStage
from monitor.watch.systemd import stamp

MINUTE: Final = 60
_FEW_MINUTES: Final = 10
CLEAR_LINE: Final = "\r\x1b[K"


def show(words: str) -> None:
    """Write over the line; no words take it away."""
    sys.stderr.write(f"{CLEAR_LINE}{words}")
    sys.stderr.flush()


class TerminalStage(CrawlStage):
    """Shows the stage a crawl is in."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._steps: dict[str, Step] = {}

    def fetching(self, source: str) -> None:
        """Show how far a source's crawl is, or for how long it has been asked."""
        step = self._steps.get(source)
        show(progress_words(step) if step else f"{source}: fetching, {time.monotonic() - self._started:.0f} s")

    def stepped(self, step: Step) -> None:
        """Say once what will be asked, and remember how far it is."""
        if not (step.documents or step.done):  # the listing is still asked for
            return
        if step.source not in self._steps and step.documents:
            show(f"{plan_words(step)}\n")
        self._steps[step.source] = step

    def reading(self, done: int, total: int) -> None:
        """Show how many of the fetched bodies are read."""
        show(f"reading, {done} of {total}")

    def ended(self) -> None:
        """Take the line away."""
        show("")


class LogStage(CrawlStage):
    """Writes what will be asked, then how far it is, a line a minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: dict[str, tuple[Step, float]] = {}

    def stepped(self, step: Step) -> None:
        """Write a line when it is time for one, and something has come since the last."""
        now = self._clock()
        last, told_at = self._last.get(step.source, (None, now))
        if last is None:
            if not (step.documents or step.done):  # the listing is still asked for
                return
            if step.documents:
                log_line(plan_words(step))
        elif now - told_at < MINUTE or (last.done, last.archive_bytes) == (step.done, step.archive_bytes):
            return
        else:
            log_line(progress_words(step))
        self._last[step.source] = (step, now)


def log_line(words: str) -> None:
    """Write a line of a log to stderr, with the time where nothing else adds one."""
    sys.stderr.write(f"{stamp(datetime.now(UTC), os.environ)}{words}\n")
    sys.stderr.flush()


def plan_words(step: Step) -> str:
    """What a crawl will ask for, and for how long at least.

    >>> plan_words(Step("unxml", 1540, 0, 1529, 0, 0, 1.0, 11.0, 11.0))
    'unxml: asks for 1,540 documents, 1,529 of them as one archive: at least 11 s, at 1 s between two requests'
    """
    asked = f"{step.source}: asks for {_count(step.documents)}"
    archive = f", {step.archived:,} of them as one archive" if step.archived else ""
    later = f", {step.left_over:,} are left for later runs" if step.left_over else ""
    if not step.delay_seconds:
        return f"{asked}{archive}{later}: without a pause between two requests"
    took = f"at least {duration(step.polite_seconds)}, at {step.delay_seconds:g} s between two requests"
    return f"{asked}{archive}{later}: {took}"


def progress_words(step: Step) -> str:
    """How far a crawl is.

    >>> progress_words(Step("unxml", 1840, 312, 0, 0, 0, 1.0, 1840.0, 25.0))
    'unxml: 312 of 1,840 documents, 25 s left at this pace'
    """
    if not step.documents:
        return f"{step.source}: {step.done:,} pages so far"
    done = f"{step.source}: {step.done:,} of {_count(step.documents)}"
    if step.archive_bytes:
        return f"{done}, {step.archive_bytes / 1e6:.1f} MB of the archive are here"
    if step.seconds_left is None or step.done >= step.documents:
        return done
    return f"{done}, {duration(step.seconds_left)} left at this pace"


def duration(seconds: float) -> str:
    """A stretch of time in words.

    >>> [duration(seconds) for seconds in (0.2, 25, 90, 600, 7320)]
    ['1 s', '25 s', '1 min 30 s', '10 min', '2 h 2 min']
    """
    whole = max(1, round(seconds))
    if whole < MINUTE:
        return f"{whole} s"
    minutes, rest = divmod(whole, MINUTE)
    if minutes >= MINUTE:
        return f"{minutes // MINUTE} h {minutes % MINUTE} min"
    return f"{minutes} min {rest} s" if rest and minutes < _FEW_MINUTES else f"{minutes} min"


def _count(number: int) -> str:
    return f"{number:,} {'document' if number == 1 else 'documents'}"


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
