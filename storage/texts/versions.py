"""The versions of documents as records: which there are, which came before, which wait to be noticed."""

import sqlite3
from datetime import datetime
from typing import Final

from storage.errors import UnknownRecord
from storage.models import Version
from storage.sqlite.columns import time_of, time_of_or_none

_SELECT: Final = """
SELECT v.id, d.symbol, d.language, v.source, s.url, v.snapshot, s.body_hash, v.reader, v.parser_version, v.text_hash,
       s.fetched_at, v.is_current
FROM versions v JOIN documents d ON d.id = v.document JOIN snapshots s ON s.id = v.snapshot
"""
_BY_ID: Final = f"{_SELECT} WHERE v.id = ?"
_OF_DOCUMENT: Final = f"{_SELECT} WHERE d.symbol = ? AND d.language = ? ORDER BY v.snapshot DESC"
_NOTICED_OTHERS: Final = f"""
{_SELECT} WHERE d.symbol = ? AND d.language = ? AND v.source != ? AND v.noticed_run IS NOT NULL
"""
_FIRST_NOTICED: Final = f"""
{_SELECT} WHERE d.symbol = ? AND d.language = ? AND v.noticed_run IS NOT NULL
ORDER BY v.noticed_run, v.snapshot DESC LIMIT 1
"""
_SUPERSEDED: Final = """
WITH newest AS (SELECT document, max(snapshot) AS snapshot FROM versions WHERE source = :source GROUP BY document)
SELECT DISTINCT s.url FROM versions v JOIN snapshots s ON s.id = v.snapshot
JOIN newest n ON n.document = v.document JOIN snapshots t ON t.id = n.snapshot
WHERE v.source = :source AND s.url != t.url AND (:url IS NULL OR s.url = :url)
"""
_UNNOTICED: Final = f"{_SELECT} WHERE v.source = ? AND v.noticed_run IS NULL ORDER BY v.snapshot"

# A witness with more structure shows the text; a reader that is not named here comes last.
_READERS: Final = ("text", "html", "pdf", "docx", "akn")


def witness_rank(reader: str, snapshot: int) -> tuple[int, int]:
    """Return the key by which the version to be shown is the greatest: the best reader, then the newest snapshot."""
    return (_READERS.index(reader) if reader in _READERS else -1, snapshot)


def load_version(db: sqlite3.Connection, version_id: int) -> Version:
    """Return one version; raises UnknownRecord when there is none of this id."""
    row = db.execute(_BY_ID, (version_id,)).fetchone()
    if row is None:
        raise UnknownRecord(f"expected version {version_id}, found no such version; check the number")
    return _version_of(row)


def load_versions(db: sqlite3.Connection, symbol: str, language: str = "en") -> list[Version]:
    """Return every version of a document, newest first."""
    rows = db.execute(_OF_DOCUMENT, (symbol, language))
    return [_version_of(row) for row in rows]


def unnoticed_versions(db: sqlite3.Connection, source: str) -> list[Version]:
    """Return the versions of a source that the monitor has not looked at yet, in fetch order."""
    rows = db.execute(_UNNOTICED, (source,))
    return [_version_of(row) for row in rows]


def newest_fetch(db: sqlite3.Connection, source: str) -> datetime | None:
    """Return when the source last gave a text that was not held, None when it never did."""
    row = db.execute(
        "SELECT max(s.fetched_at) FROM versions v JOIN snapshots s ON s.id = v.snapshot WHERE v.source = ?", (source,)
    ).fetchone()
    return time_of_or_none(row[0])


def mark_noticed(db: sqlite3.Connection, version_id: int, run: int) -> None:
    """Record that the monitor has looked at a version in this run; the first run's word stays."""
    db.execute("UPDATE versions SET noticed_run = ? WHERE id = ? AND noticed_run IS NULL", (run, version_id))


def superseded_urls(db: sqlite3.Connection, source: str, url: str | None = None) -> list[str]:
    """Return the addresses of a source (or this one of it) whose document another address of it gave later."""
    return [row["url"] for row in db.execute(_SUPERSEDED, {"source": source, "url": url})]


def previous_version(db: sqlite3.Connection, version: Version) -> Version | None:
    """Return the version of the same document and source before this one, None for the source's first."""
    earlier = earlier_versions(db, version)
    return earlier[0] if earlier else None


def earlier_versions(db: sqlite3.Connection, version: Version) -> list[Version]:
    """Return the versions of the same document and source before this one, newest first."""
    return [each for each in _before(db, version) if each.source == version.source]


def noticed_others(db: sqlite3.Connection, version: Version) -> list[Version]:
    """Return the versions of the same document that other sources gave and the monitor has looked at."""
    rows = db.execute(_NOTICED_OTHERS, (version.symbol, version.language, version.source))
    return [_version_of(row) for row in rows]


def first_noticed(db: sqlite3.Connection, symbol: str, language: str) -> Version | None:
    """Return the newest version of a document in the run that looked at it first, None before one did."""
    row = db.execute(_FIRST_NOTICED, (symbol, language)).fetchone()
    return None if row is None else _version_of(row)


def noticed_run_of(db: sqlite3.Connection, version_id: int) -> int | None:
    """Return the run in which the monitor looked at a version, None before."""
    row = db.execute("SELECT noticed_run FROM versions WHERE id = ?", (version_id,)).fetchone()
    return None if row is None else row["noticed_run"]


def other_witness(db: sqlite3.Connection, version: Version) -> Version | None:
    """Return the best version of the same document that another source gave earlier, None when this was the first.

    A witness fetched later is not counted: of two sources noticed together, one has to be the first to tell.
    """
    witnesses = [each for each in _before(db, version) if each.source != version.source]
    return max(witnesses, key=lambda each: witness_rank(each.reader, each.snapshot), default=None)


def _before(db: sqlite3.Connection, version: Version) -> list[Version]:
    held = load_versions(db, version.symbol, version.language)
    return [each for each in held if each.snapshot < version.snapshot]


def _version_of(row: sqlite3.Row) -> Version:
    return Version(
        id=row["id"],
        symbol=row["symbol"],
        language=row["language"],
        source=row["source"],
        url=row["url"],
        snapshot=row["snapshot"],
        body_hash=row["body_hash"],
        reader=row["reader"],
        parser_version=row["parser_version"],
        text_hash=row["text_hash"],
        fetched_at=time_of(row["fetched_at"]),
        is_current=bool(row["is_current"]),
    )
