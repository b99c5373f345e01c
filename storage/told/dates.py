"""What the database holds of a document's date: its own, those of other witnesses, and those of its neighbours.

A neighbour is a document of a near number in the same series, or one adopted at a near meeting. Of two neighbours on a
side the one that says less counts: a single date that is mistyped makes no other one doubtful.
"""

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from storage.sqlite.columns import date_of_or_none

# "S/RES/2822 (2026)": the next one may be of the next year; "S/PRST/2026/3"
_RESOLUTION: Final = re.compile(r"S/RES/(?P<number>\d+)(?: \(\d{4}\))?")
_STATEMENT: Final = re.compile(r"(?P<series>S/PRST/\d{4})/(?P<number>\d+)")
_NEAR_NUMBERS: Final = 5
_NEAR_MEETINGS: Final = 20
_NEIGHBOURS: Final = 2

_OF_VERSION: Final = """
SELECT d.symbol, v.document, v.source, v.adopted_on, v.published_on, v.meeting FROM versions v
JOIN documents d ON d.id = v.document WHERE v.id = ?
"""
_OTHER_TEXTS: Final = """
SELECT DISTINCT v.source, coalesce(v.adopted_on, v.published_on) AS day FROM versions v
JOIN documents d ON d.id = v.document
WHERE d.symbol = ? AND v.source != ? AND coalesce(v.adopted_on, v.published_on) IS NOT NULL
"""
_FACTS: Final = """
SELECT source, origin, json_extract(value, '$') AS day FROM facts
WHERE symbol = ? AND field = ? AND replaced_at IS NULL AND NOT (source = ? AND origin LIKE 'text-%')
"""
_NUMBERED: Final = """
SELECT max(day) FROM (
    SELECT v.adopted_on AS day FROM documents d JOIN versions v ON v.document = d.id AND v.is_current
    WHERE d.symbol GLOB :symbol
    UNION ALL
    SELECT json_extract(value, '$') FROM facts
    WHERE symbol GLOB :symbol AND field = 'adopted_on' AND replaced_at IS NULL)
"""
_MET_BEFORE: Final = """
SELECT adopted_on FROM versions WHERE meeting < :meeting AND meeting >= :meeting - :near AND adopted_on IS NOT NULL
AND is_current ORDER BY meeting DESC LIMIT :limit
"""
_MET_AFTER: Final = """
SELECT adopted_on FROM versions WHERE meeting > :meeting AND meeting <= :meeting + :near AND adopted_on IS NOT NULL
AND is_current ORDER BY meeting LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class HeldDates:
    """What speaks of a document's date; `others` pairs each other witness with the day that it tells."""

    symbol: str
    printed: date | None
    others: tuple[tuple[str, date], ...]
    not_before: date | None
    not_after: date | None
    warnings: tuple[str, ...]


def dates_of(db: sqlite3.Connection, version: int) -> HeldDates:
    """Return what speaks of the date of a version's document."""
    row = db.execute(_OF_VERSION, (version,)).fetchone()
    symbol, source = row["symbol"], row["source"]
    printed = date_of_or_none(row["adopted_on"] or row["published_on"])
    field = "published_on" if row["adopted_on"] is None and row["published_on"] is not None else "adopted_on"
    others = {
        (each["source"], day)
        for each in (*db.execute(_OTHER_TEXTS, (symbol, source)), *db.execute(_FACTS, (symbol, field, source)))
        if (day := date_of_or_none(each["day"]))
    }
    below, above = _near_numbers(db, symbol)
    if row["meeting"] is not None and row["adopted_on"] is not None:
        asked = {"meeting": row["meeting"], "near": _NEAR_MEETINGS, "limit": _NEIGHBOURS}
        below += [_days(db.execute(_MET_BEFORE, asked))]
        above += [_days(db.execute(_MET_AFTER, asked))]
    warnings = db.execute(
        "SELECT message FROM warnings WHERE version = ? AND code = 'dates-disagree' ORDER BY position", (version,)
    )
    return HeldDates(
        symbol=symbol,
        printed=printed,
        others=tuple(sorted(others)),
        not_before=max((min(days) for days in below if days), default=None),
        not_after=min((max(days) for days in above if days), default=None),
        warnings=tuple(each["message"] for each in warnings),
    )


def _near_numbers(db: sqlite3.Connection, symbol: str) -> tuple[list[list[date]], list[list[date]]]:
    """The days of the nearest documents below and above in the same series, two at most on each side."""
    resolution, statement = _RESOLUTION.fullmatch(symbol), _STATEMENT.fullmatch(symbol)
    if resolution:
        number, pattern = int(resolution["number"]), "S/RES/{} (*"
    elif statement:
        number, pattern = int(statement["number"]), statement["series"] + "/{}"
    else:
        return [], []
    steps = range(1, _NEAR_NUMBERS + 1)
    below = _first_days(db, (pattern.format(number - step) for step in steps if number > step))
    above = _first_days(db, (pattern.format(number + step) for step in steps))
    return [below], [above]


def _first_days(db: sqlite3.Connection, symbols: Iterable[str]) -> list[date]:
    found: list[date] = []
    for symbol in symbols:
        if day := date_of_or_none(db.execute(_NUMBERED, {"symbol": symbol}).fetchone()[0]):
            found.append(day)
        if len(found) == _NEIGHBOURS:
            break
    return found


def _days(rows: Iterable[sqlite3.Row]) -> list[date]:
    return [day for row in rows if (day := date_of_or_none(row[0]))]
