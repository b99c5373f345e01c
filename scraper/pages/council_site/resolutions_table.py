"""Reads the Council's tables of its resolutions: symbol, date and title of each row (pure).

Two layouts, told apart by looking at the page: the present page of all years, an accordion of `dt` (year) and `dd`
(table), and the old page of one year. The symbol is taken from the words of the cell, never from the link, which may
lead anywhere (`undocs.org`, `documents.un.org/api/symbol/access?j=...`) and is mistyped in places.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from scraper.council.dates import read_date
from scraper.errors import UnexpectedPage
from scraper.pages.dom import after, around, children, one, read_html, some, text_of

if TYPE_CHECKING:
    from bs4 import Tag

#: "S/RES/2336 (2016)", "S/RES/571(1985)", "S/RES/2336 (2016)*", and "S/RES/170" where the year is left to the heading
SYMBOL = re.compile(r"S/RES/ ?(?P<number>\d{1,4}) ?(?:\( ?(?P<year>\d{4}) ?\))?[ *]*", re.IGNORECASE)
#: "S/RES/2336 (2016) The situation in the Middle East", one cell for both
SYMBOL_AND_TITLE = re.compile(SYMBOL.pattern + r"(?P<title>\D.*)?", re.IGNORECASE)
#: "2016", "Resolutions adopted by the Security Council in 2016"
YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


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
    """A whole listing: its rows as printed (newest first), the words of rows that are no resolution, and oddities."""

    rows: tuple[ListedResolution, ...]
    ignored: tuple[str, ...]
    warnings: tuple[str, ...]


def parse_resolutions(body: bytes, url: str) -> Table:
    """Read a page of resolutions in either layout. Raises UnexpectedPage when it is of neither."""
    root = read_html(body, url, only=("dl", "table"))
    rows: dict[str, ListedResolution] = {}
    ignored: list[str] = []
    warnings: list[str] = []
    sections = _accordion(root, url, ignored) if root.select_one("dl > dt") else _year_page(root, url)
    for year, table in sections:
        _read_table(year, table, url, rows, ignored, warnings)
    if not rows:
        raise UnexpectedPage("no-resolutions", f"expected rows of resolutions, found 0 at {url}")
    return Table(tuple(rows.values()), tuple(ignored), tuple(warnings))


def _accordion(root: "Tag", url: str, ignored: list[str]) -> Iterator[tuple[int, "Tag"]]:
    """Years and tables of the present page; the classes and styles in it are set by script, so they are no guide."""
    headings = some(root, "dl > dt", url)
    if not any(YEAR.fullmatch(text_of(dt)) for dt in headings):
        raise UnexpectedPage("no-years", f"expected 'dt' that are years, found none at {url}")
    for dt in headings:
        if not YEAR.fullmatch(text_of(dt)):
            ignored.append(text_of(dt))
            continue
        dd = after(dt, "dd", url)
        if not text_of(dd):  # a year that has just begun
            continue
        for table in some(dd, "table", url):
            yield int(text_of(dt)), table


def _year_page(root: "Tag", url: str) -> Iterator[tuple[int, "Tag"]]:
    """Year and table of the old page: `th.tbltitle` says "Resolutions adopted by the Security Council in 2016"."""
    title = one(root, "table th.tbltitle", url)
    year = YEAR.search(text_of(title))
    if year is None:
        raise UnexpectedPage("no-years", f"expected a year in the table's title, found {text_of(title)!r} at {url}")
    yield int(year[0]), around(title, "table", url)


def _read_table(
    year: int,
    table: "Tag",
    url: str,
    rows: dict[str, ListedResolution],
    ignored: list[str],
    warnings: list[str],
) -> None:
    dated = undated = 0
    for row in some(table, "tr:has(> td)", url):
        cells = [text_of(cell) for cell in children(row, "td")]
        if len(cells) > 3:
            raise UnexpectedPage(
                "other-columns", f"expected 1 to 3 columns in {year}, found {len(cells)} ({cells[0]!r}) at {url}"
            )
        listed = _row(cells, year)
        if listed is None:
            ignored.append(" | ".join(cells))
            continue
        if len(cells) == 3:
            dated, undated = (dated + 1, undated) if listed.adopted_on else (dated, undated + 1)
        warnings.extend(_oddities(listed, year, listed.symbol in rows))
        rows.setdefault(listed.symbol, listed)
    if undated > max(dated, 1):  # one date may be mistyped, a column of them is another column
        raise UnexpectedPage(
            "other-columns", f"expected dates in column 2 of {year}, found {undated} rows without at {url}"
        )


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
