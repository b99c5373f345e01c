"""Which documents and paragraphs are asked for: the conditions that lists and searches share, and their SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from storage.sqlite.columns import date_text_or_none, time_text_or_none, words_text


class Order(StrEnum):
    """In which order answers come."""

    BEST = "best"
    NEWEST = "newest"
    OLDEST = "oldest"


#: The day that a document is sorted and chosen by.
DAY: Final = "coalesce(v.adopted_on, v.published_on)"

#: The conditions on a document `d` in its version `v`.
OF_DOCUMENTS: Final = f"""
    (:any_symbol OR d.symbol IN (SELECT value FROM json_each(:symbols)))
AND (:any_language OR d.language IN (SELECT value FROM json_each(:languages)))
AND (:any_kind OR v.kind IN (SELECT value FROM json_each(:kinds)))
AND (:since IS NULL OR {DAY} >= :since)
AND (:until IS NULL OR {DAY} <= :until)
"""  # noqa: S608 - constants of this program

#: Whether a document was first seen since then, or news came of one of some paragraphs of it.
SEEN: Final = """
(:seen_since IS NULL OR d.first_seen_at >= :seen_since OR EXISTS (
    SELECT 1 FROM changes c WHERE c.symbol = d.symbol AND c.language = d.language AND c.cause = 'source'
    AND c.is_confirmed AND c.detected_at >= :seen_since AND c.address IN ({addresses})))
"""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which answers are wanted; None and empty stand for all. `symbols` that are given and empty choose nothing.

    `since` and `until` are days of adoption or, where a document is not adopted, of publication, both included.
    `seen_since` keeps what was first seen then or later: the document, or news of the paragraph.
    """

    symbols: Sequence[str] | None = None
    themes: Sequence[str] = ()
    kinds: Sequence[str] = ()
    languages: Sequence[str] = ()
    since: date | None = None
    until: date | None = None
    seen_since: datetime | None = None

    @property
    def parameters(self) -> dict[str, Any]:
        """What the SQL of this file is given."""
        return {
            "any_symbol": self.symbols is None,
            "symbols": words_text(self.symbols or ()),
            "any_language": not self.languages,
            "languages": words_text(self.languages),
            "any_kind": not self.kinds,
            "kinds": words_text(self.kinds),
            "any_theme": not self.themes,
            "themes": words_text(self.themes),
            "since": date_text_or_none(self.since),
            "until": date_text_or_none(self.until),
            "seen_since": time_text_or_none(self.seen_since),
        }
