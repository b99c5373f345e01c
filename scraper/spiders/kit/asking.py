"""The one way in which a spider asks and is answered: a question says what follows from each answer there is.

Every answer is judged, counted and remembered here. Which questions a crawl has, and in which order, its spider says.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

import scrapy
from scrapy.exceptions import CloseSpider
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from scraper.errors import Blocked, FalseAnswer, SourceError, UnexpectedPage
from scraper.pages.challenge import Expected
from scraper.sources.loader import Source
from scraper.spiders.kit.answers import exchange_of, failed_request, header, is_unasked
from scraper.spiders.kit.counts import Tally
from scraper.spiders.kit.items import Announcement, DocumentFailed, FetchedDocument
from scraper.spiders.kit.looking import came_whole, is_conditional, was_echoed
from scraper.spiders.kit.memory import Known
from scraper.spiders.kit.order import CrawlOrder
from storage.records import Resource

log = logging.getLogger(__name__)

#: So many refusals in a row, and the crawl leaves the source alone.
REFUSALS_ACCEPTED = 3
ACCEPT = {
    Expected.PDF: "application/pdf",
    Expected.XML: "application/xml, text/xml;q=0.9, text/plain;q=0.8",  # GitHub serves raw files as text/plain
    Expected.JSON: "application/json",
    Expected.HTML: "text/html, application/xhtml+xml",
}

Yield = Request | FetchedDocument | Resource | Announcement | DocumentFailed
Taken = Callable[[Response], Iterator[Yield]]
Refused = Callable[[SourceError], Iterator[Yield]]
AsHeld = Callable[[Resource], Iterator[Yield]]


@dataclass(frozen=True, slots=True)
class Question:
    """One address to ask, and what follows from each of three answers.

    `taken` gets an answer with a body; a SourceError that it raises makes it a refusal. `refused` gets what is wrong
    with an answer, or why there is none. `as_held` gets what is `held` where the answer is "not modified"; a question
    that names nothing cannot be answered so. `is_listing` says as what such an answer is told.
    """

    url: str
    expected: Expected
    taken: Taken
    refused: Refused
    as_held: AsHeld | None = None
    held: Resource | None = None
    is_listing: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    meta: Mapping[str, Any] = field(default_factory=dict)
    priority: int = 0

    def insist_on_body(self, response: Response) -> None:
        """Refuses "not modified" where nobody asked whether it is. Raises SourceError."""
        if response.status == 304:
            what = "a listing" if self.is_listing else "a body"
            message = f"expected {what}, found status 304 at {response.url}"
            raise (UnexpectedPage if self.is_listing else FalseAnswer)("unasked-304", message)


class AskingSpider(scrapy.Spider):
    """Asks questions of one source, and counts and remembers what was answered."""

    def __init__(self, order: CrawlOrder, source: Source, known: Known, **kwargs: Any) -> None:
        super().__init__(source.name, **kwargs)
        self.order = order
        self.source = source
        self.known = known
        self.tally = Tally()
        self._refusals = 0
        self._started = monotonic()

    def put(self, question: Question) -> Request:
        """The request that asks a question; it says what it accepts and, where it may, what is held already."""
        headers = {"Accept": ACCEPT[question.expected], **question.headers}
        held = question.held
        if held is not None and not self._may_ask_conditionally(held):
            held = None
            headers["Cache-Control"] = "max-age=0"
        if held is not None and held.etag:
            headers["If-None-Match"] = held.etag
        if held is not None and held.last_modified:
            headers["If-Modified-Since"] = held.last_modified
        return Request(
            question.url,
            headers=headers,
            dont_filter=True,
            meta=dict(question.meta),
            priority=question.priority,
            callback=self.answered,
            errback=self.unanswered,
            cb_kwargs={"question": question},
        )

    def _may_ask_conditionally(self, held: Resource) -> bool:
        """Whether "not modified" would do: not where a removal waits, another file took its place, the body is lost."""
        known = self.known
        return held.url not in known.pending | known.superseded | known.damaged and is_conditional(held, self.order.now)

    def answered(self, response: Response, question: Question) -> Iterator[Yield]:
        """Tells the three answers apart: it is what is held, it may be what was asked for, it cannot be."""
        if response.status == 304 and question.held and question.as_held and not is_unasked(response):
            yield from question.as_held(question.held)
            return
        try:
            question.insist_on_body(response)
            yield from question.taken(response)
        except SourceError as error:
            yield from question.refused(error)

    def unanswered(self, failure: Failure) -> Iterator[Yield]:
        """What follows where a request brought no answer; the errback of every question."""
        request: Request = failure.request  # type: ignore[attr-defined]
        question: Question = request.cb_kwargs["question"]
        yield from question.refused(failed_request(failure))

    # What is handed on

    def fetched(self, response: Response, resource: Resource) -> FetchedDocument:
        """The body with what is to be remembered of its address."""
        self._refusals = 0
        seen = came_whole(resource, self.now())
        return FetchedDocument(
            resource=replace(seen, etag=header(response, "ETag"), last_modified=header(response, "Last-Modified")),
            final_url=response.url,
            status=response.status,
            media_type=header(response, "Content-Type") or "application/octet-stream",
            fetched_at=self.now(),
            exchange=exchange_of(response),
            body=response.body,
        )

    def not_modified(self, resource: Resource) -> Iterator[Yield]:
        """Counts an answer that says the body is the one held."""
        self._refusals = 0
        self.tally.not_modified += 1
        yield was_echoed(resource, self.now())

    def failed(self, resource: Resource, error: SourceError) -> Iterator[Yield]:
        """Counts and remembers a document that could not be had, and ends a crawl that is refused again and again.

        What was known before stays known: a body that is held is still the one of its old revision.
        """
        self.tally.note(f"{error.code}: {error}")
        log.info("document failed", extra={"url": resource.url, "code": error.code})
        if isinstance(error, Blocked):
            self.tally.blocked += 1
            self._refusals += 1
        else:
            self.tally.failed += 1
            self._refusals = 0
        known = replace(self.known.resources.get(resource.url, resource), reason=f"{error.code}: {error}")
        yield known
        if not isinstance(error, Blocked):
            yield DocumentFailed(known, f"{error.code}: {error}", self.now())
        if self._refusals >= REFUSALS_ACCEPTED:
            raise CloseSpider("blocked")

    def now(self) -> datetime:
        """The time, reckoned from that of the order."""
        return self.order.now + timedelta(seconds=monotonic() - self._started)
