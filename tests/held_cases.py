"""Recorded cases as a data folder: what measures, stories and tests ask where the whole corpus is not at hand.

The bodies go the way of a crawl's: archived, read, stored with facts and places; but they are read in this process, for
nobody doubts them. Cases that ought to fail stay out.
"""

import tomllib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from scraper.ingest.ingest import ingest
from scraper.ingest.workers import BodyReading, ReadingTask, read_task
from storage.fetched.bodies import BodyStore
from storage.fetched.runs import close_run, open_run
from storage.fetched.snapshots import save_snapshot
from storage.records import Outcome, RunCounts, Snapshot, SnapshotState
from storage.sqlite.database import DATABASE_NAME, open_database, transaction
from tests.paths import TESTS

RECORDED: Final = TESTS / "cases" / "akoma_ntoso"
#: They ought not to be read, or are not the documents of their symbols.
LEFT_OUT: Final = frozenset({"another-vocabulary", "external-entity", "no-operative-part", "too-deep", "xml-bomb"})


class _Readers:
    """Reads in this process what a crawl's readers read in processes with limits."""

    def read(self, tasks: Iterable[ReadingTask]) -> Iterator[BodyReading]:
        return map(read_task, tasks)


def hold_cases(folder: Path, now: datetime) -> int:
    """Make a data folder with the recorded documents in the UN's XML, as if crawled at a time; returns how many."""
    db = open_database(folder / DATABASE_NAME)
    try:
        with transaction(db):
            run = open_run(db, "unxml", now)
            names = [path.name for path in sorted(RECORDED.iterdir()) if path.name not in LEFT_OUT]
            for name in names:
                save_snapshot(db, _snapshot(folder, run, name, now))
        report = ingest(db, folder, _Readers(), now)
        with transaction(db):
            counts = RunCounts(listed=len(names), fetched=len(names), new=report.read, failed=len(report.failures))
            close_run(db, run, Outcome.COMPLETE, None, counts, now + timedelta(minutes=1), is_baseline=True)
    finally:
        db.close()
    return report.read


def _snapshot(folder: Path, run: int, name: str, now: datetime) -> Snapshot:
    body = (RECORDED / name / "input.xml").read_bytes()
    meta = tomllib.loads((RECORDED / name / "meta.toml").read_text(encoding="utf-8"))
    url = meta.get("url", f"https://example.org/{name}.xml")
    return Snapshot(
        source="unxml",
        run=run,
        url=url,
        final_url=url,
        status=200,
        etag=None,
        last_modified=None,
        media_type="application/xml",
        body_hash=BodyStore(folder / "bodies").save(body),
        size=len(body),
        fetched_at=now,
        symbol=None,
        language=None,
        revision=None,
        state=SnapshotState.UNREAD,
    )
