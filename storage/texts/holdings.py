"""Every document held, one after the other, for those who want them all."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

from storage.models import Citation, HeldDocument, Paragraph, Part
from storage.sqlite.columns import date_of_or_none, words_of, words_text
from storage.texts.documents import load_document

#: So many paragraphs at the head of a text say what it follows.
FIRST: Final = 6
_TEXTS: Final = """
FROM documents d JOIN versions v ON v.document = d.id AND v.is_current JOIN paragraphs p ON p.version = v.id {joined}
WHERE d.symbol IN (SELECT value FROM json_each(:symbols)) AND d.language = :language
    AND (p.part = 'operative' OR p.position < :first)
"""
_DECIDING: Final = f"""
SELECT d.symbol, v.adopted_on, p.id, p.address, p.part, p.text, p.chapeau {_TEXTS.format(joined="")}
ORDER BY d.id, p.position
"""
_CITED: Final = f"""
SELECT c.*, substr(p.text, c.start + 1, c.end - c.start) AS words
{_TEXTS.format(joined="JOIN citations c ON c.paragraph = p.id")} ORDER BY c.paragraph, c.position
"""


def held_documents(db: sqlite3.Connection) -> Iterator[HeldDocument]:
    """Yield every document as held, by symbol and language. The caller keeps one view of the database open."""
    names = db.execute("SELECT symbol, language FROM documents ORDER BY symbol, language").fetchall()
    for name in names:
        held = load_document(db, name["symbol"], name["language"])
        if held is not None:
            yield held


class Head(NamedTuple):
    """What a document's current text says of the document itself: its kind, its days and its subject."""

    symbol: str
    language: str
    kind: str
    adopted_on: date | None
    published_on: date | None
    subject: str | None


def heads_of(db: sqlite3.Connection, symbols: Iterable[str]) -> dict[tuple[str, str], Head]:
    """Return the heads of these documents, by symbol and language, of those that are held."""
    rows = db.execute(
        """
        SELECT d.symbol, d.language, v.kind, v.adopted_on, v.published_on, v.subject
        FROM documents d JOIN versions v ON v.document = d.id AND v.is_current
        WHERE d.symbol IN (SELECT value FROM json_each(?))
        """,
        (words_text(symbols),),
    )
    found = (
        Head(
            row["symbol"],
            row["language"],
            row["kind"],
            date_of_or_none(row["adopted_on"]),
            date_of_or_none(row["published_on"]),
            row["subject"],
        )
        for row in rows
    )
    return {(head.symbol, head.language): head for head in found}


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


class HeldText(NamedTuple):
    """What a document's current text decides: its day of adoption, the first paragraphs and the operative ones.

    The paragraphs come with their citations, and without themes.
    """

    adopted_on: date | None
    paragraphs: tuple[Paragraph, ...]


def held_texts(db: sqlite3.Connection, symbols: Iterable[str], language: str = "en") -> dict[str, HeldText]:
    """Return what each of these documents decides, of those whose text is held in a language: quickly, for many."""
    asked = {"symbols": words_text(symbols), "language": language, "first": FIRST}
    citations: dict[int, list[Citation]] = {}
    for row in db.execute(_CITED, asked):
        places = words_of(row["addresses"]) if row["addresses"] != "[]" else ()
        citation = Citation(row["symbol"], places, row["start"], row["end"], row["words"])
        citations.setdefault(row["paragraph"], []).append(citation)
    days: dict[str, date | None] = {}
    paragraphs: dict[str, list[Paragraph]] = {}
    for row in db.execute(_DECIDING, asked):
        days[row["symbol"]] = date_of_or_none(row["adopted_on"])
        paragraph = Paragraph(
            address=row["address"],
            part=Part(row["part"]),
            text=row["text"],
            chapeau=row["chapeau"],
            citations=tuple(citations.get(row["id"], ())),
        )
        paragraphs.setdefault(row["symbol"], []).append(paragraph)
    return {symbol: HeldText(days[symbol], tuple(held)) for symbol, held in paragraphs.items()}


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
