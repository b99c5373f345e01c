"""Full-text search over the paragraphs of current versions."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from storage.sqlite.columns import date_of_or_none, words_of, words_text
from storage.texts.finding.chosen import DAY, OF_DOCUMENTS, SEEN, Chosen, Order
from storage.texts.finding.query import Spelling, read_query

_MATCHES: Final = f"""
FROM current_paragraphs_fts f
JOIN paragraphs p ON p.id = f.rowid
JOIN versions v ON v.id = p.version
JOIN documents d ON d.id = v.document
JOIN snapshots s ON s.id = v.snapshot
WHERE current_paragraphs_fts MATCH :query AND {OF_DOCUMENTS} AND {SEEN.format(addresses="p.address")}
  AND (:any_theme OR EXISTS (
        SELECT 1 FROM labels l JOIN json_each(:themes) wanted ON wanted.value = l.theme WHERE l.paragraph = f.rowid))
"""  # noqa: S608 - constants of this program
_SEARCH: Final = f"""
SELECT d.symbol, d.language, p.address, snippet(current_paragraphs_fts, 0, :before, :after, '…', 24) AS snippet,
       v.adopted_on, s.url, f.rank, v.kind, v.published_on, v.subject,
       (SELECT json_group_array(theme) FROM (
            SELECT theme FROM labels WHERE paragraph = p.id ORDER BY position)) AS themes
{_MATCHES} AND f.rowid > :behind
ORDER BY {{order}} LIMIT :limit
"""  # noqa: S608 - constants of this program
_COUNT: Final = f"SELECT count(*) {_MATCHES}"
_COUNT_ALL: Final = "SELECT count(*) FROM current_paragraphs_fts WHERE current_paragraphs_fts MATCH ?"
MOST_RANKED: Final = 200_000
"""To rank a match takes a microsecond and a half, so of more than these only the newest are ranked."""
_ORDERS: Final = {
    Order.BEST: "f.rank",
    Order.NEWEST: f"coalesce({DAY}, '') DESC, d.symbol, d.language, p.position",
    Order.OLDEST: f"coalesce({DAY}, '9999'), d.symbol, d.language, p.position",
}


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One paragraph that matches. `rank` is FTS5's bm25: the smaller, the better."""

    symbol: str
    language: str
    address: str
    snippet: str
    themes: tuple[str, ...]
    adopted_on: date | None
    url: str
    rank: float
    kind: str = "unknown"
    published_on: date | None = None
    subject: str | None = None


def search(
    db: sqlite3.Connection,
    query: str,
    *,
    theme: str | None = None,
    limit: int | None = 20,
    marks: tuple[str, str] = ("[", "]"),
    other_spelling: Spelling = lambda word: None,
    chosen: Chosen | None = None,
    order: Order = Order.BEST,
) -> list[SearchHit]:
    """Return the paragraphs that match a query, best first, with the matched words between `marks`.

    `storage.texts.finding.query` says what can be asked; a query without a word finds nothing. A word that has another
    spelling finds both. `chosen` keeps some documents and themes only. Where nothing is chosen and more paragraphs
    match than `MOST_RANKED`, the best of about so many of the newest are given.

    Raises:
        LoneNot: a NOT in the query has nothing to take away from.
    """
    expression = read_query(query, other_spelling).expression
    if not expression:
        return []
    asked = _asked(expression, theme, chosen) | {"limit": -1 if limit is None else limit}
    is_open = order is Order.BEST and limit is not None and _is_all(theme, chosen)
    asked["behind"] = _before_newest(db, expression) if is_open else 0
    before, after = marks
    rows = db.execute(_SEARCH.format(order=_ORDERS[order]), asked | {"before": before, "after": after})
    return [_hit_of(row) for row in rows]


def count_hits(
    db: sqlite3.Connection, query: str, chosen: Chosen | None = None, other_spelling: Spelling = lambda word: None
) -> int:
    """Return how many paragraphs `search` would find without a limit."""
    expression = read_query(query, other_spelling).expression
    if not expression:
        return 0
    if _is_all(None, chosen):
        return _count_all(db, expression)
    return int(db.execute(_COUNT, _asked(expression, None, chosen)).fetchone()[0])


