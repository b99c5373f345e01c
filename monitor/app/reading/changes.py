"""What changed, paragraph by paragraph, newest first."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from monitor.app.export.works import work_of
from monitor.app.reading.empty_answer import WayOut
from monitor.app.reading.extracts import symbols_meant
from scraper.council.forms.work import Work
from scraper.council.symbol import kind_of
from storage.records import Change
from storage.texts.changes import list_changes
from storage.texts.holdings import heads_of


@dataclass(frozen=True, slots=True)
class ChangesWanted:
    """Which changes are asked for, as typed; None and empty stand for all, several documents for any of them.

    `since` and `until` (not included) are about when a change was seen.
    """

    since: datetime | None = None
    until: datetime | None = None
    run: int | None = None
    symbols: tuple[str, ...] = ()
    only_wps: bool = False


#: The conditions by the option that sets them, and what each is when it is not set.
_CONDITIONS: Final[dict[str, tuple[str, Any]]] = {
    "--since": ("since", None),
    "--until": ("until", None),
    "--run": ("run", None),
    "--symbol": ("symbols", ()),
    "--wps": ("only_wps", False),
}


def changes_wanted(db: sqlite3.Connection, wanted: ChangesWanted, limit: int | None = None) -> list[Change]:
    """The changes, newest first; raises as `held_symbol` does."""
    symbols = {held for typed in wanted.symbols for held in symbols_meant(db, typed)} if wanted.symbols else None
    return list_changes(
        db,
        since=wanted.since,
        until=wanted.until,
        run=wanted.run,
        symbols=symbols,
        only_wps=wanted.only_wps,
        limit=limit,
    )


def changes_otherwise(db: sqlite3.Connection, wanted: ChangesWanted) -> list[WayOut]:
    """The ways to ask for changes that find some, where this one finds none."""
    given = {name: field for name, field in _CONDITIONS.items() if getattr(wanted, field[0]) != field[1]}
    ways = [
        WayOut(f"without {name}", len(changes_wanted(db, replace(wanted, **{field: unset}))))
        for name, (field, unset) in given.items()
    ]
    found = [way for way in ways if way.found]
    if not found and len(given) > 1:
        found = [WayOut(f"without any of them ({', '.join(given)})", len(changes_wanted(db, ChangesWanted())))]
    return [way for way in found if way.found]


def with_works(db: sqlite3.Connection, changes: Iterable[Change]) -> Iterator[tuple[Change, Work]]:
    """Each change with its document as citations name it; of a document that is held no more by its symbol alone."""
    listed = list(changes)
    heads = heads_of(db, {change.symbol for change in listed})
    for change in listed:
        head = heads.get((change.symbol, change.language))
        work = work_of(head.symbol, head.kind, head) if head else None
        yield change, work or Work(change.symbol, kind_of(change.symbol), None, language=change.language)
