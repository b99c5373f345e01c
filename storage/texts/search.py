"""Full-text search over the paragraphs of current versions."""

import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from storage.sqlite.columns import date_of_or_none, words_of

# A phrase in quotation marks (the closing one may be missing) or a word, either with a * behind it:
# `"sexual violence"`, `peacebuild*`, `"gender perspec"*`
_TERM: Final = re.compile(r'"(?P<phrase>[^"]*)(?:"(?P<phrase_star>\*?)|$)|(?P<word>[^\s"]+)')

#: Splits a term into its words and what stands between them, losing nothing.
_WORD: Final = re.compile(r"(\W+)")
_MOST_SPELLINGS: Final = 16

_CURLY_QUOTES: Final = str.maketrans({"“": '"', "”": '"', "„": '"', "\0": " "})

_SEARCH: Final = """
SELECT d.symbol, d.language, p.address, snippet(current_paragraphs_fts, 0, :before, :after, '…', 24) AS snippet,
       v.adopted_on, s.url, f.rank,
       (SELECT json_group_array(theme) FROM (
            SELECT theme FROM labels WHERE paragraph = p.id ORDER BY position)) AS themes
FROM current_paragraphs_fts f
JOIN paragraphs p ON p.id = f.rowid
JOIN versions v ON v.id = p.version
JOIN documents d ON d.id = v.document
JOIN snapshots s ON s.id = v.snapshot
WHERE current_paragraphs_fts MATCH :query
  AND (:theme IS NULL OR EXISTS (SELECT 1 FROM labels l WHERE l.paragraph = f.rowid AND l.theme = :theme))
ORDER BY f.rank LIMIT :limit
"""


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


def search(
    db: sqlite3.Connection,
    query: str,
    *,
    theme: str | None = None,
    limit: int = 20,
    marks: tuple[str, str] = ("[", "]"),
    other_spelling: Callable[[str], str | None] = lambda word: None,
) -> list[SearchHit]:
    """Return the paragraphs that match all words of the query, best first, with the matched words between `marks`.

    `"sexual violence"` finds the phrase, `peacebuild*` the words that begin so; everything else is a plain word. A
    query without a word finds nothing. A word that has another spelling finds both.
    """
    expression = _match_expression(query, other_spelling)
    if not expression:
        return []
    before, after = marks
    rows = db.execute(_SEARCH, {"query": expression, "theme": theme, "limit": limit, "before": before, "after": after})
    return [_hit_of(row) for row in rows]


def _match_expression(query: str, other_spelling: Callable[[str], str | None] = lambda word: None) -> str:
    """Return the query in FTS5's language, each term as a quoted string.

    `a NOT "b c" d*` is `"a" AND "NOT" AND "b c" AND "d"*`; a term of several spellings is each of them in brackets.
    """
    terms: list[str] = []
    # A command line may hand over bytes that are no UTF-8 as lone surrogates, which SQLite refuses.
    plain = query.encode("utf-8", "replace").decode().translate(_CURLY_QUOTES)
    for match in _TERM.finditer(plain):
        words = match["phrase"] if match["word"] is None else match["word"]
        is_prefix = bool(match["phrase_star"]) or (match["word"] is not None and words.endswith("*"))
        # A term without a letter or digit would be an empty phrase.
        if any(character.isalnum() for character in words):
            spelled = _spellings(words.rstrip("*"), other_spelling)
            quoted = [f'"{each}"' + ("*" if is_prefix else "") for each in spelled]
            terms.append(quoted[0] if len(quoted) == 1 else f"({' OR '.join(quoted)})")
    return " AND ".join(terms)


def _spellings(words: str, other_spelling: Callable[[str], str | None]) -> list[str]:
    """Return a term in every way in which its words are spelled, as it was typed first."""
    found = [""]
    for piece in _WORD.split(words):
        other = other_spelling(piece.lower()) if piece else None
        ways = [piece] if other is None else [piece, other]
        found = [start + way for start in found for way in ways][:_MOST_SPELLINGS]
    return found


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
WHERE d.language = ? AND EXISTS (SELECT 1 FROM labels l WHERE l.paragraph = p.id)
ORDER BY v.adopted_on, d.symbol, p.position
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


def wps_wordings(db: sqlite3.Connection, language: str = "en") -> list[Wording]:
    """Return all paragraphs held that are about women, in the order of their adoption."""
    return [_wording_of(row) for row in db.execute(_LABELLED, (language,))]


def _wording_of(row: sqlite3.Row) -> Wording:
    return Wording(row["symbol"], row["address"], row["text"], date_of_or_none(row["adopted_on"]))
