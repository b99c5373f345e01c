"""Sees what became of the words about women in a pair of paragraphs: which stayed, went and came, and what is near.

A word is near when it stands in the same clause and at most a dozen words away. Pure.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.renewals.wording.terms import Use, qualifiers_in, scope_uses, series_in, subjects_in, term_uses
from monitor.renewals.wording.verbs import Verb, governing, verbs_in
from monitor.renewals.wording.weights import Prepared

#: So many words before and behind a word about women belong to it, within its clause and its item of a list.
NEAR = 12
#: So many belong to it across a comma.
NEXT = 3
_CLAUSE_ENDS = re.compile(r";|:|\.\s")
_COMMAS = re.compile(r",|\(|\)")


@dataclass(frozen=True, slots=True)
class Side:
    """A paragraph with the positions of its words about women, and the verbs and names that stand in it."""

    one: Prepared
    subjects: frozenset[int]
    near: frozenset[int]
    verbs: tuple[Verb, ...]
    terms: tuple[Use, ...]
    scopes: tuple[Use, ...]
    above: Verb | None = None

    def verb_at(self, position: int) -> Verb | None:
        """The verb that governs a word."""
        return governing(self.verbs, self.one.words[position].start)

    @property
    def verb(self) -> Verb | None:
        """The verb that governs the first words about women; of an item that has none, its chapeau's."""
        own = self.verb_at(min(self.subjects)) if self.subjects else None
        return own or (self.above if self.subjects else None)

    @property
    def qualifiers(self) -> frozenset[str]:
        """How it qualifies participation."""
        return qualifiers_in(self.one.paragraph.text)

    @property
    def series(self) -> frozenset[str]:
        """Which of the resolutions on women, peace and security it names."""
        return series_in(self.one.paragraph.text)

    def printed(self, positions: Iterable[int]) -> str:
        """Words as printed, neighbours joined, runs parted by an ellipsis."""
        runs: list[list[int]] = []
        for position in sorted(positions):
            if runs and position == runs[-1][-1] + 1:
                runs[-1].append(position)
            else:
                runs.append([position])
        words, text = self.one.words, self.one.paragraph.text
        return " … ".join(" ".join(text[words[run[0]].start : words[run[-1]].end].split()) for run in runs)


def read_side(one: Prepared, language: str = "en") -> Side:
    """Find the words about women in a paragraph. One that is not about women has none, whatever it says."""
    text = one.paragraph.text
    verbs = verbs_in(text, language)
    spans = [(use.start, use.end) for use in subjects_in(text)] if one.is_wps else []
    if one.is_wps and not spans:  # a label that a person gave, or one lent by the chapeau: the paragraph is about women
        spans = [(0, len(text))]
    subjects = _positions(one, spans)
    near = _near(one, subjects, verbs)
    reach = _reach(one, near)
    return Side(
        one,
        subjects,
        near,
        verbs,
        tuple(use for use in term_uses(text) if not reach.isdisjoint(range(use.start, use.end))),
        tuple(use for use in scope_uses(text) if use.start in reach),
        next(iter(verbs_in(one.paragraph.chapeau, language)), None) if one.paragraph.chapeau else None,
    )


def _positions(one: Prepared, spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    return frozenset(
        n for n, word in enumerate(one.words) for start, end in spans if word.start < end and word.end > start
    )


def _near(one: Prepared, subjects: frozenset[int], verbs: Sequence[Verb]) -> frozenset[int]:
    """The words near the words about women: of their clause, from its verb on, and mostly of their item in it."""
    text = one.paragraph.text
    clauses = _numbered(one, {verb.start for verb in verbs} | {found.end() for found in _CLAUSE_ENDS.finditer(text)})
    items = _numbered(one, {found.end() for found in _COMMAS.finditer(text)})
    return frozenset(
        n
        for subject in subjects
        for n in range(max(0, subject - NEAR), min(len(clauses), subject + NEAR + 1))
        if clauses[n] == clauses[subject] and (items[n] == items[subject] or abs(n - subject) <= NEXT)
    )


def _numbered(one: Prepared, ends: set[int]) -> list[int]:
    """For each word the number of the piece of text it stands in, where pieces begin at `ends`."""
    starts, numbers, number = sorted(ends), [], 0
    for word in one.words:
        while number < len(starts) and word.start >= starts[number]:
            number += 1
        numbers.append(number)
    return numbers


def _reach(one: Prepared, near: frozenset[int]) -> frozenset[int]:
    """The characters of the text from the first to the last word near, run by run."""
    return frozenset(at for n in near for at in range(one.words[n].start, one.words[n].end))
