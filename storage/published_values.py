"""What others have published of the Council's texts, as frozen values: an extract as they cut, placed and themed it.

Nothing here is the Council's own word: a place may be misprinted, a theme may be wrong. It is kept as it was published
and compared with the official text. Pure.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from storage.folding import loose_text

_OPENING = 60  # folded characters by which two extracts with one title are told apart


class PublishedKind(StrEnum):
    """What an entry is about."""

    EXTRACT = "extract"
    MISSION_REPORT = "mission_report"


@dataclass(frozen=True, slots=True)
class PublishedEntry:
    """One extract, or one mission report, as one page shows it. None where the page shows none.

    `paragraph` is the place as printed (`Para.42`), `address` the same in the project's form (`OP 42`; `PP` and `Annex`
    for a preamble or an annex as a whole). Of a mission report `text` is the summary, `place` and `visited` are taken
    from its title as printed. `node` is the address of the entry's own page, `url` that of the page that shows it.
    """

    kind: PublishedKind
    title: str
    text: str
    url: str
    symbol: str | None = None
    paragraph: str | None = None
    address: str | None = None
    themes: tuple[str, ...] | None = None
    topic: str | None = None
    place: str | None = None
    visited: str | None = None
    published_on: date | None = None
    node: str | None = None

    @property
    def item(self) -> str:
        """What the entry is called on the page that shows it: its folded title and how its text opens."""
        return f"{self.title_fold}|{loose_text(self.text)[:_OPENING]}"

    @property
    def title_fold(self) -> str:
        """The title without capitals, blanks and punctuation: pages write it in one way or another."""
        return re.sub(r"\W", "", self.title.casefold())


@dataclass(frozen=True, slots=True)
class PublishedRecord:
    """An entry as kept: when it was first seen on its page, and since when the page shows it no more or otherwise."""

    entry: PublishedEntry
    source: str
    snapshot: int
    first_seen_at: datetime
    superseded_at: datetime | None = None
