"""Resources: what is remembered of each listed address between runs."""

import sqlite3
from collections.abc import Iterable, Set
from typing import Final

from storage.records import Resource, ResourceState
from storage.sqlite.columns import time_of_or_none, time_text_or_none

_SAVE: Final = """
INSERT OR REPLACE INTO resources (source, url, symbol, language, state, revision, is_verified, etag, last_modified,
                                  attempts, next_attempt_at, missing_runs, reason, looked_at, whole_at, echoed)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def load_resource(db: sqlite3.Connection, url: str, source: str | None = None) -> Resource | None:
    """Return what is remembered of a URL, None when nothing is. Two sources may know the same URL."""
    row = db.execute(
        "SELECT * FROM resources WHERE url = :url AND (:source IS NULL OR source = :source) ORDER BY source LIMIT 1",
        {"url": url, "source": source},
    ).fetchone()
    return None if row is None else _resource_of(row)


def resources_of(db: sqlite3.Connection, source: str) -> dict[str, Resource]:
    """Return all that is remembered of a source, by URL."""
    rows = db.execute("SELECT * FROM resources WHERE source = ? ORDER BY url", (source,))
    return {row["url"]: _resource_of(row) for row in rows}


def is_any_verified(db: sqlite3.Connection, source: str) -> bool:
    """Return whether any body of a source had the hash by which its listing names it."""
    row = db.execute("SELECT EXISTS (SELECT 1 FROM resources WHERE source = ? AND is_verified)", (source,)).fetchone()
    return bool(row[0])


def save_resource(db: sqlite3.Connection, resource: Resource) -> bool:
    """Remember a resource; returns False, and writes nothing, when it is what is remembered already."""
    if load_resource(db, resource.url, resource.source) == resource:
        return False
    db.execute(
        _SAVE,
        (
            resource.source,
            resource.url,
            resource.symbol,
            resource.language,
            resource.state,
            resource.revision,
            resource.is_verified,
            resource.etag,
            resource.last_modified,
            resource.attempts,
            time_text_or_none(resource.next_attempt_at),
            resource.missing_runs,
            resource.reason,
            time_text_or_none(resource.looked_at),
            time_text_or_none(resource.whole_at),
            resource.echoed,
        ),
    )
    return True


def announce(db: sqlite3.Connection, resource: Resource) -> bool:
    """Remember a resource that its source knows nothing of; returns False, and writes nothing, when it does."""
    return load_resource(db, resource.url, resource.source) is None and save_resource(db, resource)


def forget_unfetched(db: sqlite3.Connection, source: str, urls: Iterable[str]) -> None:
    """Forget addresses that were named and never gave a body; those that did stay."""
    db.executemany(
        "DELETE FROM resources WHERE source = ? AND url = ? AND state IN ('listed', 'announced')",
        [(source, url) for url in urls],
    )


def record_listing(db: sqlite3.Connection, source: str, listed_urls: Set[str]) -> None:
    """Compare what is held with a complete listing of the source.

    A held resource that is not listed becomes missing, one run more for each call; one that is listed again is held.
    Call it once per complete run, and never for a listing that was cut short.
    """
    rows = db.execute(
        "SELECT url, state FROM resources WHERE source = ? AND state IN (?, ?)",
        (source, ResourceState.HELD, ResourceState.MISSING),
    ).fetchall()
    gone = [(source, row["url"]) for row in rows if row["url"] not in listed_urls]
    back = [(source, row["url"]) for row in rows if row["state"] == ResourceState.MISSING and row["url"] in listed_urls]
    db.executemany(
        "UPDATE resources SET state = 'missing', missing_runs = missing_runs + 1 WHERE source = ? AND url = ?", gone
    )
    db.executemany("UPDATE resources SET state = 'held', missing_runs = 0 WHERE source = ? AND url = ?", back)


def _resource_of(row: sqlite3.Row) -> Resource:
    return Resource(
        source=row["source"],
        url=row["url"],
        symbol=row["symbol"],
        language=row["language"],
        state=ResourceState(row["state"]),
        revision=row["revision"],
        is_verified=bool(row["is_verified"]),
        etag=row["etag"],
        last_modified=row["last_modified"],
        attempts=row["attempts"],
        next_attempt_at=time_of_or_none(row["next_attempt_at"]),
        missing_runs=row["missing_runs"],
        reason=row["reason"],
        looked_at=time_of_or_none(row["looked_at"]),
        whole_at=time_of_or_none(row["whole_at"]),
        echoed=row["echoed"],
    )
