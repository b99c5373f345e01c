"""What the spiders of all sources share: one listing, then its documents; every answer judged, counted and remembered.

A spider parses its listing through `scraper.pages` and hands every body on untouched. It knows no database: what was
known before comes in as a value, what is to be remembered goes out as items.
"""

import json
import logging
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, ClassVar

import scrapy
from scrapy.exceptions import CloseSpider
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from scraper.errors import Blocked, FalseAnswer, ShortListing, SourceError, UnexpectedPage
from scraper.pages.challenge import Answer, Expected, check_answer, read_answer
from scraper.sources.loader import Source
from scraper.spiders.kit.answers import answer_of, exchange_of, failed_request, header, is_unasked
from scraper.spiders.kit.counts import Tally
from scraper.spiders.kit.items import Announcement, DocumentFailed, FetchedDocument, Listing
from scraper.spiders.kit.looking import came_whole, is_conditional, was_echoed
from scraper.spiders.kit.memory import Known
from scraper.spiders.kit.order import CrawlOrder
from storage.models import Fact
from storage.records import Resource, ResourceState

log = logging.getLogger(__name__)

#: So many refusals in a row, and the crawl leaves the source alone.
REFUSALS_ACCEPTED = 3
ACCEPT = {
    Expected.PDF: "application/pdf",
    Expected.XML: "application/xml, text/xml;q=0.9, text/plain;q=0.8",  # GitHub serves raw files as text/plain
    Expected.JSON: "application/json",
    Expected.HTML: "text/html, application/xhtml+xml",
}

#: Why a held document is asked for: it may have been reissued. Left over, it leaves no run incomplete.
RECHECK = "recheck"

Yield = Request | FetchedDocument | Resource | Announcement | DocumentFailed


@dataclass(frozen=True, slots=True)
class Wanted:
    """One document to ask for, as it is remembered so far, and why it is asked for."""

    resource: Resource
    why: str


@dataclass(frozen=True, slots=True)
class ListingRead:
    """What a listing says: how many entries it has, the address of every document on it, and what to ask for.

    `as_held` counts documents of which the listing says that they are as held; they are not asked for. `facts` is what
    the listing itself tells of documents; `withdrawn` are addresses that it named, that never gave a text, and that it
    names no more. `doubts` say in words why it cannot be trusted: what it lists is used, what it lacks proves nothing.
    """

    entries: int
    urls: frozenset[str]
    wanted: tuple[Wanted, ...]
    as_held: int = 0
    facts: tuple[Fact, ...] = ()
    withdrawn: frozenset[str] = frozenset()
    doubts: tuple[str, ...] = ()


