"""Crawls the reports of the Council's missions, which three signals announce: its page, the feed and the register.

Neither the page nor the feed alone can fail a run: what one of them cannot say is told in the run's reason, and the
others go on. A report is never gone because the page is, or because the feed has moved on.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from scrapy.http import Response

from scraper.council.symbol import resolution_number, root_of
from scraper.errors import Blocked, FalseAnswer, NotYet, ShortListing, SourceError, UnexpectedPage
from scraper.missions.register import load_missions
from scraper.pages.challenge import Expected, read_answer
from scraper.pages.council_site.documents_feed import DocumentsFeed, NewDocument, parse_feed
from scraper.pages.council_site.missions_table import (
    MissionPaper,
    MissionsPage,
    find_missions_page,
    paper_of,
    parse_missions,
)
from scraper.spiders.documents_service import DocumentsServiceSpider
from scraper.spiders.kit.answers import answer_of
from scraper.spiders.kit.asking import Question, Refused, Taken, Yield
from scraper.spiders.kit.items import Announcement, Listing
from scraper.spiders.kit.looking import was_echoed
from storage.records import Resource, ResourceState

RESOLUTIONS = "un-resolutions"
"""The source that fetches the resolutions which the feed announces."""

#: How the feed describes a mission's report: "REPORT OF THE SECURITY COUNCIL MISSION TO ETHIOPIA, 16 AND 17 OCTOBER"
FEED_WORDS = "SECURITY COUNCIL MISSION"
#: The page begins with the missions of 1992, and has at least this share of the register's reports since then.
PAGE_BEGINS = 1992
PAGE_SHARE = 0.5
#: Days after which a feed of all new Council documents without a newer one is old.
FEED_DAYS = 7


@dataclass(slots=True)
class _Signals:
    """What page and feed said: their entries, and the addresses that gave an answer, as they are to be remembered."""

    entries: int = 0
    reports: list[str] = field(default_factory=list)
    resolutions: list[str] = field(default_factory=list)
    answered: list[Resource] = field(default_factory=list)
    feed_errors: list[SourceError] = field(default_factory=list)


class MissionReportsSpider(DocumentsServiceSpider):
    """Asks page, menu where the page is not there, and feed in turn; then for the reports that are due."""

    name = "mission-reports"
    listing_kind = Expected.HTML

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._missions = load_missions()
        self._signals = _Signals()

    async def start(self) -> Any:
        """Asks for the page of missions."""
        yield self.put(self._about_page(self.source.urls.listing, is_of_menu=False))

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Yield]:
        """Reads the page of missions, as Scrapy's own commands ask for it."""
        return self.answered(response, self._about_page(response.url, is_of_menu=False))

    # The page, the menu where the page is not there, then the feed

    def _about_page(self, url: str, *, is_of_menu: bool) -> Question:
        return self._about(
            url,
            Expected.HTML,
            taken=partial(self._take_page, url=url),
            refused=partial(self._no_page, is_of_menu=is_of_menu),
            follows=self._ask_feed,
        )

    def _take_page(self, response: Response, url: str) -> Iterator[Yield]:
        self._read_page(read_answer(answer_of(response), Expected.HTML, parse_missions), response.url)
        self._signals.answered.append(self.page_answered(response, url))
        yield from self._ask_feed()

    def _no_page(self, error: SourceError, is_of_menu: bool) -> Iterator[Yield]:
        """Looks for the page in the site's menu where it is not there, and else goes on without it."""
        menu = self.source.urls.menu
        if not isinstance(error, NotYet):
            self._lost(error)
        elif menu and not is_of_menu:
            yield self.put(self._about(menu, Expected.HTML, self._take_menu, self._no_menu, follows=self._ask_feed))
            return
        else:
            self._not_found(error)
        yield from self._ask_feed()

    def _take_menu(self, response: Response) -> Iterator[Yield]:
        address = read_answer(answer_of(response), Expected.HTML, find_missions_page)
        yield self.put(self._about_page(address, is_of_menu=True))

    def _no_menu(self, error: SourceError) -> Iterator[Yield]:
        self._not_found(error)
        yield from self._ask_feed()

    def _ask_feed(self, number: int = 0) -> Iterator[Yield]:
        url = self.source.urls.feeds[number]
        yield self.put(
            self._about(
                url,
                Expected.XML,
                taken=partial(self._take_feed, url=url),
                refused=partial(self._no_feed, number=number),
                follows=self._conclude,
            )
        )

    def _take_feed(self, response: Response, url: str) -> Iterator[Yield]:
        self._read_feed(_feed_of(response), response.url)
        self._signals.answered.append(self.page_answered(response, url))
        yield from self._conclude()

    def _no_feed(self, error: SourceError, number: int) -> Iterator[Yield]:
        """Asks the feed's next host; where there is none, goes on without the feed."""
        self._signals.feed_errors.append(error)
        if number + 1 < len(self.source.urls.feeds):
            yield from self._ask_feed(number + 1)
            return
        self.tally.failed += 1
        for each in self._signals.feed_errors:
            self.tally.note(f"feed: {each.code}: {each}")
        yield from self._conclude()

    def _about(
        self, url: str, expected: Expected, taken: Taken, refused: Refused, *, follows: Callable[[], Iterator[Yield]]
    ) -> Question:
        """The question that asks for one of the three; `follows` comes after it where it is as it was."""
        held = self.known.resources.get(url)
        return Question(
            url,
            expected,
            taken=taken,
            refused=refused,
            as_held=partial(self._as_before, follows=follows),
            held=held if self._may_skip() else None,
            is_listing=True,
            meta={"download_maxsize": self.source.limits.listing_bytes},
        )

    def _as_before(self, held: Resource, follows: Callable[[], Iterator[Yield]]) -> Iterator[Yield]:
        """All that an unchanged page or feed names is remembered already."""
        self._signals.answered.append(was_echoed(held, self.now()))
        self._signals.entries = max(self._signals.entries, self.known.last_listed or 0)
        return follows()

    # What they say

    def _read_page(self, page: MissionsPage, url: str) -> None:
        known = {symbol for one in self._missions for symbol in (one.terms_of_reference, one.report) if symbol}
        terms = {one.terms_of_reference for one in self._missions}
        for row in page.strange:
            if row.symbol not in known:
                self.tally.note(f"odd-row: {row.symbol} ({row.title!r}) is no terms of reference, report or briefing")
        for warning in page.warnings:
            if f"{self.order.now.year}" in warning:  # the old ones are known, and would be told in every run
                self.tally.note(f"odd-row: {warning}")
        self._signals.entries += len(page.rows)
        self._signals.reports += [symbol for symbol in page.reports if symbol not in terms]
        expected = sum(1 for one in self._missions if one.report and one.ends_on.year >= PAGE_BEGINS)
        least = self.order.expect_min_listed
        least = int(PAGE_SHARE * expected) if least is None else min(least, int(PAGE_SHARE * expected))
        if len(page.reports) < least:
            raise ShortListing(
                "short-listing", f"expected at least {least} reports, found {len(page.reports)} at {url}"
            )

    def _read_feed(self, feed: DocumentsFeed, url: str) -> None:
        for warning in feed.warnings:
            self.tally.note(f"odd-item: {warning}")
        newest = feed.newest
        if not feed.documents:
            self.tally.note(f"empty-feed: expected new documents, found 0 at {url}")
        elif newest and newest < self.order.now - timedelta(days=FEED_DAYS):
            self.tally.note(f"old-feed: expected a document of the last {FEED_DAYS} days, found {newest.date()} newest")
        self._signals.entries += len(feed.documents)
        for document in feed.documents:
            if resolution_number(root_of(document.symbol)):  # a corrigendum's too
                self._signals.resolutions.append(document.symbol)
            elif _is_report(document):
                self._signals.reports.append(document.symbol)

    def _lost(self, error: SourceError) -> None:
        """The page cannot be used. One of another shape is told loudly: its parser must be mended."""
        self.tally.note(f"page: {error.code}: {error}")
        if isinstance(error, Blocked):
            self.tally.blocked += 1
        elif isinstance(error, UnexpectedPage):
            self.tally.finish_reason = "listing-lost"
        else:
            self.tally.failed += 1

    def _not_found(self, error: SourceError) -> None:
        self.tally.note(f"page-not-found: neither its address nor the menu leads to the missions page: {error}")

    # What is asked for

    def _conclude(self) -> Iterator[Yield]:
        """Remembers what was announced, and asks for the reports that are due, newest first."""
        signals, known = self._signals, self.known
        reports = {one.report for one in self._missions if one.report} | {*signals.reports}
        reports |= {one.symbol for one in known.resources.values() if one.symbol}
        new = [wanted for symbol in _newest_first(reports) for wanted in self.due(symbol)]
        yield from (wanted.resource for wanted in new if wanted.resource.url not in known.resources)
        for symbol in signals.resolutions:
            if symbol not in known.held_symbols:
                yield Announcement(self._announced_resolution(symbol))
        yield from signals.answered
        self.tally.listed = signals.entries
        urls = frozenset(known.resources) | {wanted.resource.url for wanted in new}
        page = signals.answered[0] if signals.answered else self._unanswered()
        self.listing = Listing(page, urls | {one.url for one in signals.answered}, is_whole=bool(signals.answered))
        wanted = [one for one in new if self._is_wanted(one.resource.symbol or "")]
        yield from self._within_budget([*wanted, *self.rechecks(wanted)])

    def _is_wanted(self, symbol: str) -> bool:
        return symbol not in self.known.held_symbols and self.order.wants_year(self.year_of(symbol))

    def year_of(self, symbol: str) -> int:
        """The year in a symbol; for those before 1994, which have none, the year of the mission."""
        year = _rank(symbol)[0]
        return year or next((one.ends_on.year for one in self._missions if one.report == symbol), 0)

    def _announced_resolution(self, symbol: str) -> Resource:
        url = self.address_of(symbol, "en")
        reason = "announced by the feed of new documents"
        return Resource(RESOLUTIONS, url, symbol, "en", ResourceState.ANNOUNCED, reason=reason)

    def _unanswered(self) -> Resource:
        return Resource(self.name, self.source.urls.listing, None, None, ResourceState.LISTED)


def _feed_of(response: Response) -> DocumentsFeed:
    """The feed in an answer. Raises SourceError; for a page in its place `not-a-feed`."""
    try:
        return read_answer(answer_of(response), Expected.XML, parse_feed)
    except FalseAnswer as error:
        raise UnexpectedPage("not-a-feed", str(error)) from error


def _is_report(document: NewDocument) -> bool:
    """Whether an item of the feed is a mission's report, and not its terms of reference or a briefing."""
    is_of_mission = FEED_WORDS in document.description.upper()
    return is_of_mission and paper_of(document.symbol, document.description) is MissionPaper.REPORT


def _newest_first(symbols: set[str]) -> list[str]:
    return sorted(symbols, key=_rank, reverse=True)


def _rank(symbol: str) -> tuple[int, int]:
    """Year and number of a symbol: (2013, 173) of S/2013/173, (0, 25700) of S/25700, which bears no year."""
    numbers = [int(part) for part in symbol.split("/")[1:3] if part.isdigit()]
    return (numbers[0], numbers[1]) if len(numbers) == 2 else (0, numbers[0] if numbers else 0)
