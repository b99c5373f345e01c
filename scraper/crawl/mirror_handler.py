"""Scrapy download handler: fetches from a mirror what everything above it takes for the canonical host's answer.

It sits below all middlewares, so robots.txt, redirects, delays and everything stored know only canonical addresses.
"""

from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from scraper.crawl.download import DownloadHandler
from scraper.crawl.mirror import Mirror
from scraper.spiders.kit.answers import ASKED_URL


class MirrorDownloadHandler(DownloadHandler):
    """Rewrites each request to the mirror at the last moment, and its answer back. A mirror never gets the token."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._token = None
        self._mirror = Mirror(
            crawler.settings["WPSWATCH_MIRROR"], frozenset(crawler.settings.getlist("WPSWATCH_HOSTS"))
        )

    async def download_request(self, request: Request) -> Response:
        """The mirror's answer under the canonical address."""
        asked = Request(
            self._mirror.address_of(request.url),
            method=request.method,
            headers=request.headers,
            body=request.body,
            meta=request.meta,
        )
        if self._mirror.authorization:
            asked.headers["Authorization"] = self._mirror.authorization
        request.meta[ASKED_URL] = asked.url
        answer = await super().download_request(asked)
        headers = answer.headers
        if location := headers.get(b"Location"):
            headers[b"Location"] = self._mirror.canonical_location(location.decode("latin-1"), request.url)
        return answer.replace(url=request.url, headers=headers)
