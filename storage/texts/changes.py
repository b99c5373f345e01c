"""Paragraph changes between versions, the flags on them, and removals that wait for a second run's word."""

import sqlite3
from collections.abc import Collection
from datetime import datetime
from typing import Final, cast

from storage.errors import UnknownRecord
from storage.records import Cause, Change, ChangeKind
from storage.sqlite.columns import time_of, time_text, words_of, words_text

_INSERT: Final = """
INSERT INTO changes (kind, symbol, language, address, before_address, before, after, is_wps, themes, cause, run,
                     detected_at, version, is_confirmed)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

# A removal that a second run confirmed was reported by that run: it is listed under it.
_SELECT: Final = """
SELECT c.id, c.kind, c.symbol, c.language, c.address, c.before_address, c.before, c.after, c.is_wps, c.themes, c.cause,
       coalesce(c.confirmed_run, c.run) AS run, c.detected_at, c.version, c.is_confirmed, f.reasons
FROM changes c LEFT JOIN flags f ON f.change = c.id
"""
_LIST: Final = f"""{_SELECT}
WHERE c.is_confirmed
  AND (:since IS NULL OR c.detected_at >= :since)
  AND (:until IS NULL OR c.detected_at < :until)
  AND (:run IS NULL OR coalesce(c.confirmed_run, c.run) = :run)
  AND (:symbol IS NULL OR c.symbol = :symbol)
  AND (:symbols IS NULL OR c.symbol IN (SELECT value FROM json_each(:symbols)))
  AND (NOT :only_wps OR c.is_wps)
ORDER BY coalesce(c.confirmed_run, c.run) DESC, c.version DESC, c.id LIMIT :limit
"""  # noqa: S608 - constants of this program
_PENDING: Final = f"""{_SELECT}
JOIN versions v ON v.id = c.version WHERE NOT c.is_confirmed AND v.source = ? ORDER BY c.id
"""
_REMOVED: Final = f"""{_SELECT}
WHERE c.symbol = ? AND c.language = ? AND c.kind = 'removed' AND c.is_confirmed AND c.cause = 'source'
ORDER BY c.id DESC
"""


def save_change(db: sqlite3.Connection, change: Change) -> int:
    """Save a change, with a flag when it bears reasons, and return its id; the same change again is kept once."""
    held = db.execute(
        """
        SELECT id FROM changes
        WHERE version = ? AND address = ? AND kind = ? AND cause = ? AND run = ?
          AND before_address IS ? AND before IS ? AND after IS ?
        """,
        (
            change.version,
            change.address,
            change.kind,
            change.cause,
            change.run,
            change.before_address,
            change.before,
            change.after,
        ),
    ).fetchone()
    if held is None:
        cursor = db.execute(_INSERT, _row_of(change))
        change_id = cast("int", cursor.lastrowid)
    else:
        change_id = int(held["id"])
    if change.reasons:
        flag_change(db, change_id, change.reasons, change.detected_at)
    return change_id


def flag_change(db: sqlite3.Connection, change_id: int, reasons: tuple[str, ...], flagged_at: datetime) -> None:
    """Flag a change as one that matters, for these reasons; a change is flagged once."""
    db.execute(
        "INSERT OR IGNORE INTO flags (change, reasons, flagged_at) VALUES (?, ?, ?)",
        (change_id, words_text(reasons), time_text(flagged_at)),
    )


def list_changes(
    db: sqlite3.Connection,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    run: int | None = None,
    symbol: str | None = None,
    symbols: Collection[str] | None = None,
    only_wps: bool = False,
    limit: int | None = None,
) -> list[Change]:
    """Return the changes, newest first, those of one document in printed order of detection.

    They were seen from `since` on, and before `until`, in one document or some.
    Removals that only one run has seen are left out: see `pending_removals`.
    """
    rows = db.execute(
        _LIST,
        {
            "since": None if since is None else time_text(since),
            "until": None if until is None else time_text(until),
            "run": run,
            "symbol": symbol,
            "symbols": None if symbols is None else words_text(tuple(symbols)),
            "only_wps": only_wps,
            "limit": -1 if limit is None else limit,
        },
    )
    return [_change_of(row) for row in rows]


def pending_removals(db: sqlite3.Connection, source: str) -> list[Change]:
    """Return the removals that one run of the source has seen and none has confirmed, oldest first."""
    rows = db.execute(_PENDING, (source,))
    return [_change_of(row) for row in rows]


def pending_urls(db: sqlite3.Connection, source: str) -> list[str]:
    """Return the addresses of a source whose newest text lacks words that nobody has confirmed to be gone."""
    rows = db.execute(
        """
        SELECT DISTINCT s.url FROM changes c JOIN versions p ON p.id = c.version
        JOIN versions v ON v.document = p.document AND v.source = p.source JOIN snapshots s ON s.id = v.snapshot
        WHERE NOT c.is_confirmed AND p.source = ? AND v.snapshot = (
            SELECT max(n.snapshot) FROM versions n WHERE n.document = p.document AND n.source = p.source)
        """,
        (source,),
    )
    return [row["url"] for row in rows]


def confirm_removal(db: sqlite3.Connection, change_id: int, run: int) -> None:
    """Record that a second run has seen the removal too: from now on it is listed, under that run."""
    if _is_confirmed(db, change_id):
        return
    db.execute("UPDATE changes SET is_confirmed = 1, confirmed_run = ? WHERE id = ?", (run, change_id))


def drop_pending(db: sqlite3.Connection, change_id: int) -> None:
    """Forget a removal that was not confirmed, because the paragraph is there again; a confirmed one stays."""
    db.execute(
        "DELETE FROM flags WHERE change = (SELECT id FROM changes WHERE id = ? AND NOT is_confirmed)", (change_id,)
    )
    db.execute("DELETE FROM changes WHERE id = ? AND NOT is_confirmed", (change_id,))


def removed_texts(db: sqlite3.Connection, symbol: str, language: str) -> list[Change]:
    """Return the confirmed removals in a document, newest first: an added text among their `before` is restored."""
    rows = db.execute(_REMOVED, (symbol, language))
    return [_change_of(row) for row in rows]


def _is_confirmed(db: sqlite3.Connection, change_id: int) -> bool:
    row = db.execute("SELECT is_confirmed FROM changes WHERE id = ?", (change_id,)).fetchone()
    if row is None:
        raise UnknownRecord(f"expected change {change_id}, found no such change; it may have been dropped")
    return bool(row["is_confirmed"])


def _row_of(change: Change) -> tuple[object, ...]:
    return (
        change.kind,
        change.symbol,
        change.language,
        change.address,
        change.before_address,
        change.before,
        change.after,
        change.is_wps,
        words_text(change.themes),
        change.cause,
        change.run,
        time_text(change.detected_at),
        change.version,
        change.is_confirmed,
    )


def _change_of(row: sqlite3.Row) -> Change:
    return Change(
        kind=ChangeKind(row["kind"]),
        symbol=row["symbol"],
        language=row["language"],
        address=row["address"],
        before_address=row["before_address"],
        before=row["before"],
        after=row["after"],
        is_wps=bool(row["is_wps"]),
        themes=words_of(row["themes"]),
        cause=Cause(row["cause"]),
        run=row["run"],
        detected_at=time_of(row["detected_at"]),
        version=row["version"],
        reasons=() if row["reasons"] is None else words_of(row["reasons"]),
        is_confirmed=bool(row["is_confirmed"]),
        id=row["id"],
    )
