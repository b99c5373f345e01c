"""Scrapy downloader middleware, the last one before the network: remembers what was asked and what was answered.

It sees the request as it goes out and the answer before anything unpacks or redirects it. What would let a
reader log in is named and left out.
"""

from typing import Final

from scrapy.http import Headers, Request, Response

from scraper.spiders.kit.answers import ASKED_URL, EXCHANGE
from storage.records import Exchange

_SECRET: Final = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})
LEFT_OUT: Final = "(left out)"


class ExchangeMiddleware:
    """Puts the exchange into the request's `meta`, for the document that is made of the answer."""

    def process_response(self, request: Request, response: Response) -> Response:
        """The same answer."""
        request.meta[EXCHANGE] = Exchange(
            request.meta.get(ASKED_URL, request.url), pairs_of(request.headers), pairs_of(response.headers)
        )
        return response


def pairs_of(headers: Headers) -> tuple[tuple[str, str], ...]:
    """The headers as names and values, each value by itself."""
    return tuple(
        (name.decode("latin-1"), LEFT_OUT if name.decode("latin-1").lower() in _SECRET else value.decode("latin-1"))
        for name in headers
        for value in headers.getlist(name)
    )
