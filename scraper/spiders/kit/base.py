"""What a spider with one listing does: it asks for the listing, then for the documents that are due.

A spider parses its listing through `scraper.pages` and hands every body on untouched. It knows no database: what was
known before comes in as a value, what is to be remembered goes out as items. How it asks: `scraper.spiders.kit.asking`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, NoReturn

from scrapy.exceptions import CloseSpider
from scrapy.http import Request, Response

from scraper.errors import Blocked, ShortListing, SourceError
from scraper.pages.challenge import Answer, Expected, check_answer, read_answer
from scraper.spiders.kit.answers import answer_of, header
from scraper.spiders.kit.asking import AskingSpider, Question, Yield
from scraper.spiders.kit.items import Listing
from scraper.spiders.kit.looking import came_whole, was_echoed
from scraper.spiders.kit.wanted import RECHECK, Wanted, print_wanted
from storage.models import Fact
from storage.records import Resource, ResourceState


@dataclass(frozen=True, slots=True)
class ListingRead:
    """What a listing says: how many entries it has, the address of every document on it, and what to ask for.

    `as_held` counts documents of which the listing says that they are as held; they are not asked for. `facts` is what
    the listing itself tells of documents; `withdrawn` are addresses that it named, that never gave a text, and that it
    names no more. `doubts` say in words why it cannot be trusted: what it lists is used, what it lacks proves nothing.
    `kept` are the symbols of a part that was not looked at this time: they stand as they were.
    """

    entries: int
    urls: frozenset[str]
    wanted: tuple[Wanted, ...]
    as_held: int = 0
    facts: tuple[Fact, ...] = ()
    withdrawn: frozenset[str] = frozenset()
    doubts: tuple[str, ...] = ()
    kept: frozenset[str] = frozenset()


class SourceSpider(AskingSpider):
    """One crawl of one source. Subclasses say how the listing is read and how a document is asked for."""

    listing_kind: ClassVar[Expected]
    #: What is taken from the listing, where that has grown: a listing read for less is read again, changed or not.
    listing_scope: ClassVar[str | None] = None
    #: How many requests a document takes.
    requests_each: ClassVar[int] = 1
    #: The listing as this run read it; None until it has.
    listing: Listing | None = None

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
        """What follows from an answer that cannot be the document asked for, or from none."""
        return self.failed(wanted.resource, error)

    def judge(self, answer: Answer, wanted: Wanted) -> None:
        """Raises the SourceError that says why an answer cannot be the document asked for."""
        check_answer(answer, self.kind_of(wanted.resource.url))

    # The listing

    async def start(self) -> Any:
        """Asks for the listing, conditionally where "not modified" would mean that there is nothing to do."""
        yield self.put(self._about_listing())

    def _about_listing(self) -> Question:
        return Question(
            self.source.urls.listing,
            self.listing_kind,
            taken=self._listed,
            refused=self._not_listed,
            as_held=self._unmodified,
            held=self._held_page() if self._may_skip() else None,
            is_listing=True,
            meta={"download_maxsize": self.source.limits.listing_bytes},
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

    def _not_listed(self, error: SourceError) -> Iterator[Yield]:
        """Ends the run: without its listing there is nothing to ask for."""
        if isinstance(error, Blocked):
            self.tally.blocked += 1
        self._end("blocked" if isinstance(error, Blocked) else "listing-failed", error)
        yield from ()

    def _end(self, reason: str, error: SourceError) -> NoReturn:
        self.tally.note(f"{error.code}: {error}")
        raise CloseSpider(reason)

    def _listed(self, response: Response) -> Iterator[Yield]:
        """Reads the listing, and asks for what is due."""
        read = read_answer(answer_of(response), self.listing_kind, self.read_listing)
        page = self.page_answered(response, self.source.urls.listing, self.listing_scope)
        return self._take_listing(read, page)

    def _take_listing(self, read: ListingRead, page: Resource) -> Iterator[Yield]:
        """Asks for what is due. A listing that is too short is used too, but never says what is gone."""
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
        is_whole = is_whole and not read.doubts
        self.listing = Listing(page, read.urls, is_whole, read.facts, read.withdrawn, read.kept)
        yield from self._within_budget(read.wanted)

    def page_answered(self, response: Response, url: str, scope: str | None = None) -> Resource:
        """A page that tells of documents, as it is to be remembered after its answer."""
        page = Resource(
            source=self.name,
            url=url,
            symbol=None,
            language=None,
            state=ResourceState.HELD,
            etag=header(response, "ETag"),
            last_modified=header(response, "Last-Modified"),
            revision=scope,
        )
        return came_whole(page, self.now())

    def _unmodified(self, held: Resource) -> Iterator[Yield]:
        """Asks for what is to be done without the listing; what was missing from it is missing still."""
        page = was_echoed(held, self.now())
        self.tally.listed = self.known.last_listed or 0
        there = (url for url, known in self.known.resources.items() if known.state is not ResourceState.MISSING)
        self.listing = Listing(page, frozenset(there), is_whole=True)
        wanted = tuple(self.unlisted_work())
        vouched_for = sum(one.resource.revision is not None for one in wanted)
        self.tally.unchanged = self._as_held() - vouched_for
        yield from self._within_budget(wanted)

    def _as_held(self) -> int:
        """How many documents a listing vouches for that names their contents."""
        known = [one for url, one in self.known.resources.items() if url != self.source.urls.listing]
        return sum(one.state is ResourceState.HELD and one.revision is not None for one in known)

    def _check_length(self, entries: int) -> None:
        least = self.order.expect_min_listed
        least = self.source.expect.min_listed if least is None else least
        if entries < least:
            hint = f"; a mirror may hold less: [sources.{self.name}.expect] min_listed = {entries}"
            found = f"expected at least {least} entries, found {entries} at {self.source.urls.listing}"
            raise ShortListing("short-listing", f"{found}{hint if self.order.mirror else ''}")

    def _within_budget(self, wanted: Sequence[Wanted]) -> Iterator[Request]:
        budget = self._budget()
        asked = wanted if budget is None else wanted[:budget]
        self.tally.left_over = sum(one.why != RECHECK for one in wanted[len(asked) :])
        if self.tally.left_over:
            self.tally.note(f"budget: asked for {len(asked)} documents, {self.tally.left_over} left for later runs")
        self.tally.asked += len(asked)
        requests = list(self.asking(asked))
        if not self.order.dry_run:
            yield from requests
            return
        for each in asked:
            print_wanted(each)

    def asking(self, asked: Sequence[Wanted]) -> Iterator[Request]:
        """The requests for the documents of a run, in the order in which they are wanted."""
        yield from map(self.ask, asked)

    def _budget(self) -> int | None:
        order = self.order
        if order.budget is not None:
            return order.budget
        return None if order.full or order.chooses_years else self.source.budget

    # The documents

    def ask(self, wanted: Wanted) -> Request:
        """The request for a document, conditional when it is held."""
        return self.put(self.about(wanted))

    def about(self, wanted: Wanted) -> Question:
        """The question that asks for a document, or for the first step on the way to it."""
        return Question(
            wanted.resource.url,
            self.kind_of(wanted.resource.url),
            taken=partial(self._judged, wanted=wanted),
            refused=partial(self.refused, wanted),
            as_held=lambda _: self.still_held(wanted),
            held=self.held_of(wanted),
        )

    def _judged(self, response: Response, wanted: Wanted) -> Iterator[Yield]:
        self.judge(answer_of(response), wanted)
        yield from self.taken(response, wanted)

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Yield]:
        """Takes a page as the listing, or as a document: what Scrapy's own commands call when told nothing else."""
        if response.url == self.source.urls.listing:
            return self.answered(response, self._about_listing())
        seen = Resource(self.name, response.url, None, "en", ResourceState.LISTED)
        return self.answered(response, self.about(Wanted(self.known.resources.get(response.url, seen), "looked at")))
