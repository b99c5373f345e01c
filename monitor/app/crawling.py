"""One source's crawl from its order to its verdict: fetch → read → notice, each stage ending in the database.

Bodies are read while others are still fetched; the fetching, a process of its own, never waits for it.

A crash between two stages loses nothing: the next crawl goes on with what the last one stored.
"""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from monitor.app.crawl_process import CrawlEnded, run_crawl
from monitor.app.export.extras import need
from monitor.app.renewals.due import due_renewals
from monitor.app.renewals.renewal_news import renewal_news
from monitor.noticing.run import notice_run
from monitor.noticing.source_news import Patience
from monitor.settings.config import Config
from scraper.crawl.step import Step
from scraper.ingest.ingest import IngestReport, ingest, reparse, worker_count
from scraper.ingest.published_pages import ingest_published, reread_published
from scraper.ingest.workers import ReaderPool, Readers
from scraper.sources.loader import Source, load_sources
from scraper.spiders.kit.order import CrawlOrder, delay_between
from storage.fetched.runs import abandon_open_runs, open_run
from storage.records import CrawlRun
from storage.sqlite.database import DATABASE_NAME, open_database, transaction

EVERY_YEAR = (1946, 9999)
"""From the Council's first resolution on."""


@dataclass(frozen=True, slots=True)
class CrawlWishes:
    """What one crawl is asked beyond the settings. `years` is a first and a last year, or None."""

    mirror: str | None = None
    years: tuple[int, int] | None = None
    is_full: bool = False
    is_quiet: bool = False

    def sees_all(self, this_year: int) -> bool:
        """Whether the years leave nothing out: then the crawl may be a source's baseline."""
        return self.years is None or (self.years[0] <= EVERY_YEAR[0] and self.years[1] >= this_year)


@dataclass(frozen=True, slots=True)
class Crawled:
    """A closed run, and whether SIGTERM or SIGINT came while it fetched: then nothing more is to be crawled."""

    run: CrawlRun
    is_stopped: bool


Fetch = Callable[[CrawlOrder, float, Callable[[], None]], CrawlEnded]
"""Carries out an order in at most so many seconds; what it is given last may be called meanwhile, and reads bodies."""


def utc_now() -> datetime:
    """The time, as a clock tells it."""
    return datetime.now(UTC)


class CrawlStage:
    """What a watcher of a long crawl is told; the default tells nobody."""

    def fetching(self, source: str) -> None:
        """Called every second while bodies are fetched."""

    def stepped(self, step: Step) -> None:
        """Called when the crawl has told how far it is; the first time it says what will be asked."""

    def reading(self, done: int, total: int) -> None:
        """Called after each batch of bodies that was read."""

    def ended(self) -> None:
        """Called when all bodies of the source are read."""


def open_data(data: Path, now: datetime) -> sqlite3.Connection:
    """The database of a data folder, for writing, with runs that died left closed as interrupted.

    The caller holds the folder's lock: no run can be open but one whose process is gone.
    """
    db = open_database(data / DATABASE_NAME)
    with transaction(db):
        abandon_open_runs(db, now)
    return db


