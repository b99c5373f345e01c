"""What changed, paragraph by paragraph, newest first."""

import sqlite3
from datetime import datetime

from monitor.app.held.held_names import held_symbol
from storage.records import Change
from storage.texts.changes import list_changes


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
