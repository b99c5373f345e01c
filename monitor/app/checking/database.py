"""What the doctor looks at of the database, of the bodies beside it, and of the clock by which both are dated."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.app.checking.health import Finding, Health
from storage.errors import NoDatabase, StorageError

if TYPE_CHECKING:
    from storage.sqlite.inspection import Inspection

OLDEST_CLOCK_YEAR = 2025
BODIES_LOOKED_AT = 50


def judge_database(path: Path) -> Iterator[Finding]:
    """Whether the database is sound, and of a schema that this version knows."""
    from storage.sqlite.inspection import inspect

    try:
        state = inspect(path)
    except NoDatabase:
        yield Finding("database", Health.WARN, f"none at {path}", "crawl a source: wpswatch crawl")
        return
    except StorageError as error:
        yield Finding("database", Health.FAIL, str(error), "restore a backup, or move the file away and crawl again")
        return
    yield _soundness(state)
    yield _schema(state)


def _soundness(state: "Inspection") -> Finding:
    if state.problems:
        advice = "restore a backup, or move the file away and crawl again"
        return Finding("database", Health.FAIL, f"damaged: {state.problems[0]}", advice)
    rows = {each.table: each.rows for each in state.counts}
    held = f"{rows.get('documents', 0)} documents, {rows.get('paragraphs', 0)} paragraphs"
    return Finding("database", Health.OK, f"sound, {state.size / 1024**2:.1f} MiB, {held}")


def _schema(state: "Inspection") -> Finding:
    if state.schema.is_foreign:
        advice = "name another folder: wpswatch --data DIR ..."
        return Finding("schema", Health.FAIL, "the file belongs to another program", advice)
    if state.schema.unknown:
        return Finding("schema", Health.FAIL, f"a newer wpswatch wrote {state.schema.unknown[-1]}", "upgrade wpswatch")
    if state.schema.missing:
        return Finding(
            "schema", Health.WARN, f"lacks {state.schema.missing[-1]}", "the next crawl brings it up to date"
        )
    return Finding("schema", Health.OK, f"up to date ({state.schema.applied[-1]})")


def judge_clock(now: datetime, db: sqlite3.Connection | None) -> Finding:
    """Whether the clock can be right: it is past the program's making, and past the last run."""
    from storage.fetched.runs import list_runs

    words = f"{now:%Y-%m-%d %H:%M} UTC"
    advice = "set the clock (timedatectl set-ntp true); dates of news depend on it"
    if now.year < OLDEST_CLOCK_YEAR:
        return Finding("clock", Health.FAIL, f"{words}, which has passed", advice)
    latest = list_runs(db, limit=1) if db is not None else []
    if latest and latest[0].started_at > now + timedelta(minutes=5):
        return Finding(
            "clock", Health.WARN, f"{words}, before the last run ({latest[0].started_at:%Y-%m-%d %H:%M})", advice
        )
    return Finding("clock", Health.OK, words)


def judge_bodies(data: Path, db: sqlite3.Connection) -> Finding:
    """Whether the newest bodies are kept as they came, and all of them could be read."""
    from storage.fetched.bodies import BodyStore
    from storage.fetched.snapshots import list_snapshots
    from storage.records import SnapshotState

    snapshots = list_snapshots(db)
    store = BodyStore(data / "bodies")
    damaged = []
    for snapshot in snapshots[:BODIES_LOOKED_AT]:
        try:
            store.load(snapshot.body_hash)
        except StorageError as error:
            damaged.append(str(error))
    if damaged:
        advice = "restore the folder bodies from a backup; the texts are held, but their proof is not"
        return Finding("bodies", Health.FAIL, f"{len(damaged)} of the newest are not sound: {damaged[0]}", advice)
    failed = [snapshot for snapshot in snapshots if snapshot.state is SnapshotState.FAILED]
    if failed:
        advice = "nothing is lost: each is asked for again, and the next version of the program tries these again"
        reason = failed[0].reason or "no reason was recorded"
        found = f"{len(failed)} could not be read, such as {failed[0].url}: {reason}"
        return Finding("bodies", Health.WARN, f"{found}; all take {_size(store.bytes_taken())}", advice)
    sound = f"the newest {min(len(snapshots), BODIES_LOOKED_AT)} sound"
    words = f"{len(snapshots)} kept, {sound}; they take {_size(store.bytes_taken())}, and nothing is pruned by itself"
    return Finding("bodies", Health.OK, words)


def _size(count: int) -> str:
    """A number of bytes as people say it: "812 kB", "45 MB", "3.1 GB"."""
    if count < 1_000_000:
        return f"{count / 1000:.0f} kB"
    return f"{count / 1_000_000:.0f} MB" if count < 1_000_000_000 else f"{count / 1_000_000_000:.1f} GB"
