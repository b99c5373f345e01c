"""Crawls the Council's table of resolutions, and through the documents service the PDF of those not held yet."""

from collections.abc import Iterator
from operator import attrgetter

from scraper.council.symbol import base_of, resolution_number
from scraper.facts.of_listings import facts_of_rows
from scraper.pages.challenge import Expected
from scraper.pages.council_site.resolutions_table import Table, parse_resolutions
from scraper.spiders.documents_service import DocumentsServiceSpider
from scraper.spiders.kit.base import ListingRead, Wanted


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
        newest_first = sorted(table.rows, key=attrgetter("number"), reverse=True)
        due = (row for row in newest_first if self._is_in_view(row.year) and row.symbol not in self.known.held_symbols)
        languages = self.languages_known()
        listed = frozenset(self.address_of(row.symbol, language) for row in table.rows for language in languages)
        ahead = self._ahead_of(table)
        announced = (wanted for wanted in self.announced() if wanted.resource.url in ahead - listed)
        wanted = [*announced, *(wanted for row in due for wanted in self.due(row.symbol))]
        return ListingRead(
            entries=len(table.rows),
            urls=listed | ahead,
            wanted=(*wanted, *self.rechecks(wanted)),
            facts=tuple(facts_of_rows(table.rows)),
        )

    def unlisted_work(self) -> Iterator[Wanted]:
        """The announced texts that are due again, then the held ones."""
        announced = list(self.announced())
        return iter([*announced, *self.rechecks(announced)])

    def _ahead_of(self, table: Table) -> frozenset[str]:
        """The known addresses of which the table's silence says nothing: of newer resolutions, and of corrigenda."""
        newest = max(row.number for row in table.rows)
        return frozenset(
            url for url, known in self.known.resources.items() if known.symbol and _is_ahead(known.symbol, newest)
        )

    def _is_in_view(self, year: int) -> bool:
        if self.order.chooses_years:
            return self.order.wants_year(year)
        return year >= self.order.now.year - 1


def _is_ahead(symbol: str, newest: int) -> bool:
    number = resolution_number(symbol)
    return base_of(symbol) is not None or (number is not None and number.number > newest)
