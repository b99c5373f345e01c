"""What the demonstration's data folder holds at a point of its story."""

import sqlite3

from monitor.demo.story import Held
from storage.outbox.outbox import list_alerts
from storage.records import Alert
from storage.texts.documents import count_documents
from storage.texts.extracts import list_extracts


def held_now(db: sqlite3.Connection) -> Held:
    """The documents and extracts that are held."""
    return Held(count_documents(db), list_extracts(db))


def alerts_now(db: sqlite3.Connection) -> list[Alert]:
    """The alerts that were told, newest first."""
    return list_alerts(db)
