"""What each version's text decides of mandates, as it was read: kept so that chains need no text read again.

A reading goes when its version is read again, and holds for the rules and the bodies it was made with.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from storage.sqlite.columns import date_of_or_none, time_of, words_of, words_text

_SAVE: Final = """
INSERT INTO mandate_readings (version, rules, bodies, reading) VALUES (?, ?, ?, ?)
ON CONFLICT (version) DO UPDATE SET rules = excluded.rules, bodies = excluded.bodies, reading = excluded.reading
WHERE (rules, bodies, reading) IS NOT (excluded.rules, excluded.bodies, excluded.reading)
"""
_LIST: Final = """
SELECT d.symbol, v.adopted_on, m.bodies, m.reading
FROM documents d JOIN versions v ON v.document = d.id AND v.is_current JOIN mandate_readings m ON m.version = v.id
WHERE d.symbol IN (SELECT value FROM json_each(?)) AND d.language = 'en' AND m.rules = ?
"""
_OTHERS: Final = """
SELECT v.id, d.symbol, v.source, v.snapshot, s.fetched_at FROM versions v
JOIN documents d ON d.id = v.document JOIN snapshots s ON s.id = v.snapshot
LEFT JOIN mandate_readings m ON m.version = v.id
WHERE d.language = 'en' AND v.kind = 'resolution' AND m.rules IS NOT ? ORDER BY v.snapshot
"""


@dataclass(frozen=True, slots=True)
class MandateReading:
    """What the current text of a document decides, with the bodies it was read with."""

    symbol: str
    adopted_on: date | None
    bodies: tuple[str, ...]
    reading: str


@dataclass(frozen=True, slots=True)
class ReadByOthers:
    """A version whose text was read by other rules, or never."""

    version: int
    symbol: str
    source: str
    snapshot: int
    fetched_at: datetime


def save_mandate_reading(db: sqlite3.Connection, version: int, rules: str, bodies: Iterable[str], reading: str) -> None:
    """Keep what a version's text was read to decide, in place of an earlier reading."""
    db.execute(_SAVE, (version, rules, words_text(bodies), reading))


def mandate_readings(db: sqlite3.Connection, symbols: Iterable[str], rules: str) -> list[MandateReading]:
    """Return what was read by these rules of the English texts of these documents."""
    return [
        MandateReading(row["symbol"], date_of_or_none(row["adopted_on"]), words_of(row["bodies"]), row["reading"])
        for row in db.execute(_LIST, (words_text(symbols), rules))
    ]


def read_by_others(db: sqlite3.Connection, rules: str) -> list[ReadByOthers]:
    """Return the versions of English resolutions of which nothing was read by these rules, oldest snapshot first."""
    return [
        ReadByOthers(row["id"], row["symbol"], row["source"], row["snapshot"], time_of(row["fetched_at"]))
        for row in db.execute(_OTHERS, (rules,))
    ]
