"""Scrapy extension: writes what a crawl run met into its record when the spider closes.

The exit code of a crawl says nothing: a callback that raised is counted here as a failure.
"""

import logging
import sqlite3
from contextlib import closing
from typing import Any, cast

from scrapy import signals
from scrapy.crawler import Crawler

from scraper.spiders.kit.base import SourceSpider
from scraper.spiders.kit.items import Listing
from storage.fetched.resources import forget_unfetched, record_listing, save_resource
from storage.fetched.runs import record_fetch
from storage.sqlite.database import DATABASE_NAME, open_database, transaction
from storage.told.facts import save_facts, take_back
from storage.told_values import Witness

log = logging.getLogger(__name__)


class RunRecord:
    """Counts the errors of callbacks and of the archive, and records the run at its end."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self.is_recorded = False
        crawler.signals.connect(self.spider_error, signals.spider_error)
        crawler.signals.connect(self.item_error, signals.item_error)
        crawler.signals.connect(self.spider_closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RunRecord":
        """Made by Scrapy."""
        return cls(crawler)

    @property
    def _spider(self) -> SourceSpider:
        return cast("SourceSpider", self._crawler.spider)

    def spider_error(self, failure: Any) -> None:
        """Counts a callback that raised."""
        self._count_error(failure)

    def item_error(self, failure: Any) -> None:
        """Counts an item that the archive could not take."""
        self._count_error(failure)

    def _count_error(self, failure: Any) -> None:
        tally = self._spider.tally
        tally.failed += 1
        tally.note(f"error: {type(failure.value).__name__}: {failure.value}")

    def spider_closed(self, reason: str) -> None:
        """Records the run, and what its listing said is there."""
        spider = self._spider
        if spider.order.dry_run:
            self.is_recorded = self._finish_reason(spider, reason) == "finished"
            if not self.is_recorded:
                log.error("the listing cannot be had: %s", spider.tally.reason())
            return
        try:
            self._record(spider, self._finish_reason(spider, reason))
        except (OSError, sqlite3.Error) as error:
            log.error("run %s cannot be recorded: %s", spider.order.run, error)
        else:
            self.is_recorded = True

    def _finish_reason(self, spider: SourceSpider, reason: str) -> str:
        tally = spider.tally
        if tally.finish_reason is not None:
            return tally.finish_reason
        if reason == "finished" and spider.listing is None:
            return "listing-failed"
        if reason == "finished" and tally.blocked and not tally.has_answers:
            return "blocked"
        return reason

    def _record(self, spider: SourceSpider, finish_reason: str) -> None:
        order, tally, listing = spider.order, spider.tally, spider.listing
        is_finished = finish_reason == "finished"
        with closing(open_database(order.data_dir / DATABASE_NAME)) as db, transaction(db):
            if listing is not None:
                save_facts(db, Witness(order.source, "listing"), listing.facts, None, order.now)
                if listing.page.echoed:  # its validators are as they were
                    save_resource(db, listing.page)
            if listing is not None and listing.is_whole and is_finished:
                self._take_back(db, spider, listing)
                record_listing(db, order.source, listing.urls | {listing.page.url})
                if tally.is_clean and not order.chooses_years:
                    save_resource(db, listing.page)
            record_fetch(db, order.run, tally.counts(), finish_reason, tally.reason())

    def _take_back(self, db: sqlite3.Connection, spider: SourceSpider, listing: Listing) -> None:
        """What a whole listing no longer names it tells no more; an address that never gave a text is forgotten."""
        if not listing.facts:  # it was not modified, or tells nothing
            return
        gone = spider.known.listed - {fact.symbol for fact in listing.facts} - listing.kept
        take_back(db, Witness(spider.order.source, "listing"), gone, spider.order.now)
        forget_unfetched(db, spider.order.source, listing.withdrawn)
