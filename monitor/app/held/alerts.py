"""Finds the alert that a person means by the beginning of its id."""

from typing import TYPE_CHECKING

from monitor.app.questions import NothingFound

if TYPE_CHECKING:
    import sqlite3

    from storage.records import Alert


def find_alert(db: "sqlite3.Connection", typed: str) -> "Alert":
    """The alert whose id is typed, or begins so.

    Raises:
        UnknownRecord: no alert has such an id.
        ClickException: several have.
    """
    from storage.outbox.outbox import ids_beginning, load_alert

    found = ids_beginning(db, typed)
    if len(found) > 1 and typed not in found:
        raise NothingFound(f"{typed!r} may be {' or '.join(found)}; write more of it")
    return load_alert(db, typed if typed in found or not found else found[0])
