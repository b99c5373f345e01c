"""The words of texts as the full-text search reads them: where each stem stands, and which printed words have it.

The same tokenizer as that of `paragraphs_fts` cuts and stems them, so whoever searches here finds what it finds.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import Final

_STEMMING: Final = "porter unicode61"  # as in the schema; a test compares
_PLAIN: Final = "unicode61"


Instance = tuple[str, int, int]
"""One word of one text: its stem, the text's number, and the word's count in it, both from 0. There are millions."""


class WordIndex:
    """The words of some texts, in memory."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._db = sqlite3.connect(":memory:", isolation_level=None)
        self._index("stemmed", _STEMMING, texts)
        self._index("plain", _PLAIN, texts)
        self._db.execute("CREATE VIRTUAL TABLE instances USING fts5vocab(stemmed, 'instance')")
        self._db.execute("CREATE VIRTUAL TABLE printed USING fts5vocab(plain, 'row')")

    def instances(self) -> Iterator[Instance]:
        """Every word of every text, by stem, then by text, then in order."""
        return iter(self._db.execute("SELECT term, doc, offset FROM instances"))

    def lengths(self, count: int) -> list[int]:
        """How many words each of the texts has."""
        found = dict(self._db.execute("SELECT doc, count(*) FROM instances GROUP BY doc").fetchall())
        return [found.get(at, 0) for at in range(count)]

    def printed(self) -> dict[str, str]:
        """Every word that stands in a text, in small letters, with its stem."""
        words = [row[0] for row in self._db.execute("SELECT term FROM printed ORDER BY term")]
        return dict(zip(words, self.stems_of(words), strict=True))

    def stems_of(self, words: Sequence[str]) -> list[str]:
        """The stem of each of some single words."""
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
            db.execute(f"CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize='{_STEMMING}')")
            db.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(words, 'instance')")
            db.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", enumerate(words))
            found = {row[0]: row[1] for row in db.execute("SELECT doc, term FROM stems")}
        return [found[at] for at in range(len(words))]

    def close(self) -> None:
        """Forget the words."""
        self._db.close()

    def _index(self, name: str, tokenizer: str, texts: Iterable[str]) -> None:
        self._db.execute(f"CREATE VIRTUAL TABLE {name} USING fts5(text, content='', tokenize='{tokenizer}')")
        self._db.execute("BEGIN")
        self._db.executemany(f"INSERT INTO {name} (rowid, text) VALUES (?, ?)", enumerate(texts))  # noqa: S608 - a name
        self._db.execute("COMMIT")
