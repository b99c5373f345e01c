"""The step of the schema that puts every snapshot into a chain. Released, it is never edited."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def chain_of_snapshots(database: "Database") -> None:
    """Put every snapshot into a chain of hashes; of those that are there already no exchange was recorded."""
    # Only who applies the step needs it: a current database is opened without hashlib.
    from storage.chain import BEGINNING, EXCHANGE_FIELDS, FIELDS, chain_line, line_hash

    db = database.conn
    db.execute(
        """
        CREATE TABLE snapshot_chain (
            snapshot INTEGER PRIMARY KEY, previous TEXT NOT NULL, hash TEXT NOT NULL,
            asked_url TEXT, request_headers TEXT, answer_headers TEXT)
        """
    )
    unknown = dict.fromkeys(EXCHANGE_FIELDS)
    previous = BEGINNING
    rows = db.execute(f"SELECT id, {', '.join(FIELDS)} FROM snapshots ORDER BY id").fetchall()  # noqa: S608 -- our own names
    for number, *values in rows:
        hashed = line_hash(chain_line(previous, dict(zip(FIELDS, values, strict=True)), unknown))
        db.execute("INSERT INTO snapshot_chain (snapshot, previous, hash) VALUES (?, ?, ?)", (number, previous, hashed))
        previous = hashed
