"""What a search finds, as the page of results shows it."""

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Final

from monitor.site.held.holdings import Holdings
from monitor.text.harmless import harmless, harmless_piece
from monitor.text.page_names import fragment
from scraper.council.spelling.spellings import other_spelling
from storage.texts.search import SearchHit, search

MOST: Final = 100
_MARKS: Final = ("\x01", "\x02")


@dataclass(frozen=True, slots=True)
class HitView:
    """One paragraph that was found; of its words some are marked."""

    href: str
    name: str
    address: str
    day: date | None
    themes: tuple[str, ...]
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, and in a line how much."""

    words: str
    hits: tuple[HitView, ...]


def results_of(db: sqlite3.Connection, holdings: Holdings, query: str) -> Results:
    """The paragraphs that match, best first, of the documents that have a page."""
    if not query.strip():
        return Results("", ())
    found = search(db, query, limit=1_000_000, marks=_MARKS, other_spelling=other_spelling)
    held = [hit for hit in found if (hit.symbol, hit.language) in holdings.by_text]
    said = f"{len(held):,} {'paragraph' if len(held) == 1 else 'paragraphs'}"
    more = f"; the first {MOST} are shown" if len(held) > MOST else ""
    return Results(f"{said}{more}.", tuple(_view(holdings, hit) for hit in held[:MOST]))


def _view(holdings: Holdings, hit: SearchHit) -> HitView:
    doc = holdings.by_text[hit.symbol, hit.language]
    pieces: list[tuple[str, bool]] = []
    for at, part in enumerate(hit.snippet.split(_MARKS[0])):
        marked, _, rest = part.partition(_MARKS[1]) if at else ("", "", part)
        pieces += [(harmless(marked), True)] if marked else []
        pieces += [(harmless_piece(rest), False)] if rest else []
    return HitView(f"{doc.file}#{fragment(hit.address)}", doc.name, hit.address, doc.day, hit.themes, tuple(pieces))
