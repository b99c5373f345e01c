"""Saves what was read from a snapshot as a version of its document, and chooses the version that is shown."""

import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, cast

from storage.errors import UnknownRecord, WithoutSymbol
from storage.models import Extract, ParsedDocument
from storage.sqlite.columns import time_text
from storage.texts import version_rows as derived
from storage.texts.prepared.rows import TextRows, document_of, rows_of
from storage.texts.versions import witness_rank

_INSERT_VERSION: Final = """
INSERT INTO versions (snapshot, source, noticed_run, document, is_current, text_hash, reader, parser_version, kind,
                      adopted_on, published_on, meeting, subject, media_type, read_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

_OF_SNAPSHOT: Final = """
SELECT s.source, s.symbol, s.fetched_at, v.id AS version FROM snapshots s LEFT JOIN versions v ON v.snapshot = s.id
WHERE s.id = ?
"""

_UPDATE_VERSION: Final = """
UPDATE versions SET text_hash = ?, reader = ?, parser_version = ?, kind = ?, adopted_on = ?, published_on = ?,
                    meeting = ?, subject = ?, media_type = ?, read_at = ?
WHERE id = ?
"""


class SaveOutcome(StrEnum):
    """What a saved version is to its document."""

    NEW = "new"  # the document was not held
    WITNESS = "witness"  # the document was held from other sources only
    CHANGED = "changed"  # its words differ from those this source gave before
    UNCHANGED = "unchanged"  # its words are those this source gave before, or the snapshot was read again


@dataclass(frozen=True, slots=True)
class SavedVersion:
    """A version as saved.

    `replaced_rows` is what an earlier reading of the same snapshot had given, where this one gave something else in its
    place (other words, other labels, or only another parser version); None otherwise.
    """

    id: int
    outcome: SaveOutcome
    replaced_rows: TextRows | None = None

    @property
    def is_other(self) -> bool:
        """Whether the document may have other words or labels than before."""
        return self.outcome is not SaveOutcome.UNCHANGED or self.replaced_rows is not None

    @property
    def replaced(self) -> ParsedDocument | None:
        """The text that an earlier reading had given, where this one took its place."""
        return None if self.replaced_rows is None else document_of(self.replaced_rows)


def save_version(
    db: sqlite3.Connection,
    parsed: ParsedDocument,
    snapshot_id: int,
    extracts: tuple[Extract, ...],
    read_at: datetime,
) -> SavedVersion:
    """Save a text with its extracts: `save_rows` of their rows."""
    return save_rows(db, rows_of(parsed, extracts), snapshot_id, read_at)


def save_rows(db: sqlite3.Connection, read: TextRows, snapshot_id: int, read_at: datetime) -> SavedVersion:
    """Save what was read from a snapshot as a version of its document, and choose the document's current version.

    A snapshot has one version. Reading it again replaces what the earlier reading gave and keeps the version's id and
    whether it was noticed; the same reading again writes nothing. The snapshot's own state is left to the caller.

    Raises:
        UnknownRecord: there is no such snapshot.
        WithoutSymbol: neither the text nor its snapshot names a document.
    """
    snapshot = db.execute(_OF_SNAPSHOT, (snapshot_id,)).fetchone()
    if snapshot is None:
        raise UnknownRecord(f"expected snapshot {snapshot_id}, found no such snapshot; save it first")
    symbol = read.symbol or snapshot["symbol"]
    if symbol is None:
        raise WithoutSymbol(
            f"expected a document symbol in the text or in snapshot {snapshot_id}, found none; read the body by hand"
        )
    rows = read if read.symbol else replace(read, symbol=symbol)
    if snapshot["version"] is not None:
        return _save_reading(db, snapshot["version"], rows, read_at, snapshot["fetched_at"])
    return _save_first_reading(db, snapshot_id, snapshot["source"], rows, read_at, snapshot["fetched_at"])


def _save_first_reading(
    db: sqlite3.Connection, snapshot_id: int, source: str, rows: TextRows, read_at: datetime, fetched_at: str
) -> SavedVersion:
    held = _held_document(db, rows, fetched_at)
    is_first = held is None  # its only version is the current one: nothing has to be asked for that
    document = _make_document(db, rows, fetched_at) if held is None else held
    new = _Relation(SaveOutcome.NEW)
    relation = new if is_first else _relation_to_held(db, document, source, snapshot_id, rows.text_hash)
    told = (snapshot_id, source, relation.noticed_run, document, is_first, rows.text_hash)
    cursor = db.execute(_INSERT_VERSION, (*told, *rows.fields, time_text(read_at)))
    version = cast("int", cursor.lastrowid)
    first = derived.insert_paragraphs(db, version, rows)
    derived.insert_findings(db, version, first, rows)
    if is_first:
        derived.index_paragraphs(db, first, rows)
    else:
        _choose_current(db, document)
    return SavedVersion(version, relation.outcome)


def _save_reading(
    db: sqlite3.Connection, version: int, rows: TextRows, read_at: datetime, fetched_at: str
) -> SavedVersion:
    """Replace what an earlier reading of the same snapshot gave, as far as this one differs from it."""
    before = derived.load_rows(db, version)
    if before == rows:
        return SavedVersion(version, SaveOutcome.UNCHANGED)
    found = _held_document(db, rows, fetched_at)
    document = _make_document(db, rows, fetched_at) if found is None else found
    derived.delete_findings(db, version)
    held_in: int = db.execute("SELECT document FROM versions WHERE id = ?", (version,)).fetchone()[0]
    if document != held_in or before.paragraphs != rows.paragraphs:
        _withdraw(db, version)
        derived.delete_paragraphs(db, version)
        derived.insert_paragraphs(db, version, rows)
    db.execute(_UPDATE_VERSION, (rows.text_hash, *rows.fields, time_text(read_at), version))
    if document != held_in:
        db.execute("UPDATE versions SET document = ? WHERE id = ?", (document, version))
    derived.insert_findings(db, version, derived.first_paragraph(db, version), rows)
    _choose_current(db, document)
    if document != held_in:
        _choose_current(db, held_in)
    return SavedVersion(version, SaveOutcome.UNCHANGED, replaced_rows=before)


@dataclass(frozen=True, slots=True)
class _Relation:
    """What a new version is to the held ones. `noticed_run` is set when it was superseded before it could be read."""

    outcome: SaveOutcome
    noticed_run: int | None = None


def _relation_to_held(db: sqlite3.Connection, document: int, source: str, snapshot_id: int, folded: str) -> _Relation:
    """Compare with the version of the same source before this one, or if an old snapshot is read late, after it."""
    held = db.execute(
        "SELECT source, snapshot, text_hash, noticed_run FROM versions WHERE document = ? ORDER BY snapshot",
        (document,),
    ).fetchall()
    of_source = [row for row in held if row["source"] == source]
    if not of_source:
        return _Relation(SaveOutcome.WITNESS)
    earlier = [row for row in of_source if row["snapshot"] < snapshot_id]
    later = [row for row in of_source if row["snapshot"] > snapshot_id]
    neighbour = earlier[-1] if earlier else later[0]
    outcome = SaveOutcome.UNCHANGED if neighbour["text_hash"] == folded else SaveOutcome.CHANGED
    return _Relation(outcome, later[0]["noticed_run"] if later else None)


def _make_document(db: sqlite3.Connection, rows: TextRows, fetched_at: str) -> int:
    """Make the document that a text is the first of, and return its id."""
    cursor = db.execute(
        "INSERT INTO documents (symbol, language, first_seen_at) VALUES (?, ?, ?)",
        (rows.symbol, rows.language, fetched_at),
    )
    return cast("int", cursor.lastrowid)


def _held_document(db: sqlite3.Connection, rows: TextRows, fetched_at: str) -> int | None:
    """Return the id of the document that a text belongs to, None when it is not held; it may have been seen earlier."""
    row = db.execute(
        "SELECT id, first_seen_at FROM documents WHERE symbol = ? AND language = ?", (rows.symbol, rows.language)
    ).fetchone()
    if row is None:
        return None
    if fetched_at < row["first_seen_at"]:
        db.execute("UPDATE documents SET first_seen_at = ? WHERE id = ?", (fetched_at, row["id"]))
    return int(row["id"])


def _choose_current(db: sqlite3.Connection, document: int) -> None:
    """Make the best witness the document's current version; a document left without versions is no longer held."""
    rows = db.execute(
        "SELECT id, reader, snapshot, is_current FROM versions WHERE document = ?", (document,)
    ).fetchall()
    if not rows:
        db.execute("DELETE FROM documents WHERE id = ?", (document,))
        return
    best = max(rows, key=lambda row: witness_rank(row["reader"], row["snapshot"]))
    if best["is_current"]:
        return
    for row in rows:
        _withdraw(db, row["id"])
    db.execute("UPDATE versions SET is_current = 1 WHERE id = ?", (best["id"],))
    derived.index_version(db, best["id"])


def _withdraw(db: sqlite3.Connection, version: int) -> None:
    """Let a version be current no longer, if it was: its words leave the index."""
    cursor = db.execute("UPDATE versions SET is_current = 0 WHERE id = ? AND is_current", (version,))
    if cursor.rowcount:
        derived.unindex_version(db, version)
