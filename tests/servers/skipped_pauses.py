"""Carries out the order on standard input as `scraper.crawl.process` does, by a clock that jumps over pauses.

    python -m tests.servers.skipped_pauses < ORDER

While no request is under way and no thread works, nobody waits: the clock is put to when the next thing is due. So a
crawl at real paces takes as long as its answers, and what it notes as times is when each would have come. The transfer
from loopback is faster than any network's: what is measured is politeness alone.
"""

import asyncio
import selectors
import sys
import time
from collections.abc import Mapping
from typing import Any

import scrapy.core.downloader
from scrapy.core.downloader import Downloader

from scraper.crawl import process
from scraper.spiders.kit import asking

UNDER_WAY: set[int] = set()
download = Downloader._download


class JumpingSelector(selectors.DefaultSelector):  # type: ignore[valid-type, misc]
    """Waits for the network alone, and jumps over the rest."""

    jumped = 0.0

    def select(self, timeout: float | None = None) -> Any:
        if timeout is None or timeout <= 0 or UNDER_WAY:
            return super().select(timeout)
        found = super().select(0)
        if not found:
            JumpingSelector.jumped += timeout
        return found


def now() -> float:
    """The time that goes on by itself and jumps."""
    return time.monotonic() + JumpingSelector.jumped


class JumpingLoop(asyncio.SelectorEventLoop):
    """An event loop by that clock."""

    def __init__(self) -> None:
        super().__init__(JumpingSelector())

    def time(self) -> float:
        return now()

    def run_in_executor(self, *given: Any) -> Any:
        """What a thread does takes its time, too."""
        done = super().run_in_executor(*given)
        UNDER_WAY.add(id(done))
        done.add_done_callback(lambda one: UNDER_WAY.discard(id(one)))
        return done


async def counted(self: Downloader, slot: Any, request: Any) -> Any:
    """The download of a request, which is under way meanwhile."""
    UNDER_WAY.add(id(request))
    try:
        return await download(self, slot, request)
    finally:
        UNDER_WAY.discard(id(request))


def main() -> int:
    """Carry the order out."""
    scrapy.core.downloader.monotonic = now  # type: ignore[attr-defined]
    asking.monotonic = now  # type: ignore[attr-defined]
    Downloader._download = counted  # type: ignore[method-assign]
    decide = process.order_settings

    def decided(*given: Any) -> Mapping[str, Any]:
        return {**decide(*given), "ASYNCIO_EVENT_LOOP": "tests.servers.skipped_pauses.JumpingLoop"}

    process.order_settings = decided  # type: ignore[assignment]
    return process.main()


if __name__ == "__main__":
    from tests.servers import skipped_pauses  # the loop is loaded by that name, and there is one clock

    sys.exit(skipped_pauses.main())
