"""What was told of a source, and when it gave new documents."""

import sqlite3
from collections.abc import Collection
from datetime import datetime

from storage.records import Event
from storage.sqlite.columns import time_of


def last_told(db: sqlite3.Connection, source: str, events: Collection[Event]) -> Event | None:
    """Return the newest of these events that an alert made in a run of the source tells, None before the first."""
    marks = ", ".join("?" * len(events))
    row = db.execute(
        f"SELECT a.event FROM alerts a JOIN runs r ON r.run = a.run WHERE r.source = ? AND a.event IN ({marks}) "  # noqa: S608
        "ORDER BY a.run DESC, a.created_at DESC LIMIT 1",
        (source, *sorted(events)),
    ).fetchone()
    return None if row is None else Event(row["event"])


def arrivals(db: sqlite3.Connection, source: str, news_days: int) -> list[datetime]:
    """Return when the source gave each of its documents first, oldest first.

    A document that was older than `news_days` then is left out: it was fetched late, not published late.
    """
    rows = db.execute(
        """
        SELECT min(s.fetched_at) AS first_at FROM versions v JOIN snapshots s ON s.id = v.snapshot WHERE v.source = ?
        GROUP BY v.document
        HAVING max(v.adopted_on) IS NULL OR julianday(min(s.fetched_at)) - julianday(max(v.adopted_on)) <= ?
        ORDER BY first_at
        """,
        (source, news_days),
    )
    return [time_of(row["first_at"]) for row in rows]
