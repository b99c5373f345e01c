"""Documents as held: which there are, and the text of each with its versions.

The versions of a document as records are in `storage.texts.versions`, their rows of text in
`storage.texts.version_rows`. What puts them there is `storage.texts.saving`.
"""

import sqlite3
from datetime import datetime
from typing import Final

from storage.models import HeldDocument
from storage.sqlite.columns import time_of
from storage.sqlite.database import one_view
from storage.texts.version_rows import is_spoken_of, load_parsed
from storage.texts.versions import (
    earlier_versions,
    load_version,
    load_versions,
    mark_noticed,
    other_witness,
    previous_version,
    unnoticed_versions,
)

__all__ = [
    "count_documents",
    "earlier_versions",
    "first_seen_at",
    "held_symbols",
    "is_spoken_of",
    "load_document",
    "load_parsed",
    "load_version",
    "load_versions",
    "mark_noticed",
    "other_witness",
    "previous_version",
    "unnoticed_versions",
]

_CURRENT: Final = """
SELECT d.first_seen_at, v.id FROM documents d JOIN versions v ON v.document = d.id AND v.is_current
WHERE d.symbol = ? AND d.language = ?
"""


def load_document(db: sqlite3.Connection, symbol: str, language: str = "en") -> HeldDocument | None:
    """Return a document as held, None when it is not."""
    with one_view(db):
        row = db.execute(_CURRENT, (symbol, language)).fetchone()
        if row is None:
            return None
        return HeldDocument(
            document=load_parsed(db, row["id"]),
            first_seen_at=time_of(row["first_seen_at"]),
            versions=tuple(load_versions(db, symbol, language)),
        )


def first_seen_at(db: sqlite3.Connection, symbol: str, language: str) -> datetime | None:
    """Return when a document was first fetched, from any source; None when it is not held."""
    row = db.execute(
        "SELECT first_seen_at FROM documents WHERE symbol = ? AND language = ?", (symbol, language)
    ).fetchone()
    return None if row is None else time_of(row["first_seen_at"])


def held_symbols(db: sqlite3.Connection, language: str | None = None) -> set[str]:
    """Return the symbols of all documents held, or of those held in one language."""
    rows = db.execute(
        "SELECT DISTINCT symbol FROM documents WHERE :language IS NULL OR language = :language", {"language": language}
    )
    return {row["symbol"] for row in rows}


def count_documents(db: sqlite3.Connection, source: str | None = None) -> int:
    """Return how many documents are held, in all or from one source."""
    if source is None:
        count = db.execute("SELECT count(*) FROM documents").fetchone()[0]
    else:
        count = db.execute("SELECT count(DISTINCT document) FROM versions WHERE source = ?", (source,)).fetchone()[0]
    return int(count)
