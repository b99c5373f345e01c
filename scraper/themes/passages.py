"""Finds the vocabulary's phrases in a paragraph and the words above it, clause by clause.

A Council paragraph is one long sentence of clauses that each open with a verb: "welcoming ...", "and urges ...". Two
phrases belong together when they stand in one clause. The end of the chapeau runs on into its sub-paragraph.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from scraper.themes.folding import fold
from scraper.themes.items import Items, Written
from scraper.themes.vocabulary import COUNTED, OPENER, SUBJECT, WOMEN, Vocabulary
from storage.models import Place

# A chapeau part no longer than this is a title of its list ("Protection of civilians"), not a sentence.
TITLE_LENGTH = 130


class Hit(NamedTuple):
    """A phrase found. `start` and `end` count in the words of its place, `at` and `till` in the running text.

    The running text is the chapeau and the paragraph behind it; its zero is where the paragraph begins.
    """

    place: Place
    start: int
    end: int
    at: int
    till: int


Finding = tuple[Hit, tuple[str, ...], int]  # a hit, its concepts and their mask


class Found:
    """Phrases found in one stretch of words, by concept. `mask` has the bit of every concept that is in it."""

    __slots__ = ("hits", "mask")

    def __init__(self) -> None:
        """Nothing is found yet."""
        self.hits: dict[str, list[Hit]] = {}
        self.mask = 0

    def add(self, hit: Hit, names: tuple[str, ...], mask: int) -> None:
        """File a hit under each of its concepts."""
        self.mask |= mask
        hits = self.hits
        for name in names:
            if name in hits:
                hits[name].append(hit)
            else:
                hits[name] = [hit]


@dataclass(frozen=True, slots=True)
class Chapeau:
    """The words above a sub-paragraph, and where in them each degree's own words lie, outermost first."""

    words: str
    parts: tuple[tuple[int, int], ...]

    @property
    def runs_on(self) -> bool:
        """Whether the sub-paragraph completes its last sentence; after "... in conflict, and:" a new one begins."""
        return not self.words.rstrip(" \u00a0:").endswith((" and", " et"))

    def is_title(self, hit: Hit) -> bool:
        """Whether a phrase of it stands in a short degree, which names what its list is about."""
        return any(start <= hit.start < end <= start + TITLE_LENGTH for start, end in self.parts)


def chapeau_of(words: str) -> Chapeau:
    """Read a chapeau whose degrees are joined by ` | `; one without is a single degree."""
    parts, start = [], 0
    for part in words.split(" | "):
        parts.append((start, start + len(part)))
        start += len(part) + len(" | ")
    return Chapeau(words, tuple(parts))


class Passage:
    """All that was found: in the running text by clause, in the whole chapeau, its titles, and the heading above.

    `own` holds what the paragraph's own words hold, whatever the clause.
    """

    __slots__ = ("_above", "_text", "chapeau", "clauses", "heading", "own", "title")

    def __init__(self, text: str, above: Chapeau | None, items: Items) -> None:
        """Begin with one empty clause."""
        self._text = Written(text, items, is_above=False)
        self._above = Written(above.words, items, is_above=True) if above else self._text
        self.clauses = [Found()]
        self.chapeau = Found()
        self.title = Found()
        self.heading = Found()
        self.own = Found()

    def is_one_item(self, one: Hit, other: Hit) -> bool:
        """Whether both stand in one item of the running text, or the later governs the item of the other."""
        if self._of(one).item(one.start) == self._of(other).item(other.start):
            return True
        last = one if one.at > other.at else other
        return self.is_one_sentence(one, other) and self._of(last).governs(last.start)

    def is_one_sentence(self, one: Hit, other: Hit) -> bool:
        """Whether both stand in one sentence of the running text."""
        return self.sentence(one) == self.sentence(other)

    def sentence(self, hit: Hit) -> int:
        """The number of a phrase's sentence; that in which the paragraph begins is 0."""
        return self._of(hit).sentence(hit.start)

    def _of(self, hit: Hit) -> Written:
        return self._text if hit.place is Place.TEXT else self._above


def read_passage(text: str, above: Chapeau | None, heading: str | None, known: Vocabulary) -> Passage:
    """Find every phrase of the vocabulary in a paragraph and above it."""
    passage = Passage(text, above, known.items)
    if heading:
        for hit, names, mask in _found(heading, Place.HEADING, known):
            passage.heading.add(hit, names, mask)
    if above:
        _read_chapeau(passage, above, known)
    clause = passage.clauses[0]
    for hit, names, mask in _found(text, Place.TEXT, known):
        if hit.start and (not names or OPENER in names):  # its own first verb does not cut it from its chapeau
            clause = Found()
            passage.clauses.append(clause)
        clause.add(hit, names, mask)
        passage.own.add(hit, names, mask)
    return passage


def _read_chapeau(passage: Passage, above: Chapeau, known: Vocabulary) -> None:
    """File all of it under the chapeau, its titles also by themselves, the last clause also into the running text."""
    last_clause: list[Finding] = []
    for hit, names, mask in _found(above.words, Place.CHAPEAU, known):
        if not names or OPENER in names:
            last_clause.clear()
        last_clause.append((hit, names, mask))
        passage.chapeau.add(hit, names, mask)
        if above.is_title(hit):
            passage.title.add(hit, names, mask)
    if above.runs_on:
        for hit, names, mask in last_clause:
            passage.clauses[0].add(hit, names, mask)


def _found(words: str, place: Place, known: Vocabulary) -> Iterable[Finding]:
    """Every phrase in some words; those above a list are kept, since each of its items asks for them again."""
    return _scanned(words, place, known) if place is Place.TEXT else _scanned_above(words, place, known)


def _scanned(words: str, place: Place, known: Vocabulary) -> Sequence[Finding]:
    folded = fold(words)
    concepts_of, is_counted = known.book.concepts_of, known.items.is_counted
    women, counted = known.book.bit(WOMEN), known.counted
    shift = len(words) if place is Place.CHAPEAU else 0
    named = [match.span() for match in known.names.finditer(words)]
    found = []
    for match in known.book.pattern.finditer(folded):
        start, end = match.span()
        if named and any(first < start and end <= last for first, last in named):
            continue
        names, mask = concepts_of(match[0])
        if counted and mask & women and is_counted(folded, start):
            names, mask = (*names, COUNTED), mask | counted
        found.append((Hit(place, start, end, start - shift, end - shift), names, mask))
    return found


_scanned_above = lru_cache(maxsize=64)(_scanned)


def speaks_itself(passage: Passage, known: Vocabulary) -> bool:
    """Whether the paragraph's own words hold a phrase about women."""
    return bool(passage.own.mask & known.book.bit(SUBJECT))
