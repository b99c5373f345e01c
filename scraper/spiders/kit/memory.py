"""What is known of a source before its crawl starts, read once from the database. Spiders get it as a value."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

from scraper.spiders.kit.counts import LISTING_DOUBTED
from scraper.spiders.kit.order import CrawlOrder
from storage.fetched.bodies import BodyError, BodyStore
from storage.fetched.held_bodies import held_bodies, newest_hashes
from storage.fetched.resources import resources_of
from storage.fetched.runs import last_good_run, list_runs
from storage.records import HeldBody, Resource
from storage.sqlite.database import DATABASE_NAME, NoDatabase, open_readonly
from storage.texts.changes import pending_urls
from storage.texts.documents import held_symbols
from storage.texts.versions import superseded_urls
from storage.told.facts import listed_symbols

#: A listing that is shorter than before is taken as it is when so many runs in a row have found it so.
RUNS_DOUBTED = 3


@dataclass(frozen=True, slots=True)
class Known:
    """The source's resources by URL, every symbol held from any source, and how much its last good listing had.

    `bodies` says what is held of the source's own addresses, `listed` which symbols its listing named last. `pending`
    are addresses whose last body lacks words, which a second look must confirm; `superseded` those whose document
    another address of the source gave later. `last_listed` is None when there was no good run yet: then a listing is
    asked for unconditionally. `doubted_lengths` are those of the listings that were doubted since, newest first.
    `damaged` are those whose archived body is lost, looked for in a full crawl alone: it takes a while.
    """

    resources: dict[str, Resource] = field(default_factory=dict)
    held_symbols: frozenset[str] = frozenset()
    last_listed: int | None = None
    bodies: dict[str, HeldBody] = field(default_factory=dict)
    listed: frozenset[str] = frozenset()
    pending: frozenset[str] = frozenset()
    superseded: frozenset[str] = frozenset()
    doubted_lengths: tuple[int, ...] = ()
    damaged: frozenset[str] = frozenset()

    def is_shorter(self, entries: int) -> bool:
        """Whether a listing has fewer entries than last time; one that stays so for three runs is taken as it is."""
        if self.last_listed is None or entries >= self.last_listed:
            return False
        return self.doubted_lengths[: RUNS_DOUBTED - 1] != (entries,) * (RUNS_DOUBTED - 1)


def load_known(order: CrawlOrder) -> Known:
    """What is known for an order; a dry run needs no database."""
    try:
        opened = open_readonly(order.data_dir / DATABASE_NAME)
    except NoDatabase:
        if order.dry_run:
            return Known()
        raise
    with closing(opened) as db:
        good = last_good_run(db, order.source)
        return Known(
            resources=resources_of(db, order.source),
            held_symbols=frozenset(held_symbols(db)),
            last_listed=good.counts.listed if good else None,
            bodies=held_bodies(db, order.source),
            listed=frozenset(listed_symbols(db, order.source)),
            pending=frozenset(pending_urls(db, order.source)),
            superseded=frozenset(superseded_urls(db, order.source)),
            doubted_lengths=_doubted_lengths(db, order, good.run if good else 0),
            damaged=frozenset(_damaged(db, order)) if order.full else frozenset(),
        )


def _damaged(db: sqlite3.Connection, order: CrawlOrder) -> Iterator[str]:
    """The addresses whose newest body is not in the archive as it came."""
    bodies = BodyStore(order.data_dir / "bodies")
    for url, body_hash in newest_hashes(db, order.source).items():
        try:
            bodies.load(body_hash)
        except BodyError:
            yield url


def _doubted_lengths(db: sqlite3.Connection, order: CrawlOrder, good: int) -> tuple[int, ...]:
    runs = list_runs(db, source=order.source, limit=RUNS_DOUBTED)
    return tuple(
        run.counts.listed for run in runs if good < run.run and run.outcome and run.finish_reason == LISTING_DOUBTED
    )
