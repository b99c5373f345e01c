"""Reads the Council's tables of its resolutions: symbol, date and title of each row (pure).

Two layouts, told apart by looking at the page: the present page of all years, an accordion of `dt` (year) and `dd`
(table), and the page of one year. The symbol is taken from the words of the cell, never from the link, which may
lead anywhere (`undocs.org`, `documents.un.org/api/symbol/access?j=...`) and is mistyped in places.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from scraper.council.dates import read_date
from scraper.council.symbol import find_symbol
from scraper.errors import UnexpectedPage
from scraper.pages.council_site.table_columns import find_columns
from scraper.pages.dom import around, children, one, read_html, some, text_of

if TYPE_CHECKING:
    from bs4 import Tag

#: "S/RES/2336 (2016)", "S/RES/571(1985)", "S/RES/2336 (2016)*", and "S/RES/170" where the year is left to the heading
SYMBOL = re.compile(r"S/RES/ ?(?P<number>\d{1,4}) ?(?:\( ?(?P<year>\d{4}) ?\))?[ *]*", re.IGNORECASE)
#: "S/RES/2336 (2016) The situation in the Middle East", one cell for both
SYMBOL_AND_TITLE = re.compile(SYMBOL.pattern + r"(?P<title>\D.*)?", re.IGNORECASE)
#: "2016", "Resolutions adopted by the Security Council in 2016"
YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
#: Symbol, date and title, in this order where no headings say otherwise.
MOST_COLUMNS = 3
#: The Council adopts some forty resolutions a year and numbers them one by one.
FAR = 20


@dataclass(frozen=True, slots=True)
class ListedResolution:
    """One row; `adopted_on` is None where the table prints no date, or one that is none."""

    number: int
    year: int
    adopted_on: date | None
    printed_date: str | None
    title: str | None

    @property
    def symbol(self) -> str:
        """The canonical symbol."""
        return f"S/RES/{self.number} ({self.year})"


@dataclass(frozen=True, slots=True)
class Table:
    """A whole listing: its rows as printed (newest first), the words of rows that are no resolution, and oddities.

    `unread` says in words which years cannot be read, `unknown` holds the words of rows that look like resolutions and
    cannot be read, by year: a program that has to know all of them cannot rely on such a table.
    """

    rows: tuple[ListedResolution, ...]
    ignored: tuple[str, ...]
    warnings: tuple[str, ...]
    unread: tuple[str, ...] = ()
    unknown: tuple[tuple[int, str], ...] = ()

    @property
    def far(self) -> frozenset[int]:
        """The numbers far above all lower ones, which are mistyped more likely than new."""
        numbers = sorted({row.number for row in self.rows})
        far: set[int] = set()
        last = numbers[0]
        for number in numbers[1:]:
            if len(numbers) > 2 and number - last > FAR:
                far.add(number)
            else:
                last = number
        return frozenset(far) if 2 * len(far) < len(numbers) else frozenset()

    @property
    def newest(self) -> int:
        """The highest number that is not far above the others."""
        return max(row.number for row in self.rows if row.number not in self.far)


def parse_resolutions(body: bytes, url: str, year: int | None = None) -> Table:
    """Read a page of resolutions in either layout. Raises UnexpectedPage when it is of neither, or no year can be read.

    A year whose table has another shape is told in `unread`; the others are read. Where the page is known to be that of
    one `year`, its tables need no title.
    """
    root = read_html(body, url, only=("dl", "table"))
    reading = _Reading(url)
    if root.select_one("dl > dt"):
        reading.read_accordion(root)
    elif year is None or root.select_one("table th.tbltitle"):
        reading.read_year_page(root)
    else:
        for table in some(root, "table:not(table table)", url):
            reading.read_table(year, table)
    if not reading.rows:
        if reading.problems:
            raise reading.problems[0]
        raise UnexpectedPage("no-resolutions", f"expected rows of resolutions, found 0 at {url}")
    unread = tuple(f"{problem.code}: {problem}" for problem in reading.problems)
    return Table(
        tuple(reading.rows.values()), tuple(reading.ignored), tuple(reading.warnings), unread, tuple(reading.unknown)
    )


def join_tables(tables: Sequence[Table]) -> Table:
    """Several pages, such as those of years, as one listing; of a row that stands on two of them the first is kept."""
    rows: dict[str, ListedResolution] = {}
    for table in tables:
        for row in table.rows:
            rows.setdefault(row.symbol, row)
    return Table(
        tuple(rows.values()),
        tuple(words for table in tables for words in table.ignored),
        tuple(warning for table in tables for warning in table.warnings),
        tuple(year for table in tables for year in table.unread),
        tuple(words for table in tables for words in table.unknown),
    )


@dataclass(slots=True)
class _Reading:
    """What was read of a page so far."""

    url: str
    rows: dict[str, ListedResolution] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    problems: list[UnexpectedPage] = field(default_factory=list)
    unknown: list[tuple[int, str]] = field(default_factory=list)

    def read_accordion(self, root: "Tag") -> None:
        """The present page; the classes and styles in it are set by script, so they are no guide."""
        headings = some(root, "dl > dt", self.url)
        if not any(YEAR.search(text_of(dt)) for dt in headings):
            raise UnexpectedPage("no-years", f"expected 'dt' that are years, found none at {self.url}")
        for dt in headings:
            try:
                self._read_section(dt)
            except UnexpectedPage as problem:
                self.problems.append(problem)

    def _read_section(self, dt: "Tag") -> None:
        """One heading and what follows it; a year that has just begun has no table yet, or only words."""
        heading = text_of(dt)
        dd = dt.find_next_sibling()
        tables = [] if dd is None or dd.name != "dd" else dd.select("table:not(table table)")
        years = YEAR.findall(heading)
        if len(set(years)) != 1:
            self.ignored.append(heading)
            if any(SYMBOL.search(text_of(table)) for table in tables):
                raise UnexpectedPage("no-years", f"expected one year, found the heading {heading!r} at {self.url}")
            return
        for table in tables:
            self.read_table(int(years[0]), table)

    def read_year_page(self, root: "Tag") -> None:
        """The old page: `th.tbltitle` says "Resolutions adopted by the Security Council in 2016"."""
        title = one(root, "table th.tbltitle", self.url)
        year = YEAR.search(text_of(title))
        if year is None:
            message = f"expected a year in the table's title, found {text_of(title)!r} at {self.url}"
            raise UnexpectedPage("no-years", message)
        self.read_table(int(year[0]), around(title, "table", self.url))

    def read_table(self, year: int, table: "Tag") -> None:
        """A year's table; its headings, where it has some, say which column is which."""
        read: list[ListedResolution] = []
        unknown: list[str] = []
        columns = find_columns(table, year, self.url)
        for row in table.select("tr:has(> td)"):
            printed = [text_of(cell) for cell in children(row, "td", *([] if columns is None else ["th"]))]
            if columns is not None and columns.is_head(printed):
                continue
            cells = printed if columns is None else columns.in_order(printed)
            if len(cells) > MOST_COLUMNS:
                raise UnexpectedPage(
                    "other-columns",
                    f"expected 1 to 3 columns in {year}, found {len(cells)} ({cells[0]!r}) at {self.url}",
                )
            listed = _row(cells, year)
            if listed is not None:
                read.append(listed)
                continue
            words = " | ".join(cells)
            self.ignored.append(words)
            if _is_like_a_resolution(cells) and row.find("table") is None:  # the rows of a table in it are read alone
                unknown.append(words)
        if unknown and not read:
            raise UnexpectedPage(
                "no-resolutions",
                f"expected rows of resolutions in {year}, found {len(unknown)} such as {unknown[0]!r} at {self.url}",
            )
        self.unknown += [(year, words) for words in unknown]
        with_dates = [row for row in read if row.printed_date is not None]
        undated = sum(row.adopted_on is None for row in with_dates)
        if undated > max(len(with_dates) - undated, 1):  # one date may be mistyped, a column of them is another column
            raise UnexpectedPage(
                "other-columns", f"expected dates in column 2 of {year}, found {undated} rows without at {self.url}"
            )
        for listed in read:
            self.warnings.extend(_oddities(listed, year, listed.symbol in self.rows))
            self.rows.setdefault(listed.symbol, listed)


