"""Says what of the vocabulary is in a paragraph that got no theme, or which of its words look like one of it.

It labels nothing. Where nothing is near it says nothing: an answer made up would be worse.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources

from scraper.themes.folding import fold
from scraper.themes.passages import Found, chapeau_of, read_passage
from scraper.themes.phrases import spelled_out
from scraper.themes.vocabulary import OPENER, SUBJECT, WORDS, vocabulary
from storage.models import Place


@dataclass(frozen=True, slots=True)
class NearTerm:
    """A phrase of the vocabulary that stands in a paragraph or above it, with the concepts it is filed under.

    `is_subject` says that it speaks of women, girls, gender or sexual violence: without one no rule holds.
    """

    phrase: str
    start: int
    end: int
    place: Place
    concepts: tuple[str, ...]
    is_subject: bool


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A word of a paragraph that is spelled almost like one that speaks of women: a misprint, or chance."""

    word: str
    start: int
    end: int
    like: str


@dataclass(frozen=True, slots=True)
class Nearest:
    """What came nearest to a theme; both empty when nothing did. `lookalikes` are looked for only without a subject."""

    terms: tuple[NearTerm, ...] = ()
    lookalikes: tuple[Lookalike, ...] = ()

    @property
    def subjects(self) -> tuple[NearTerm, ...]:
        """The terms that speak of women, girls, gender or sexual violence."""
        return tuple(term for term in self.terms if term.is_subject)


def nearest(text: str, chapeau: str | None = None, heading: str | None = None) -> Nearest:
    """Find what of the vocabulary stands in an English paragraph, its chapeau and the heading above it.

    >>> [term.phrase for term in nearest("the protection of civilians").terms]
    ['protection of civilians']
    """
    terms = tuple(_terms(text, chapeau, heading))
    if any(term.is_subject for term in terms):
        return Nearest(terms)
    return Nearest(terms, tuple(_lookalikes(text, terms)))


def _terms(text: str, chapeau: str | None, heading: str | None) -> Iterator[NearTerm]:
    """Each phrase once for each place it stands at: the paragraph's own words, then the chapeau's, the heading's."""
    passage = read_passage(text, chapeau_of(chapeau) if chapeau else None, heading, vocabulary())
    words = {Place.TEXT: text, Place.CHAPEAU: chapeau or "", Place.HEADING: heading or ""}
    concepts: dict[tuple[Place, int, int], list[str]] = {}
    for found in (*passage.clauses, passage.chapeau, passage.heading):
        for place, start, end, concept in _hits(found):
            under = concepts.setdefault((place, start, end), [])
            if concept not in under:
                under.append(concept)
    for (place, start, end), names in sorted(concepts.items(), key=lambda item: (_PLACES.index(item[0][0]), item[0])):
        if names and OPENER not in names:  # the verb that opens a clause is near to nothing
            filed = tuple(name for name in names if name != SUBJECT)
            yield NearTerm(words[place][start:end], start, end, place, filed, SUBJECT in names)


_PLACES = (Place.TEXT, Place.CHAPEAU, Place.HEADING)


def _hits(found: Found) -> Iterator[tuple[Place, int, int, str]]:
    for concept, hits in found.hits.items():
        for hit in hits:
            yield hit.place, hit.start, hit.end, concept


def _lookalikes(text: str, terms: Iterable[NearTerm]) -> Iterator[Lookalike]:
    """Words that are no part of a phrase of the vocabulary but begin and go on almost like one."""
    known = {place for term in terms if term.place is Place.TEXT for place in range(term.start, term.end)}
    for found in _WORD.finditer(fold(text)):
        word = found.group()
        if word in _CHANCE or found.start() in known:
            continue
        alike = [subject for subject in _subject_words() if subject[0] == word[0]]
        like = get_close_matches(word, alike, n=1, cutoff=_LIKENESS)
        if like:
            yield Lookalike(text[found.start() : found.end()], found.start(), found.end(), like[0])


_WORD = re.compile(r"[^\W\d_]{4,}")  # "wommen"
_LIKENESS = 0.82  # "wommen" is as near to "women"; "general" is not as near to "gender"
_CHANCE = frozenset({"material", "materials"})  # almost "maternal", and in every embargo


@cache
def _subject_words() -> tuple[str, ...]:
    """The single words that by themselves speak of women, girls, gender or sexual violence."""
    folder = resources.files(__package__)
    words: dict[str, None] = {}
    for name in WORDS["en"]:
        concepts = tomllib.loads((folder / name).read_text(encoding="utf-8")).get("concept", {})
        for table in concepts.values():
            if table.get("subject"):
                words |= dict.fromkeys(_single_words(table["phrases"]))
    return tuple(words)


def _single_words(phrases: Iterable[str]) -> Iterator[str]:
    for written in phrases:
        if "{" in written:  # another concept's phrases stand there: never a single word
            continue
        for phrase in spelled_out(written):
            word = phrase.removesuffix("*")
            if len(word) >= _SHORTEST and word.isalpha():
                yield word


_SHORTEST = 5  # of shorter words too many others are almost the same: "rape" and "shape"
