"""What is known of a source before its crawl starts, read once from the database. Spiders get it as a value."""

from contextlib import closing
from dataclasses import dataclass, field

from scraper.spiders.kit.order import CrawlOrder
from storage.fetched.held_bodies import held_bodies
from storage.fetched.resources import resources_of
from storage.fetched.runs import last_good_run
from storage.records import HeldBody, Resource
from storage.sqlite.database import DATABASE_NAME, NoDatabase, open_readonly
from storage.texts.documents import held_symbols


@dataclass(frozen=True, slots=True)
class Known:
    """The source's resources by URL, every symbol held from any source, and how much its last good listing had.

    `bodies` says what is held of the source's own addresses.
    `last_listed` is None when there was no good run yet: then a listing is asked for unconditionally.
    """

    resources: dict[str, Resource] = field(default_factory=dict)
    held_symbols: frozenset[str] = frozenset()
    last_listed: int | None = None
    bodies: dict[str, HeldBody] = field(default_factory=dict)


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
        )
