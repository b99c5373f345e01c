"""Every document held, one after the other, for those who want them all."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from storage.models import HeldDocument
from storage.sqlite.columns import words_text
from storage.texts.documents import load_document


def held_documents(db: sqlite3.Connection) -> Iterator[HeldDocument]:
    """Yield every document as held, by symbol and language. The caller keeps one view of the database open."""
    names = db.execute("SELECT symbol, language FROM documents ORDER BY symbol, language").fetchall()
    for name in names:
        held = load_document(db, name["symbol"], name["language"])
        if held is not None:
            yield held


class HeldWords(NamedTuple):
    """One paragraph of a document's current text, with its themes."""

    symbol: str
    address: str
    text: str
    themes: tuple[str, ...]


def held_words(db: sqlite3.Connection, language: str = "en") -> Iterator[HeldWords]:
    """Yield every paragraph held in one language, in the order of the documents."""
    themes: dict[int, list[str]] = {}
    for row in db.execute("SELECT paragraph, theme FROM labels ORDER BY paragraph, position"):
        themes.setdefault(row["paragraph"], []).append(row["theme"])
    rows = db.execute(
        """
        SELECT d.symbol, p.id, p.address, p.text FROM documents d
        JOIN versions v ON v.document = d.id AND v.is_current JOIN paragraphs p ON p.version = v.id
        WHERE d.language = ? ORDER BY d.id, p.position
        """,
        (language,),
    )
    for row in rows:
        yield HeldWords(row["symbol"], row["address"], row["text"], tuple(themes.get(row["id"], ())))


class HeldSize(NamedTuple):
    """How long a document's current text is: its paragraphs, sub-paragraphs counted, and their words."""

    paragraphs: int
    words: int


def held_sizes(db: sqlite3.Connection, symbols: Iterable[str], language: str = "en") -> dict[str, HeldSize]:
    """Return the size of each of these documents whose text is held in a language."""
    rows = db.execute(
        """
        SELECT d.symbol, count(*) AS paragraphs,
            sum(length(trim(p.text)) - length(replace(trim(p.text), ' ', '')) + 1) AS words
        FROM documents d JOIN versions v ON v.document = d.id AND v.is_current JOIN paragraphs p ON p.version = v.id
        WHERE d.symbol IN (SELECT value FROM json_each(?)) AND d.language = ? GROUP BY d.id
        """,
        (words_text(symbols), language),
    )
    return {row["symbol"]: HeldSize(row["paragraphs"], row["words"]) for row in rows}