def _is_all(theme: str | None, chosen: Chosen | None) -> bool:
    """Whether nothing is chosen: then the index alone knows what matches."""
    return theme is None and chosen in (None, Chosen())


def _count_all(db: sqlite3.Connection, expression: str) -> int:
    return int(db.execute(_COUNT_ALL, (expression,)).fetchone()[0])


def _before_newest(db: sqlite3.Connection, expression: str) -> int:
    """The id of the paragraph behind which about as many match as are ranked, 0 where all are."""
    hits = _count_all(db, expression)
    if hits <= MOST_RANKED:
        return 0
    last: int = db.execute("SELECT max(id) FROM paragraphs").fetchone()[0]
    return last - last * MOST_RANKED // hits  # what stands in so many stands everywhere alike


def _asked(expression: str, theme: str | None, chosen: Chosen | None) -> dict[str, Any]:
    asked = (chosen or Chosen()).parameters | {"query": expression}
    return asked if theme is None else asked | {"any_theme": False, "themes": words_text([theme])}


def _hit_of(row: sqlite3.Row) -> SearchHit:
    return SearchHit(
        symbol=row["symbol"],
        language=row["language"],
        address=row["address"],
        snippet=row["snippet"],
        themes=words_of(row["themes"]),
        adopted_on=date_of_or_none(row["adopted_on"]),
        url=row["url"],
        rank=row["rank"],
        kind=row["kind"],
        published_on=date_of_or_none(row["published_on"]),
        subject=row["subject"],
    )


@dataclass(frozen=True, slots=True)
class Wording:
    """A held paragraph with the day its document was adopted, None where that is not known."""

    symbol: str
    address: str
    text: str
    adopted_on: date | None


_MATCHING: Final = """
SELECT d.symbol, p.address, p.text, v.adopted_on
FROM current_paragraphs_fts f JOIN paragraphs p ON p.id = f.rowid
JOIN versions v ON v.id = p.version AND v.is_current JOIN documents d ON d.id = v.document
WHERE current_paragraphs_fts MATCH :query AND d.language = :language AND (:before IS NULL OR v.adopted_on < :before)
ORDER BY f.rank LIMIT :limit
"""
_LABELLED: Final = """
SELECT d.symbol, p.address, p.text, v.adopted_on
FROM paragraphs p JOIN versions v ON v.id = p.version AND v.is_current JOIN documents d ON d.id = v.document
WHERE d.language = :language AND (:symbols IS NULL OR d.symbol IN (SELECT value FROM json_each(:symbols)))
  AND EXISTS (SELECT 1 FROM labels l WHERE l.paragraph = p.id)
ORDER BY coalesce(v.adopted_on, v.published_on, '9999'), d.symbol, p.position
"""


def count_matches(db: sqlite3.Connection, word: str) -> int:
    """Return in how many paragraphs a word stands, whatever its ending."""
    matching = "SELECT count(*) FROM current_paragraphs_fts WHERE current_paragraphs_fts MATCH ?"
    row = db.execute(matching, (f'"{word}"',)).fetchone()
    return int(row[0])


def find_wordings(
    db: sqlite3.Connection,
    words: Sequence[str],
    *,
    is_phrase: bool = False,
    language: str = "en",
    before: date | None = None,
    limit: int = -1,
) -> list[Wording]:
    """Return the paragraphs that hold any of the words, or all of them as one phrase, best first.

    `before` leaves out what was adopted on that day or later, and what is not dated.
    """
    if not words:
        return []
    query = f'"{" ".join(words)}"' if is_phrase else " OR ".join(f'"{word}"' for word in words)
    asked = {"query": query, "language": language, "before": before.isoformat() if before else None, "limit": limit}
    return [_wording_of(row) for row in db.execute(_MATCHING, asked)]


def wps_wordings(db: sqlite3.Connection, language: str = "en", symbols: Iterable[str] | None = None) -> list[Wording]:
    """Return all paragraphs held that are about women, or those of these documents, in the order of their adoption."""
    asked = {"language": language, "symbols": None if symbols is None else words_text(symbols)}
    return [_wording_of(row) for row in db.execute(_LABELLED, asked)]


def _wording_of(row: sqlite3.Row) -> Wording:
    return Wording(row["symbol"], row["address"], row["text"], date_of_or_none(row["adopted_on"]))
