"""What speaks for each document's existence, and since when a number of a series stands as it does."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from storage.sqlite.columns import time_of, time_text
from storage.told_values import DocumentEvidence, Noted

_HELD: Final = """
SELECT d.symbol, d.language, d.first_seen_at, v.source
FROM documents d JOIN versions v ON v.document = d.id
GROUP BY d.id, v.source
"""
_ANNOUNCED: Final = """
SELECT symbol, source FROM resources WHERE symbol IS NOT NULL AND state != 'held'
UNION
SELECT symbol, CASE origin WHEN 'listing' THEN source ELSE source || ' ' || origin END FROM facts
WHERE replaced_at IS NULL AND origin NOT LIKE 'text-%'
"""


def document_evidence(db: sqlite3.Connection) -> list[DocumentEvidence]:
    """Return what speaks for each document that is held, announced or known by facts, by symbol."""
    witnesses: defaultdict[str, set[str]] = defaultdict(set)
    languages: defaultdict[str, set[str]] = defaultdict(set)
    announced: defaultdict[str, set[str]] = defaultdict(set)
    since: dict[str, str] = {}
    for symbol, language, first_seen_at, source in db.execute(_HELD):
        witnesses[symbol].add(source)
        languages[symbol].add(language)
        since[symbol] = min(first_seen_at, since.get(symbol, first_seen_at))
    for symbol, source in db.execute(_ANNOUNCED):
        announced[symbol].add(source)
    return [
        DocumentEvidence(
            symbol=symbol,
            witnesses=tuple(sorted(witnesses[symbol])),
            languages=tuple(sorted(languages[symbol])),
            held_since=time_of(since[symbol]) if symbol in since else None,
            announced_by=tuple(sorted(announced[symbol])),
        )
        for symbol in sorted({*since, *announced})
    ]


def noted_numbers(db: sqlite3.Connection) -> dict[tuple[str, int], Noted]:
    """Return how each number stood after the last run that changed it, by series and number; empty before the first."""
    return {
        (row["series"], row["number"]): Noted(
            row["series"], row["number"], row["state"], time_of(row["since"]), row["run"]
        )
        for row in db.execute("SELECT * FROM ledger")
    }


def note_numbers(db: sqlite3.Connection, noted: Iterable[Noted], gone: Iterable[tuple[str, int]] = ()) -> None:
    """Keep how numbers stand now; those in `gone` are no longer in the ledger."""
    db.executemany("DELETE FROM ledger WHERE series = ? AND number = ?", gone)
    db.executemany(
        "INSERT OR REPLACE INTO ledger (series, number, state, since, run) VALUES (?, ?, ?, ?, ?)",
        [(each.series, each.number, each.state, time_text(each.since), each.run) for each in noted],
    )
