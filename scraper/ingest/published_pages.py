"""Turns archived pages of what others published into entries as published: the unread pages, or all again.

The pages are no documents, so nothing here makes a version, a change or an alert.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from scraper.errors import SourceError
from scraper.ingest.ingest import BATCH, BODIES, IngestReport, Progress, batched
from scraper.ingest.workers import BodyReading
from storage.errors import StorageError
from storage.fetched.bodies import BodyStore
from storage.fetched.snapshots import mark_snapshot, unread_snapshots
from storage.records import Snapshot, SnapshotState
from storage.sqlite.database import transaction
from storage.told.published import newest_pages, save_published

#: Raised whenever the same page may give other entries; pages read by another are read again by `reparse`.
PAGE_VERSION = "peacewomen-1"


def ingest_published(
    db: sqlite3.Connection, data: Path, source: str, now: datetime, progress: Progress | None = None
) -> IngestReport:
    """Read every unread page of a source, and again what another version of the reading could not read."""
    return _read_and_keep(db, data, unread_snapshots(db, source, PAGE_VERSION), now, progress)


def reread_published(
    db: sqlite3.Connection, data: Path, source: str, now: datetime, progress: Progress | None = None
) -> IngestReport:
    """Read the newest body of each page again where another version of the reading has read it."""
    return _read_and_keep(db, data, newest_pages(db, source, PAGE_VERSION), now, progress)


def _read_and_keep(
    db: sqlite3.Connection, data: Path, snapshots: Sequence[Snapshot], now: datetime, progress: Progress | None
) -> IngestReport:
    report = IngestReport()
    bodies = BodyStore(data / BODIES)
    for batch in batched(snapshots, BATCH):
        with transaction(db):
            for snapshot in batch:
                _keep(db, bodies, snapshot, now, report)
        if progress:
            progress(report.read + len(report.failures), len(snapshots))
    return report


def _keep(db: sqlite3.Connection, bodies: BodyStore, snapshot: Snapshot, now: datetime, report: IngestReport) -> None:
    from scraper.pages.peacewomen.page import read_page  # a crawl that fetched nothing reads nothing

    try:
        page = read_page(bodies.load(snapshot.body_hash), snapshot.url)
    except (SourceError, StorageError) as error:
        code = error.code if isinstance(error, SourceError) else "no-body"
        mark_snapshot(db, snapshot.id, SnapshotState.FAILED, f"{code}: {error}", PAGE_VERSION)
        report.failures.append(BodyReading(snapshot=snapshot.id, rows=None, code=code, message=str(error)))
        return
    saved = save_published(db, snapshot, page.entries, now)
    mark_snapshot(db, snapshot.id, SnapshotState.READ, "; ".join(page.warnings) or None, PAGE_VERSION)
    report.read += 1
    report.reworded += saved.changed > 0
