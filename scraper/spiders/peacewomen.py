"""Crawls PeaceWomen's archive: the listings of the themes, and from them the resolutions, extracts and mission reports.

There is no one listing: what is left to ask for stands in the database, as addresses that were named and not fetched.
So a crawl that is cut short, or has used up its budget, is gone on with by the next. Only addresses of an exact form
are asked for (see `scraper.pages.peacewomen.links`), each once.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from scrapy.http import Response

from scraper.errors import Blocked, NotYet, SourceError, UnexpectedPage
from scraper.pages.challenge import Answer, Expected, check_page, is_challenge
from scraper.pages.peacewomen.links import MOST_PAGES, TERMS, ListingAddress, listing_address, page_address
from scraper.pages.peacewomen.page import PublishedPage, read_page
from scraper.spiders.kit.asking import Yield
from scraper.spiders.kit.asking_again import is_due, put_off
from scraper.spiders.kit.base import SourceSpider
from scraper.spiders.kit.items import Listing
from scraper.spiders.kit.wanted import Wanted, print_wanted
from storage.records import Resource, ResourceState

#: How long a page that was read is taken as it is.
VERIFIED_AFTER = timedelta(days=365)


class PeaceWomenSpider(SourceSpider):
    """Asks for the first page of each theme in every run, then for what was not fetched yet, or a year ago."""

    name = "peacewomen"
    listing_kind = Expected.HTML

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._named: set[str] = set(self.known.resources)
        self._asked: set[str] = set()
        self._themes: dict[str, int] = {}
        self._items: dict[int, int] = {}
        self._left = self._budget()

    async def start(self) -> Any:
        """Asks for the themes, then for everything known that is due."""
        for term in TERMS:
            first = ListingAddress(term, 0).url
            for each in self._want(first):
                yield each
        for url, resource in self.known.resources.items():
            if self._is_due(resource):
                for each in self._want(url):
                    yield each

    def held_of(self, wanted: Wanted) -> Resource | None:
        """A page that is held; one that was kept though nobody could read it is asked for whole."""
        is_held = wanted.resource.state is ResourceState.HELD
        return wanted.resource if is_held and not self.order.full else None

    def judge(self, answer: Answer, wanted: Wanted) -> None:
        """Raises the SourceError of an answer that cannot be a page; one that only says so of itself may be."""
        _check(answer)

    def still_held(self, wanted: Wanted) -> Iterator[Yield]:
        """Remembers when it was asked for."""
        self._take_for_listing()
        return self.not_modified(self._verified(wanted.resource))

    def refused(self, wanted: Wanted, error: SourceError) -> Iterator[Yield]:
        """A page that is not there is no failure."""
        return (
            self._absent(wanted.resource, error) if isinstance(error, NotYet) else self.failed(wanted.resource, error)
        )

    def taken(self, response: Response, wanted: Wanted) -> Iterator[Yield]:
        """Hands a page on, then what it links to. A page that cannot be read is kept all the same, and asked again."""
        resource = wanted.resource
        try:
            page = read_page(response.body, resource.url)
            self._check_listing(page, resource.url)
        except UnexpectedPage as error:
            yield self.fetched(response, replace(resource, state=ResourceState.LISTED, reason=f"{error.code}: {error}"))
            self._tell_unread(resource.url, error)
            return
        self._take_for_listing()
        yield from self._follow(page, resource.url)
        yield self.fetched(response, self._verified(resource))

    def _want(self, url: str) -> Iterator[Yield]:
        """A named address is remembered; it is asked for unless it is not due, or the run has asked for enough."""
        known = self.known.resources.get(url)
        resource = known or Resource(self.name, url, None, "en", ResourceState.LISTED)
        if url not in self._named:
            self._named.add(url)
            self.tally.listed = len(self._named)
            yield resource
        is_first = url.endswith("?page=0")
        if url in self._asked or not (is_first or self._is_due(resource)):
            return
        if self._left == 0 and not is_first:
            self.tally.left_over += 1
            self.tally.note(
                f"budget: asked for {self._budget()} pages beside the themes; the rest is left for later runs"
            )
            self._asked.add(url)
            return
        self._asked.add(url)
        if self._left and not is_first:
            self._left -= 1
        if self.order.dry_run and not is_first:
            print_wanted(Wanted(resource, "due" if known else "new"))
        else:
            yield self.ask(Wanted(resource, "due" if known else "new"))

    def _is_due(self, resource: Resource) -> bool:
        if resource.state is ResourceState.LISTED or self.order.full:
            return True
        return is_due(resource, self.order.now)

    def _verified(self, resource: Resource) -> Resource:
        again = self.order.now + VERIFIED_AFTER
        return replace(resource, state=ResourceState.HELD, attempts=0, next_attempt_at=again, reason=None)

    def _absent(self, resource: Resource, error: NotYet) -> Iterator[Yield]:
        """A link that leads nowhere is asked less and less often; a theme that is not there is a failure."""
        listing = listing_address(resource.url, "")
        if listing is not None and listing.page == 0:
            yield from self.failed(resource, error)
            return
        self.tally.note(f"absent: {error}")
        yield put_off(resource, self.order.now, f"{error.code}: {error}")

    def _follow(self, page: PublishedPage, url: str) -> Iterator[Yield]:
        for warning in page.warnings:
            self.tally.note(f"{warning} at {url}")
        here = listing_address(url, "")
        if here is not None:
            for number in range(page.last_page + 1):
                yield from self._want(ListingAddress(here.term, number).url)
        for address in page.entries_linked:
            yield from self._want(address)

    def _check_listing(self, page: PublishedPage, url: str) -> None:
        """Refuses a listing that has shrunk to half, in pages or in items, or that bears another theme's name."""
        here = listing_address(url, "")
        if here is None:
            return
        if page.last_page >= MOST_PAGES:
            raise UnexpectedPage(
                "endless", f"expected fewer than {MOST_PAGES} pages, found {page.last_page + 1} at {url}"
            )
        known = [each for held in self._named if (each := listing_address(held, "")) and each.term == here.term]
        before = max((each.page for each in known), default=0) + 1
        if here.page == 0 and 2 * (page.last_page + 1) < before:
            raise UnexpectedPage("halved", f"expected about {before} pages, found {page.last_page + 1} at {url}")
        items = len(page.entries) + page.others
        usual = self._items.setdefault(here.term, items)
        if here.page < page.last_page and 2 * items < usual:
            raise UnexpectedPage("halved", f"expected about {usual} items on a page, found {items} at {url}")
        other = self._themes.setdefault(page.theme or "", here.term)
        if other != here.term:
            raise UnexpectedPage(
                "same-theme", f"expected one listing of {page.theme!r}, found term {other} too at {url}"
            )

    def _tell_unread(self, url: str, error: UnexpectedPage) -> None:
        """The first page of a theme says what the site is like: when it cannot be read, the run ends."""
        listing = listing_address(url, "")
        if listing is not None and listing.page == 0:
            self._end("listing-failed", error)
        self.tally.note(f"{error.code}: {error}")  # that it gave no text is counted when it is read

    def _take_for_listing(self) -> None:
        """A page that was had stands for the listing, which never says that anything is gone."""
        if self.listing is None:
            page = Resource(self.name, ListingAddress(TERMS[0], 0).url, None, "en", ResourceState.HELD)
            self.listing = Listing(page, frozenset(), is_whole=False)
        self.tally.listed = len(self._named)


def _check(answer: Answer) -> None:
    """Judges an answer; one that is refused by its status alone may hold the page all the same.

    "Access denied" was seen above the whole of a page that another host of the site showed without it.
    """
    try:
        check_page(answer, Expected.HTML, read_page)
    except Blocked:
        if answer.status != 403 or is_challenge(answer) or not answer.body.strip():
            raise
        url = page_address(answer.url)
        try:
            read_page(answer.body, url or answer.url)
        except UnexpectedPage:
            url = None
        if url is None:
            raise
