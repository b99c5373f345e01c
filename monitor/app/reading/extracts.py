"""The extracts and paragraphs that a person asks for: by theme, document, place and day, or by their words."""

import sqlite3
from dataclasses import dataclass
from datetime import date

from monitor.app.held.held_names import held_symbol, placed_name
from scraper.council.spelling.spellings import other_spelling
from storage.texts.extracts import ExtractRow as ExtractRow
from storage.texts.extracts import list_extracts
from storage.texts.search import SearchHit as SearchHit
from storage.texts.search import search
from storage.told.situations import placements


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which extracts are asked for, as typed; None and empty stand for all.

    `is_reviewed`: only those of whose labels a person has spoken, or only the others.
    """

    themes: tuple[str, ...] = ()
    symbol: str | None = None
    since: date | None = None
    until: date | None = None
    situation: str | None = None
    body: str | None = None
    language: str | None = None
    only_flagged: bool = False
    is_reviewed: bool | None = None
    limit: int | None = None


def extracts_wanted(db: sqlite3.Connection, wanted: Wanted) -> list[ExtractRow]:
    """The extracts, newest first; raises as `held_symbol` and `placed_name` do."""
    places = placements(db).values() if wanted.situation or wanted.body else ()
    situation = body = None
    if wanted.situation:
        situations = (place.situation for place in places if place.situation)
        situation = placed_name(wanted.situation, situations, "situation")
    if wanted.body:
        body = placed_name(wanted.body, (name for place in places for name in place.bodies), "body")
    return list_extracts(
        db,
        themes=wanted.themes,
        symbol=held_symbol(db, wanted.symbol) if wanted.symbol else None,
        since=wanted.since,
        until=wanted.until,
        only_flagged=wanted.only_flagged,
        limit=wanted.limit,
        language=wanted.language,
        reviewed=wanted.is_reviewed,
        situation=situation,
        body=body,
    )


def paragraphs_found(
    db: sqlite3.Connection, query: str, *, theme: str | None, limit: int, marks: tuple[str, str]
) -> list[SearchHit]:
    """The paragraphs that hold the words of a query, best first, with `marks` around the words that were found."""
    return search(db, query, theme=theme, limit=limit, marks=marks, other_spelling=other_spelling)
