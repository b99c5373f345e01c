"""Bodies as held of each address: since when, where they came from, and the date of their document."""

import sqlite3
from typing import Final

from storage.fetched.snapshots import snapshot_of
from storage.records import HeldBody, Snapshot
from storage.sqlite.columns import date_of_or_none, time_of

_HELD: Final = """
SELECT s.url, s.final_url, s.symbol, f.since,
       (SELECT max(coalesce(v.adopted_on, v.published_on)) FROM documents d JOIN versions v ON v.document = d.id
        WHERE d.symbol = s.symbol) AS dated
FROM (SELECT max(id) AS newest, min(fetched_at) AS since FROM snapshots
      WHERE source = ? AND symbol IS NOT NULL AND state NOT IN ('rejected', 'failed') GROUP BY url) f
JOIN snapshots s ON s.id = f.newest
"""


def held_bodies(db: sqlite3.Connection, source: str) -> dict[str, HeldBody]:
    """Return what is held of each address of a source; a body that gave no text does not count."""
    return {
        row["url"]: HeldBody(row["symbol"], time_of(row["since"]), row["final_url"], date_of_or_none(row["dated"]))
        for row in db.execute(_HELD, (source,))
    }


def newest_hashes(db: sqlite3.Connection, source: str) -> dict[str, str]:
    """Return the hash of the newest body of each address of a source."""
    rows = db.execute(
        """
        SELECT url, body_hash FROM snapshots
        WHERE id IN (SELECT max(id) FROM snapshots WHERE source = ? GROUP BY url)
        """,
        (source,),
    )
    return {row["url"]: row["body_hash"] for row in rows}


def held_snapshot(db: sqlite3.Connection, source: str, url: str) -> Snapshot | None:
    """Return the newest snapshot of an address that gave a text; None where none did."""
    row = db.execute(
        "SELECT * FROM snapshots WHERE url = ? AND source = ? AND state = 'read' ORDER BY id DESC LIMIT 1",
        (url, source),
    ).fetchone()
    return None if row is None else snapshot_of(row)


def gave_text(db: sqlite3.Connection, source: str, url: str) -> bool:
    """Return whether an address of a source has given a text that is held, or facts."""
    row = db.execute(
        """
        SELECT EXISTS (SELECT 1 FROM snapshots s WHERE s.url = :url AND s.source = :source
            AND (s.state = 'read' OR EXISTS (SELECT 1 FROM versions v WHERE v.snapshot = s.id)))
        """,
        {"url": url, "source": source},
    ).fetchone()
    return bool(row[0])
