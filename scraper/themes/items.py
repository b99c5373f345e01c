"""Finds where one item of a list ends and the next begins, so that a cue counts only beside its own women.

A Council sentence lists what is to be done: "reform the security sector, promote women's participation, and extend
State authority". A border stands before a verb or participle that opens an item, and before a noun with its article
("the reform of ...") behind a comma. What follows "including", "taking into account" or "as well as in" goes on with
the item before it. Words are data (`[items]` in the vocabulary); this module knows only where a border may stand.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scraper.themes.folding import fold

KEYS = frozenset({"and", "governs", "verbs", "endings", "goes-on", "links", "articles", "of", "numbers", "between"})


@dataclass(frozen=True, slots=True)
class Items:
    """How a language writes lists. `borders` matches where an item ends, `counted` a number and its word before women.

    >>> items_of({"verbs": ["promote"], "links": ["and"]}).starts("reform the police, and promote peace")
    [17]
    """

    borders: re.Pattern[str]
    counted: re.Pattern[str]
    governing: re.Pattern[str]

    def starts(self, folded: str) -> list[int]:
        """Where in a folded text each item but the first begins; verbs that share an object are one item."""
        found, before = [], 0
        for match in self.borders.finditer(folded):
            start = match.start()
            if start - before >= _SHORTEST or folded[start] in ";.":
                found.append(start)
                before = start
        return found

    def governs(self, folded: str, start: int) -> bool:
        """Whether what begins at `start` is said of the items before it: "paying attention to the needs of women"."""
        return self.governing.search(folded, max(0, start - _GOVERNING_LENGTH), start) is not None

    def is_counted(self, folded: str, start: int) -> bool:
        """Whether a number stands before what begins at `start`: "57 women", "two young women"."""
        return self.counted.search(folded, max(0, start - _NUMBER_LENGTH), start) is not None


_NUMBER_LENGTH = 40
_GOVERNING_LENGTH = 110
_SHORTEST = 22  # of an item: in "promote and protect the rights of women" "promote" is none


class Written:
    """Some words, with their items and sentences, which are looked for only when a rule asks for them.

    The last item and sentence of words above a list are those in which the paragraph begins: their numbers end at 0.
    """

    __slots__ = ("_is_above", "_items", "_sentences", "_starts", "_words")

    def __init__(self, words: str, items: Items, *, is_above: bool) -> None:
        """Nothing is looked for yet."""
        self._words, self._items, self._is_above = words, items, is_above
        self._starts: list[int] | None = None
        self._sentences: list[int] | None = None

    def item(self, place: int) -> int:
        """The number of the item in which a place lies."""
        if self._starts is None:
            self._starts = self._items.starts(fold(self._words))
        return bisect_right(self._starts, place) - (len(self._starts) if self._is_above else 0)

    def sentence(self, place: int) -> int:
        """The number of the sentence in which a place lies."""
        if self._sentences is None:
            self._sentences = [match.start() for match in _SENTENCE_END.finditer(self._words)]
        return bisect_right(self._sentences, place) - (len(self._sentences) if self._is_above else 0)

    def governs(self, place: int) -> bool:
        """Whether what begins there is said of all the items before it."""
        return self._items.governs(fold(self._words), place)


_SENTENCE_END = re.compile(r"\.[\"'”]? |; ")  # a full stop, and a semicolon: "... in camps; MINUSCA ..."


def items_of(table: Mapping[str, Any]) -> Items:
    """Compile the words of a language's lists; without any, only a semicolon and a full stop end an item."""

    def either(key: str) -> str:
        return "|".join(map(_loosely, table.get(key, ()))) or r"(?!)"

    links = f"(?:(?:{either('links')}) )*"
    ending = f"[^\\W\\d_]+(?:{either('endings')})"
    opens = f"(?!(?:{either('goes-on')})\\b)(?:(?:{either('verbs')})\\b|{ending}\\b)"
    noun = f"(?:{either('articles')}) ?[^\\W\\d_]+(?: [^\\W\\d_]+)?(?: and [^\\W\\d_]+)? (?:{either('of')})\\b"
    borders = re.compile(f";|\\. |, {links}(?={opens}|{noun})| (?:{either('and')}) (?={opens})")
    counted = (
        rf"\b(?:(?!(?:19|20)\d\d\b)\d{{1,3}}(?:[ ,]?\d{{3}})*%?|{either('numbers')}) (?:(?:{either('between')}) )*$"
    )
    governing = rf"\b(?:{either('governs')})\b[^,;.]*$"
    return Items(borders, re.compile(counted), re.compile(governing))


def _loosely(words: str) -> str:
    return re.escape(words).replace(r"\ ", " +")


def known_words(tables: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Join the `[items]` tables of several files."""
    joined: dict[str, list[str]] = {}
    for table in tables:
        for key, words in table.items():
            joined.setdefault(key, []).extend(words)
    return joined
