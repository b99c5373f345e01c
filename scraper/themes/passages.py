"""Finds the vocabulary's phrases in a paragraph and the words above it, clause by clause.

A Council paragraph is one long sentence of clauses that each open with a verb: "welcoming ...", "and urges ...". Two
phrases belong together when they stand in one clause. The end of the chapeau runs on into its sub-paragraph.
"""

from dataclasses import dataclass, field

from scraper.themes.folding import fold
from scraper.themes.vocabulary import SUBJECT, Vocabulary
from storage.models import Place

OPENER = "opener"  # the concept of the verbs that open a clause

# A chapeau part no longer than this is a title of its list ("Protection of civilians"), not a sentence.
TITLE_LENGTH = 130


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found. `start` and `end` count in the words of its place; `at` orders it within the running text."""

    place: Place
    start: int
    end: int
    at: int


Hits = dict[str, list[Hit]]  # by concept


@dataclass(frozen=True, slots=True)
class Chapeau:
    """The words above a sub-paragraph, and where in them each degree's own words lie, outermost first."""

    words: str
    parts: tuple[tuple[int, int], ...]

    @property
    def runs_on(self) -> bool:
        """Whether its last sentence is completed by the sub-paragraph; after "... in conflict, and:" a new one begins."""
        return not self.words.rstrip(" :").endswith(" and")


def chapeau_of(words: str) -> Chapeau:
    """Read a chapeau whose degrees are joined by ` | `; one without is a single degree."""
    parts, start = [], 0
    for part in words.split(" | "):
        parts.append((start, start + len(part)))
        start += len(part) + len(" | ")
    return Chapeau(words, tuple(parts))


@dataclass(slots=True)
class Passage:
    """All that was found: by clause in the running text, and by place."""

    clauses: list[Hits] = field(default_factory=lambda: [{}])
    text: Hits = field(default_factory=dict)
    chapeau: Hits = field(default_factory=dict)
    heading: Hits = field(default_factory=dict)

    def is_told_by(self, evidence: list[Hit]) -> bool:
        """Whether some of it stands in the paragraph itself: a chapeau's own theme is the chapeau's, not each list item's.

        Only where the paragraph's own words say nothing of women does the chapeau speak for it.
        """
        return SUBJECT not in self.text or any(hit.place is Place.TEXT for hit in evidence)


def read_passage(text: str, above: Chapeau | None, heading: str | None, known: Vocabulary) -> Passage:
    """Find every phrase of the vocabulary in a paragraph and above it."""
    passage = Passage()
    if heading:
        _add(passage.heading, _found(heading, Place.HEADING, known))
    if above:
        _read_chapeau(passage, above, known)
    for hit, names in _found(text, Place.TEXT, known):
        if hit.start and (not names or OPENER in names):  # its own first verb does not cut it from its chapeau
            passage.clauses.append({})
        _add(passage.clauses[-1], [(hit, names)])
        _add(passage.text, [(hit, names)])
    return passage


def _read_chapeau(passage: Passage, above: Chapeau, known: Vocabulary) -> None:
    """File all of it under the chapeau, titles also under the heading, the last clause also into the running text."""
    last_clause: list[Found] = []
    for hit, names in _found(above.words, Place.CHAPEAU, known):
        if not names or OPENER in names:
            last_clause.clear()
        found = [(hit, names)]
        last_clause += found
        _add(passage.chapeau, found)
        if any(start <= hit.start < end <= start + TITLE_LENGTH for start, end in above.parts):
            _add(passage.heading, found)
    if above.runs_on:
        _add(passage.clauses[0], last_clause)


Found = tuple[Hit, tuple[str, ...]]


def _add(hits: Hits, found: list[Found]) -> None:
    for hit, names in found:
        for name in names:
            hits.setdefault(name, []).append(hit)


def _found(words: str, place: Place, known: Vocabulary) -> list[Found]:
    names_of = known.book.names_of
    shift = len(words) if place is Place.CHAPEAU else 0
    return [
        (Hit(place, match.start(), match.end(), match.start() - shift), names_of(match.group()))
        for match in known.book.pattern.finditer(fold(words))
    ]
