"""Says which paragraphs of a renewal carry on which old ones: one to one first, then what was merged and split. Pure.

In passes: the same words; the most alike, by words, rare words, parent, verb and place; then a second look at what is
left on both sides, by the runs of words it shares with any paragraph of the other text.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.renewals.wording.weights import (
    Prepared,
    Shared,
    Weights,
    overlap,
    shared_runs,
    shared_words,
    weight_of_runs,
)

#: Below this likeness of words no pair is looked at more closely.
WORTH_A_LOOK = 0.2
#: So many of the most alike are looked at for each paragraph.
LOOKED_AT = 15
#: The least likeness, of words and of rare words together, at which two paragraphs are one.
LEAST = 0.42
#: A paragraph is part of another when the weight of the runs of words they share, and its share of the whole in per
#: cent, come to this: half of a short paragraph, a third of a long one. Of dropped ones the two come to 65 at most.
PART_OF = 71.0
#: An old paragraph fills what came into a new one where runs of this many words make out so much of it.
FILLED = 0.6
FILLING_RUN = 4
#: So much must have come in: four or five rare words.
LEAST_FILLING = 20.0
#: Words about women are hardly part of a paragraph that says nothing of women: so much more must speak for it.
OTHER_SUBJECT = 20.0
#: So much weight must the shared runs have: about three rare words.
LEAST_WEIGHT = 12.0


@dataclass(frozen=True, slots=True)
class Edge:
    """An old paragraph that lives on in a new one, by their positions, and how sure that is.

    `is_second` says that it is a part that the other took in; `is_cited` that it lives on by a citation alone.
    """

    old: int
    new: int
    likeness: float
    is_second: bool = False
    is_cited: bool = False


def pair(old: Sequence[Prepared], new: Sequence[Prepared], symbol: str | None = None) -> tuple[Edge, ...]:
    """Every old paragraph with the new ones that carry on its words, in the order of the old text.

    `symbol` is the old text's, by which the new one cites what it keeps without repeating it.
    """
    weights = Weights(old, new)
    pairing = _Pairing(old, new, weights)
    pairing.take_identical()
    pairing.take_alike()
    pairing.take_cited(symbol)
    pairing.take_parts()
    return tuple(sorted(pairing.edges, key=lambda edge: (edge.old, edge.new)))


class _Pairing:
    def __init__(self, old: Sequence[Prepared], new: Sequence[Prepared], weights: Weights) -> None:
        self.old, self.new, self.weights = old, new, weights
        self.edges: list[Edge] = []
        self.by_old: dict[int, int] = {}
        self.by_new: dict[int, int] = {}

    def take(self, i: int, j: int, likeness: float) -> None:
        """Pair two paragraphs one to one."""
        self.by_old[i], self.by_new[j] = j, i
        self.edges.append(Edge(i, j, likeness))

    def take_identical(self) -> None:
        """The same words: in the common order of both texts, then at the same address, then where it is free."""
        from rapidfuzz.distance import Indel

        keys: dict[str, int] = {}
        here, there = ([keys.setdefault(one.key, len(keys)) for one in text] for text in (self.old, self.new))
        for step in Indel.opcodes(here, there):
            if step.tag == "equal":
                for i, j in zip(
                    range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True
                ):
                    self.take(i, j, 1.0)
        free: defaultdict[int, list[int]] = defaultdict(list)
        for j, key in enumerate(there):
            if j not in self.by_new:
                free[key].append(j)
        for is_address_kept in (True, False):
            for i, key in enumerate(here):
                if i in self.by_old:
                    continue
                fit = [j for j in free[key] if not is_address_kept or self.old[i].address == self.new[j].address]
                if fit:
                    self.take(i, fit[0], 1.0)
                    free[key].remove(fit[0])

    def take_alike(self) -> None:
        """The most alike, from the best pair down; what stands under a pair is looked at again after it."""
        candidates = self._candidates()
        while True:
            ranked = sorted(
                (
                    (-self._rank(i, j, likeness), abs(i / len(self.old) - j / len(self.new)), i, j, likeness)
                    for i, j, likeness in candidates
                    if i not in self.by_old and j not in self.by_new
                ),
            )
            taken = 0
            for rank, _, i, j, likeness in ranked:
                if -rank >= LEAST and i not in self.by_old and j not in self.by_new:
                    self.take(i, j, likeness)
                    taken += 1
            if not taken:
                return

    def _candidates(self) -> list[tuple[int, int, float]]:
        from rapidfuzz import process
        from rapidfuzz.distance import Indel

        choices = {j: self.weights.coded(one) for j, one in enumerate(self.new) if j not in self.by_new and one.words}
        found = []
        for i, one in enumerate(self.old):
            if i in self.by_old or not one.words:
                continue
            for _, alike, j in process.extract(
                self.weights.coded(one),
                choices,
                scorer=Indel.normalized_similarity,
                processor=None,
                score_cutoff=WORTH_A_LOOK,
                limit=LOOKED_AT,
            ):
                shared = shared_words(one, self.new[j], self.weights)
                found.append((i, j, 0.5 * alike + 0.5 * _of_weight(shared)))
        return found

    def _rank(self, i: int, j: int, likeness: float) -> float:
        """The likeness with what speaks for it: the same parent, the same verb, the same place."""
        one, other = self.old[i], self.new[j]
        rank = likeness
        if one.parent is not None and other.parent is not None:
            rank += 0.08 if self.by_old.get(one.parent) == other.parent else -0.04
        elif (one.parent is None) != (other.parent is None):
            rank -= 0.02
        if one.words[0].word == other.words[0].word:
            rank += 0.03
        if one.address == other.address:
            rank += 0.05
        if one.address[:2] != other.address[:2]:
            rank -= 0.03
        if self.by_old.get(i - 1) == j - 1 and j and i:
            rank += 0.04
        if self.by_old.get(i + 1) == j + 1:
            rank += 0.04
        return rank

    def take_cited(self, symbol: str | None) -> None:
        """What is left of the old text and is kept by a citation: "the mandate as set out in resolution 2542"."""
        if symbol is None:
            return
        citing = [
            (j, citation.addresses)
            for j, other in enumerate(self.new)
            if other.address.startswith("OP")
            for citation in other.paragraph.citations
            if _number(citation.symbol) == _number(symbol)
        ]
        for i, one in enumerate(self.old):
            if i in self.by_old or not one.is_wps:
                continue
            above = self._above(i)
            for j, addresses in citing:
                is_named = any(self.old[n].address in addresses for n in (i, *above))
                is_under_whole = not addresses and any(self.by_old.get(n) == j for n in above)
                if is_named or is_under_whole:
                    self.by_old[i] = j
                    self.edges.append(Edge(i, j, 0.5, is_second=True, is_cited=True))
                    break

    def _above(self, i: int) -> list[int]:
        above: list[int] = []
        parent = self.old[i].parent
        while parent is not None:
            above.append(parent)
            parent = self.old[parent].parent
        return above

    def take_parts(self) -> None:
        """A second look at what is left: an old paragraph that is part of a new one, a new one of an old one."""
        seen = {(edge.old, edge.new) for edge in self.edges}
        parts = [
            (i, self._whole(one, self.new, is_new=False))
            for i, one in enumerate(self.old)
            if i not in self.by_old and one.words
        ]
        found = [Edge(i, part.at, part.share, is_second=True) for i, part in parts if part]
        gone = [i for i, part in parts if part is None and self.old[i].is_wps]
        parts = [
            (j, self._whole(one, self.old, is_new=True))
            for j, one in enumerate(self.new)
            if j not in self.by_new and one.words
        ]
        found += [Edge(part.at, j, part.share, is_second=True) for j, part in parts if part]
        found += self._fillings(gone)
        for edge in found:
            if (edge.old, edge.new) not in seen:
                seen.add((edge.old, edge.new))
                self.edges.append(edge)

    def _fillings(self, gone: Sequence[int]) -> list[Edge]:
        """Old paragraphs of which a part is most of what came into a new one: "and in this regard welcoming ..."."""
        found = []
        for j, other in enumerate(self.new):
            if not other.is_wps or j not in self.by_new:
                continue
            known = overlap(self.old[self.by_new[j]], other, self.weights).new
            came = {n: self.weights.of(word.word) for n, word in enumerate(other.words) if n not in known}
            whole = sum(came.values())
            for i in gone if whole >= LEAST_FILLING else ():
                runs = [run for run in shared_runs(self.old[i], other, self.weights) if run.size >= FILLING_RUN]
                filled = sum(came.get(n, 0.0) for run in runs for n in range(run.new, run.new + run.size))
                if filled >= FILLED * whole:
                    found.append(Edge(i, j, round(filled / whole, 2), is_second=True))
        return found

    def _whole(self, small: Prepared, others: Sequence[Prepared], *, is_new: bool) -> "_Part | None":
        """The paragraph of the other text that a paragraph is part of; None when it is part of none."""
        best, most = None, PART_OF
        whole = self.weights.of_paragraph(small)
        for n, large in enumerate(others):
            if not small.is_wps and not large.is_wps:
                continue  # no line tells of it
            if shared_words(small, large, self.weights).of_old * (whole + 100) < most:
                continue  # the runs weigh no more than the words
            weight = weight_of_runs(shared_runs(small, large, self.weights), small, self.weights)
            rank = weight + 100 * weight / whole
            rank -= OTHER_SUBJECT if is_new and small.is_wps and not large.is_wps else 0.0
            if weight >= LEAST_WEIGHT and rank > most:
                best, most = _Part(n, weight / whole), rank
        return best


@dataclass(frozen=True, slots=True)
class _Part:
    """Where a paragraph is part of, and with which share of its weight."""

    at: int
    share: float


def _number(symbol: str) -> str:
    return symbol.partition(" (")[0]


def _of_weight(shared: Shared) -> float:
    """The likeness by weight; a paragraph that was cut to a third is still itself when all it says is old."""
    return max(shared.both, 0.8 * min(1.0, max(shared.of_old, shared.of_new)))
