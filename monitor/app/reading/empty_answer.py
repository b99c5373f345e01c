"""Why an answer is empty: which of the conditions emptied it, and what would find something."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Any, Final

from monitor.app.reading.extracts import Wanted, chosen_of, extracts_wanted
from scraper.council.spelling.spellings import other_spelling
from storage.texts.search import count_hits

#: The conditions by the option that sets them, and what each is when it is not set.
_CONDITIONS: Final[dict[str, tuple[str, Any]]] = {
    "--theme": ("themes", ()),
    "--symbol": ("symbols", ()),
    "--since": ("since", None),
    "--until": ("until", None),
    "--seen-since": ("seen_since", None),
    "--situation": ("situations", ()),
    "--body": ("bodies", ()),
    "--kind": ("kinds", ()),
    "--lang": ("languages", ()),
    "--new": ("only_flagged", False),
    "--reviewed/--unreviewed": ("is_reviewed", None),
}


@dataclass(frozen=True, slots=True)
class WayOut:
    """What would find something: `without --since`, or `with --seen-since 2026-10-31 instead of --since`; how many."""

    words: str
    found: int


def extracts_otherwise(db: sqlite3.Connection, wanted: Wanted) -> list[WayOut]:
    """The ways to ask for extracts that find some, where this one finds none."""
    return _ways_out(wanted, lambda asked: len(extracts_wanted(db, asked)))


def paragraphs_otherwise(db: sqlite3.Connection, query: str, wanted: Wanted) -> list[WayOut]:
    """The ways to search for the same words that find some, where this one finds none."""
    return _ways_out(wanted, lambda asked: count_hits(db, query, chosen_of(db, asked), other_spelling))


def _ways_out(wanted: Wanted, count: Callable[[Wanted], int]) -> list[WayOut]:
    asked = replace(wanted, limit=None)
    ways: list[WayOut] = []
    if asked.since and not asked.seen_since:
        seen = datetime.combine(asked.since, time(), UTC)
        words = f"with --seen-since {asked.since} instead of --since, which is about the day of adoption"
        ways += _way(words, count(replace(asked, since=None, seen_since=seen)))
    given = {name: field for name, field in _CONDITIONS.items() if getattr(asked, field[0]) != field[1]}
    for name, (field, unset) in given.items():
        ways += _way(f"without {name}", count(replace(asked, **{field: unset})))
    if not ways and len(given) > 1:
        for name, (field, _) in given.items():
            ways += _way(f"with {name} alone", count(replace(Wanted(), **{field: getattr(asked, field)})))
    if not ways and len(given) > 1:  # each of them empties it
        ways += _way(f"without any of them ({', '.join(given)})", count(Wanted()))
    return ways


def _way(words: str, found: int) -> list[WayOut]:
    return [WayOut(words, found)] if found else []
