"""The rows of one version: paragraphs, citations, labels, warnings, asides, extracts, written and read back.

How a text becomes such rows is in `storage.texts.prepared.rows`. They can always be made again from the body, so
another reading replaces them in place.
"""

import sqlite3
from typing import Final

from storage.errors import UnknownRecord
from storage.models import Extract, ParsedDocument
from storage.texts.citations import delete_citations, insert_citations
from storage.texts.prepared.rows import ExtractRow, FieldsRow, LabelRow, TextRows, document_of, extracts_of_rows

_INSERT_PARAGRAPH: Final = (
    "INSERT INTO paragraphs (id, version, position, address, part, heading, chapeau, text) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_LABEL: Final = "INSERT INTO labels (paragraph, position, theme, evidence) VALUES (?, ?, ?, ?)"
_INSERT_WARNING: Final = "INSERT INTO warnings (version, position, code, message, address) VALUES (?, ?, ?, ?, ?)"
_INSERT_ASIDE: Final = "INSERT INTO asides (version, position, kind, text, address) VALUES (?, ?, ?, ?, ?)"
_INSERT_EXTRACT: Final = (
    "INSERT INTO extracts (version, position, title, addresses, themes, text) VALUES (?, ?, ?, ?, ?, ?)"
)
_DELETE_LABELS: Final = "DELETE FROM labels WHERE paragraph IN (SELECT id FROM paragraphs WHERE version = ?)"

# One plain statement for each row: an INSERT ... SELECT opens a savepoint, at which FTS5 writes its buffer out.
_INDEX: Final = "INSERT INTO current_paragraphs_fts (rowid, text) VALUES (?, ?)"
_UNINDEX: Final = "INSERT INTO current_paragraphs_fts (current_paragraphs_fts, rowid, text) VALUES ('delete', ?, ?)"
_INDEXED: Final = "SELECT id, text FROM paragraphs WHERE version = ? ORDER BY position"

_FIELDS: Final = """
SELECT d.symbol, d.language, v.text_hash, v.reader, v.parser_version, v.kind, v.adopted_on, v.published_on, v.meeting,
       v.subject, v.media_type
FROM versions v JOIN documents d ON d.id = v.document WHERE v.id = ?
"""
_PARAGRAPHS: Final = "SELECT address, part, heading, chapeau, text FROM paragraphs WHERE version = ? ORDER BY position"
_CITATIONS: Final = """
SELECT p.position, c.position, c.symbol, c.addresses, c.start, c.end
FROM paragraphs p JOIN citations c ON c.paragraph = p.id WHERE p.version = ? ORDER BY p.position, c.position
"""
_LABELS: Final = """
SELECT p.position, l.position, l.theme, l.evidence
FROM paragraphs p JOIN labels l ON l.paragraph = p.id WHERE p.version = ? ORDER BY p.position, l.position
"""
_WARNINGS: Final = "SELECT code, message, address FROM warnings WHERE version = ? ORDER BY position"
_ASIDES: Final = "SELECT kind, text, address FROM asides WHERE version = ? ORDER BY position"
_EXTRACTS: Final = "SELECT title, addresses, themes, text FROM extracts WHERE version = ? ORDER BY position"


def insert_paragraphs(db: sqlite3.Connection, version: int, rows: TextRows) -> int:
    """Write a version's paragraphs, without their labels, and return the id of the first; the others follow it."""
    # Only one connection writes at a time, so the next free id is known without asking for each row.
    first: int = db.execute("SELECT coalesce(max(id), 0) + 1 FROM paragraphs").fetchone()[0]
    db.executemany(
        _INSERT_PARAGRAPH, [(first + position, version, position, *row) for position, row in enumerate(rows.paragraphs)]
    )
    return first


def delete_paragraphs(db: sqlite3.Connection, version: int) -> None:
    """Remove a version's paragraphs; their labels and index rows must be gone already."""
    db.execute("DELETE FROM paragraphs WHERE version = ?", (version,))


def insert_findings(db: sqlite3.Connection, version: int, first: int, rows: TextRows) -> None:
    """Write what was found in a version's paragraphs, whose ids begin at `first`.

    These are citations, labels, extracts, warnings and asides, and which paragraphs people spoke of.
    """
    if rows.citations:
        insert_citations(db, first, rows.citations)
    insert_labels(db, version, first, rows.labels, rows.extracts)
    save_reviews(db, version, rows)
    if rows.warnings:
        db.executemany(_INSERT_WARNING, [(version, n, *row) for n, row in enumerate(rows.warnings)])
    if rows.asides:
        db.executemany(_INSERT_ASIDE, [(version, n, *row) for n, row in enumerate(rows.asides)])


def insert_labels(
    db: sqlite3.Connection, version: int, first: int, labels: tuple[LabelRow, ...], extracts: tuple[ExtractRow, ...]
) -> None:
    """Write the labels of a version's paragraphs, and the extracts they make."""
    if labels:
        db.executemany(_INSERT_LABEL, [(first + at, *rest) for at, *rest in labels])
    if extracts:
        db.executemany(_INSERT_EXTRACT, [(version, n, *row) for n, row in enumerate(extracts)])


def save_reviews(db: sqlite3.Connection, version: int, rows: TextRows) -> None:
    """Write which of a version's paragraphs people spoke of."""
    if rows.symbol is not None and is_spoken_of(db, rows.symbol, rows.language):
        from storage.texts import human_labels  # commands that only read must start at once

        human_labels.save_reviews(db, version, document_of(rows))


def is_spoken_of(db: sqlite3.Connection, symbol: str, language: str) -> bool:
    """Return whether a person has said anything of a document's labels: see `storage.texts.human_labels`."""
    row = db.execute("SELECT 1 FROM human_labels WHERE symbol = ? AND language = ? LIMIT 1", (symbol, language))
    return row.fetchone() is not None


def first_paragraph(db: sqlite3.Connection, version: int) -> int:
    """The id of a version's first paragraph, 0 when it has none; the others follow it without a gap."""
    row = db.execute("SELECT id FROM paragraphs WHERE version = ? AND position = 0", (version,)).fetchone()
    return 0 if row is None else int(row[0])


def delete_findings(db: sqlite3.Connection, version: int) -> None:
    """Remove a version's citations, labels, extracts, warnings, asides and what it was read to say of mandates."""
    delete_citations(db, version)
    delete_labels(db, version)
    db.execute("DELETE FROM warnings WHERE version = ?", (version,))
    db.execute("DELETE FROM asides WHERE version = ?", (version,))
    db.execute("DELETE FROM mandate_readings WHERE version = ?", (version,))


def delete_labels(db: sqlite3.Connection, version: int) -> None:
    """Remove the labels of a version's paragraphs with their extracts and reviews."""
    db.execute(_DELETE_LABELS, (version,))
    db.execute("DELETE FROM extracts WHERE version = ?", (version,))
    db.execute("DELETE FROM reviews WHERE version = ?", (version,))


def index_paragraphs(db: sqlite3.Connection, first: int, rows: TextRows) -> None:
    """Put a text's paragraphs, whose ids begin at `first`, into the full-text index."""
    db.executemany(_INDEX, [(first + at, row[-1]) for at, row in enumerate(rows.paragraphs)])


def index_version(db: sqlite3.Connection, version: int) -> None:
    """Put a version's paragraphs into the full-text index."""
    db.executemany(_INDEX, [tuple(row) for row in db.execute(_INDEXED, (version,))])


def unindex_version(db: sqlite3.Connection, version: int) -> None:
    """Take a version's paragraphs, still unchanged, out of the full-text index."""
    db.executemany(_UNINDEX, [tuple(row) for row in db.execute(_INDEXED, (version,))])


def load_rows(db: sqlite3.Connection, version: int) -> TextRows:
    """Return what a version holds, as rows; raises UnknownRecord when there is no such version."""
    row = db.execute(_FIELDS, (version,)).fetchone()
    if row is None:
        raise UnknownRecord(f"expected version {version}, found no such version; check the number")
    symbol, language, text_hash, *fields = row
    return TextRows(
        symbol,
        language,
        text_hash,
        _fields(*fields),
        tuple(map(tuple, db.execute(_PARAGRAPHS, (version,)))),
        tuple(map(tuple, db.execute(_CITATIONS, (version,)))),
        tuple(map(tuple, db.execute(_LABELS, (version,)))),
        tuple(map(tuple, db.execute(_WARNINGS, (version,)))),
        tuple(map(tuple, db.execute(_ASIDES, (version,)))),
        tuple(map(tuple, db.execute(_EXTRACTS, (version,)))),
    )


def load_parsed(db: sqlite3.Connection, version_id: int) -> ParsedDocument:
    """Return the text that a version holds; raises UnknownRecord when there is no such version."""
    return document_of(load_rows(db, version_id))


def load_extracts(db: sqlite3.Connection, version_id: int) -> tuple[Extract, ...]:
    """Return a version's extracts in printed order."""
    return extracts_of_rows(tuple(map(tuple, db.execute(_EXTRACTS, (version_id,)))))


def _fields(*values: str) -> FieldsRow:
    return tuple(values)  # type: ignore[return-value]
