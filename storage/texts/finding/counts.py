"""How many paragraphs about women there are by theme and by document, in the current texts of one language."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from storage.sqlite.columns import date_of_or_none
from storage.texts.finding.chosen import DAY

_BY_THEME: Final = f"""
SELECT l.theme, count(*) AS paragraphs, count(DISTINCT d.id) AS documents, max({DAY}) AS newest
FROM labels l JOIN paragraphs p ON p.id = l.paragraph JOIN versions v ON v.id = p.version AND v.is_current
JOIN documents d ON d.id = v.document
WHERE d.language = ? GROUP BY l.theme
"""  # noqa: S608 - constants of this program
_BY_DOCUMENT: Final = f"""
SELECT d.symbol, {DAY} AS day,
       (SELECT count(DISTINCT l.paragraph) FROM paragraphs p JOIN labels l ON l.paragraph = p.id
        WHERE p.version = v.id) AS paragraphs
FROM documents d JOIN versions v ON v.document = d.id AND v.is_current WHERE d.language = ?
"""  # noqa: S608 - constants of this program


class ThemeCount(NamedTuple):
    """How often a theme is held, and when last."""

    theme: str
    paragraphs: int
    documents: int
    newest: date | None


class DocumentCount(NamedTuple):
    """How many paragraphs about women a document has, and its day."""

    symbol: str
    day: date | None
    paragraphs: int


def count_by_theme(db: sqlite3.Connection, language: str = "en") -> dict[str, ThemeCount]:
    """Return the counts of the themes that are held, by theme."""
    rows = db.execute(_BY_THEME, (language,))
    return {
        row["theme"]: ThemeCount(row["theme"], row["paragraphs"], row["documents"], date_of_or_none(row["newest"]))
        for row in rows
    }


def count_by_document(db: sqlite3.Connection, language: str = "en") -> Iterator[DocumentCount]:
    """Yield the count of each document held in a language."""
    for row in db.execute(_BY_DOCUMENT, (language,)):
        yield DocumentCount(row["symbol"], date_of_or_none(row["day"]), row["paragraphs"])
