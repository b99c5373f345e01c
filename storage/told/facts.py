"""Facts: what the sources tell of a document besides its text, each with who tells it and since when.

Nothing is overwritten: a value that a source takes back or changes stays, with the time at which it was replaced. Facts
are never news by themselves.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from storage.models import Fact, FactField
from storage.sqlite.columns import json_text, time_of, time_of_or_none, time_text
from storage.told_values import KnownFact, Witness

_LIST: Final = """
SELECT f.*, s.url FROM facts f LEFT JOIN snapshots s ON s.id = f.snapshot
WHERE {which} AND (:with_history OR f.replaced_at IS NULL)
ORDER BY f.symbol, f.field, f.source, f.origin, f.id
"""
_INSERT: Final = """
INSERT INTO facts (symbol, source, origin, field, value, note, snapshot, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""


def save_facts(
    db: sqlite3.Connection, witness: Witness, facts: Iterable[Fact], snapshot: int | None, seen_at: datetime
) -> int:
    """Save what a witness tells now, and return how many values came, changed or went.

    The facts of a symbol are all that the witness tells of it: a field that is not among them is taken back. Symbols
    that are not mentioned are left alone. The same facts again change nothing. What is read again from the same
    snapshot is another reading, not another word of the source: it takes the place of the first. What an older
    snapshot than the current one tells is not saved.
    """
    changed = 0
    for symbol, told in groupby(sorted(facts, key=attrgetter("symbol")), key=attrgetter("symbol")):
        changed += _save_symbol(db, symbol, witness, list(told), snapshot, time_text(seen_at))
    return changed


def facts_of(db: sqlite3.Connection, symbol: str, *, with_history: bool = False) -> list[KnownFact]:
    """Return what is told of a document, by field, then by witness; with its history also what no longer is."""
    rows = db.execute(_LIST.format(which="f.symbol = :symbol"), {"symbol": symbol, "with_history": with_history})
    order = list(FactField)
    return sorted(map(_fact_of, rows), key=lambda fact: order.index(fact.field))


def facts_by_field(db: sqlite3.Connection, field: FactField) -> list[KnownFact]:
    """Return what is told now in one field of all documents, by symbol, then by witness."""
    rows = db.execute(_LIST.format(which="f.field = :field"), {"field": field.value, "with_history": False})
    return [_fact_of(row) for row in rows]


def values_told(
    db: sqlite3.Connection, field: FactField, origin: str | None = None, symbols: Iterable[str] | None = None
) -> dict[str, Any]:
    """Return what is told now in one field of all documents, or of these, by symbol: by any origin, or by this one.

    Of several values one is returned; who tells which is in `facts_by_field`.
    """
    rows = db.execute(
        """
        SELECT symbol, value FROM facts
        WHERE field = :field AND replaced_at IS NULL AND (:origin IS NULL OR origin = :origin)
        AND (:symbols IS NULL OR symbol IN (SELECT value FROM json_each(:symbols))) ORDER BY id
        """,
        {"field": field.value, "origin": origin, "symbols": None if symbols is None else json_text(list(symbols))},
    )
    return {row["symbol"]: json.loads(row["value"]) for row in rows}


def symbols_told(db: sqlite3.Connection, field: FactField) -> set[str]:
    """Return the symbols of all documents of which something is told now in one field."""
    rows = db.execute("SELECT DISTINCT symbol FROM facts WHERE field = ? AND replaced_at IS NULL", (field.value,))
    return {row["symbol"] for row in rows}


def disputed_facts(db: sqlite3.Connection, fields: Iterable[FactField]) -> list[KnownFact]:
    """Return what is told now in these fields of each document of which two witnesses tell different values."""
    names = json_text([field.value for field in fields])
    which = """(f.symbol, f.field) IN (
        SELECT symbol, field FROM facts
        WHERE replaced_at IS NULL AND field IN (SELECT value FROM json_each(:names))
        GROUP BY symbol, field HAVING count(DISTINCT value) > 1)"""
    rows = db.execute(_LIST.format(which=which), {"names": names, "with_history": False})
    return [_fact_of(row) for row in rows]


def count_told(db: sqlite3.Connection, source: str) -> int:
    """Return of how many documents a source without texts tells: by its catalogue or by its tables of meetings."""
    row = db.execute(
        "SELECT count(DISTINCT symbol) FROM facts WHERE source = ? AND replaced_at IS NULL "
        "AND origin IN ('catalogue', 'table', 'vetoes')",
        (source,),
    ).fetchone()
    return int(row[0])


def listed_symbols(db: sqlite3.Connection, source: str) -> list[str]:
    """Return the documents that a source's listing tells of now."""
    rows = db.execute(
        "SELECT DISTINCT symbol FROM facts WHERE source = ? AND origin = 'listing' AND replaced_at IS NULL", (source,)
    )
    return [row["symbol"] for row in rows]


def take_back(db: sqlite3.Connection, witness: Witness, symbols: Iterable[str], at: datetime) -> None:
    """Let a witness tell nothing more of these documents: what it told stays, as told until then."""
    db.executemany(
        "UPDATE facts SET replaced_at = ? WHERE symbol = ? AND source = ? AND origin = ? AND replaced_at IS NULL",
        [(time_text(at), symbol, witness.source, witness.origin) for symbol in symbols],
    )


def count_listed_and_held(db: sqlite3.Connection, source: str) -> int:
    """Return how many of the documents that a source's listing names now are held, from whichever source."""
    row = db.execute(
        "SELECT count(DISTINCT f.symbol) FROM facts f JOIN documents d ON d.symbol = f.symbol "
        "WHERE f.source = ? AND f.origin = 'listing' AND f.replaced_at IS NULL",
        (source,),
    ).fetchone()
    return int(row[0])


def told_symbols(db: sqlite3.Connection) -> list[str]:
    """Return the symbol of every document of which something is told now."""
    return [row[0] for row in db.execute("SELECT DISTINCT symbol FROM facts WHERE replaced_at IS NULL ORDER BY symbol")]


def all_facts(db: sqlite3.Connection) -> Iterator[KnownFact]:
    """Yield every fact with its history, by symbol, field and witness."""
    return map(_fact_of, db.execute(_LIST.format(which="true"), {"with_history": True}))


def _save_symbol(
    db: sqlite3.Connection, symbol: str, witness: Witness, told: list[Fact], snapshot: int | None, seen_at: str
) -> int:
    rows = db.execute(
        "SELECT id, field, value, note, snapshot, seen_at, replaced_at FROM facts "
        "WHERE symbol = ? AND source = ? AND origin = ?",
        (symbol, witness.source, witness.origin),
    ).fetchall()
    values = {fact.field.value: (json_text(fact.value), fact.note) for fact in told}
    current = {row["field"]: row for row in rows if row["replaced_at"] is None}
    of_snapshot = {row["field"]: row for row in rows if snapshot is not None and row["snapshot"] == snapshot}
    changed, new = 0, []
    for name in values | current:  # in their order: the same facts get the same ids in every process
        value, held = values.get(name), current.get(name)
        if name in of_snapshot:
            changed += _correct(db, of_snapshot[name], value)
            continue
        if held is not None and (_is_later(held, snapshot, seen_at) or (held["value"], held["note"]) == value):
            continue
        if held is not None:
            db.execute("UPDATE facts SET replaced_at = ? WHERE id = ?", (seen_at, held["id"]))
        if value is not None:
            new.append((symbol, witness.source, witness.origin, name, *value, snapshot, seen_at))
        changed += 1
    db.executemany(_INSERT, new)
    return changed


def _correct(db: sqlite3.Connection, row: sqlite3.Row, value: tuple[str, str | None] | None) -> bool:
    """Let another reading of a snapshot take the place of the first one; False when it says the same."""
    if value is None:
        db.execute("DELETE FROM facts WHERE id = ?", (row["id"],))
        return True
    if (row["value"], row["note"]) == value:
        return False
    db.execute("UPDATE facts SET value = ?, note = ? WHERE id = ?", (*value, row["id"]))
    return True


def _is_later(held: sqlite3.Row, snapshot: int | None, seen_at: str) -> bool:
    """Whether what is held was told after what is to be saved."""
    if snapshot is None or held["snapshot"] is None:
        return bool(held["seen_at"] > seen_at)
    return bool(held["snapshot"] > snapshot)


def _fact_of(row: sqlite3.Row) -> KnownFact:
    return KnownFact(
        symbol=row["symbol"],
        source=row["source"],
        origin=row["origin"],
        field=FactField(row["field"]),
        value=json.loads(row["value"]),
        note=row["note"],
        snapshot=row["snapshot"],
        url=row["url"],
        seen_at=time_of(row["seen_at"]),
        replaced_at=time_of_or_none(row["replaced_at"]),
    )
