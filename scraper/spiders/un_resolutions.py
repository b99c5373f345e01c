"""Crawls the Council's table of resolutions, and through the documents service the PDF of those not held yet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from operator import attrgetter
from typing import Final

from scrapy.http import Response

from scraper.council.symbol import base_of, resolution_number, year_in_symbol
from scraper.errors import Blocked, NotYet, SourceError
from scraper.facts.of_listings import facts_of_rows
from scraper.pages.challenge import Expected, read_answer
from scraper.pages.council_site.resolutions_table import FAR, Table, join_tables, parse_resolutions
from scraper.pages.council_site.years_index import YearPage, parse_years_index
from scraper.spiders.documents_service import DocumentsServiceSpider
from scraper.spiders.kit.answers import answer_of
from scraper.spiders.kit.asking import Question, Yield
from scraper.spiders.kit.base import ListingRead
from scraper.spiders.kit.wanted import Wanted
from storage.records import Resource

#: "resolutions-adopted-security-council-2024", "resolutions/2016": no page without such an address is looked at twice.
ADDRESS_OF_A_YEAR: Final = re.compile(rb"resolutions[\w-]*[-/](?:19|20)\d{2}")


@dataclass(slots=True)
class _Years:
    """The pages of years that an index leads to: those still to be asked for, and what the others gave."""

    index: Resource
    waiting: list[YearPage]
    not_asked: frozenset[int]
    tables: list[Table] = field(default_factory=list)
    errors: dict[int, SourceError] = field(default_factory=dict)


class UnResolutionsSpider(DocumentsServiceSpider):
    """Finds out which resolutions there are, and asks for the PDF of each whose text no source has given yet.

    Beside the table's rows those that the feed of new documents has announced (see `mission_reports`): the table is
    kept by hand and has not got to them yet, and corrigenda it never lists.

    Where an index of years stands in the table's place, the pages of the years are asked for: those in view each time,
    the others once, and in a full crawl.
    """

    name = "un-resolutions"
    listing_kind = Expected.HTML

    def _listed(self, response: Response) -> Iterator[Yield]:
        """Reads the table, or follows the index of years that stands in its place."""
        pages = _pages_of_years(response)
        if not pages:
            return super()._listed(response)
        seen = {year_in_symbol(symbol) for symbol in self.known.listed}
        asked = [one for one in pages if self.order.full or self._is_in_view(one.year) or one.year not in seen]
        not_asked = frozenset(one.year for one in pages) - {one.year for one in asked}
        index = self.page_answered(response, self.source.urls.listing, self.listing_scope)
        # that the index has not changed says nothing of the pages: it is never asked for with conditions
        return self._next_year(_Years(replace(index, etag=None, last_modified=None), asked, not_asked))

    def _next_year(self, years: _Years) -> Iterator[Yield]:
        """Asks for the next year's page; when the last has come, reads them all as one table."""
        if not years.waiting:
            yield from self._years_answered(years)
            return
        page = years.waiting.pop(0)
        question = Question(
            page.url,
            Expected.HTML,
            taken=partial(self._year_taken, page=page, years=years),
            refused=partial(self._year_refused, page=page, years=years),
            is_listing=True,
            headers={"Cache-Control": "max-age=0"},
            meta={"download_maxsize": self.source.limits.listing_bytes},
        )
        yield self.put(question)

    def _year_taken(self, response: Response, page: YearPage, years: _Years) -> Iterator[Yield]:
        parse = partial(parse_resolutions, year=page.year)
        years.tables.append(read_answer(answer_of(response), Expected.HTML, parse))
        yield from self._next_year(years)

    def _year_refused(self, error: SourceError, page: YearPage, years: _Years) -> Iterator[Yield]:
        """Goes on without a year, but not where the source refuses us."""
        if isinstance(error, Blocked):
            yield from self._not_listed(error)
        years.errors[page.year] = error
        yield from self._next_year(years)

    def _years_answered(self, years: _Years) -> Iterator[Yield]:
        if not years.tables:
            yield from self._not_listed(next(iter(years.errors.values())))
        lost = {year: error for year, error in years.errors.items() if not self._may_lack(year, error)}
        unread = years.not_asked | set(lost)
        kept = frozenset(symbol for symbol in self.known.listed if year_in_symbol(symbol) in unread)
        doubts = tuple(f"{error.code}: {error}" for error in lost.values())
        read = self._read_table(join_tables(years.tables), years.index.url, kept, doubts)
        yield from self._take_listing(read, years.index)

    def _may_lack(self, year: int, error: SourceError) -> bool:
        """Whether a year's page may be away: of this year, as long as no resolution of it is known."""
        is_known = any(year_in_symbol(symbol) == year for symbol in self.known.listed)
        return isinstance(error, NotYet) and year >= self.order.now.year and not is_known

    def read_listing(self, body: bytes, url: str) -> ListingRead:
        """The listed resolutions of this and last year (or the ordered years) whose text is due, newest first."""
        return self._read_table(parse_resolutions(body, url), url)

    def _read_table(
        self, table: Table, url: str, kept: frozenset[str] = frozenset(), doubts: tuple[str, ...] = ()
    ) -> ListingRead:
        for warning in table.warnings:
            if f"({self.order.now.year})" in warning:  # the old ones are known, and would be told in every run
                self.tally.note(f"odd-row: {warning}")
        dated, titled = (sum(each is not None for each in column) for column in _columns(table))
        self.tally.shape = f"rows with a symbol {len(table.rows)}, with a date {dated}, with a title {titled}"
        newest_first = sorted(table.rows, key=attrgetter("number"), reverse=True)
        due = (row for row in newest_first if self._is_in_view(row.year) and row.symbol not in self.known.held_symbols)
        languages = self.languages_known()
        symbols = kept | {row.symbol for row in table.rows}
        listed = frozenset(self.address_of(symbol, language) for symbol in symbols for language in languages)
        gone = self.known.listed - symbols
        withdrawn = frozenset(self.address_of(symbol, language) for symbol in gone for language in languages)
        ahead = self._ahead_of(table) - withdrawn
        announced = (wanted for wanted in self.announced() if wanted.resource.url in ahead - listed)
        wanted = [*announced, *(wanted for row in due for wanted in self.due(row.symbol))]
        return ListingRead(
            entries=len(symbols),
            urls=listed | ahead,
            wanted=(*wanted, *self.rechecks(wanted)),
            facts=tuple(facts_of_rows(table.rows)),
            withdrawn=withdrawn,
            doubts=(*doubts, *self._doubts(table, gone, len(symbols), url)),
            kept=kept,
        )

    def _doubts(self, table: Table, gone: frozenset[str], entries: int, url: str) -> Iterator[str]:
        """Why the table cannot be relied on: years and rows that cannot be read, and fewer rows than last time."""
        yield from table.unread
        unknown = [words for year, words in table.unknown if year == self.order.now.year]
        if unknown:
            yield f"unread-rows: expected resolutions, found {len(unknown)} rows such as {unknown[0]!r} at {url}"
        mistyped = sum(self._was_mistyped(symbol, table) for symbol in gone)
        if not table.unread and self.known.is_shorter(entries + mistyped):
            yield (
                f"shorter-listing: expected at least {self.known.last_listed} rows as last time, "
                f"found {entries} at {url}"
            )

    def _was_mistyped(self, symbol: str, table: Table) -> bool:
        """Whether a row that is gone was a slip: its number stands in another row now, or was far above all others."""
        number = resolution_number(symbol)
        if number is None:
            return False
        return number.number > table.newest + FAR or any(row.number == number.number for row in table.rows)

    def unlisted_work(self) -> Iterator[Wanted]:
        """The announced texts that are due again, then the held ones."""
        announced = list(self.announced())
        return iter([*announced, *self.rechecks(announced)])

    def _ahead_of(self, table: Table) -> frozenset[str]:
        """The known addresses of which the table's silence says nothing: of newer resolutions, and of corrigenda."""
        newest = table.newest
        return frozenset(
            url for url, known in self.known.resources.items() if known.symbol and _is_ahead(known.symbol, newest)
        )

    def _is_in_view(self, year: int) -> bool:
        if self.order.chooses_years:
            return self.order.wants_year(year)
        return year >= self.order.now.year - 1


def _columns(table: Table) -> tuple[list[str | None], list[str | None]]:
    return [row.printed_date for row in table.rows], [row.title for row in table.rows]


def _is_ahead(symbol: str, newest: int) -> bool:
    number = resolution_number(symbol)
    return base_of(symbol) is not None or (number is not None and number.number > newest)


def _pages_of_years(response: Response) -> tuple[YearPage, ...]:
    """The pages that an answer leads to when it is an index of years; none where it has rows of its own."""
    if response.status != 200 or not ADDRESS_OF_A_YEAR.search(response.body):
        return ()
    try:
        parse_resolutions(response.body, response.url)
    except SourceError:
        pass
    else:
        return ()
    try:
        return parse_years_index(response.body, response.url)
    except SourceError:
        return ()  # it is judged as a table, and says what it is
