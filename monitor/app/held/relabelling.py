"""Opens the database for labelling it again, and says how much is done in a step."""

from typing import TYPE_CHECKING

from monitor.app.installation import Installation

if TYPE_CHECKING:
    import sqlite3


BATCH = 64  # versions labelled in one transaction: others may write in between


def open_for(installation: Installation, *, is_dry: bool) -> "sqlite3.Connection":
    """The database, for reading or for writing; one that does not exist is never made."""
    from storage.sqlite.database import open_database

    if is_dry or not installation.database.exists():
        return installation.open_readonly()
    return open_database(installation.database)
