"""Copies the database while others write to it, and says which bodies the copy names."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.private_files import open_private


def copy_database(db: sqlite3.Connection, target: Path) -> None:
    """Write the database as it is at one moment to `target`, a new private file without a journal beside it.

    The copy is made in one step of SQLite's backup interface, so that it shows one committed state, whoever writes.

    Raises:
        sqlite3.DatabaseError: it can't be read, or the copy can't be written.
    """
    os.close(open_private(target, os.O_RDWR | os.O_EXCL))
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        db.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def body_hashes(db: sqlite3.Connection) -> list[str]:
    """Return the hashes of all bodies that a snapshot names, each once, in order."""
    return [row[0] for row in db.execute("SELECT DISTINCT body_hash FROM snapshots ORDER BY body_hash")]
