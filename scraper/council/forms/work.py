"""What a citation needs to know of the document it cites. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from scraper.council.dates import day_first as day_first
from storage.models import DocumentKind

LINK: Final = "https://docs.un.org"


@dataclass(frozen=True, slots=True)
class Work:
    """A document as citations name it. `day` is when it was adopted, or else published; None where neither is known.

    `title` is the document's own ("Report of the Security Council mission to Yemen"): resolutions bear none.
    """

    symbol: str
    kind: DocumentKind
    day: date | None
    title: str | None = None
    language: str = "en"

    @property
    def url(self) -> str:
        """Where the UN shows the document."""
        return f"{LINK}/{self.language}/{self.symbol.replace(' ', '')}"

    @property
    def bare_symbol(self) -> str:
        """The symbol without the year behind it: `S/RES/1325`."""
        return self.symbol.partition(" (")[0]

    @property
    def number(self) -> str:
        """The number of a resolution, `1325`, or of a statement, `2016/2`; of anything else its symbol."""
        return self.bare_symbol.removeprefix("S/RES/").removeprefix("S/PRST/")

    @property
    def is_resolution(self) -> bool:
        """Whether it is a resolution, and no corrigendum of one."""
        return self.kind is DocumentKind.RESOLUTION

    @property
    def is_statement(self) -> bool:
        """Whether it is a statement by the President of the Council."""
        return self.kind is DocumentKind.PRESIDENTIAL_STATEMENT


def month_first(day: date) -> str:
    """A day as Chicago writes it, `October 31, 2000`."""
    return f"{day:%B} {day.day}, {day.year}"


_BLUEBOOK_MONTHS: Final = (
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip


def short_month_first(day: date) -> str:
    """A day as the Bluebook writes it, `Oct. 31, 2000`."""
    return f"{_BLUEBOOK_MONTHS[day.month - 1]} {day.day}, {day.year}"
