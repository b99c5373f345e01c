"""Whether some words are found by a query: what `search` would find if they were all that is held."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing

from storage.sqlite.word_index import STEMMING
from storage.texts.finding.query import Spelling, read_query


def is_found(query: str, texts: Iterable[str], other_spelling: Spelling = lambda word: None) -> bool:
    """Return whether a query finds one of the texts, each for itself; one without a word finds none.

    Raises:
        LoneNot: a NOT in the query has nothing to take away from.
    """
    expression = read_query(query, other_spelling).expression
    if not expression:
        return False
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute(f"CREATE VIRTUAL TABLE texts USING fts5(text, tokenize='{STEMMING}')")
        plain = ((text.encode("utf-8", "replace").decode(),) for text in texts)  # SQLite refuses half a letter
        db.executemany("INSERT INTO texts (text) VALUES (?)", plain)
        return db.execute("SELECT 1 FROM texts WHERE texts MATCH ? LIMIT 1", (expression,)).fetchone() is not None
