"""Documents that failed in the source's last runs: since when, in how many runs, and why. One row for each address."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from storage.records import DocumentFailure, Resource
from storage.sqlite.columns import time_of, time_text

_NOTE: Final = """
INSERT INTO document_failures (source, url, symbol, language, since, last_at, runs, last_run, reason)
VALUES (:source, :url, :symbol, :language, :at, :at, 1, :run, :reason)
ON CONFLICT (source, url) DO UPDATE SET
    runs = runs + (last_run != excluded.last_run), last_run = excluded.last_run, last_at = excluded.last_at,
    reason = excluded.reason
"""

# What the listing names no more, and what another source has given meanwhile so that nobody asks for it again.
_FORGET: Final = """
DELETE FROM document_failures AS f WHERE f.source = :source AND (
    EXISTS (SELECT 1 FROM resources r WHERE r.source = f.source AND r.url = f.url AND r.state = 'missing')
    OR NOT EXISTS (SELECT 1 FROM resources r WHERE r.source = f.source AND r.url = f.url)
    OR (f.last_at < :asked_before
        AND EXISTS (SELECT 1 FROM documents d WHERE d.symbol = f.symbol AND d.language = f.language)))
"""


def note_failure(db: sqlite3.Connection, resource: Resource, run: int, reason: str, at: datetime) -> None:
    """Count a run in which an address gave no document that is believed, and keep why; twice in a run counts once."""
    db.execute(
        _NOTE,
        {
            "source": resource.source,
            "url": resource.url,
            "symbol": resource.symbol,
            "language": resource.language,
            "at": time_text(at),
            "run": run,
            "reason": reason,
        },
    )


def has_failure(db: sqlite3.Connection, source: str, url: str) -> bool:
    """Return whether an address failed when it was last asked."""
    row = db.execute("SELECT 1 FROM document_failures WHERE source = ? AND url = ?", (source, url)).fetchone()
    return row is not None


def end_failure(db: sqlite3.Connection, source: str, url: str) -> None:
    """Forget that an address failed: it gave its document."""
    db.execute("DELETE FROM document_failures WHERE source = ? AND url = ?", (source, url))


def forget_failures(db: sqlite3.Connection, source: str, asked_before: datetime) -> None:
    """Forget the failures of addresses that nobody asks for any more.

    Those are gone from the listing; or another source gave the document, and none was asked since `asked_before`.
    """
    db.execute(_FORGET, {"source": source, "asked_before": time_text(asked_before)})


def load_failures(db: sqlite3.Connection, source: str | None = None) -> list[DocumentFailure]:
    """Return the documents that fail, of one source or all, those that fail for longest first."""
    rows = db.execute(
        """
        SELECT * FROM document_failures WHERE (:source IS NULL OR source = :source)
        ORDER BY runs DESC, since, source, url
        """,
        {"source": source},
    )
    return [_failure_of(row) for row in rows]


def mark_failures_told(db: sqlite3.Connection, failures: Iterable[DocumentFailure], run: int) -> None:
    """Say that operators heard of these failures by the alert of a run."""
    db.executemany(
        "UPDATE document_failures SET told_run = ? WHERE source = ? AND url = ?",
        [(run, failure.source, failure.url) for failure in failures],
    )


def _failure_of(row: sqlite3.Row) -> DocumentFailure:
    return DocumentFailure(
        source=row["source"],
        url=row["url"],
        symbol=row["symbol"],
        language=row["language"],
        since=time_of(row["since"]),
        runs=row["runs"],
        last_run=row["last_run"],
        reason=row["reason"],
        is_told=row["told_run"] is not None,
    )
