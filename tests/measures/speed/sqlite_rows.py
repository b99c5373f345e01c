"""Prints what sqlite-utils costs where this program uses plain SQL instead: starting, rows, tables without row numbers.

python -m tests.measures.speed.sqlite_rows
"""

import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from storage.sqlite.database import open_database

PARAGRAPHS = 20_000
TEXT = "Urges Member States to ensure increased representation of women at all decision-making levels " * 4
KEYED = "CREATE TABLE {name} (paragraph INTEGER, position INTEGER, theme TEXT, PRIMARY KEY (paragraph, position)){end}"


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def starting(modules: str) -> float:
    """The shortest of five starts of Python with these modules, in milliseconds."""
    command = [sys.executable, "-c", f"import {modules}"]
    return 1000 * min(seconds(lambda: subprocess.run(command, check=True)) for _ in range(5))


def plain_rows(db: sqlite3.Connection, rows: list[tuple[int, str]]) -> None:
    """The rows by one statement of ours."""
    db.execute("BEGIN")
    db.executemany("INSERT INTO plain (id, text) VALUES (?, ?)", rows)
    db.execute("COMMIT")


def rows_by_sqlite_utils(database: Database, rows: list[tuple[int, str]]) -> None:
    """The rows by its own statement, in one transaction as well."""
    with database.atomic():
        database.table("utils").insert_all({"id": number, "text": text} for number, text in rows)


def indexed(db: sqlite3.Connection, table: str, *, by_triggers: bool) -> float:
    """Seconds for rows in a table with a full-text index, kept by triggers or by a statement of ours."""
    db.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, text TEXT)")
    Database(db).table(table).enable_fts(["text"], tokenize="porter unicode61", create_triggers=by_triggers)
    rows = [(number, f"{TEXT}{number}") for number in range(PARAGRAPHS)]

    def write() -> None:
        db.execute("BEGIN")
        for begin in range(0, len(rows), 30):  # a document at a time
            db.executemany(f"INSERT INTO {table} VALUES (?, ?)", rows[begin : begin + 30])  # noqa: S608
            if not by_triggers:
                db.executemany(f"INSERT INTO {table}_fts (rowid, text) VALUES (?, ?)", rows[begin : begin + 30])  # noqa: S608
        db.execute("COMMIT")

    return seconds(write)


def keyed_bytes(path: Path, end: str) -> int:
    """The size of a file with four labels for each paragraph."""
    with closing(sqlite3.connect(path)) as db:
        db.execute(KEYED.format(name="labels", end=end))
        labels = ((paragraph, position, "Participation") for paragraph in range(PARAGRAPHS) for position in range(4))
        db.executemany("INSERT INTO labels VALUES (?, ?, ?)", labels)
        db.commit()
    return path.stat().st_size


def main() -> None:
    """Measure, and print."""
    bare, plain, utils = starting("sys"), starting("sqlite3"), starting("sqlite3, sqlite_utils")
    print(f"to start Python: {bare:.0f} ms; with sqlite3: {plain:.0f} ms; with sqlite-utils as well: {utils:.0f} ms")
    rows = [(number, f"{TEXT}{number}") for number in range(PARAGRAPHS)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        made = seconds(lambda: open_database(path / "made.db").close())
        again = seconds(lambda: open_database(path / "made.db").close())
        print(f"a database with all steps: {1000 * made:.0f} ms to make, {1000 * again:.1f} ms to open again")
        with closing(sqlite3.connect(path / "rows.db", isolation_level=None)) as db:
            db.execute("CREATE TABLE plain (id INTEGER PRIMARY KEY, text TEXT)")
            db.execute("CREATE TABLE utils (id INTEGER PRIMARY KEY, text TEXT)")
            ours = seconds(lambda: plain_rows(db, rows))
            theirs = seconds(lambda: rows_by_sqlite_utils(Database(db), rows))
            print(f"{PARAGRAPHS} rows: {ours:.2f} s by one plain statement, {theirs:.2f} s by insert_all")
            by_hand = indexed(db, "by_hand", by_triggers=False)
            by_triggers = indexed(db, "by_triggers", by_triggers=True)
            print(f"{PARAGRAPHS} rows with a full-text index: {by_hand:.2f} s by hand, {by_triggers:.2f} s by triggers")
        without = keyed_bytes(path / "without.db", " WITHOUT ROWID")
        numbered = keyed_bytes(path / "with.db", "")
        print(f"{4 * PARAGRAPHS} labels: {without / 1e6:.1f} MB without row numbers, {numbered / 1e6:.1f} MB with")


if __name__ == "__main__":
    main()