class SourceSpider(scrapy.Spider):
    """One crawl of one source. Subclasses say how the listing is read and how a document is asked for."""

    listing_kind: ClassVar[Expected]
    #: What is taken from the listing, where that has grown: a listing read for less is read again, changed or not.
    listing_scope: ClassVar[str | None] = None

    def __init__(self, order: CrawlOrder, source: Source, known: Known, **kwargs: Any) -> None:
        super().__init__(source.name, **kwargs)
        self.order = order
        self.source = source
        self.known = known
        self.tally = Tally()
        self.listing: Listing | None = None
        self._refusals = 0
        self._started = monotonic()

    # What a source's own spider says

    def read_listing(self, body: bytes, url: str) -> ListingRead:
        """What a listing says, the documents to ask for in order. Raises UnexpectedPage."""
        raise NotImplementedError

    def unlisted_work(self) -> Iterable[Wanted]:
        """The documents to ask for when the listing is the same as last time."""
        raise NotImplementedError

    def kind_of(self, url: str) -> Expected:
        """What kind of body stands at the address of a document."""
        return self.listing_kind

    def held_of(self, wanted: Wanted) -> Resource | None:
        """What is held of a document, if "not modified" would do as the answer."""
        return wanted.resource

    def taken(self, response: Response, wanted: Wanted) -> Iterator[Yield]:
        """What follows from an answer that may be the document asked for."""
        raise NotImplementedError

    def still_held(self, wanted: Wanted) -> Iterator[Yield]:
        """What follows from the answer that the body is the one held."""
        return self.not_modified(wanted.resource)

    def refused(self, wanted: Wanted, error: SourceError) -> Iterator[Yield]:
        """What follows from an answer that cannot be the document asked for."""
        return self.failed(wanted.resource, error)

    def judge(self, answer: Answer, wanted: Wanted) -> None:
        """Raises the SourceError that says why an answer cannot be the document asked for."""
        check_answer(answer, self.kind_of(wanted.resource.url))

    # The listing

    async def start(self) -> Any:
        """Asks for the listing, conditionally where "not modified" would mean that there is nothing to do."""
        url = self.source.urls.listing
        page = self._held_page()
        yield self.request(
            url,
            self.listing_kind,
            callback=self.listed,
            errback=self.not_listed,
            meta={"download_maxsize": self.source.limits.listing_bytes},
            validators=page if page and self._may_skip() else None,
        )

    def _held_page(self) -> Resource | None:
        return self.known.resources.get(self.source.urls.listing)

    def _may_skip(self) -> bool:
        order = self.order
        is_ordinary = not (order.full or order.chooses_years or order.dry_run)
        page = self._held_page()
        is_read_for_this = page is not None and page.revision == self.listing_scope
        return is_ordinary and is_read_for_this and self.known.last_listed is not None and self._has_every_language()

    def _has_every_language(self) -> bool:
        held = {resource.language for resource in self.known.resources.values()}
        return held.issuperset(self.order.languages)

    def listed(self, response: Response) -> Iterator[Yield]:
        """Reads the listing and asks for what is due."""
        try:
            wanted = self._unmodified(response) if response.status == 304 else self._read(response)
        except Blocked as error:
            self.tally.blocked += 1
            self._end("blocked", error)
        except SourceError as error:
            self._end("listing-failed", error)
        yield from self._within_budget(wanted)

    def not_listed(self, failure: Failure) -> Iterator[Yield]:
        """Ends the run when the listing cannot be had at all."""
        error = failed_request(failure)
        if isinstance(error, Blocked):
            self.tally.blocked += 1
        self._end("blocked" if isinstance(error, Blocked) else "listing-failed", error)
        yield from ()

    def _end(self, reason: str, error: SourceError) -> None:
        self.tally.note(f"{error.code}: {error}")
        raise CloseSpider(reason)

    def _read(self, response: Response) -> Sequence[Wanted]:
        """What to ask for. A listing that is too short is used too, but never says what is gone."""
        read = read_answer(answer_of(response), self.listing_kind, self.read_listing)
        self.tally.listed = read.entries
        self.tally.unchanged = read.as_held
        is_whole = True
        try:
            self._check_length(read.entries)
        except ShortListing as error:
            self.tally.note(f"{error.code}: {error}")
            is_whole = False
        for doubt in read.doubts:
            self.tally.doubt_listing(doubt)
        page = Resource(
            source=self.name,
            url=self.source.urls.listing,
            symbol=None,
            language=None,
            state=ResourceState.HELD,
            etag=header(response, "ETag"),
            last_modified=header(response, "Last-Modified"),
            revision=self.listing_scope,
        )
        page = came_whole(page, self.now())
        is_whole = is_whole and not read.doubts
        self.listing = Listing(page, read.urls, is_whole, read.facts, read.withdrawn)
        return read.wanted

    def _unmodified(self, response: Response) -> Sequence[Wanted]:
        """What is to be done without the listing; what was missing from it is missing still."""
        page = self._held_page()
        if page is None or self.known.last_listed is None or is_unasked(response):
            raise UnexpectedPage("unasked-304", f"expected a listing, found status 304 at {self.source.urls.listing}")
        page = was_echoed(page, self.now())
        self.tally.listed = self.known.last_listed
        there = (url for url, known in self.known.resources.items() if known.state is not ResourceState.MISSING)
        self.listing = Listing(page, frozenset(there), is_whole=True)
        wanted = tuple(self.unlisted_work())
        vouched_for = sum(one.resource.revision is not None for one in wanted)
        self.tally.unchanged = self._as_held() - vouched_for
        return wanted

    def _as_held(self) -> int:
        """How many documents a listing vouches for that names their contents."""
        known = [one for url, one in self.known.resources.items() if url != self.source.urls.listing]
        return sum(one.state is ResourceState.HELD and one.revision is not None for one in known)

    def _check_length(self, entries: int) -> None:
        least = self.order.expect_min_listed
        least = self.source.expect.min_listed if least is None else least
        if entries < least:
            raise ShortListing(
                "short-listing", f"expected at least {least} entries, found {entries} at {self.source.urls.listing}"
            )

    def _within_budget(self, wanted: Sequence[Wanted]) -> Iterator[Request]:
        budget = self._budget()
        asked = wanted if budget is None else wanted[:budget]
        self.tally.left_over = sum(one.why != RECHECK for one in wanted[len(asked) :])
        if self.tally.left_over:
            self.tally.note(f"budget: asked for {len(asked)} documents, {self.tally.left_over} left for later runs")
        if self.order.dry_run:
            for each in asked:
                print_wanted(each)
            return
        yield from map(self.ask, asked)

    def _budget(self) -> int | None:
        order = self.order
        if order.budget is not None:
            return order.budget
        return None if order.full or order.chooses_years else self.source.budget

    # The documents

    def ask(self, wanted: Wanted) -> Request:
        """The request for a document, conditional when it is held."""
        return self.request(
            wanted.resource.url,
            self.kind_of(wanted.resource.url),
            validators=self.held_of(wanted),
            callback=self.delivered,
            errback=self.undelivered,
            cb_kwargs={"wanted": wanted},
        )

    def delivered(self, response: Response, wanted: Wanted) -> Iterator[Yield]:
        """Tells the three answers apart: the body is the one held, it may be the document, it cannot be.

        "Not modified" is a failure where nobody asked whether it is.
        """
        if response.status == 304 and not is_unasked(response):
            yield from self.still_held(wanted)
            return
        try:
            self._insist_on_body(response)
            self.judge(answer_of(response), wanted)
        except SourceError as error:
            yield from self.refused(wanted, error)
        else:
            yield from self.taken(response, wanted)

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Yield]:
        """Takes a page as the listing, or as a document: what Scrapy's own commands call when told nothing else."""
        if response.url == self.source.urls.listing:
            return self.listed(response)
        seen = Resource(self.name, response.url, None, "en", ResourceState.LISTED)
        return self.delivered(response, Wanted(self.known.resources.get(response.url, seen), "looked at"))

    def request(self, url: str, expected: Expected, *, validators: Resource | None = None, **kwargs: Any) -> Request:
        """A request that says what it accepts and, where validators are given, what is held already."""
        headers = {"Accept": ACCEPT[expected], **kwargs.pop("headers", {})}
        if validators is not None and not self._may_ask_conditionally(validators):
            validators = None
            headers["Cache-Control"] = "max-age=0"
        if validators is not None and validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators is not None and validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified
        return Request(url, headers=headers, dont_filter=True, **kwargs)

    def _may_ask_conditionally(self, held: Resource) -> bool:
        """Whether "not modified" would do: not where a removal waits, another file took its place, the body is lost."""
        known = self.known
        return held.url not in known.pending | known.superseded | known.damaged and is_conditional(held, self.order.now)

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

    @staticmethod
    def _insist_on_body(response: Response) -> None:
        if response.status == 304:
            raise FalseAnswer("unasked-304", f"expected a body, found status 304 at {response.url}")

    def not_modified(self, resource: Resource) -> Iterator[Yield]:
        """Counts an answer that says the body is the one held."""
        self._refusals = 0
        self.tally.not_modified += 1
        yield was_echoed(resource, self.now())

    def undelivered(self, failure: Failure) -> Iterator[Yield]:
        """Counts a document whose request failed; its errback."""
        request: Request = failure.request  # type: ignore[attr-defined]
        yield from self.failed(request.cb_kwargs["wanted"].resource, failed_request(failure))

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


def print_wanted(wanted: Wanted) -> None:
    """One line for a program: what a crawl would ask for. The only thing a dry run leaves."""
    resource = wanted.resource
    record = {
        "source": resource.source,
        "url": resource.url,
        "symbol": resource.symbol,
        "language": resource.language,
        "why": wanted.why,
    }
    sys.stdout.write(json.dumps(record) + "\n")
