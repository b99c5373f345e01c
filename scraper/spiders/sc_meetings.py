"""Crawls the library's tables of the Council's meetings, one address a year, and its list of vetoes.

There is no listing: the years are known. This year's table and last year's are asked for in every run, the others once
a year. A table is parsed only to see that it is one; what it tells is read from the archive.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from scrapy.http import Request, Response
from twisted.python.failure import Failure

from scraper.errors import NotYet, SourceError, UnexpectedPage
from scraper.pages.challenge import Expected, check_page
from scraper.pages.library.meetings_table import parse_meetings
from scraper.spiders.kit.answers import answer_of, failed_request
from scraper.spiders.kit.asking_again import is_due, put_off
from scraper.spiders.kit.base import SourceSpider, Wanted, Yield
from scraper.spiders.kit.items import Listing
from storage.records import Resource, ResourceState

FIRST_YEAR = 1946
#: From this year on there is a table behind the address that gives dates with their year.
FIRST_RENDERED = 2000
#: How long the table of a year that is over is taken as it is.
VERIFIED_AFTER = timedelta(days=365)


class ScMeetingsSpider(SourceSpider):
    """Asks for the tables that are due, newest first, then for the list of vetoes."""

    name = "sc-meetings"
    listing_kind = Expected.HTML

    async def start(self) -> Any:
        """Asks for each table that is due. That one is not there never means that a document is gone."""
        addresses = [self._address(year) for year in self._years()]
        if self.source.urls.vetoes:
            addresses.append(self.source.urls.vetoes)
        self.tally.listed = len(addresses)
        wanted = [wanted for url in addresses for wanted in self._wanted(url)]
        if not wanted or self.order.dry_run:
            self._answered()
        for each in self._within_budget(wanted):
            yield each

    def ask(self, wanted: Wanted) -> Request:
        """The request for a table, conditional when it is held."""
        held = wanted.resource.state is ResourceState.HELD
        return self.request(
            wanted.resource.url,
            Expected.HTML,
            validators=wanted.resource if held and not self.order.full else None,
            callback=self.delivered,
            errback=self.undelivered,
            cb_kwargs={"wanted": wanted},
        )

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Yield]:
        """Takes any page of the source, as Scrapy's own commands ask for it."""
        seen = Resource(self.name, response.url, None, "en", ResourceState.LISTED)
        return self.delivered(response, Wanted(self.known.resources.get(response.url, seen), "looked at"))

    def delivered(self, response: Response, wanted: Wanted) -> Iterator[Yield]:
        """Hands a table on. One that cannot be read is kept all the same, told loudly, and asked for again."""
        resource = wanted.resource
        if response.status == 304:
            self._answered()
            yield from self.not_modified(response, self._verified(resource))
            return
        try:
            check_page(answer_of(response), Expected.HTML, parse_meetings)
        except SourceError as error:
            if isinstance(error, NotYet) and self._has_just_begun(resource.url):
                yield put_off(resource, self.now(), f"{error.code}: {error}")
                self._answered()
                return
            yield from self.failed(resource, error)
            return
        try:
            rows = self._count_rows(response.body, resource)
        except UnexpectedPage as error:
            if error.code == "no-meetings" and self._has_just_begun(resource.url):
                self._answered()
                yield put_off(resource, self.now(), f"{error.code}: {error}")
                return
            self._tell_unread(error)
            yield self.fetched(response, replace(resource, state=ResourceState.LISTED, reason=f"{error.code}: {error}"))
            return
        self._answered()
        yield self.fetched(response, self._verified(replace(resource, revision=str(rows))))

    def undelivered(self, failure: Failure) -> Iterator[Yield]:
        """Counts a table whose request failed."""
        request: Request = failure.request  # type: ignore[attr-defined]
        yield from self.failed(request.cb_kwargs["wanted"].resource, failed_request(failure))

    def _years(self) -> list[int]:
        this_year = self.order.now.year
        first = FIRST_YEAR if self.order.chooses_years else FIRST_RENDERED
        return [year for year in range(this_year, first - 1, -1) if self.order.wants_year(year)]

    def _address(self, year: int) -> str:
        urls = self.source.urls
        return (urls.listing if year >= FIRST_RENDERED else urls.document).format(year=year)

    def _wanted(self, url: str) -> Iterator[Wanted]:
        known = self.known.resources.get(url)
        if known is None:
            yield Wanted(Resource(self.name, url, None, "en", ResourceState.LISTED), "new")
        elif self._is_growing(url) or self.order.full or self.order.chooses_years or is_due(known, self.order.now):
            yield Wanted(known, "due")

    def _is_growing(self, url: str) -> bool:
        this_year = self.order.now.year
        return url in {self._address(this_year), self._address(this_year - 1), self.source.urls.vetoes}

    def _has_just_begun(self, url: str) -> bool:
        """Whether a table may well be empty: a year begins without meetings."""
        return url == self._address(self.order.now.year) and self.order.now.month == 1

    def _count_rows(self, body: bytes, resource: Resource) -> int:
        """The rows of a table, after a look at whether it has shrunk to half. Raises UnexpectedPage."""
        rows = len(parse_meetings(body, resource.url).rows)
        before = int(resource.revision or 0)
        if 2 * rows < before:
            raise UnexpectedPage("halved", f"expected about {before} rows, found {rows} at {resource.url}")
        return rows

    def _verified(self, resource: Resource) -> Resource:
        again = self.order.now + VERIFIED_AFTER
        return replace(resource, state=ResourceState.HELD, attempts=0, next_attempt_at=again, reason=None)

    def _tell_unread(self, error: UnexpectedPage) -> None:
        self.tally.note(f"{error.code}: {error}")
        self.tally.finish_reason = "listing-lost"
        self._answered()

    def _answered(self) -> None:
        """A table that was had stands for the listing, which never says that anything is gone."""
        page = Resource(self.name, self._address(self.order.now.year), None, "en", ResourceState.LISTED)
        known = self.known.resources.get(page.url, page)
        self.listing = Listing(known, frozenset(), is_whole=False)
