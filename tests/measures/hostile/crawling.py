"""Crawls as the program does, on any day, and measures what each crawl takes; the fetching process is a warm fork.

A fork for each crawl saves a second of imports. The process that forks them is parted off before any thread runs.
"""

import io
import json
import os
import resource
import select
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic

from monitor.app.crawl_process import CrawlEnded
from monitor.app.crawling import CrawlStage, CrawlWishes, crawl_source, open_data
from monitor.settings.config import ChannelSettings, Config, Network, SourceSettings
from scraper.crawl import process as crawl_process
from scraper.sources.loader import load_sources
from scraper.spiders import mission_reports, un_resolutions, unxml
from scraper.spiders.kit.order import CrawlOrder
from storage.records import CrawlRun

WARM = (mission_reports, un_resolutions, unxml)  # imported once, before the forks
MOST_SECONDS = 120.0
TICK_SECONDS = 0.1
BUDGET = 40  # newest first, and the register has some thirty reports that are newer than the site's
KILLED = -9


@dataclass(frozen=True, slots=True)
class Crawled:
    """A crawl's record, the seconds it took in all, and what its fetching process said."""

    run: CrawlRun
    seconds: float
    said: str


class WarmCrawls:
    """The process that forks crawls: told an order in a line, it answers with the exit code and the peak in a line.

    `megabytes` is the most memory that a fetching process had so far.
    """

    def __init__(self, log: Path) -> None:
        self.megabytes = 0
        orders, self._orders = os.pipe()
        self._codes, codes = os.pipe()
        self._process = os.fork()
        if self._process:
            os.close(orders)
            os.close(codes)
            return
        os.close(self._orders)
        os.close(self._codes)
        try:
            with os.fdopen(orders) as lines, os.fdopen(codes, "w") as answers:
                for line in lines:
                    answers.write(f"{_fork(json.loads(line), log)}\n")
                    answers.flush()
        finally:
            os._exit(0)

    def fetch(self, order: CrawlOrder, seconds: float, on_tick: Callable[[], None]) -> CrawlEnded:
        """Carry out an order; one that takes too long is killed."""
        os.write(self._orders, json.dumps(order.to_json()).encode() + b"\n")
        ends_at = monotonic() + min(seconds, MOST_SECONDS)
        while not select.select([self._codes], [], [], TICK_SECONDS)[0]:
            on_tick()
            if monotonic() > ends_at:
                os.kill(self._process, signal.SIGUSR1)
                ends_at += MOST_SECONDS
        code, kilobytes = map(int, os.read(self._codes, 64).split())
        self.megabytes = max(self.megabytes, kilobytes // 1024)
        return CrawlEnded("", code)

    def close(self) -> None:
        """End the process, once its crawls are over: then this process knows what they took."""
        os.close(self._orders)
        os.close(self._codes)
        os.waitpid(self._process, 0)


def _fork(order: str, log: Path) -> str:
    child = os.fork()
    if child:
        signal.signal(signal.SIGUSR1, lambda number, frame: os.kill(child, signal.SIGKILL))
        _, status, used = os.wait4(child, 0)
        return f"{os.waitstatus_to_exitcode(status)} {used.ru_maxrss}"
    code = 70
    try:
        said = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(said, 1)
        os.dup2(said, 2)
        sys.stdin = io.StringIO(order)
        code = crawl_process.main()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def settings_of(source: str, mirror: str, folder: Path) -> Config:
    """The settings of a play: one source, one channel that hears all."""
    return Config(
        network=Network(mirror=mirror, delay_seconds=0),
        reminders=False,
        sources={source: SourceSettings(is_enabled=True, min_listed=1, budget=BUDGET)},
        channels=(ChannelSettings("log", "file", path=str(folder / "alerts.txt")),),
    )


def crawl(crawls: WarmCrawls, source: str, mirror: str, folder: Path, day: datetime) -> Crawled:
    """Crawl a source on a day."""
    began = monotonic()
    data = folder / "data"
    log = folder / "said.txt"
    with closing(open_data(data, day)) as db:
        crawled = crawl_source(
            db,
            data,
            load_sources()[source],
            settings_of(source, mirror, folder),
            CrawlWishes(),
            CrawlStage(),
            crawls.fetch,
            lambda: day,
        )
    said = log.read_text(errors="replace") if log.exists() else ""
    return Crawled(crawled.run, monotonic() - began, said)


def peak_megabytes() -> int:
    """The most memory that any process of this play had which has ended, readers among them."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
