"""Scrapy extension: tells a pipe each second how far the crawl is, for whoever started it."""

import asyncio
import os
from contextlib import suppress
from time import monotonic
from typing import Any, cast

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from scraper.crawl.step import Step, seconds_left
from scraper.spiders.kit.base import SourceSpider
from scraper.spiders.kit.items import DocumentFailed, FetchedDocument
from storage.records import Resource

TELL_SECONDS = 1.0
MOST_UNSENT = 1 << 16


class Progress:
    """Counts the documents that were answered; a pipe that nobody reads any more is told no more."""

    def __init__(self, crawler: Crawler) -> None:
        self._pipe: int = crawler.settings.getint("WPSWATCH_PROGRESS_FD")
        if not self._pipe:
            raise NotConfigured
        os.set_blocking(self._pipe, False)
        self._crawler = crawler
        self._answered: set[str] = set()
        self._began: float | None = None
        self._told: Step | None = None
        self._unsent = b""
        self._timer: asyncio.TimerHandle | None = None
        crawler.signals.connect(self.opened, signals.spider_opened)
        crawler.signals.connect(self.item_scraped, signals.item_scraped)
        crawler.signals.connect(self.closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Progress":
        """Made by Scrapy."""
        return cls(crawler)

    def opened(self) -> None:
        """Begins to tell."""
        self._timer = asyncio.get_running_loop().call_later(TELL_SECONDS / 4, self._tell)

    def item_scraped(self, item: Any) -> None:
        """Counts an address that was answered, once."""
        self._began = self._began or monotonic()
        if isinstance(item, FetchedDocument | DocumentFailed):
            self._answered.add(item.resource.url)
        elif isinstance(item, Resource):
            self._answered.add(item.url)

    def closed(self) -> None:
        """Tells the last time."""
        if self._timer is not None:
            self._timer.cancel()
        self._write()

    @property
    def _paces(self) -> dict[str, float]:
        engine = self._crawler.engine
        per_host = engine.downloader.per_slot_settings if engine is not None else {}
        return {host: float(settings["delay"]) for host, settings in per_host.items()}

    def _tell(self) -> None:
        self._write()
        self._timer = asyncio.get_running_loop().call_later(TELL_SECONDS, self._tell)

    def _write(self) -> None:
        step = self._step()
        if step == self._told:
            return
        self._told = step
        if len(self._unsent) < MOST_UNSENT:  # a reader that is so slow misses this one
            self._unsent += step.to_line().encode()
        with suppress(OSError):  # the reader has gone, or the pipe is full
            self._unsent = self._unsent[os.write(self._pipe, self._unsent) :]

    def _step(self) -> Step:
        spider = cast("SourceSpider", self._crawler.spider)
        tally, delay = spider.tally, self._crawler.settings.getfloat("DOWNLOAD_DELAY")
        done = min(len(self._answered), tally.asked) if tally.asked else len(self._answered)
        size = tally.archive.size if tally.archive is not None else 0
        one_by_one = tally.asked - done - (tally.archived if tally.archive is not None else 0)
        passed = monotonic() - self._began if self._began is not None else 0.0
        rest = seconds_left(max(one_by_one, 0), delay * spider.requests_each, passed, done)
        return Step(
            source=spider.name,
            documents=tally.asked,
            done=done,
            archived=tally.archived,
            archive_bytes=size,
            left_over=tally.left_over,
            delay_seconds=delay,
            polite_seconds=(tally.asked - tally.archived) * delay * spider.requests_each,
            listed=tally.listed,
            shape=tally.shape,
            reason=tally.reason(),
            paces=self._paces,
            seconds_left=None if size or not tally.asked else round(rest, 1),
        )
