"""What changed, paragraph by paragraph, newest first."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime

from monitor.app.export.works import work_of
from monitor.app.held.held_names import held_symbol
from scraper.council.forms.work import Work
from scraper.council.symbol import kind_of
from storage.records import Change
from storage.texts.changes import list_changes
from storage.texts.holdings import heads_of


def changes_wanted(
    db: sqlite3.Connection,
    *,
    since: datetime | None,
    run: int | None,
    symbol: str | None,
    only_wps: bool,
    limit: int | None,
) -> list[Change]:
    """The changes seen since a time, in a run, of the document that a person means; raises as `held_symbol` does."""
    wanted = held_symbol(db, symbol) if symbol else None
    return list_changes(db, since=since, run=run, symbol=wanted, only_wps=only_wps, limit=limit)


def with_works(db: sqlite3.Connection, changes: Iterable[Change]) -> Iterator[tuple[Change, Work]]:
    """Each change with its document as citations name it; of a document that is held no more by its symbol alone."""
    listed = list(changes)
    heads = heads_of(db, {change.symbol for change in listed})
    for change in listed:
        head = heads.get((change.symbol, change.language))
        work = work_of(head.symbol, head.kind, head) if head else None
        yield change, work or Work(change.symbol, kind_of(change.symbol), None, language=change.language)
