"""What weighs in a comparison of two texts: rare words much, words that stand everywhere little. Pure.

Boilerplate is discounted twice: by the texts themselves, in which a word that stands in many paragraphs tells none from
another, and by how common words are in all resolutions (common_words.toml), which alone tells in a short text.
"""

import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from monitor.changes.diff import parent_address
from monitor.renewals.wording.words import Word, key_of, words_of
from storage.models import Paragraph

#: A run of fewer words that two paragraphs share is chance.
SHORTEST_RUN = 3
#: The two texts are weighed as if so many paragraphs of other resolutions stood among theirs.
BACKGROUND = 100
#: A word that is not among the common ones stands in so large a share of all paragraphs.
RARE = 0.004


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A paragraph, its folded words, what it is the same as another by, and the position of what it stands under."""

    paragraph: Paragraph
    words: tuple[Word, ...]
    key: str
    parent: int | None

    @property
    def address(self) -> str:
        """Where it stands."""
        return self.paragraph.address

    @property
    def is_wps(self) -> bool:
        """Whether it is about women."""
        return self.paragraph.is_wps


def prepare(paragraphs: Sequence[Paragraph]) -> tuple[Prepared, ...]:
    """Fold the words of every paragraph of a text."""
    places = {paragraph.address: n for n, paragraph in enumerate(paragraphs)}
    prepared = []
    for paragraph in paragraphs:
        words = words_of(paragraph.text)
        above = parent_address(paragraph.address)
        prepared.append(Prepared(paragraph, words, key_of(words), places.get(above) if above else None))
    return tuple(prepared)


class Weights:
    """How much each word of two texts tells."""

    def __init__(self, *texts: Sequence[Prepared]) -> None:
        paragraphs = [one for text in texts for one in text]
        size = len(paragraphs) + BACKGROUND
        found = Counter(word for one in paragraphs for word in {word.word for word in one.words})
        common = _common_words()
        self._weights = {
            word: 0.05 + math.log(size / (count + BACKGROUND * common.get(word, RARE))) for word, count in found.items()
        }
        self._unknown = 0.05 + math.log(size)
        self._bags: dict[Prepared, Counter[str]] = {}
        self._totals: dict[Prepared, float] = {}
        self._codes: dict[str, str] = {}
        self._coded: dict[Prepared, str] = {}

    def of(self, word: str) -> float:
        """The weight of a word: about 5 for one that stands in one paragraph of a hundred, near 0 for "the"."""
        return self._weights.get(word, self._unknown)

    def total(self, words: Iterable[str]) -> float:
        """The weight of words together."""
        return sum([self._weights.get(word, self._unknown) for word in words])

    def of_paragraph(self, one: Prepared) -> float:
        """The weight of all words of a paragraph."""
        if one not in self._totals:
            self._totals[one] = self.total([word.word for word in one.words])
        return self._totals[one]

    def in_common(self, one: Prepared, other: Prepared) -> float:
        """The weight of the words that stand in both, each as often as it stands in both."""
        here, there = self._bag(one), self._bag(other)
        weights = self._weights
        return sum([weights[word] * min(here[word], there[word]) for word in here.keys() & there.keys()])

    def coded(self, one: Prepared) -> str:
        """One character for each word, so that likeness over words is counted by code made for strings."""
        if one not in self._coded:
            codes = self._codes
            self._coded[one] = "".join([codes.setdefault(word.word, chr(0x100 + len(codes))) for word in one.words])
        return self._coded[one]

    def _bag(self, one: Prepared) -> Counter[str]:
        if one not in self._bags:
            self._bags[one] = Counter([word.word for word in one.words])
        return self._bags[one]


@dataclass(frozen=True, slots=True)
class Shared:
    """What two paragraphs have in common, by weight: of the words of both, of the old ones, of the new ones."""

    both: float
    of_old: float
    of_new: float


def shared_words(old: Prepared, new: Prepared, weights: Weights) -> Shared:
    """How much of the words two paragraphs share, wherever they stand."""
    common, before, after = weights.in_common(old, new), weights.of_paragraph(old), weights.of_paragraph(new)
    return Shared(
        both=2 * common / (before + after) if before + after else 0.0,
        of_old=common / before if before else 0.0,
        of_new=common / after if after else 0.0,
    )


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand in both paragraphs in the same order: where in the folded words of each, and how many."""

    old: int
    new: int
    size: int


def shared_runs(old: Prepared, new: Prepared, weights: Weights) -> tuple[Run, ...]:
    """The runs of words that stand in both, longest first, none overlapping another on the old side."""
    here, there = weights.coded(old), weights.coded(new)
    found = sorted(_all_runs(here, there), key=lambda run: (-run.size, run.old, run.new))
    taken: set[int] = set()
    kept = []
    for run in found:
        places = range(run.old, run.old + run.size)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(run)
    return tuple(kept)


def weight_of_runs(runs: Iterable[Run], old: Prepared, weights: Weights) -> float:
    """The weight of the words in the runs."""
    return sum(weights.total(word.word for word in old.words[run.old : run.old + run.size]) for run in runs)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Which words of an old paragraph stand in a new one too, by position on both sides."""

    old: frozenset[int]
    new: frozenset[int]
    matched: tuple[tuple[int, int], ...]


def overlap(old: Prepared, new: Prepared, weights: Weights) -> Overlap:
    """The words that two paragraphs have in common: in their common order, and in runs that went elsewhere."""
    from rapidfuzz.distance import Indel

    matched: list[tuple[int, int]] = []
    for step in Indel.opcodes(weights.coded(old), weights.coded(new)):
        if step.tag == "equal":
            matched += zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True)
    here, there = {i for i, _ in matched}, {j for _, j in matched}
    for run in shared_runs(old, new, weights):
        for n in range(run.size):
            i, j = run.old + n, run.new + n
            if i not in here or j not in there:
                matched.append((i, j))
                here.add(i)
                there.add(j)
    return Overlap(frozenset(here), frozenset(there), tuple(matched))


@cache
def _common_words() -> dict[str, float]:
    """In how large a share of the paragraphs of resolutions each common word stands."""
    read = tomllib.loads(files(__package__).joinpath("common_words.toml").read_text(encoding="utf-8"))["percent"]
    return {word: int(percent) / 100 for percent, words in read.items() for word in words}


def _all_runs(here: str, there: str) -> Iterable[Run]:
    """Every run of at least `SHORTEST_RUN` words that can't be made longer."""
    places: dict[str, list[int]] = {}
    for j in range(len(there) - SHORTEST_RUN + 1):
        places.setdefault(there[j : j + SHORTEST_RUN], []).append(j)
    for i in range(len(here) - SHORTEST_RUN + 1):
        for j in places.get(here[i : i + SHORTEST_RUN], ()):
            if i and j and here[i - 1] == there[j - 1]:
                continue  # a longer run began before
            size = SHORTEST_RUN
            while i + size < len(here) and j + size < len(there) and here[i + size] == there[j + size]:
                size += 1
            yield Run(i, j, size)
