"""Runs one crawl as a process of its own: hands it its order, waits for it, passes signals on.

What the crawl met is read from the run record: a crawl's exit code proves nothing.
"""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType

from scraper.crawl.step import Step

__all__ = ["CrawlEnded", "Step", "run_crawl"]

log = logging.getLogger(__name__)

LONGEST_SECONDS = 6 * 3600.0
SECONDS_TO_WIND_UP = 4.0  # after it was told to end: answers under way arrive, a slow server's are dropped then
SECONDS_TO_END = 60.0  # until it has stored what it holds and closed its record
TICK_SECONDS = 0.1
PROGRESS = "--progress"  # as scraper.crawl.process, which loads Scrapy, calls it
_MOST_READ = 1 << 16


@dataclass(frozen=True, slots=True)
class CrawlEnded:
    """How a crawl process ended: what it printed (only a dry run prints), its exit code, and whether a signal came.

    `step` is what a dry run would do; None where it would do nothing, or was none.
    """

    output: str
    code: int
    is_stopped: bool = False
    step: Step | None = None


def run_crawl(
    order: str,
    *,
    is_quiet: bool = False,
    on_tick: Callable[[], None] | None = None,
    on_step: Callable[[Step], None] | None = None,
    seconds: float = LONGEST_SECONDS,
) -> CrawlEnded:
    """Run one crawl to its end.

    `order` is a `scraper.spiders.kit.order.CrawlOrder` as JSON; `on_tick` is called a few times a second, `on_step`
    when the crawl has told how far it is. SIGTERM and SIGINT go on to the crawl, which then ends by itself; one that
    takes longer than `seconds` is told to end. What has not ended then is told again, and killed at last.
    """
    with _StepsTold(on_step) as steps:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "scraper.crawl.process", PROGRESS, str(steps.their_end)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if is_quiet else None,
            text=True,
            pass_fds=[steps.their_end],
            start_new_session=True,  # a terminal's ^C must reach it once, through us: twice means "drop everything"
        )

        def tick() -> None:
            steps.listen()
            if on_tick:
                on_tick()

        with process, _signals_to(process) as passed_on:
            output = _wait(process, passed_on, order, tick, time.monotonic() + seconds)
        steps.listen()
    return CrawlEnded(output, process.returncode, is_stopped=bool(passed_on))


class _StepsTold:
    """A pipe on which a crawl tells how far it is, and whoever wants to hear it."""

    def __init__(self, on_step: Callable[[Step], None] | None) -> None:
        self._on_step = on_step
        self._rest = b""

    def __enter__(self) -> "_StepsTold":
        self._ours, self.their_end = os.pipe()
        os.set_blocking(self._ours, False)
        return self

    def __exit__(self, *raised: object) -> None:
        os.close(self._ours)
        os.close(self.their_end)

    def listen(self) -> None:
        """Hear what was told since the last time; of many steps the last one counts."""
        with suppress(BlockingIOError):
            while piece := os.read(self._ours, _MOST_READ):
                self._rest += piece
        *lines, self._rest = self._rest.split(b"\n")
        if lines and self._on_step is not None:
            self._on_step(Step.from_line(lines[-1].decode()))


def _wait(
    process: "subprocess.Popen[str]",
    passed_on: list[int],
    order: str,
    on_tick: Callable[[], None],
    deadline: float,
) -> str:
    left_to_send: str | None = order
    told_at: float | None = None
    is_hurried = False
    while True:
        try:
            return process.communicate(left_to_send, timeout=TICK_SECONDS)[0]
        except subprocess.TimeoutExpired:
            left_to_send = None
        on_tick()
        now = time.monotonic()
        if told_at is None:
            if not passed_on and now > deadline:
                log.warning("the crawl has reached its time limit and is told to end")
                process.terminate()
            told_at = now if passed_on or now > deadline else None
        elif now > told_at + SECONDS_TO_END:
            process.kill()
        elif now > told_at + SECONDS_TO_WIND_UP and not is_hurried:
            process.terminate()  # the second signal drops the answers that are still waited for
            is_hurried = True


@contextmanager
def _signals_to(process: "subprocess.Popen[str]") -> Generator[list[int]]:
    """Pass SIGTERM and SIGINT on to the process for as long as the block lasts; yields those that came."""
    passed_on: list[int] = []

    def pass_on(number: int, frame: FrameType | None) -> None:
        passed_on.append(number)
        process.send_signal(number)

    held = {number: signal.signal(number, pass_on) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield passed_on
    finally:
        for number, handler in held.items():
            signal.signal(number, handler)
