"""Crawl runs: opened before anything is fetched, closed by a verdict, never deleted."""

import sqlite3
from dataclasses import astuple, fields
from datetime import datetime
from typing import Final, cast

from storage.errors import RunIsClosed, UnknownRecord
from storage.records import CrawlRun, Outcome, RunCounts
from storage.sqlite.columns import time_of, time_of_or_none, time_text

_COUNTS: Final = tuple(field.name for field in fields(RunCounts))
_SET_COUNTS: Final = ", ".join(f"{name} = ?" for name in _COUNTS)
_RECORD_FETCH: Final = f"UPDATE runs SET {_SET_COUNTS}, finish_reason = ?, reason = ? WHERE run = ?"  # noqa: S608
_CLOSE: Final = f"UPDATE runs SET {_SET_COUNTS}, outcome = ?, reason = ?, ended_at = ?, is_baseline = ? WHERE run = ?"  # noqa: S608


def open_run(db: sqlite3.Connection, source: str, started_at: datetime) -> int:
    """Open a run of a source and return its number."""
    cursor = db.execute("INSERT INTO runs (source, started_at) VALUES (?, ?)", (source, time_text(started_at)))
    return cast("int", cursor.lastrowid)


def record_fetch(
    db: sqlite3.Connection, run: int, counts: RunCounts, finish_reason: str, reason: str | None = None
) -> None:
    """Record how the fetching of an open run ended and what it met; the verdict is still to come."""
    held = load_run(db, run)
    if (held.counts, held.finish_reason, held.reason) == (counts, finish_reason, reason):
        return
    if held.ended_at is not None:
        raise RunIsClosed(f"expected run {run} to be open, found it closed as {held.outcome}; open a new run")
    db.execute(_RECORD_FETCH, (*astuple(counts), finish_reason, reason, run))


def close_run(
    db: sqlite3.Connection,
    run: int,
    outcome: Outcome,
    reason: str | None,
    counts: RunCounts,
    ended_at: datetime,
    is_baseline: bool = False,
) -> None:
    """Close a run with its verdict. The same verdict again writes nothing; another one raises RunIsClosed."""
    held = load_run(db, run)
    if held.ended_at is not None:
        if (held.outcome, held.reason, held.counts, held.is_baseline) == (outcome, reason, counts, is_baseline):
            return
        raise RunIsClosed(
            f"expected run {run} to be open, found it closed as {held.outcome} ({held.reason}); open a new run"
        )
    db.execute(_CLOSE, (*astuple(counts), outcome, reason, time_text(ended_at), is_baseline, run))


def abandon_open_runs(db: sqlite3.Connection, ended_at: datetime) -> list[int]:
    """Close every open run as partial, "interrupted", and return their numbers."""
    runs = [row["run"] for row in db.execute("SELECT run FROM runs WHERE ended_at IS NULL ORDER BY run")]
    db.executemany(
        "UPDATE runs SET outcome = ?, reason = ?, ended_at = ? WHERE run = ?",
        [(Outcome.PARTIAL, "interrupted", time_text(ended_at), run) for run in runs],
    )
    return runs


def load_run(db: sqlite3.Connection, run: int) -> CrawlRun:
    """Return one run; raises UnknownRecord when there is none of this number."""
    row = db.execute("SELECT * FROM runs WHERE run = ?", (run,)).fetchone()
    if row is None:
        raise UnknownRecord(f"expected run {run}, found no such run; wpswatch runs lists them")
    return _run_of(row)


def list_runs(db: sqlite3.Connection, *, source: str | None = None, limit: int | None = None) -> list[CrawlRun]:
    """Return the runs, newest first."""
    rows = db.execute(
        "SELECT * FROM runs WHERE :source IS NULL OR source = :source ORDER BY run DESC LIMIT :limit",
        {"source": source, "limit": -1 if limit is None else limit},
    )
    return [_run_of(row) for row in rows]


def has_baseline(db: sqlite3.Connection, source: str) -> bool:
    """Return whether a run of the source was closed as complete and as its baseline."""
    row = db.execute(
        "SELECT 1 FROM runs WHERE source = ? AND outcome = ? AND is_baseline LIMIT 1", (source, Outcome.COMPLETE)
    ).fetchone()
    return row is not None


def watch_began_at(db: sqlite3.Connection) -> datetime | None:
    """Return when the first complete run of any source began, None before it: since then nothing new goes by untold."""
    row = db.execute(
        "SELECT started_at FROM runs WHERE outcome = ? AND is_baseline ORDER BY run LIMIT 1", (Outcome.COMPLETE,)
    ).fetchone()
    return None if row is None else time_of(row["started_at"])


def last_good_run(db: sqlite3.Connection, source: str) -> CrawlRun | None:
    """Return the newest complete run of the source, None before the first."""
    row = db.execute(
        "SELECT * FROM runs WHERE source = ? AND outcome = ? ORDER BY run DESC LIMIT 1", (source, Outcome.COMPLETE)
    ).fetchone()
    return None if row is None else _run_of(row)


def _run_of(row: sqlite3.Row) -> CrawlRun:
    return CrawlRun(
        run=row["run"],
        source=row["source"],
        started_at=time_of(row["started_at"]),
        ended_at=time_of_or_none(row["ended_at"]),
        outcome=None if row["outcome"] is None else Outcome(row["outcome"]),
        reason=row["reason"],
        counts=RunCounts(*(row[name] for name in _COUNTS)),
        finish_reason=row["finish_reason"],
        is_baseline=bool(row["is_baseline"]),
    )
