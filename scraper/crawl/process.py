"""Runs one crawl in this process: `python -m scraper.crawl.process`, with a `CrawlOrder` as JSON on standard input.

What it met stands in the run's record. The exit code only says whether there is one: 0 when the run was recorded,
1 when it could not be, 2 when the order cannot be carried out. A dry run prints what it would fetch, one JSON object a
line, and writes nothing. `--progress FD` tells that open file each second how far the crawl is. Logs go to standard
error, only warnings unless `WPSWATCH_LOG_LEVEL` says otherwise.
"""

import ctypes
import logging
import os
import signal
import sys
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

import scrapy.core.downloader.handlers.http11  # noqa: F401 - Scrapy walks the stack at its import: here it is short
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings
from twisted.logger import globalLogBeginner

from scraper.courtesy import user_agent
from scraper.crawl.run_record import RunRecord
from scraper.settings import DOWNLOAD_HANDLERS
from scraper.sources.loader import Source, load_sources
from scraper.spiders.kit.base import SourceSpider
from scraper.spiders.kit.memory import Known, load_known
from scraper.spiders.kit.order import CrawlOrder, delay_between
from storage.errors import StorageError

EMPTY: Mapping[str, Any] = MappingProxyType({})
PROGRESS = "--progress"
_UNTRUSTED = "while verifying certificate"  # twisted.internet._sslverify
MIRROR_HANDLER = "scraper.crawl.mirror_handler.MirrorDownloadHandler"
PR_SET_PDEATHSIG = 1  # linux/prctl.h

#: The spider of each kind that a source's TOML can name.
SPIDERS = {
    "unxml": "scraper.spiders.unxml:UnxmlSpider",
    "un-resolutions": "scraper.spiders.un_resolutions:UnResolutionsSpider",
    "mission-reports": "scraper.spiders.mission_reports:MissionReportsSpider",
    "peacewomen": "scraper.spiders.peacewomen:PeaceWomenSpider",
    "un-library": "scraper.spiders.un_library:UnLibrarySpider",
    "sc-meetings": "scraper.spiders.sc_meetings:ScMeetingsSpider",
}


def main() -> int:
    """Carry out the order on standard input."""
    _die_with_parent()
    try:
        order = CrawlOrder.from_json(sys.stdin.read())
        source = load_sources()[order.source]
        known = load_known(order)
    except KeyError as error:
        return _refuse(f"expected a known source, found {error}")
    except (ValueError, StorageError) as error:
        return _refuse(str(error))
    told = {"WPSWATCH_PROGRESS_FD": int(sys.argv[2])} if sys.argv[1:2] == [PROGRESS] else EMPTY
    return 0 if carry_out(order, source, known, told) else 1


def carry_out(order: CrawlOrder, source: Source, known: Known, others: Mapping[str, Any] = EMPTY) -> bool:
    """Crawl in this process, once in its life; whether the run was recorded.

    `others` are settings that hold where the order and its source decide nothing: how much is logged, and where.
    """
    settings = crawl_settings(order, source)
    for name, value in others.items():
        if name not in order_settings(order, source):
            settings.set(name, value, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    # a robots.txt that can't be had is told by scraper.crawl.manners in a line; Scrapy would add a traceback
    logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)
    _quieten_twisted()
    crawler = process.create_crawler(spider_class(source))
    process.crawl(crawler, order=order, source=source, known=known)
    process.start()
    return _is_recorded(crawler)


def _quieten_twisted() -> None:
    """Have Twisted tell of a certificate that can't be trusted no more than the run's reason does, in its own words.

    It would write a traceback for each try, and all that is critical twice: by its own first observer, too.
    """
    globalLogBeginner.beginLoggingTo([], discardBuffer=True, redirectStandardIO=False)
    logging.getLogger("twisted").addFilter(lambda record: not record.getMessage().startswith(_UNTRUSTED))


def _die_with_parent() -> None:
    """Have the system end this process when the one that ordered the crawl is killed: nobody would read its record.

    Where the system can't (only Linux can), the crawl ends by itself and its run is closed by the next one.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def crawl_settings(order: CrawlOrder, source: Source) -> Settings:
    """Scrapy's settings for an order: the common ones and what the order and its source decide."""
    settings = Settings()
    settings.setmodule("scraper.settings", priority="project")
    settings.set("LOG_LEVEL", os.environ.get("WPSWATCH_LOG_LEVEL", "WARNING"), priority="cmdline")
    settings.setdict(order_settings(order, source), priority="cmdline")
    return settings


def order_settings(order: CrawlOrder, source: Source) -> dict[str, Any]:
    """What an order and its source decide: whom to ask, in whose name, how fast and for how much."""
    decided: dict[str, Any] = {
        "USER_AGENT": user_agent(order.contact),
        "DOWNLOAD_DELAY": delay_between(
            source.limits.delay_seconds, order.delay_seconds, is_mirror=order.mirror is not None
        ),
        "WPSWATCH_RETRY_SECONDS": 0 if order.mirror else source.limits.retry_seconds,
        "DOWNLOAD_TIMEOUT": source.limits.timeout_seconds,
        "DOWNLOAD_MAXSIZE": source.limits.document_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "WPSWATCH_HOSTS": list(source.hosts),
        "ROBOTSTXT_OBEY": True,
    }
    if order.mirror:
        decided["WPSWATCH_MIRROR"] = order.mirror
        decided["DOWNLOAD_HANDLERS"] = {**DOWNLOAD_HANDLERS, "https": MIRROR_HANDLER}
        decided["HTTPPROXY_ENABLED"] = False  # a proxy would be chosen by the canonical host
    if order.dry_run:
        decided["ITEM_PIPELINES"] = {}
    return decided


def spider_class(source: Source) -> type[SourceSpider]:
    """The spider that a source names."""
    module, name = SPIDERS[source.spider].split(":")
    found: type[SourceSpider] = getattr(import_module(module), name)
    return found


def _is_recorded(crawler: Crawler) -> bool:
    record = crawler.get_extension(RunRecord)
    return record is not None and record.is_recorded


def _refuse(message: str) -> int:
    sys.stderr.write(f"crawl: {message}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
