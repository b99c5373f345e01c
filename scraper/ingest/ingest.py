"""Turns archived bodies into stored versions: the unread ones, or all again after the extraction has changed.

Reading happens in worker processes (`scraper.ingest.workers`), writing in short transactions here. It does not say
what a new version means: the monitor compares, flags and tells.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from scraper.facts.told import FactReading
from scraper.ingest.believing import believe, doubt_of, may_be_judged, refuse
from scraper.ingest.human_words import corrected
from scraper.ingest.mandate_readings import renew_readings
from scraper.ingest.workers import BodyReading, ReaderPool, Readers, ReadingTask
from scraper.mandates.decided import rules_mark
from scraper.themes.labels_from_english import LENDER
from storage.fetched.remote_bodies import BodyPlace
from storage.fetched.snapshots import fact_snapshots, mark_snapshot, read_snapshots, unread_snapshots
from storage.records import Snapshot, SnapshotState
from storage.sqlite.database import transaction
from storage.texts.prepared.rows import TextRows
from storage.texts.saving import save_rows
from storage.told.facts import save_facts
from storage.told.mandate_readings import save_mandate_reading
from storage.told.situations import save_placement
from storage.told_values import Witness

BODIES = "bodies"
MOST_WORKERS = 4
BATCH = 128  # documents stored in one transaction: a crash costs the reading of as many

One = TypeVar("One")
Progress = Callable[[int, int], None]
"""Told how many bodies are done, of how many."""


@dataclass(slots=True)
class IngestReport:
    """What became of the bodies read.

    `reworded` counts bodies read before that now give other words or addresses; `failures` are those without a version.
    """

    read: int = 0
    reworded: int = 0
    failures: list[BodyReading] = field(default_factory=list)


def ingest(
    db: sqlite3.Connection,
    data: Path,
    readers: Readers,
    now: datetime,
    *,
    source: str | None = None,
    progress: Progress | None = None,
    is_over: bool = True,
    bodies: str | None = None,
) -> IngestReport:
    """Read every unread body (of one source, or all), and again what an older parser could not read.

    While a crawl goes on (`is_over` False) a body waits that its listing names by a hash, until one body has shown that
    the names are hashes (see `scraper.ingest.believing`).

    What an older parser has read of the same documents is read again first, so that two parsers' words are never
    compared. `bodies` is the address of a copy of the bodies that the readers reach, unless it is the folder.
    """
    from scraper.ingest.extraction import PARSER_VERSION

    if is_over:
        renew_readings(db)
    unread = unread_snapshots(db, source, PARSER_VERSION)
    if not is_over:
        unread = [snapshot for snapshot in unread if may_be_judged(db, snapshot)]
    if not unread:
        return IngestReport()
    symbols = {_without_year(snapshot.symbol) for snapshot in unread}
    stale = [one for one in read_snapshots(db, not_by=PARSER_VERSION) if _without_year(one.symbol) in symbols]
    place = bodies or data / BODIES
    _read_and_store(db, place, readers, stale, now, None)
    return _read_and_store(db, place, readers, unread, now, progress)


def reparse(
    db: sqlite3.Connection,
    data: Path,
    now: datetime,
    *,
    symbol: str | None = None,
    progress: Progress | None = None,
    readers: Readers | None = None,
    bodies: str | None = None,
) -> IngestReport:
    """Run today's extraction over the bodies that gave a version: one document's, or all. Never news.

    `readers` read, in a block of their own; without them processes of this machine do.
    """
    with readers or ReaderPool(worker_count()) as reading:
        held = read_snapshots(db, symbol=symbol)
        if symbol is None:
            held += fact_snapshots(db)
        return _read_and_store(db, bodies or data / BODIES, reading, held, now, progress)


def worker_count() -> int:
    """How many bodies are read at the same time."""
    return min(os.cpu_count() or 1, MOST_WORKERS)


def _read_and_store(
    db: sqlite3.Connection,
    bodies: BodyPlace,
    readers: Readers,
    snapshots: Sequence[Snapshot],
    now: datetime,
    progress: Progress | None,
) -> IngestReport:
    report = IngestReport()
    if not snapshots:
        return report
    by_id = {snapshot.id: snapshot for snapshot in snapshots}
    tasks = [_task(snapshot, bodies) for snapshot in snapshots]
    for batch in batched(readers.read(tasks), BATCH):
        with transaction(db):
            for reading in batch:
                _store(db, by_id[reading.snapshot], reading, now, report)
        if progress:
            progress(report.read + len(report.failures), len(snapshots))
    return report


def _task(snapshot: Snapshot, bodies: BodyPlace) -> ReadingTask:
    return ReadingTask(
        snapshot=snapshot.id,
        bodies=bodies,
        body_hash=snapshot.body_hash,
        url=snapshot.url,
        media_type=snapshot.media_type,
        symbol=snapshot.symbol,
        language=snapshot.language,
        revision=snapshot.revision,
    )


def _store(
    db: sqlite3.Connection, snapshot: Snapshot, reading: BodyReading, now: datetime, report: IngestReport
) -> None:
    doubt = doubt_of(db, snapshot, reading)
    if doubt is not None:
        refuse(db, snapshot, doubt, now)
        report.failures.append(replace(reading, code=doubt.code, message=doubt.message))
        return
    if reading.told is not None:
        _store_facts(db, snapshot, reading.told)
    elif reading.rows is not None:
        _store_text(db, snapshot, reading, reading.rows, now, report)
    believe(db, snapshot)
    report.read += 1


def _store_facts(db: sqlite3.Connection, snapshot: Snapshot, told: FactReading) -> None:
    from scraper.ingest.extraction import PARSER_VERSION

    save_facts(db, Witness(snapshot.source, told.origin), told.facts, snapshot.id, snapshot.fetched_at)
    for place in told.placements:
        save_placement(db, place.symbol, "metadata", place.situation, place.bodies)
    mark_snapshot(db, snapshot.id, SnapshotState.READ, "; ".join(told.warnings) or None, PARSER_VERSION)


def _store_text(
    db: sqlite3.Connection,
    snapshot: Snapshot,
    reading: BodyReading,
    read: TextRows,
    now: datetime,
    report: IngestReport,
) -> None:
    from scraper.ingest.extraction import PARSER_VERSION
    from scraper.ingest.relabelling import relabel_translations

    saved = save_rows(db, corrected(db, read, snapshot.symbol), snapshot.id, now)
    if read.language == LENDER and saved.is_other:
        relabel_translations(db, read.symbol or snapshot.symbol or "")
    witness = Witness(snapshot.source, f"text-{read.language}")
    save_facts(db, witness, reading.facts, snapshot.id, snapshot.fetched_at)
    if reading.placement is not None:
        place = reading.placement
        save_placement(db, place.symbol, "text", place.situation, place.bodies)
    if reading.decided is not None:
        bodies = reading.placement.bodies if reading.placement else ()
        save_mandate_reading(db, saved.id, rules_mark(), bodies, reading.decided)
    mark_snapshot(db, snapshot.id, SnapshotState.READ, None, PARSER_VERSION)
    report.reworded += saved.replaced_rows is not None and words_of(saved.replaced_rows) != words_of(read)


def _without_year(symbol: str | None) -> str | None:
    """The part of a symbol that every listing gives: old file names bear no year."""
    return symbol and symbol.partition(" (")[0]


def words_of(rows: TextRows) -> list[tuple[str, str]]:
    """The addresses and texts of a document: what a reader of it would see changed."""
    return [(address, text) for address, *_, text in rows.paragraphs]


def batched(readings: Iterable[One], size: int) -> Iterator[list[One]]:
    """Readings in lists of at most `size`: what one transaction stores."""
    batch: list[One] = []
    for reading in readings:
        batch.append(reading)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
