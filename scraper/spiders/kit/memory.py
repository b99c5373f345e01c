"""What is known of a source before its crawl starts, read once from the database. Spiders get it as a value."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field

from scraper.spiders.kit.counts import LISTING_DOUBTED
from scraper.spiders.kit.order import CrawlOrder
from storage.fetched.held_bodies import held_bodies
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
    """

    resources: dict[str, Resource] = field(default_factory=dict)
    held_symbols: frozenset[str] = frozenset()
    last_listed: int | None = None
    bodies: dict[str, HeldBody] = field(default_factory=dict)
    listed: frozenset[str] = frozenset()
    pending: frozenset[str] = frozenset()
    superseded: frozenset[str] = frozenset()
    doubted_lengths: tuple[int, ...] = ()

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
        )


def _doubted_lengths(db: sqlite3.Connection, order: CrawlOrder, good: int) -> tuple[int, ...]:
    runs = list_runs(db, source=order.source, limit=RUNS_DOUBTED)
    return tuple(
        run.counts.listed for run in runs if good < run.run and run.outcome and run.finish_reason == LISTING_DOUBTED
    )
