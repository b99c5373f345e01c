"""Situations and bodies: to which situation each document belongs, and which missions, committees and panels it names.

Two ways lead there, and both are kept: the library's record (`metadata`) and the document's own words (`text`). Where
the record says something, it holds. Of a document it is one place for all languages.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from storage.sqlite.columns import words_of, words_text

_SAVE: Final = """
INSERT INTO placements (symbol, basis, situation, bodies) VALUES (?, ?, ?, ?)
ON CONFLICT (symbol, basis) DO UPDATE SET situation = excluded.situation, bodies = excluded.bodies
WHERE (situation, bodies) IS NOT (excluded.situation, excluded.bodies)
"""
#: In the order of the alphabet the record stands before the text.
_LIST: Final = "SELECT symbol, situation, bodies FROM placements {which} ORDER BY symbol, basis"
_THESE: Final = "WHERE symbol IN (SELECT value FROM json_each(:symbols))"


@dataclass(frozen=True, slots=True)
class PlacedDocument:
    """Where a document belongs: its situation, None when nothing tells, and the bodies it names."""

    situation: str | None = None
    bodies: tuple[str, ...] = ()


def save_placement(
    db: sqlite3.Connection, symbol: str, basis: str, situation: str | None, bodies: Iterable[str]
) -> bool:
    """Save where `metadata` or `text` puts a document; returns False, and writes nothing, when it is there already."""
    return db.execute(_SAVE, (symbol, basis, situation, words_text(bodies))).rowcount > 0


def placements(db: sqlite3.Connection, symbols: Iterable[str] | None = None) -> dict[str, PlacedDocument]:
    """Return where each document belongs, or each of these; documents of which nothing is known lack."""
    found: dict[str, PlacedDocument] = {}
    asked = {} if symbols is None else {"symbols": words_text(symbols)}
    for row in db.execute(_LIST.format(which=_THESE if asked else ""), asked):
        first = found.get(row["symbol"], PlacedDocument())
        bodies = first.bodies or words_of(row["bodies"])
        found[row["symbol"]] = PlacedDocument(first.situation or row["situation"], bodies)
    return found


def bodies_by_basis(
    db: sqlite3.Connection, symbols: Iterable[str] | None = None
) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the bodies that each document names, or each of these, by `metadata` and by `text`."""
    asked = {} if symbols is None else {"symbols": words_text(symbols)}
    rows = db.execute(f"SELECT symbol, basis, bodies FROM placements {_THESE if asked else ''}", asked)  # noqa: S608
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in rows:
        found.setdefault(row["symbol"], {})[row["basis"]] = words_of(row["bodies"])
    return found


def symbols_placed(db: sqlite3.Connection, bodies: Iterable[str], situation: str | None = None) -> set[str]:
    """Return the symbols of the documents that name one of these bodies, or belong to a situation, by either basis."""
    rows = db.execute(
        """
        SELECT symbol FROM placements, json_each(bodies) WHERE json_each.value IN (SELECT value FROM json_each(:bodies))
        UNION SELECT symbol FROM placements WHERE situation = :situation
        """,
        {"bodies": words_text(bodies), "situation": situation},
    )
    return {row["symbol"] for row in rows}
