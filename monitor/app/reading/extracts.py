"""The extracts and paragraphs that a person asks for: by theme, document, place and day, or by their words."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from fnmatch import fnmatchcase

from monitor.app.held.held_names import held_symbol, placed_name
from monitor.app.questions import NothingFound, WrongQuestion
from monitor.text.nearest import nearest_of
from scraper.council.spelling.spellings import other_spelling
from storage.models import DocumentKind
from storage.texts.documents import held_symbols
from storage.texts.extracts import ExtractRow as ExtractRow
from storage.texts.extracts import chosen_extracts
from storage.texts.finding.chosen import Chosen, Order
from storage.texts.finding.query import LoneNot, read_query
from storage.texts.search import MOST_RANKED, count_hits, count_matches, search
from storage.texts.search import SearchHit as SearchHit
from storage.told.situations import placements


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which extracts or paragraphs are asked for, as typed; None and empty stand for all, several for any of them.

    `is_reviewed`: only those of whose labels a person has spoken, or only the others.
    """

    themes: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    seen_since: datetime | None = None
    situations: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    only_flagged: bool = False
    is_reviewed: bool | None = None
    order: Order = Order.NEWEST
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The paragraphs that a search found, how many there are without a limit, and what else was looked for.

    `respelled` are words with the other spelling in which they were found, too. `is_in_part` says that so many match
    that only the newest were ranked.
    """

    hits: list[SearchHit]
    total: int
    respelled: tuple[tuple[str, str], ...] = ()
    is_in_part: bool = False


def extracts_wanted(db: sqlite3.Connection, wanted: Wanted) -> list[ExtractRow]:
    """The extracts, in the order that is wanted; raises as `held_symbol` and `placed_name` do."""
    return chosen_extracts(
        db,
        chosen_of(db, wanted),
        only_flagged=wanted.only_flagged,
        reviewed=wanted.is_reviewed,
        order=Order.NEWEST if wanted.order is Order.BEST else wanted.order,
        limit=wanted.limit,
    )


def find_paragraphs(db: sqlite3.Connection, query: str, wanted: Wanted, marks: tuple[str, str]) -> Found:
    """The paragraphs that a query finds, in the order that is wanted, with `marks` around the words that were found.

    Raises:
        WrongQuestion: a NOT has nothing to take away from; or as `held_symbol` and `placed_name` do.
    """
    chosen = chosen_of(db, wanted)
    try:
        hits = search(
            db,
            query,
            limit=wanted.limit,
            marks=marks,
            other_spelling=other_spelling,
            chosen=chosen,
            order=wanted.order,
        )
    except LoneNot as error:
        raise WrongQuestion(str(error)) from error
    is_all = wanted.limit is None or len(hits) < wanted.limit
    total = len(hits) if is_all else count_hits(db, query, chosen, other_spelling)
    spelled = read_query(query, other_spelling).respelled if hits else ()
    respelled = tuple(pair for pair in spelled if count_matches(db, pair[1]))
    in_part = not is_all and wanted.order is Order.BEST and chosen == Chosen() and total > MOST_RANKED
    return Found(hits, total, respelled, in_part)


def first_of_each_kind(db: sqlite3.Connection, query: str, wanted: Wanted, marks: tuple[str, str]) -> Found:
    """The earliest paragraph of each kind of document that a query finds: who said it first."""
    found = find_paragraphs(db, query, replace(wanted, order=Order.OLDEST, limit=None), marks)
    first: dict[str, SearchHit] = {}
    for hit in found.hits:
        if hit.adopted_on or hit.published_on:  # what bears no day was said nobody knows when
            first.setdefault(hit.kind, hit)
    return replace(found, hits=list(first.values()), total=len(first))


def paragraphs_found(
    db: sqlite3.Connection, query: str, *, theme: str | None, limit: int, marks: tuple[str, str]
) -> list[SearchHit]:
    """The paragraphs that hold the words of a query, best first, with `marks` around the words that were found."""
    themes = (theme,) if theme else ()
    return find_paragraphs(db, query, Wanted(themes=themes, order=Order.BEST, limit=limit), marks).hits


def chosen_of(db: sqlite3.Connection, wanted: Wanted) -> Chosen:
    """What was typed, in the names that are held; raises as `held_symbol` and `placed_name` do."""
    return Chosen(
        symbols=_symbols(db, wanted),
        themes=wanted.themes,
        kinds=tuple(_kind(typed) for typed in wanted.kinds),
        languages=wanted.languages,
        since=wanted.since,
        until=wanted.until,
        seen_since=wanted.seen_since,
    )


def _symbols(db: sqlite3.Connection, wanted: Wanted) -> list[str] | None:
    """The symbols of the documents that are wanted by symbol, pattern, situation or body; None where all are."""
    chosen: set[str] | None = None
    if wanted.symbols:
        chosen = set()
        for typed in wanted.symbols:
            chosen |= symbols_meant(db, typed)
    if wanted.situations or wanted.bodies:
        places = placements(db)
        known_situations = {place.situation for place in places.values() if place.situation}
        known_bodies = {name for place in places.values() for name in place.bodies}
        situations = _names(wanted.situations, known_situations, "situation")
        bodies = _names(wanted.bodies, known_bodies, "body")
        there = {
            symbol
            for symbol, place in places.items()
            if (not situations or place.situation in situations) and (not bodies or bodies.intersection(place.bodies))
        }
        chosen = there if chosen is None else chosen & there
    return None if chosen is None else sorted(chosen)


def symbols_meant(db: sqlite3.Connection, typed: str) -> set[str]:
    """The held symbol, or those of a pattern, that a person means; raises as `held_symbol` does."""
    return _matching(db, typed) if "*" in typed or "?" in typed else {held_symbol(db, typed)}


def _names(typed: Iterable[str], known: Iterable[str], noun: str) -> set[str]:
    names = tuple(known)
    return {placed_name(one, names, noun) for one in typed}


def _matching(db: sqlite3.Connection, pattern: str) -> set[str]:
    """The held symbols that a pattern with * and ? matches, `S/RES/27*` or `s/prst/2023*`."""
    held = held_symbols(db)
    asked = pattern.strip().casefold()
    for prefix in ("", "s/", "s/res/"):
        if found := {symbol for symbol in held if fnmatchcase(symbol.casefold(), prefix + asked)}:
            return found
    raise NothingFound(f"no document held has a symbol like {pattern!r}; {nearest_of(pattern.strip('*?'), held)}")


def _kind(typed: str) -> str:
    """The kind of document that is meant: `resolution`, `resolutions`, `statement`, `mission report`."""
    asked = typed.strip().casefold().replace(" ", "_").replace("-", "_").removesuffix("s")
    kinds = [kind.value for kind in DocumentKind]
    if asked in kinds:
        return asked
    found = [kind for kind in kinds if len(asked) > 2 and asked in kind]
    if len(found) != 1:
        hint = f"may be {' or '.join(found)}; write more of it" if found else f"is none; {nearest_of(asked, kinds)}"
        raise WrongQuestion(f"the kind of document {typed!r} {hint}")
    return found[0]


def order_named(name: str) -> Order:
    """The order of a list that a person names."""
    return Order(name)
