"""Translates Scrapy's responses and failures into the project's own terms."""

from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from scraper.errors import Blocked, FalseAnswer, SourceError, UnexpectedPage
from scraper.pages.challenge import HEADERS_JUDGED, Answer
from storage.records import Exchange


def answer_of(response: Response) -> Answer:
    """An answer as `scraper.pages.challenge` judges it, with the headers that it looks at."""
    headers = {name: value for name in HEADERS_JUDGED if (value := header(response, name)) is not None}
    return Answer(response.url, response.status, headers, response.body)


ASKED_URL = "wpswatch_asked_url"
"""The key in a request's `meta` under which the address stands that was really asked, where it is a mirror's."""

EXCHANGE = "wpswatch_exchange"
"""The key under which the exchange stands as it was on the wire."""


def header(response: Response, name: str) -> str | None:
    """One header's value, None when it is absent or empty."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def exchange_of(response: Response) -> Exchange | None:
    """How the answer was asked for, and as what it came; None where nothing recorded it."""
    exchange: Exchange | None = response.request.meta.get(EXCHANGE) if response.request else None
    return exchange


def is_unasked(response: Response) -> bool:
    """Whether an answer says "not modified" to a request that named nothing which might be."""
    asked = response.request
    return (
        response.status == 304
        and asked is not None
        and not {b"If-None-Match", b"If-Modified-Since"} & set(asked.headers)
    )


def failed_request(failure: Failure) -> SourceError:
    """The SourceError that a request's failure means."""
    error = failure.value
    url = failure.request.url  # type: ignore[attr-defined]
    match error:
        case DownloadCancelledError():  # the only thing that cancels a download is its size
            return FalseAnswer("too-large", f"expected a body within the limit, found a larger one at {url}")
        case TooSlowPace():
            return SourceError("crawl-delay", f"{error} (asked for {url})")
        case ForeignRequest():
            return UnexpectedPage("foreign-redirect", f"{error} (asked for {url})")
        case IgnoreRequest() if "robots.txt" in str(error):
            return Blocked("robots-disallowed", f"expected to be allowed, found robots.txt against it at {url}")
        case IgnoreRequest() if "DOWNLOAD_MAXSIZE" in str(error):
            return FalseAnswer("too-large", f"expected a body within the limit, found a larger one at {url}")
        case _:
            return SourceError("no-answer", f"expected an answer, found {type(error).__name__}: {error} at {url}")


class ForeignRequest(IgnoreRequest):
    """A request, or a redirect, that leads away from the source's hosts or from https."""


class TooSlowPace(IgnoreRequest):
    """A request to a host whose robots.txt asks for so much time between two that a crawl would never end."""
