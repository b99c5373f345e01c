"""Snapshots: one fetched body at one time, with where it came from and what became of it. Never overwritten."""

import sqlite3
from typing import Final, cast

from storage.errors import UnknownRecord
from storage.fetched.snapshot_chain import extend_chain
from storage.records import Snapshot, SnapshotState
from storage.sqlite.columns import time_of, time_text

_INSERT: Final = """
INSERT INTO snapshots (source, run, url, final_url, status, etag, last_modified, media_type, body_hash, size,
                       fetched_at, symbol, language, revision, state, reason)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

_MARK: Final = """
UPDATE snapshots SET state = :state, reason = :reason, parser_version = :parser_version
WHERE id = :id AND (state, reason, parser_version) IS NOT (:state, :reason, :parser_version)
"""


def save_snapshot(db: sqlite3.Connection, snapshot: Snapshot) -> int:
    """Keep a snapshot and return its id. The same body of the same URL in the same run is kept once."""
    held = db.execute(
        "SELECT id FROM snapshots WHERE url = ? AND source = ? AND run = ? AND body_hash = ?",
        (snapshot.url, snapshot.source, snapshot.run, snapshot.body_hash),
    ).fetchone()
    if held is not None:
        return int(held["id"])
    cursor = db.execute(
        _INSERT,
        (
            snapshot.source,
            snapshot.run,
            snapshot.url,
            snapshot.final_url,
            snapshot.status,
            snapshot.etag,
            snapshot.last_modified,
            snapshot.media_type,
            snapshot.body_hash,
            snapshot.size,
            time_text(snapshot.fetched_at),
            snapshot.symbol,
            snapshot.language,
            snapshot.revision,
            snapshot.state,
            snapshot.reason,
        ),
    )
    saved = cast("int", cursor.lastrowid)
    extend_chain(db, saved, snapshot.exchange)
    return saved


def unread_snapshots(
    db: sqlite3.Connection, source: str | None = None, parser_version: str | None = None
) -> list[Snapshot]:
    """Return the snapshots still to be read, in fetch order.

    With `parser_version` also those that another parser version could not read.
    """
    rows = db.execute(
        """
        SELECT * FROM snapshots INDEXED BY snapshots_to_read
        WHERE state IN ('unread', 'failed')
          AND (state = 'unread' OR (:parser_version IS NOT NULL AND parser_version IS NOT :parser_version))
          AND (:source IS NULL OR source = :source)
        ORDER BY id
        """,
        {"parser_version": parser_version, "source": source},
    )
    return [snapshot_of(row) for row in rows]


def read_snapshots(db: sqlite3.Connection, *, symbol: str | None = None, not_by: str | None = None) -> list[Snapshot]:
    """Return the snapshots that gave a version, in fetch order; with `not_by` only those read by another parser."""
    rows = db.execute(
        """
        SELECT s.* FROM snapshots s JOIN versions v ON v.snapshot = s.id JOIN documents d ON d.id = v.document
        WHERE (:not_by IS NULL OR v.parser_version != :not_by) AND (:symbol IS NULL OR d.symbol = :symbol)
        ORDER BY s.id
        """,
        {"not_by": not_by, "symbol": symbol},
    )
    return [snapshot_of(row) for row in rows]


def fact_snapshots(db: sqlite3.Connection) -> list[Snapshot]:
    """Return the newest snapshot of each address that gave facts of many documents, and no version, in fetch order."""
    rows = db.execute(
        """
        SELECT * FROM snapshots WHERE id IN (
            SELECT max(s.id) FROM snapshots s
            WHERE s.state = 'read' AND s.symbol IS NULL AND EXISTS (
                SELECT 1 FROM facts f WHERE f.origin IN ('metadata', 'catalogue', 'table', 'vetoes'))
              AND NOT EXISTS (SELECT 1 FROM versions v WHERE v.snapshot = s.id)
            GROUP BY s.source, s.url)
        ORDER BY id
        """
    )
    return [snapshot_of(row) for row in rows]


def mark_snapshot(
    db: sqlite3.Connection, snapshot_id: int, state: SnapshotState, reason: str | None, parser_version: str | None
) -> None:
    """Say what became of a snapshot, why, and which parser version said so; raises UnknownRecord."""
    told = {"state": state, "reason": reason, "parser_version": parser_version, "id": snapshot_id}
    if db.execute(_MARK, told).rowcount == 0:  # it says so already, or there is none
        load_snapshot(db, snapshot_id)


def count_without_text(db: sqlite3.Connection, run: int) -> int:
    """Return how many bodies that a run fetched gave no version: broken ones, and those that are not the document."""
    row = db.execute(
        "SELECT count(*) FROM snapshots WHERE run = ? AND state IN ('failed', 'rejected')", (run,)
    ).fetchone()
    return int(row[0])


def latest_snapshot(db: sqlite3.Connection, url: str) -> Snapshot | None:
    """Return the newest snapshot of a URL, None when it was never fetched."""
    row = db.execute("SELECT * FROM snapshots WHERE url = ? ORDER BY id DESC LIMIT 1", (url,)).fetchone()
    return None if row is None else snapshot_of(row)


def load_snapshot(db: sqlite3.Connection, snapshot_id: int) -> Snapshot:
    """Return one snapshot; raises UnknownRecord when there is none of this id."""
    row = db.execute("SELECT * FROM snapshots WHERE id = ?", (snapshot_id,)).fetchone()
    if row is None:
        raise _unknown(snapshot_id)
    return snapshot_of(row)


def list_snapshots(db: sqlite3.Connection, symbol: str | None = None) -> list[Snapshot]:
    """Return the snapshots, newest first; with `symbol` those fetched as this document or read as it."""
    if symbol is None:
        rows = db.execute("SELECT * FROM snapshots ORDER BY id DESC")
    else:
        rows = db.execute(
            """
            SELECT * FROM snapshots WHERE id IN (
                SELECT id FROM snapshots WHERE symbol = :symbol
                UNION
                SELECT v.snapshot FROM versions v JOIN documents d ON d.id = v.document WHERE d.symbol = :symbol)
            ORDER BY id DESC
            """,
            {"symbol": symbol},
        )
    return [snapshot_of(row) for row in rows]


def snapshot_of(row: sqlite3.Row) -> Snapshot:
    """Return the snapshot that a row of the table holds."""
    return Snapshot(
        source=row["source"],
        run=row["run"],
        url=row["url"],
        final_url=row["final_url"],
        status=row["status"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        media_type=row["media_type"],
        body_hash=row["body_hash"],
        size=row["size"],
        fetched_at=time_of(row["fetched_at"]),
        symbol=row["symbol"],
        language=row["language"],
        revision=row["revision"],
        state=SnapshotState(row["state"]),
        reason=row["reason"],
        id=row["id"],
    )


def _unknown(snapshot_id: int) -> UnknownRecord:
    return UnknownRecord(f"expected snapshot {snapshot_id}, found no such snapshot; check the number")