def crawl_source(
    db: sqlite3.Connection,
    data: Path,
    source: Source,
    config: Config,
    wishes: CrawlWishes,
    stage: CrawlStage,
    fetch: Fetch | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> Crawled:
    """Crawl one source now, to its closed run record; `fetch` None fetches in a process of its own."""
    fetch = fetch or partial(_fetch_in_a_process, is_quiet=wishes.is_quiet, on_step=stage.stepped)
    order = order_of(data, source, config, wishes, clock())
    with transaction(db):
        run = open_run(db, source.name, order.now)
    with ReaderPool(worker_count()) as readers:

        def read(*, is_over: bool) -> None:
            if source.is_published:
                ingest_published(db, data, source.name, clock(), stage.reading)
                return
            now = clock()
            ingest(db, data, readers, now, source=source.name, progress=stage.reading, is_over=is_over)

        def on_tick() -> None:
            stage.fetching(source.name)
            read(is_over=False)

        ended = fetch(replace(order, run=run), config.crawl_seconds(source.name), on_tick)
        read(is_over=True)
    stage.ended()
    record = notice_run(
        db,
        run,
        source=source.name,
        min_listed=_min_listed(source, config),
        news_days=config.news_days,
        channels=config.channels,
        now=clock(),
        may_be_baseline=wishes.sees_all(order.now.year),
        patience=Patience(config.failures_before_alert, source.expect.news_every_days, config.news_days),
        renewal_of=renewal_news,
        reminders=due_renewals if config.reminders else None,
    )
    return Crawled(record, ended.is_stopped)


def _fetch_in_a_process(
    order: CrawlOrder,
    seconds: float,
    on_tick: Callable[[], None],
    *,
    is_quiet: bool,
    on_step: Callable[[Step], None],
) -> CrawlEnded:
    return run_crawl(order.to_json(), is_quiet=is_quiet, on_tick=on_tick, on_step=on_step, seconds=seconds)


def years_of(text: str) -> tuple[int, int]:
    """A first and a last year from `2025` or `2000-2005`; raises ValueError for years in which there is no Council."""
    first, _, last = text.partition("-")
    years = (int(first), int(last or first)) if first.isdecimal() and (last or first).isdecimal() else (0, 0)
    if not EVERY_YEAR[0] <= years[0] <= years[1] <= EVERY_YEAR[1]:
        raise ValueError(f"expected a year such as 2025 or years such as 2000-2005, found {text!r}")
    return years


@dataclass(frozen=True, slots=True)
class ReadingPlace:
    """Where bodies are read: by processes of this machine, or by the workers of a cluster of Dask.

    `bodies` is the address of a copy of the bodies that its workers reach; None: they reach the folder itself.
    """

    cluster: str | None = None
    bodies: str | None = None

    def readers(self) -> Readers:
        """Whoever reads, for one block."""
        if self.cluster is None:
            return ReaderPool(worker_count())
        need("distributed", "cluster", "reading on a cluster")
        from scraper.ingest.cluster import ClusterReaders

        return ClusterReaders(self.cluster)


def read_waiting(db: sqlite3.Connection, data: Path, stage: CrawlStage, place: ReadingPlace) -> IngestReport:
    """Read the bodies that no parser of this version has read: what a crawl fetched that was ended before it read."""
    with place.readers() as readers:
        report = ingest(db, data.absolute(), readers, datetime.now(UTC), progress=stage.reading, bodies=place.bodies)
    stage.ended()
    return report


def reparse_held(
    db: sqlite3.Connection, data: Path, symbol: str | None, stage: CrawlStage, place: ReadingPlace
) -> IngestReport:
    """Read one held document, or all, again where another parser version has read it."""
    report = reparse(
        db,
        data.absolute(),
        datetime.now(UTC),
        symbol=symbol,
        progress=stage.reading,
        readers=place.readers(),
        bodies=place.bodies,
    )
    for source in load_sources().values() if symbol is None else ():
        if source.is_published:
            pages = reread_published(db, data, source.name, datetime.now(UTC), stage.reading)
            report.read += pages.read
            report.reworded += pages.reworded
            report.failures += pages.failures
    stage.ended()
    return report


def plan_source(data: Path, source: Source, config: Config, wishes: CrawlWishes) -> CrawlEnded:
    """What a crawl would fetch now, as JSON lines; the listing is asked for, nothing is written.

    The code is 0 when there was a listing.
    """
    order = order_of(data, source, config, wishes, utc_now())
    steps: list[Step] = []
    ended = run_crawl(order.as_dry_run().to_json(), is_quiet=wishes.is_quiet, on_step=steps.append)
    return replace(ended, step=steps[-1] if steps and steps[-1].documents else None)


@dataclass(frozen=True, slots=True)
class Planned:
    """What a crawl would ask for: each document, and how long it takes; `step` None where nothing would be asked."""

    wanted: list[dict[str, Any]]
    step: Step | None


def planned(ended: CrawlEnded) -> Planned:
    """The plan that a dry run has told."""
    return Planned([json.loads(line) for line in ended.output.splitlines()], ended.step)


def pace_of(source: Source, config: Config, mirror: str) -> float:
    """The seconds between two requests to one host of a source, before its robots.txt is read."""
    return delay_between(source.limits.delay_seconds, config.network.delay_seconds, is_mirror=bool(mirror))


def order_of(data: Path, source: Source, config: Config, wishes: CrawlWishes, now: datetime) -> CrawlOrder:
    """What a crawl of a source is told to do at a time, by the settings and what is asked beyond them."""
    settings = config.source(source.name)
    first_year, last_year = wishes.years or (None, None)
    return CrawlOrder(
        data_dir=data.absolute(),
        source=source.name,
        run=0,
        now=now,
        contact=config.network.contact or None,
        mirror=wishes.mirror or config.network.mirror or None,
        delay_seconds=config.network.delay_seconds,
        first_year=first_year,
        last_year=last_year,
        full=wishes.is_full,
        budget=settings.budget,
        languages=settings.languages or source.languages,
        expect_min_listed=settings.min_listed,
    )


def _min_listed(source: Source, config: Config) -> int:
    declared = config.source(source.name).min_listed
    return source.expect.min_listed if declared is None else declared
