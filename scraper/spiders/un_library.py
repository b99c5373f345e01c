"""Crawls the UN library's catalogue by OAI-PMH, month by month, page by page.

A month is asked for in every run until it was read a week after its end: then it is done. How far a month was read is
remembered with each page, so that a crawl which was cut short, or has used up its budget, is gone on with by the next;
where the library has forgotten the place, the month begins again.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import quote

from scrapy.http import Response

from scraper.errors import SourceError, UnexpectedPage
from scraper.pages.challenge import Expected, check_answer
from scraper.pages.library.oai import BAD_TOKEN, NO_RECORDS, OaiPage, parse_oai
from scraper.spiders.kit.answers import answer_of
from scraper.spiders.kit.asking import Question, Yield
from scraper.spiders.kit.base import SourceSpider
from scraper.spiders.kit.items import Listing
from scraper.spiders.kit.wanted import Wanted, print_wanted
from storage.records import Resource, ResourceState

#: So many months before this one a first run begins.
MONTHS_BACK = 2
#: After a pause of so many months a run goes on where the last one ended.
LONGEST_PAUSE = 12
#: The month of an address; those of its pages, which end in "#page-2", are none.
MONTH = re.compile(r"[?&]from=(\d{4})-(\d{2})-[^#]*$")
#: So long after its end a month gets no more records: what is catalogued later bears a later date.
SETTLED_AFTER = timedelta(days=7)
#: How often a page is asked for again after a 503, with waits that double.
RETRIES = 4


@dataclass(frozen=True, slots=True)
class ReadingPlace:
    """How far a month was read: the next page, the records before it, when the reading began, and its token.

    `token` is None for the first page. `is_again` says that the month was begun anew in this run.
    """

    page: int
    records: int
    begun_at: datetime
    token: str | None = None
    is_again: bool = False

    def __str__(self) -> str:
        """The place as it is remembered."""
        return f"{self.page} {self.records} {self.begun_at.isoformat()} {self.token}"

    @classmethod
    def read(cls, text: str) -> "ReadingPlace":
        """The place that was remembered."""
        page, records, begun_at, token = text.split(" ", 3)
        return cls(int(page), int(records), datetime.fromisoformat(begun_at), token)


class UnLibrarySpider(SourceSpider):
    """Asks for the months that are not done, newest first, each page after the one before it."""

    name = "un-library"
    listing_kind = Expected.XML

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._left = self._budget()
        self._due: list[Resource] = []

    async def start(self) -> Any:
        """Asks for the first month that is due."""
        months = [self._month(year, month) for year, month in self._months()]
        self._due = [one for one in months if one.state is not ResourceState.HELD or self.order.full]
        self.tally.listed = len(months)
        if not self._due or self.order.dry_run:
            self._stands_for_listing()
        if self.order.dry_run:
            for one in self._due:
                print_wanted(Wanted(one, "unfinished" if one.revision else "due"))
            return
        for each in self._next_month():
            yield each

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Yield]:
        """Reads a month's first page, as Scrapy's own commands ask for it."""
        month = self.known.resources.get(
            response.url, Resource(self.name, response.url, None, "en", ResourceState.LISTED)
        )
        return self.answered(response, self._about_page(month, ReadingPlace(1, 0, self.now())))

    def _take_page(self, response: Response, month: Resource, place: ReadingPlace) -> Iterator[Yield]:
        """Hands a page on and asks for the next one."""
        check_answer(answer_of(response), Expected.XML)
        page = parse_oai(response.body, response.url)
        if page.error == BAD_TOKEN and place.token and not place.is_again:
            self.tally.note(f"begun-again: the library has forgotten page {place.page} of {month.url}")
            yield self.put(self._about_page(month, ReadingPlace(1, 0, self.now(), is_again=True)))
            return
        after = _after(page, place, response.url)
        self._stands_for_listing()
        at = Resource(self.name, f"{month.url}#page-{place.page}", None, "en", ResourceState.HELD)
        yield self.fetched(response, at)
        if after is None:
            yield self._remember(self._done(month, place))
            yield from self._next_month()
            return
        month = replace(month, state=ResourceState.LISTED, revision=str(after), reason=None)
        yield self._remember(month)
        yield from self._ask_within_budget(month, after)

    def _no_page(self, error: SourceError, month: Resource) -> Iterator[Yield]:
        """Leaves a month to the next run."""
        yield from self.failed(month, error)
        yield from self._next_month()

    # Which months

    def _months(self) -> list[tuple[int, int]]:
        """Year and number of each month, newest first: of the chosen years; or the last ones, and those left."""
        now = self.order.now
        this_month = _number(now.year, now.month)
        if self.order.chooses_years:
            first = _number(self.order.first_year or now.year, 1)
            return [
                named
                for number in range(this_month, first - 1, -1)
                if self.order.wants_year((named := _named(number))[0])
            ]
        known = {
            _number(int(found[1]), int(found[2])): resource.state
            for url, resource in self.known.resources.items()
            if (found := MONTH.search(url))
        }
        latest = max(
            (number for number in known if number >= this_month - MONTHS_BACK - LONGEST_PAUSE), default=this_month
        )
        wanted = {number for number, state in known.items() if state is not ResourceState.HELD}
        wanted |= {*range(min(latest, this_month - MONTHS_BACK), this_month + 1)}
        return [_named(number) for number in sorted(wanted, reverse=True)]

    def _month(self, year: int, month: int) -> Resource:
        url = self._url(year, month)
        return self.known.resources.get(url, Resource(self.name, url, None, "en", ResourceState.LISTED))

    def _url(self, year: int, month: int) -> str:
        last = calendar.monthrange(year, month)[1]
        begins, ends = f"{year}-{month:02}-01T00:00:00Z", f"{year}-{month:02}-{last}T23:59:59Z"
        return self.source.urls.listing.format(begins=begins, ends=ends)

    def _done(self, month: Resource, place: ReadingPlace) -> Resource:
        """A month read to its end; one that was not over when its reading began is read again."""
        ends = datetime.fromisoformat(month.url.rpartition("until=")[2]).astimezone(UTC)
        is_settled = place.begun_at >= ends + SETTLED_AFTER
        state = ResourceState.HELD if is_settled else ResourceState.LISTED
        return replace(month, state=state, revision=None, reason=None)

    # What is asked for

    def _next_month(self) -> Iterator[Yield]:
        if self._due:
            month = self._due.pop(0)
            place = ReadingPlace.read(month.revision) if month.revision else ReadingPlace(1, 0, self.now())
            yield from self._ask_within_budget(month, place)

    def _ask_within_budget(self, month: Resource, place: ReadingPlace) -> Iterator[Yield]:
        if self._left == 0:
            self.tally.left_over = 1 + len(self._due)
            self.tally.note(
                f"budget: asked for {self._budget()} pages, {self.tally.left_over} months left for later runs"
            )
            self._due.clear()
            return
        if self._left:
            self._left -= 1
        yield self.put(self._about_page(month, place))

    def _about_page(self, month: Resource, place: ReadingPlace) -> Question:
        token = place.token
        return Question(
            self.source.urls.document.format(token=quote(token, safe="")) if token else month.url,
            Expected.XML,
            taken=partial(self._take_page, month=month, place=place),
            refused=partial(self._no_page, month=month),
            meta={"max_retry_times": RETRIES},
        )

    def _remember(self, month: Resource) -> Resource:
        """The month as it stands now, also for what fails later in this run."""
        self.known.resources[month.url] = month
        return month

    def _stands_for_listing(self) -> None:
        """A page that was had stands for the listing, which never says that anything is gone."""
        now = self.order.now
        self.listing = Listing(self._month(now.year, now.month), frozenset(), is_whole=False)


def _number(year: int, month: int) -> int:
    """A month counted from year 0."""
    return 12 * year + month - 1


def _named(number: int) -> tuple[int, int]:
    """Year and month of months counted from year 0."""
    return number // 12, number % 12 + 1


def _after(page: OaiPage, place: ReadingPlace, url: str) -> ReadingPlace | None:
    """The place after a page, None after the last. Raises UnexpectedPage when the list cannot be what was asked for."""
    if page.error == NO_RECORDS and place.token is None:
        return None
    if page.error is not None:
        raise UnexpectedPage("oai-error", f"expected records, found {page.error}: {page.message} at {url}")
    records = place.records + len(page.records) + page.deleted
    if page.token is None:
        if page.complete_list is not None and records < page.complete_list:
            raise UnexpectedPage("short-month", f"expected {page.complete_list} records, found {records} at {url}")
        return None
    if page.token == place.token or records == place.records:
        raise UnexpectedPage("endless", f"expected another page, found one without a way on at {url}")
    return ReadingPlace(place.page + 1, records, place.begun_at, page.token, place.is_again)
