"""How the full-text search reads words: what it makes of each letter, and of each word, asked of its own tokenizer.

The same tokenizer as that of `current_paragraphs_fts` answers, so whoever cuts and stems words by these answers finds
what it finds.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Final

STEMMING: Final = "porter unicode61"  # as in the schema; a test compares
_PLAIN: Final = "unicode61"


def letters_of(characters: Sequence[str]) -> dict[str, str | None]:
    """What each character is in a word: itself in small and without a mark, "" for a mark, a blank between words.

    None for one that is not the same everywhere: then only `words_of` can tell.
    """
    asked = [text for each in characters for text in (f"a{each}b", f" {each} ")]
    found = words_of(asked)
    return {each: _letter(found[2 * at], found[2 * at + 1]) for at, each in enumerate(characters)}


def words_of(texts: Sequence[str]) -> list[list[str]]:
    """The words of each text, as the tokenizer cuts them, before they are stemmed."""
    return _terms(_PLAIN, texts)


def stems_of(words: Sequence[str]) -> list[str]:
    """The stem of each of some single words."""
    return [stems[0] for stems in _terms(STEMMING, words)]


def _letter(within: Sequence[str], alone: Sequence[str]) -> str | None:
    if list(within) == ["a", "b"] and not alone:
        return " "
    if len(within) != 1 or not (within[0].startswith("a") and within[0].endswith("b")):
        return None
    letter = within[0][1:-1]
    return letter if list(alone) == ([letter] if letter else []) else None


def _terms(tokenizer: str, texts: Sequence[str]) -> list[list[str]]:
    found: list[list[str]] = [[] for _ in texts]
    with _index(tokenizer, texts) as db:
        for at, term in db.execute("SELECT doc, term FROM terms ORDER BY doc, offset"):
            found[at].append(term)
    return found


@contextmanager
def _index(tokenizer: str, texts: Sequence[str]) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.execute(f"CREATE VIRTUAL TABLE texts USING fts5(text, content='', tokenize='{tokenizer}')")
        db.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(texts, 'instance')")
        db.execute("BEGIN")
        db.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", enumerate(texts))
        db.execute("COMMIT")
        yield db
