"""Reads the Council's page of its missions (pure): a table of three columns, symbol, date and title.

It mixes the letters with the terms of reference, the reports and the meetings at which a mission reported. They are
told apart by symbol and title, by a closed list of kinds; a row that is none of them is given back as strange.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from scraper.council.dates import read_date
from scraper.council.symbol import find_symbol
from scraper.errors import UnexpectedPage
from scraper.pages.dom import children, read_html, some, text_of

if TYPE_CHECKING:
    from bs4 import Tag

COLUMNS = 3
#: "Letter dated 10 December 2025 from the President of the Security Council", "Terms of reference of the mission"
TERMS = re.compile(r"\bletters? dated\b|\bterms of reference\b", re.IGNORECASE)
#: "Report of the Security Council mission to Yemen", "Security Council Mission to Colombia", "Report on the visit to
#: Ethiopia", "Ad Hoc Commission of the Security Council", "Commission of Inquiry", "Ad Hoc Committee"
MISSION = re.compile(
    r"\bmissions?\b|\breport on the visit\b|\bad hoc (?:commission|committee)\b"
    r"|\bcommission (?:of (?:inquiry|investigation)|established)\b",
    re.IGNORECASE,
)
#: "Reports of the Security Council Missions", a link of the site's menu
MENU_LINK = re.compile(r"security council mission", re.IGNORECASE)


class MissionPaper(StrEnum):
    """What a document is to a mission."""

    TERMS_OF_REFERENCE = "terms-of-reference"
    REPORT = "report"
    BRIEFING = "briefing"


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """One row; `published_on` is None where the table prints no date, `kind` None where it is of no known kind."""

    symbol: str
    kind: MissionPaper | None
    published_on: date | None
    title: str


@dataclass(frozen=True, slots=True)
class MissionsPage:
    """The page: its rows as printed, the words of rows that bear no symbol, and oddities other than a strange kind."""

    rows: tuple[ListedPaper, ...]
    ignored: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def reports(self) -> tuple[str, ...]:
        """The symbols of the reports on it."""
        return tuple(row.symbol for row in self.rows if row.kind is MissionPaper.REPORT)

    @property
    def strange(self) -> tuple[ListedPaper, ...]:
        """The rows of no known kind."""
        return tuple(row for row in self.rows if row.kind is None)


def parse_missions(body: bytes, url: str) -> MissionsPage:
    """Read the page. Raises UnexpectedPage when its table is gone or has other columns."""
    root = read_html(body, url, only=("table",))
    rows: dict[str, ListedPaper] = {}
    ignored: list[str] = []
    warnings: list[str] = []
    for table in some(root, "table:has(td):not(:has(table))", url):
        _read_table(table, url, rows, ignored, warnings)
    if not rows:
        raise UnexpectedPage("no-missions", f"expected rows of mission documents, found 0 at {url}")
    undated = sum(row.published_on is None for row in rows.values())
    if undated > max(len(rows) - undated, 1):  # a date may be mistyped, a column of them is another column
        raise UnexpectedPage("other-columns", f"expected dates in column 2, found {undated} rows without at {url}")
    return MissionsPage(tuple(rows.values()), tuple(ignored), tuple(warnings))


def paper_of(symbol: str, title: str) -> MissionPaper | None:
    """What a document is to a mission, by its symbol and title; None when it is nothing of it.

    A title that names a mission and is no letter's is a report's: S/2012/889 is "Security Council mission to
    Timor-Leste".

    >>> paper_of("S/2013/173", "Report of the Security Council mission to Yemen, 27 January 2013")
    <MissionPaper.REPORT: 'report'>
    """
    if symbol.startswith("S/PV."):
        return MissionPaper.BRIEFING
    if symbol.startswith(("S/RES/", "S/PRST/")):
        return None
    if TERMS.search(title):
        return MissionPaper.TERMS_OF_REFERENCE
    return MissionPaper.REPORT if MISSION.search(title) else None


def find_missions_page(body: bytes, url: str) -> str:
    """The address of the missions page in the menu of a page of the site.

    Raises UnexpectedPage: `no-link`, the menu names no missions; `not-one`, it leads to more than one page.
    """
    root = read_html(body, url, only=("a",))
    links = some(root, "a[href*='/content/']", url)
    found = {urljoin(url, str(link.get("href"))) for link in links if MENU_LINK.search(text_of(link))}
    if not found:
        raise UnexpectedPage("no-link", f"expected a link 'security council mission' in the menu, found 0 at {url}")
    if len(found) > 1:
        raise UnexpectedPage("not-one", f"expected 1 missions page in the menu, found {sorted(found)} at {url}")
    return str(found.pop())


def _read_table(table: "Tag", url: str, rows: dict[str, ListedPaper], ignored: list[str], warnings: list[str]) -> None:
    for row in some(table, "tr", url):
        cells = [text_of(cell) for cell in children(row, "td")]
        symbol = find_symbol(cells[0]) if cells and cells[0].upper().startswith("S/") else None
        if symbol is None:  # the column heads, a year across all columns
            words = " | ".join(text_of(cell) for cell in children(row))
            ignored.append(words)
            if len(cells) == COLUMNS and read_date(cells[1]):
                warnings.append(f"a row bears no symbol: {words!r}")
            continue
        if len(cells) != COLUMNS:
            raise UnexpectedPage(
                "other-columns", f"expected {COLUMNS} columns, found {len(cells)} ({cells[0]!r}) at {url}"
            )
        listed = ListedPaper(symbol, paper_of(symbol, cells[2]), read_date(cells[1]), cells[2])
        warnings.extend(_oddities(listed, cells[1], symbol in rows))
        rows.setdefault(symbol, listed)


def _oddities(listed: ListedPaper, printed_date: str, is_known: bool) -> Iterator[str]:
    if is_known:
        yield f"{listed.symbol} is listed twice"
    if listed.published_on is None:
        yield f"{listed.symbol} is dated {printed_date!r}, which is no date"
