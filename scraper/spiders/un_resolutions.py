"""Crawls the Council's table of resolutions, and through the documents service the PDF of those not held yet."""

from collections.abc import Iterator
from operator import attrgetter

from scraper.council.symbol import base_of, resolution_number
from scraper.facts.of_listings import facts_of_rows
from scraper.pages.challenge import Expected
from scraper.pages.council_site.resolutions_table import FAR, Table, parse_resolutions
from scraper.spiders.documents_service import DocumentsServiceSpider
from scraper.spiders.kit.base import ListingRead
from scraper.spiders.kit.wanted import Wanted


class UnResolutionsSpider(DocumentsServiceSpider):
    """Finds out which resolutions there are, and asks for the PDF of each whose text no source has given yet.

    Beside the table's rows those that the feed of new documents has announced (see `mission_reports`): the table is
    kept by hand and has not got to them yet, and corrigenda it never lists.
    """

    name = "un-resolutions"
    listing_kind = Expected.HTML

    def read_listing(self, body: bytes, url: str) -> ListingRead:
        """The listed resolutions of this and last year (or the ordered years) whose text is due, newest first."""
        table = parse_resolutions(body, url)
        for warning in table.warnings:
            if f"({self.order.now.year})" in warning:  # the old ones are known, and would be told in every run
                self.tally.note(f"odd-row: {warning}")
        dated, titled = (sum(each is not None for each in column) for column in _columns(table))
        self.tally.shape = f"rows with a symbol {len(table.rows)}, with a date {dated}, with a title {titled}"
        newest_first = sorted(table.rows, key=attrgetter("number"), reverse=True)
        due = (row for row in newest_first if self._is_in_view(row.year) and row.symbol not in self.known.held_symbols)
        languages = self.languages_known()
        listed = frozenset(self.address_of(row.symbol, language) for row in table.rows for language in languages)
        gone = self.known.listed - {row.symbol for row in table.rows}
        withdrawn = frozenset(self.address_of(symbol, language) for symbol in gone for language in languages)
        ahead = self._ahead_of(table) - withdrawn
        announced = (wanted for wanted in self.announced() if wanted.resource.url in ahead - listed)
        wanted = [*announced, *(wanted for row in due for wanted in self.due(row.symbol))]
        return ListingRead(
            entries=len(table.rows),
            urls=listed | ahead,
            wanted=(*wanted, *self.rechecks(wanted)),
            facts=tuple(facts_of_rows(table.rows)),
            withdrawn=withdrawn,
            doubts=tuple(self._doubts(table, gone, url)),
        )

    def _doubts(self, table: Table, gone: frozenset[str], url: str) -> Iterator[str]:
        """Why the table cannot be relied on: years and rows that cannot be read, and fewer rows than last time."""
        yield from table.unread
        unknown = [words for year, words in table.unknown if year == self.order.now.year]
        if unknown:
            yield f"unread-rows: expected resolutions, found {len(unknown)} rows such as {unknown[0]!r} at {url}"
        mistyped = sum(self._was_mistyped(symbol, table) for symbol in gone)
        if not table.unread and self.known.is_shorter(len(table.rows) + mistyped):
            yield (
                f"shorter-listing: expected at least {self.known.last_listed} rows as last time, "
                f"found {len(table.rows)} at {url}"
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