def _is_like_a_resolution(cells: list[str]) -> bool:
    """Whether a row that bears no symbol in its place looks like one of a resolution all the same.

    Ignored by name: heads and remarks, which are of one cell or without a figure; and rows of other documents, which
    the Council's tables mix in ("S/2026/12 | 5 January 2026 | Letter dated ...").
    """
    if any(SYMBOL.search(cell) for cell in cells):
        return True
    if find_symbol(cells[0]) is not None and cells[0].upper().startswith("S/"):
        return False
    return len(cells) > 1 and any(character.isdigit() for cell in cells for character in cell)


def _row(cells: list[str], year: int) -> ListedResolution | None:
    """A row of 3 cells (symbol, date, title), 2 (symbol, title) or 1 (symbol); None when it is no resolution."""
    found = (SYMBOL_AND_TITLE if len(cells) == 1 else SYMBOL).fullmatch(cells[0])
    if found is None:
        return None
    printed = cells[1] if len(cells) == 3 else None
    title = found["title"] if len(cells) == 1 else cells[-1]
    return ListedResolution(
        number=int(found["number"]),
        year=int(found["year"] or year),
        adopted_on=None if printed is None else read_date(printed),
        printed_date=printed,
        title=title or None,
    )


def _oddities(listed: ListedResolution, year: int, is_known: bool) -> Iterator[str]:
    if is_known:
        yield f"{listed.symbol} is listed twice"
    if listed.year != year:
        yield f"{listed.symbol} stands under {year}"
    if listed.printed_date is not None and listed.adopted_on is None:
        yield f"{listed.symbol} is dated {listed.printed_date!r}, which is no date"
    if listed.adopted_on is not None and listed.adopted_on.year != listed.year:
        yield f"{listed.symbol} is dated {listed.printed_date}, a date of another year"
