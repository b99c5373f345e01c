"""Scrapy downloader middlewares for good manners.

Only the source's hosts, only what robots.txt allows and no faster than it asks, and no hammering on a host that has
asked for time.
"""

import asyncio
import logging
from datetime import UTC, datetime

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from scraper.courtesy import retry_after
from scraper.spiders.kit.answers import ForeignRequest, TooSlowPace
from scraper.spiders.kit.to_disk import TAKES_REFUSALS

log = logging.getLogger(__name__)

#: The longest wait that a host may ask for within a run; what it asks beyond is left to the next run. A robots.txt that
#: asks for more between two requests is obeyed by asking for nothing.
LONGEST_WAIT_SECONDS = 300.0
#: How often the end of the run is looked for while waiting.
LOOK_SECONDS = 0.25


class MannersMiddleware(RobotsTxtMiddleware):
    """Lets a request pass that goes to one of the source's hosts and that robots.txt allows, and sets the host's pace.

    Crawl-delay counts where it is longer than the configured delay; one that no run could keep is told at once. A host
    whose robots.txt cannot be had is crawled at half the configured speed.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._hosts = frozenset(crawler.settings.getlist("WPSWATCH_HOSTS"))
        self._delay = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._paced: set[str] = set()
        self._too_slow: dict[str, float] = {}

    async def process_request(self, request: Request) -> None:  # type: ignore[override] # Scrapy's own decorator hides it
        """Raises IgnoreRequest for a request that must not be made."""
        url = urlparse_cached(request)
        if url.scheme != "https" or url.netloc not in self._hosts:
            if not self._hosts:  # scrapy shell was given an address of no source, and would only show None
                log.warning("expected an address of a source, found %s: nobody else is asked", request.url)
            raise ForeignRequest(f"expected https on {', '.join(sorted(self._hosts))}, found {request.url}")
        await super().process_request(request)
        if (asked := self._too_slow.get(url.netloc)) and not request.meta.get("dont_obey_robotstxt"):
            raise TooSlowPace(
                f"expected a pace of at most {LONGEST_WAIT_SECONDS:g} seconds, "
                f"found Crawl-delay: {asked:g} in robots.txt of {url.netloc}"
            )

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules of the request's host; the host's pace is set the first time."""
        rules = await super().robot_parser(request)
        host = urlparse_cached(request).netloc
        if host not in self._paced:
            self._paced.add(host)
            self._set_pace(host, rules)
        return rules

    def _set_pace(self, host: str, rules: RobotParser | None) -> None:
        if rules is None:
            log.warning("robots.txt of %s cannot be had: crawling at half speed", host)
            delay = 2 * self._delay
        else:
            delay = max(self._delay, rules.crawl_delay(self._agent) or 0.0)
        if delay > max(LONGEST_WAIT_SECONDS, self._delay):
            self._too_slow[host] = delay
            return
        downloader = self.crawler.engine.downloader
        # both: the slot that is there, and the one that is made anew after a minute of silence
        downloader.per_slot_settings[host] = {"delay": delay}
        if host in downloader.slots:
            downloader.slots[host].delay = delay


class PatientRetryMiddleware(RetryMiddleware):
    """Asks again a few times after a hiccup, and waits as long as the host asks (Retry-After), or longer each time.

    One request is under way at a time, so the whole crawl waits with it.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler.settings)
        self.crawler = crawler
        self._delay = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self._least = crawler.settings.getfloat("WPSWATCH_RETRY_SECONDS")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "PatientRetryMiddleware":
        """Made by Scrapy."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """The response, or the request again after a wait."""
        is_refusal = response.status < 500 and request.meta.get(TAKES_REFUSALS)
        if response.status not in self.retry_http_codes or is_refusal:
            return response
        wait = self._wait(request, response)
        again = super().process_response(request, response) if wait <= LONGEST_WAIT_SECONDS else response
        if isinstance(again, Response):
            if request.meta.get("dont_obey_robotstxt"):  # only the request for robots.txt itself bears it
                raise IgnoreRequest(f"expected robots.txt, found status {response.status} at {request.url}")
            return again
        await self._pause(wait)
        return again

    def _wait(self, request: Request, response: Response) -> float:
        header = response.headers.get(b"Retry-After")
        asked = retry_after(header.decode("latin-1") if header else None, datetime.now(UTC))
        seconds = None if asked is None else asked.total_seconds()
        return wait_before_asking(seconds, self._delay, self._least, int(request.meta.get("retry_times", 0)))

    async def _pause(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while self.crawler.crawling and (left := end - loop.time()) > 0:
            await asyncio.sleep(min(left, LOOK_SECONDS))


class RefererKeepingRedirectMiddleware(RedirectMiddleware):
    """Follows redirects with the request's own Referer; where they may lead is the manners' business."""

    def _engine_started(self) -> None:
        """Looks for no middleware that sets the Referer, which Scrapy would warn about."""

    def handle_referer(self, request: Request, response: Response) -> None:
        """Leaves the Referer as the spider set it."""


def wait_before_asking(asked: float | None, delay: float, least: float, times: int) -> float:
    """The seconds to wait after a hiccup that has come so many times before.

    As long as the host asks, or longer each time where it asks for nothing; and never less than what its source
    declares, doubled each time: the UN library asks for a second or two, and means a quarter of a minute.

    >>> [wait_before_asking(2.0, 5.0, 15.0, times) for times in range(3)]
    [15.0, 30.0, 60.0]
    """
    growth = 2.0**times
    return max(delay * growth if asked is None else max(asked, delay), least * growth)
