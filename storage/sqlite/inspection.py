"""What a doctor wants to know of the database file: schema, soundness, counts, size. Only reads."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from storage.sqlite.columns import time_text
from storage.sqlite.database import connect_readonly, unreadable
from storage.sqlite.migrations import SchemaState, read_schema_state

_TABLES: Final = (
    "runs",
    "snapshots",
    "resources",
    "documents",
    "versions",
    "paragraphs",
    "labels",
    "citations",
    "warnings",
    "asides",
    "extracts",
    "changes",
    "flags",
    "alerts",
    "deliveries",
    "receipts",
    "channels",
    "human_labels",
)


@dataclass(frozen=True, slots=True)
class TableCount:
    """How many rows a table has."""

    table: str
    rows: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """The state of a database file. `size` is in bytes, with what is not yet moved into the file itself.

    `problems` are SQLite's own words, empty when it finds the file sound; `counts` leaves out tables that are missing.
    """

    path: Path
    size: int
    sqlite_version: str
    journal_mode: str
    schema: SchemaState
    problems: tuple[str, ...]
    counts: tuple[TableCount, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a recipient of a channel last said, where that was no."""

    channel: str
    recipient: str
    error: str


@dataclass(frozen=True, slots=True)
class OutboxInspection:
    """How the deliveries stand: counts, and the newest words of what failed, None where nothing did.

    `failed` counts alerts. `struggling` are pending after three attempts or more, `overdue` are those whose time came
    long ago; `waiting_channels` are the channels for which anything waits; `refusals` begin with the newest.
    """

    pending: int
    done: int
    failed: int
    overdue: int
    struggling: int
    last_error: str | None
    last_trouble: str | None
    refusals: tuple[Refusal, ...]
    waiting_channels: tuple[str, ...]


def inspect_outbox(db: sqlite3.Connection, long_ago: datetime) -> OutboxInspection:
    """Return how the deliveries stand; an attempt due before `long_ago` is overdue."""
    counts = dict(db.execute("SELECT state, count(*) FROM deliveries GROUP BY state").fetchall())
    overdue = db.execute(
        "SELECT count(*) FROM deliveries WHERE state = 'pending' AND (next_attempt_at IS NULL OR next_attempt_at < ?)",
        (time_text(long_ago),),
    ).fetchone()[0]
    failed = db.execute(
        "SELECT count(DISTINCT alert) AS alerts, last_error, max(a.created_at) "  # the error is the newest one's
        "FROM deliveries d JOIN alerts a ON a.id = d.alert WHERE d.state = 'failed'"
    ).fetchone()
    struggling = db.execute(
        "SELECT count(*) AS deliveries, channel || ': ' || last_error AS last_error, max(next_attempt_at) "
        "FROM deliveries WHERE state = 'pending' AND is_member = 0 AND attempts >= 3"
    ).fetchone()
    refused = db.execute(
        "SELECT channel, recipient, error, max(at) AS at FROM receipts "  # the error is the newest one's
        "GROUP BY channel, recipient HAVING error IS NOT NULL ORDER BY at DESC"
    )
    waiting = db.execute("SELECT DISTINCT channel FROM deliveries WHERE state = 'pending' ORDER BY channel")
    return OutboxInspection(
        pending=counts.get("pending", 0),
        done=sum(counts.values()) - counts.get("pending", 0),
        failed=failed["alerts"],
        overdue=overdue,
        struggling=struggling["deliveries"],
        last_error=failed["last_error"],
        last_trouble=struggling["last_error"],
        refusals=tuple(Refusal(row["channel"], row["recipient"], row["error"]) for row in refused),
        waiting_channels=tuple(row["channel"] for row in waiting),
    )


def inspect(path: Path) -> Inspection:
    """Return the state of the database at `path`, whatever its schema; writes and mends nothing.

    Raises:
        NoDatabase: there is no such file.
        UnreadableDatabase: the file is no database, or can't be opened.
    """
    db = connect_readonly(path)
    try:
        schema = read_schema_state(db)
        journal_mode: str = db.execute("PRAGMA journal_mode").fetchone()[0]
        problems = _problems(db)
        counts = () if problems else _counts(db)
    except sqlite3.DatabaseError as error:
        raise unreadable(path, error) from error
    finally:
        db.close()
    return Inspection(
        path=path,
        size=sum(each.stat().st_size for each in (path, path.with_name(f"{path.name}-wal")) if each.exists()),
        sqlite_version=sqlite3.sqlite_version,
        journal_mode=journal_mode,
        schema=schema,
        problems=problems,
        counts=counts,
    )


def _problems(db: sqlite3.Connection) -> tuple[str, ...]:
    try:
        found = tuple(str(row[0]) for row in db.execute("PRAGMA quick_check"))
    except sqlite3.DatabaseError as error:
        # Where the damage is great enough the check itself ends with it.
        return (str(error),)
    return () if found == ("ok",) else found


def _counts(db: sqlite3.Connection) -> tuple[TableCount, ...]:
    held = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return tuple(
        TableCount(table, db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 -- our own names
        for table in _TABLES
        if table in held
    )
