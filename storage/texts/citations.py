"""Which held paragraphs cite which documents: the rows of one version, and the search the other way round.

The cited words are not stored twice: a row says where they stand in the paragraph's text.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from storage.models import Citation
from storage.sqlite.columns import date_of_or_none, words_of
from storage.texts.prepared.rows import CitationRow

_INSERT: Final = "INSERT INTO citations (paragraph, position, symbol, addresses, start, end) VALUES (?, ?, ?, ?, ?, ?)"
_DELETE: Final = "DELETE FROM citations WHERE paragraph IN (SELECT id FROM paragraphs WHERE version = ?)"
# From "S/RES/1325" to before "S/RES/1325 )" stand the symbol without its year and with any: a number is enough.
_CITING: Final = """
SELECT d.symbol, d.language, v.adopted_on, p.address, p.text, c.symbol AS cited, c.addresses, c.start, c.end
FROM citations c
JOIN paragraphs p ON p.id = c.paragraph
JOIN versions v ON v.id = p.version AND v.is_current
JOIN documents d ON d.id = v.document
WHERE c.symbol >= :first AND c.symbol < :behind AND d.language = :language AND d.symbol != :symbol
ORDER BY v.adopted_on IS NULL, v.adopted_on DESC, d.symbol, p.position, c.position
"""


@dataclass(frozen=True, slots=True)
class CitingParagraph:
    """One citation of a document, with the held paragraph it stands in."""

    symbol: str
    language: str
    adopted_on: date | None
    address: str
    text: str
    citation: Citation


def insert_citations(db: sqlite3.Connection, first: int, rows: Iterable[CitationRow]) -> None:
    """Write the citations of a version's paragraphs, the first of which has the id `first`."""
    db.executemany(_INSERT, [(first + at, *rest) for at, *rest in rows])


def delete_citations(db: sqlite3.Connection, version: int) -> None:
    """Remove the citations of a version's paragraphs."""
    db.execute(_DELETE, (version,))


def citing_paragraphs(db: sqlite3.Connection, symbol: str, language: str = "en") -> list[CitingParagraph]:
    """Return the citations of a document in other documents as now held, those last adopted first.

    A resolution may be cited with another year than its own, by a slip, or with none: its number tells it.
    """
    number = symbol.partition(" (")[0]
    is_resolution = symbol.startswith("S/RES/")
    first, behind = (number, f"{number} )") if is_resolution else (symbol, f"{symbol}\0")
    asked = {"first": first, "behind": behind, "language": language, "symbol": symbol}
    return [
        CitingParagraph(
            symbol=row["symbol"],
            language=row["language"],
            adopted_on=date_of_or_none(row["adopted_on"]),
            address=row["address"],
            text=row["text"],
            citation=_citation_of(row, row["cited"], row["text"][row["start"] : row["end"]]),
        )
        for row in db.execute(_CITING, asked)
    ]


def _citation_of(row: sqlite3.Row, symbol: str, words: str) -> Citation:
    addresses = words_of(row["addresses"]) if row["addresses"] != "[]" else ()
    return Citation(symbol, addresses, row["start"], row["end"], words)
