"""Which column of a table of resolutions is which, by its headings (pure).

A table without headings has its columns in the order in which the Council prints them, and is none of this module's
business; so are titles and remarks in head cells of their own.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scraper.errors import UnexpectedPage
from scraper.pages.dom import children, text_of

if TYPE_CHECKING:
    from bs4 import Tag

#: What heads each column: as the Council's own tables, their summary and the library's tables call them.
_SYMBOL: Final = frozenset(
    {"symbol", "document symbol", "document", "resolution", "resolutions", "resolution no", "number"}
)
_DATE: Final = frozenset({"date", "adoption date", "date adopted", "date of adoption", "adopted", "publication date"})
_TITLE: Final = frozenset({"title", "subject", "topic", "agenda", "agenda item", "description"})
#: Columns that are left out by name.
_OTHERS: Final = frozenset({"vote", "meeting", "meeting record", "press release", "year", "no", "#", ""})
#: A title may stand before the headings, and a blank row.
_ROWS_LOOKED_AT: Final = 3


@dataclass(frozen=True, slots=True)
class Columns:
    """The headings, and where symbol, date and title stand among them; None where there is no such column."""

    headings: tuple[str, ...]
    symbol: int
    date: int | None
    title: int | None

    def is_head(self, cells: list[str]) -> bool:
        """Whether a row is that of the headings, set in common cells."""
        return tuple(map(_plain, cells)) == self.headings

    def in_order(self, cells: list[str]) -> list[str]:
        """A row's cells as symbol, date and title; one of another length, such as a remark, is left as it is."""
        if len(cells) != len(self.headings):
            return cells
        if self.date is None and self.title is None:
            return [cells[self.symbol]]
        title = "" if self.title is None else cells[self.title]
        return [cells[self.symbol], title] if self.date is None else [cells[self.symbol], cells[self.date], title]


def find_columns(table: "Tag", year: int, url: str) -> Columns | None:
    """The columns that a table's first row with a heading of symbols tells; None where there is none.

    Raises UnexpectedPage, `other-columns`, for a heading that nobody knows beside one of symbols, and for two alike.
    """
    for row in table.find_all("tr", limit=_ROWS_LOOKED_AT):
        headings = [_plain(text_of(cell)) for cell in children(row, "th", "td")]
        if len(headings) < 2 or not _SYMBOL & set(headings):
            continue
        kinds = [_kind(heading) for heading in headings]
        told = [kind for kind in kinds if kind not in ("", None)]
        if None in kinds or len(told) != len(set(told)):
            raise UnexpectedPage(
                "other-columns", f"expected headings of symbol, date and title in {year}, found {headings} at {url}"
            )
        places = {kind: kinds.index(kind) for kind in told}
        return Columns(tuple(headings), places["symbol"], places.get("date"), places.get("title"))
    return None


def _plain(heading: str) -> str:
    return heading.casefold().strip(" .:*")


def _kind(heading: str) -> str | None:
    """What a column holds: symbol, date, title, nothing that is needed (empty), or None where nobody knows."""
    for kind, names in (("symbol", _SYMBOL), ("date", _DATE), ("title", _TITLE), ("", _OTHERS)):
        if heading in names:
            return kind
    return None
