"""Runs one crawl as a process of its own: hands it its order, waits for it, passes signals on.

What the crawl met is read from the run record: a crawl's exit code proves nothing.
"""

import logging
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

log = logging.getLogger(__name__)

LONGEST_SECONDS = 6 * 3600.0
SECONDS_TO_WIND_UP = 4.0  # after it was told to end: answers under way arrive, a slow server's are dropped then
SECONDS_TO_END = 60.0  # until it has stored what it holds and closed its record
TICK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class CrawlEnded:
    """How a crawl process ended: what it printed (only a dry run prints), its exit code, and whether a signal came."""

    output: str
    code: int
    is_stopped: bool = False


def run_crawl(
    order: str,
    *,
    is_quiet: bool = False,
    on_tick: Callable[[], None] | None = None,
    seconds: float = LONGEST_SECONDS,
) -> CrawlEnded:
    """Run one crawl to its end.

    `order` is a `scraper.spiders.kit.order.CrawlOrder` as JSON; `on_tick` is called a few times a second. SIGTERM and
    SIGINT go on to the crawl, which then ends by itself; one that takes longer than `seconds` is told to end. What has
    not ended then is told again, and killed at last.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "scraper.crawl.process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL if is_quiet else None,
        text=True,
        start_new_session=True,  # a terminal's ^C must reach it once, through us: twice means "drop everything"
    )
    with process, _signals_to(process) as passed_on:
        output = _wait(process, passed_on, order, on_tick, time.monotonic() + seconds)
    return CrawlEnded(output, process.returncode, is_stopped=bool(passed_on))


def _wait(
    process: "subprocess.Popen[str]",
    passed_on: list[int],
    order: str,
    on_tick: Callable[[], None] | None,
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
        if on_tick:
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
