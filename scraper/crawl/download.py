"""Scrapy download handler: asks the network, writes an archive to the disk as it comes, and bears GitHub's token.

The token is put into a copy of the request at the last moment, for api.github.com alone: no middleware, redirect,
record or log ever has it.
"""

import logging
import os
from collections.abc import Mapping
from typing import Any, Final

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, _ScrapyAgent
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Request, Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from scrapy.utils.httpobj import urlparse_cached

from scraper.spiders.kit.to_disk import TO_DISK, Sink

log = logging.getLogger(__name__)

TOKEN: Final = "WPSWATCH_GITHUB_TOKEN"  # noqa: S105 - the name of the variable
BEARERS_HOST: Final = "api.github.com"


class DownloadHandler(HTTP11DownloadHandler):
    """Scrapy's handler of https, with archives to the disk and the token to its host."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._token = token_of(os.environ)

    async def download_request(self, request: Request) -> Response:
        """The answer; one that goes to the disk has no body of its own."""
        url = urlparse_cached(request)
        if self._token and url.scheme == "https" and url.netloc == BEARERS_HOST:
            headers = request.headers.copy()
            headers["Authorization"] = f"Bearer {self._token}"
            request = request.replace(headers=headers)
        sink: Sink | None = request.meta.get(TO_DISK)
        if sink is None:
            return await super().download_request(request)
        try:
            sink.restart()
        except OSError as error:
            raise DownloadCancelledError(f"no file can be made: {error}") from error
        agent = _AgentToDisk(
            sink,
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            pool=self._pool,
            maxsize=self._default_maxsize,
            crawler=self._crawler,
        )
        with wrap_twisted_exceptions():
            return await maybe_deferred_to_future(agent.download_request(request))


class _AgentToDisk(_ScrapyAgent):
    """Scrapy's agent, with a sink in place of the buffer in memory."""

    def __init__(self, sink: Sink, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._sink = sink

    def _cb_bodyready(self, txresponse: Any, request: Request) -> Any:
        return super()._cb_bodyready(_Drained(txresponse, self._sink), request)  # type: ignore[arg-type]


class _Drained:
    """Twisted's response, whose body goes into the sink."""

    def __init__(self, response: Any, sink: Sink) -> None:
        self._response = response
        self._sink = sink

    def __getattr__(self, name: str) -> Any:
        return getattr(self._response, name)

    def deliverBody(self, reader: Any) -> None:  # noqa: N802 - Twisted's name
        """Deliver the body into the sink."""
        reader._bodybuf = self._sink
        self._sink.give_up = reader._finished.cancel
        self._response.deliverBody(reader)


def token_of(environment: Mapping[str, str]) -> str | None:
    """The token that raises GitHub's limits, None where there is none; one that no header can bear is left out."""
    token = environment.get(TOKEN, "").strip()
    if token and not all("!" <= sign <= "~" for sign in token):
        log.warning("the token in %s holds signs that no token has, and is left out", TOKEN)
        return None
    return token or None
