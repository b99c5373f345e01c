"""Translates Scrapy's responses and failures into the project's own terms."""

import logging
from collections.abc import Iterator
from urllib.parse import urlsplit

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from scraper.errors import Blocked, FalseAnswer, SourceError, UnexpectedPage
from scraper.pages.challenge import HEADERS_JUDGED, Answer
from storage.records import Exchange

log = logging.getLogger(__name__)


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
            words = network_words(error, _host_asked(failure.request))  # type: ignore[attr-defined]
            log.info("a request failed: %s: %s", type(error).__name__, error)
            return SourceError("no-answer", f"expected an answer at {url}, found that {words}")


def network_words(error: BaseException | None, host: str) -> str:
    """What happened to a connection, and what to do, in words; a library's own are for the log.

    >>> network_words(DownloadFailedError("[<twisted.python.failure.Failure ...>]"), "api.github.com")
    'api.github.com closed the connection; it is asked again in the next run'
    """
    again = "it is asked again in the next run"
    kinds = " ".join(type(one).__name__ for one in _causes(error))
    match error:
        case CannotResolveHostError():
            return f"no address is known for {host}; see whether this machine reaches the network and its name server"
        case DownloadConnectionRefusedError():
            return f"{host} refused the connection; see whether it runs, and whether a firewall stands between"
        case DownloadTimeoutError() | TimeoutError():
            return f"{host} gave no answer in time; {again}"
        case ResponseDataLossError():
            return f"{host} closed the connection before the end of its answer; {again}"
        case _ if "Verification" in kinds or "certificate verify" in f"{error}":
            return (
                f"the certificate of {host} can't be trusted; see whether this machine's clock is right, "
                "and whether a proxy stands between"
            )
        case _ if _has_tls_fault(error):
            return f"no safe connection to {host} could be made; see whether a proxy stands between"
        case DownloadFailedError():
            return f"{host} closed the connection; {again}"
        case _:
            return f"the connection to {host} failed; see whether this machine reaches the network"


def _causes(error: BaseException | None) -> Iterator[object]:
    """An error with those that it was made of: Twisted keeps them in a list."""
    yield error
    for one in getattr(error and error.__cause__, "reasons", ()):
        yield one.value if isinstance(one, Failure) else one


def _has_tls_fault(error: BaseException | None) -> bool:
    return any(type(one).__module__.startswith("OpenSSL") for one in _causes(error))


def _host_asked(request: Request) -> str:
    """The host that was really asked, a mirror's too, with its port where it has one."""
    asked: str = request.meta.get(ASKED_URL, request.url)
    return urlsplit(asked).netloc.rpartition("@")[2]


class ForeignRequest(IgnoreRequest):
    """A request, or a redirect, that leads away from the source's hosts or from https."""


class TooSlowPace(IgnoreRequest):
    """A request to a host whose robots.txt asks for so much time between two that a crawl would never end."""
