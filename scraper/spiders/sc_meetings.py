"""Crawls the library's tables of the Council's meetings, one address a year, and its list of vetoes.

There is no listing: the years are known. This year's table and last year's are asked for in every run, the others once
a year. A table is parsed only to see that it is one; what it tells is read from the archive.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from scrapy.http import Response

from scraper.errors import NotYet, SourceError, UnexpectedPage
from scraper.pages.challenge import Answer, Expected, check_page
from scraper.pages.library.meetings_table import parse_meetings
from scraper.spiders.kit.asking import Yield
from scraper.spiders.kit.asking_again import is_due, put_off
from scraper.spiders.kit.base import SourceSpider
from scraper.spiders.kit.items import Listing
from scraper.spiders.kit.wanted import Wanted
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

    def held_of(self, wanted: Wanted) -> Resource | None:
        """A page that is held; one that was kept though nobody could read it is asked for whole."""
        is_held = wanted.resource.state is ResourceState.HELD
        return wanted.resource if is_held and not self.order.full else None

    def judge(self, answer: Answer, wanted: Wanted) -> None:
        """Raises the SourceError of an answer that cannot be a table; one that its parser reads is one."""
        check_page(answer, Expected.HTML, parse_meetings)

    def still_held(self, wanted: Wanted) -> Iterator[Yield]:
        """Remembers when it was asked for."""
        self._answered()
        return self.not_modified(self._verified(wanted.resource))

    def refused(self, wanted: Wanted, error: SourceError) -> Iterator[Yield]:
        """The table of a year that has just begun may not be there yet: that is no failure."""
        if isinstance(error, NotYet) and self._has_just_begun(wanted.resource.url):
            yield put_off(wanted.resource, self.now(), f"{error.code}: {error}")
            self._answered()
            return
        yield from self.failed(wanted.resource, error)

    def taken(self, response: Response, wanted: Wanted) -> Iterator[Yield]:
        """Hands a table on. One that cannot be read is kept all the same, told loudly, and asked for again."""
        resource = wanted.resource
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
