"""What a doctor wants to know of the database file: schema, soundness, counts, size. Only reads."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from storage.database import connect_readonly, unreadable
from storage.migrations import SchemaState, read_schema_state

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
