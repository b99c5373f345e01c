"""Opens the database: for writing (creating and migrating it), or only for reading, which imports nothing heavy."""

import os
import sqlite3
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from storage.errors import NewerSchema, NoDatabase, OlderSchema, StorageError, UnreadableDatabase
from storage.private_files import make_private, open_private, private_folder
from storage.sqlite.migrations import SchemaState, migrate, read_schema_state

__all__ = [
    "DATABASE_NAME",
    "NewerSchema",
    "NoDatabase",
    "OlderSchema",
    "SchemaState",
    "StorageError",
    "UnreadableDatabase",
    "connect_readonly",
    "one_view",
    "open_database",
    "open_memory",
    "open_readonly",
    "remedy",
    "schema_state",
    "transaction",
    "unreadable",
]

DATABASE_NAME: Final = "wpswatch.db"

_BUSY_SECONDS: Final = 30.0

_REMEDIES: Final = {
    "SQLITE_BUSY": "another wpswatch is writing: wait for it, and try again",
    "SQLITE_FULL": "make room on the disk",
    "SQLITE_IOERR": "see that the disk has room and can be written",
    "SQLITE_CANTOPEN": "check who may read and write there, or choose another data folder",
    "SQLITE_PERM": "check who may read and write there, or choose another data folder",
    "SQLITE_READONLY": "check who may read and write there, or choose another data folder",
}
_LAST_REMEDY: Final = "restore it from a backup, or move it away and crawl again"


def open_database(path: Path) -> sqlite3.Connection:
    """Open the database at `path` for reading and writing; creates and migrates it as needed.

    Raises:
        NewerSchema: a newer wpswatch has written it.
        UnreadableDatabase: the file is no database of wpswatch, or can't be opened.
    """
    try:
        private_folder(path.parent)
        if not path.exists():
            os.close(open_private(path, os.O_RDWR))
        elif make_private(path) | make_private(path.parent):
            _say_tightened(path.parent)
    except OSError as error:
        raise UnreadableDatabase(
            f"expected a folder that can be written, found {error.strerror} at {path.parent}; "
            "choose another data folder"
        ) from error
    db = _connect(path, "rwc")
    try:
        # Nothing is written, not even the journal mode, before the file is known to be ours.
        state = _checked(db, path)
        _write_ahead(db)
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA foreign_keys = ON")
        if not state.is_current:
            migrate(db)
    except sqlite3.DatabaseError as error:
        db.close()
        raise unreadable(path, error) from error
    except BaseException:
        db.close()
        raise
    return db


def _say_tightened(folder: Path) -> None:
    import logging

    log = logging.getLogger(__name__)
    log.warning("others could read %s, which holds recipients' addresses; from now on only its owner can", folder)


def open_readonly(path: Path) -> sqlite3.Connection:
    """Open the database at `path` only for reading, also while another process writes to it.

    Raises:
        NoDatabase: there is no such file.
        OlderSchema: it has to be opened for writing once, which migrates it.
        NewerSchema: a newer wpswatch has written it.
        UnreadableDatabase: the file is no database of wpswatch, or can't be opened.
    """
    db = connect_readonly(path)
    try:
        state = _checked(db, path)
    except sqlite3.DatabaseError as error:
        db.close()
        raise unreadable(path, error) from error
    except BaseException:
        db.close()
        raise
    if not state.is_current:
        db.close()
        raise OlderSchema(
            f"expected the schema step '{state.missing[-1]}', found a database that lacks it at {path}; "
            "any command that writes brings it up to date: wpswatch crawl"
        )
    return db


def open_memory() -> sqlite3.Connection:
    """Open a fresh database in memory."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA foreign_keys = ON")
    migrate(db)
    return db


@contextmanager
def transaction(db: sqlite3.Connection) -> Generator[sqlite3.Connection, None, None]:
    """Run the block in one BEGIN IMMEDIATE transaction: all of it is committed, or on any exception nothing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield db
        db.execute("COMMIT")
    except BaseException:
        # A full disk makes SQLite roll back by itself.
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


@contextmanager
def one_view(db: sqlite3.Connection) -> Generator[None, None, None]:
    """Let all reads of the block see the database at one moment, whatever another process writes meanwhile."""
    db.execute("SAVEPOINT one_view")
    try:
        yield
    finally:
        if db.in_transaction:
            db.execute("RELEASE one_view")


def schema_state(path: Path) -> SchemaState:
    """Return which schema steps the database at `path` has, lacks, and has beyond those known here.

    Raises:
        NoDatabase: there is no such file.
        UnreadableDatabase: the file is no database, or can't be opened.
    """
    db = connect_readonly(path)
    try:
        return read_schema_state(db)
    except sqlite3.DatabaseError as error:
        raise unreadable(path, error) from error
    finally:
        db.close()


def connect_readonly(path: Path) -> sqlite3.Connection:
    """Open the file at `path` only for reading, whatever its schema; raises NoDatabase when there is none."""
    if not path.exists():
        raise NoDatabase(f"expected a database, found none at {path}; crawl a source first: wpswatch crawl")
    return _connect(path, "ro")


def unreadable(path: Path, error: sqlite3.DatabaseError) -> UnreadableDatabase:
    """Return the error that says what SQLite could not do with the file at `path`, and what a person can do."""
    return UnreadableDatabase(f"expected a database of wpswatch, found: {error} at {path}; {remedy(error)}")


def remedy(error: sqlite3.DatabaseError) -> str:
    """Return what a person can do about an error of SQLite."""
    name: str = getattr(error, "sqlite_errorname", "")
    return next((words for start, words in _REMEDIES.items() if name.startswith(start)), _LAST_REMEDY)


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    if path.is_dir():
        raise UnreadableDatabase(f"expected a database file, found a folder at {path}; choose another data folder")
    try:
        db = sqlite3.connect(f"{_uri(path)}?mode={mode}", uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
    except sqlite3.DatabaseError as error:
        raise unreadable(path, error) from error
    db.row_factory = sqlite3.Row
    return db


def _write_ahead(db: sqlite3.Connection) -> None:
    """Switch to the write-ahead log, when all who open the same new file at once let us.

    SQLite does not wait by itself there: who holds a lock and wants a stronger one is refused at once.
    """
    until = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _uri(path: Path) -> str:
    """The path as SQLite reads it in an address (https://www.sqlite.org/uri.html); `as_uri` imports four modules."""
    escaped = str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:{escaped}"


def _checked(db: sqlite3.Connection, path: Path) -> SchemaState:
    state = read_schema_state(db)
    if state.unknown:
        raise NewerSchema(
            f"expected no schema step after '{state.known[-1]}', found '{state.unknown[-1]}' at {path}; "
            "a newer wpswatch has written it: upgrade wpswatch, or choose another data folder"
        )
    if state.is_foreign:
        raise UnreadableDatabase(
            f"expected a database of wpswatch, found one of another program at {path}; choose another data folder"
        )
    return state
