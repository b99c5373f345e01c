"""What time-stamping servers have said of the chain of snapshots: that its head was there at a time."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from storage.sqlite.columns import time_of, time_text


@dataclass(frozen=True, slots=True)
class ChainStamp:
    """A server's answer, as it came, about the head of the chain, and the time that it tells."""

    head: str
    snapshot: int
    server: str
    stamped_at: datetime
    answer: bytes


def save_stamp(db: sqlite3.Connection, stamp: ChainStamp) -> None:
    """Keep a stamp; a head that the server has stamped already keeps its first."""
    db.execute(
        "INSERT OR IGNORE INTO chain_stamps (head, server, stamped_at, snapshot, answer) VALUES (?, ?, ?, ?, ?)",
        (stamp.head, stamp.server, time_text(stamp.stamped_at), stamp.snapshot, stamp.answer),
    )


def list_stamps(db: sqlite3.Connection, since: int = 0) -> list[ChainStamp]:
    """The stamps of heads from a snapshot on, the oldest first."""
    rows = db.execute("SELECT * FROM chain_stamps WHERE snapshot >= ? ORDER BY snapshot, server", (since,))
    return [
        ChainStamp(row["head"], row["snapshot"], row["server"], time_of(row["stamped_at"]), row["answer"])
        for row in rows
    ]


def is_stamped(db: sqlite3.Connection, head: str, server: str) -> bool:
    """Whether a server has stamped a head."""
    row = db.execute("SELECT 1 FROM chain_stamps WHERE head = ? AND server = ?", (head, server)).fetchone()
    return row is not None
