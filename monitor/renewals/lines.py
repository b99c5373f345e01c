"""Compares two texts: what became of each paragraph about women, with status, words and direction. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.changes.diff import replacements, word_changes
from monitor.renewals.comparison import Correction, Direction, Line, Nearest, Status, Wps
from monitor.renewals.direction import Fate, Judgement, judge, judge_added, judge_cited, judge_removed
from monitor.renewals.pairing import Edge, pair
from monitor.renewals.wording.weights import Overlap, Prepared, Weights, overlap, prepare, shared_words
from monitor.renewals.wording.women import Side, read_side
from storage.models import Paragraph

#: So many words from what a part brought along, new words belong to it.
BESIDE = 6
#: A word of less weight changes nothing: it stands in more than a third of the paragraphs.
SMALL = 1.0
#: The languages in whose words a status and a direction can be read.
READ = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Compared:
    """Two texts beside each other. `paired` is the share of all old paragraphs that stand in the new text."""

    lines: tuple[Line, ...]
    paired: float


def compare_texts(
    old: Sequence[Paragraph],
    new: Sequence[Paragraph],
    symbol: str | None = None,
    language: str = "en",
    corrections: Sequence[Correction] = (),
) -> Compared:
    """The lines of two texts in the order of the old one, those of paragraphs that are new in their place behind.

    `symbol` is the old text's: paragraphs that the new one keeps by citing it are merged into where it does. The last
    correction of a pair holds.
    """
    texts = _Texts(prepare(old), prepare(new), symbol, language, corrections)
    return Compared(texts.lines(), round(len(texts.news) / len(old), 4) if old else 0.0)


class _Texts:
    def __init__(
        self,
        old: tuple[Prepared, ...],
        new: tuple[Prepared, ...],
        symbol: str | None,
        language: str,
        corrections: Sequence[Correction],
    ) -> None:
        self.old, self.new, self.language = old, new, language
        self.weights = Weights(old, new)
        self._overlaps: dict[tuple[int, int], Overlap] = {}
        self._sides: dict[tuple[bool, int], Side] = {}
        self.edges = pair(old, new, symbol)
        self.said = {(one.old_address, one.new_address): one for one in corrections}
        for correction in corrections:
            self._correct(correction)
        self.news: defaultdict[int, list[int]] = defaultdict(list)
        self.olds: defaultdict[int, list[int]] = defaultdict(list)
        for edge in self.edges:
            self.news[edge.old].append(edge.new)
            self.olds[edge.new].append(edge.old)

    def _correct(self, correction: Correction) -> None:
        """Put a person's pair in the place of those it contradicts.

        A merge leaves what else the new paragraph took in, a split where else the old one went.
        """
        i = next((n for n, one in enumerate(self.old) if one.address == correction.old_address), None)
        j = next((n for n, one in enumerate(self.new) if one.address == correction.new_address), None)
        is_shared = correction.status is Status.MERGED, correction.status is Status.SPLIT
        kept = [
            edge
            for edge in self.edges
            if not (edge.old == i and edge.new == j)
            and (edge.old != i or is_shared[1])
            and (edge.new != j or is_shared[0])
        ]
        self.edges = (*kept, Edge(i, j, 1.0)) if i is not None and j is not None else tuple(kept)

    def lines(self) -> tuple[Line, ...]:
        told: list[tuple[tuple[int, int, int], Line]] = [
            ((edge.old, 0, edge.new), self._line(edge)) for edge in self.edges if self._is_told(edge)
        ]
        for i, one in enumerate(self.old):
            if one.is_wps and i not in self.news:
                told.append(((i, 0, -1), self._dropped(one)))
        came_after = dict.fromkeys(range(len(self.new)), -1)
        last = -1
        for j in range(len(self.new)):
            last = max(self.olds[j]) if self.olds.get(j) else last
            came_after[j] = last
        for j, one in enumerate(self.new):
            if one.is_wps and j not in self.olds:
                told.append(((came_after[j], 1, j), self._new(one)))
        return tuple(self._corrected(line) for _, line in sorted(told, key=lambda each: each[0]))

    def _corrected(self, line: Line) -> Line:
        """The line with what a person said of it."""
        said = self.said.get(line.key)
        if said is None or (said.status.lives_on or said.status is Status.KEPT) != (
            line.old is not None and line.new is not None
        ):
            return line
        direction = (said.direction or line.direction or Direction.NEUTRAL) if said.status.lives_on else None
        wps = Wps.SAME if said.status is Status.KEPT else line.wps
        return replace(line, status=said.status, direction=direction, wps=wps, said=said.said, confidence=1.0)

    def _is_told(self, edge: Edge) -> bool:
        """Whether a pair is about women. Of a part that another paragraph took in, the part must be."""
        old, new = self.old[edge.old].is_wps, self.new[edge.new].is_wps
        if not edge.is_second or (self.old[edge.old].address, self.new[edge.new].address) in self.said:
            return old or new
        return old if len(self.olds[edge.new]) > 1 else new

    def _line(self, edge: Edge) -> Line:
        old, new = self.old[edge.old], self.new[edge.new]
        status = self._status(edge)
        wps = self._wps(edge, status)
        before, after = self._old_side(edge.old), self._new_side(edge.new)
        judgement = self._judgement(edge, wps) if status.lives_on and self.language in READ else None
        return Line(
            old.paragraph,
            new.paragraph,
            status,
            wps,
            judgement.direction if judgement else None,
            before.verb.printed if before.verb else None,
            after.verb.printed if after.verb else None,
            judgement.reasons if judgement else (),
            replacements(word_changes(old.paragraph.text, new.paragraph.text)) if old.key != new.key else (),
            confidence=round(edge.likeness, 2),
        )

    def _status(self, edge: Edge) -> Status:
        if len(self.news[edge.old]) > 1:
            return Status.SPLIT
        if len(self.olds[edge.new]) > 1:
            return Status.MERGED
        return Status.KEPT if self.old[edge.old].key == self.new[edge.new].key else Status.REWORDED

    def _wps(self, edge: Edge, status: Status) -> Wps:
        old, new = self.old[edge.old], self.new[edge.new]
        if not new.is_wps:
            return Wps.REMOVED
        if not old.is_wps:
            return Wps.ADDED
        if status is Status.KEPT:
            return Wps.SAME
        fate = self._fate(edge)
        before, after = self._old_side(edge.old), self._new_side(edge.new)
        is_other = before.qualifiers != after.qualifiers or before.series != after.series
        return Wps.CHANGED if fate.lost or fate.gained or is_other or self._verb_changed(edge) else Wps.SAME

    def _verb_changed(self, edge: Edge) -> bool:
        before, after = self._old_side(edge.old).verb, self._new_side(edge.new).verb
        return before is not None and after is not None and before.plain != after.plain

    def _judgement(self, edge: Edge, wps: Wps) -> Judgement:
        before, after = self._old_side(edge.old), self._new_side(edge.new)
        if edge.is_cited:
            return judge_cited(before, after)
        if wps is Wps.REMOVED:
            return judge_removed(before)
        if wps is Wps.ADDED:
            return judge_added(after)
        if wps is Wps.SAME and not self._verb_changed(edge):
            return Judgement(Direction.NEUTRAL, ())
        return judge(before, after, self._fate(edge), self.weights)

    def _fate(self, edge: Edge) -> Fate:
        """The words near those about women that no other paragraph has, either way."""
        here = frozenset().union(*(self._overlap(edge.old, j).old for j in self.news[edge.old]))
        there = frozenset().union(*(self._overlap(i, edge.new).new for i in self.olds[edge.new]))
        before, after = self._old_side(edge.old), self._new_side(edge.new)
        common = self._overlap(edge.old, edge.new)
        gained = self._heavy(after, after.near - there)
        if edge.is_second:  # of a paragraph that took in several, what is new belongs to the part it stands beside
            gained &= frozenset(n for m in common.new & after.near for n in range(m - BESIDE, m + BESIDE + 1))
        return Fate(self._heavy(before, before.near - here), gained, common, is_part=edge.is_second)

    def _heavy(self, side: Side, positions: frozenset[int]) -> frozenset[int]:
        """Leave out small words that are not about women."""
        words = side.one.words
        return frozenset(n for n in positions if n in side.subjects or self.weights.of(words[n].word) > SMALL)

    def _overlap(self, i: int, j: int) -> Overlap:
        if (i, j) not in self._overlaps:
            self._overlaps[i, j] = overlap(self.old[i], self.new[j], self.weights)
        return self._overlaps[i, j]

    def _old_side(self, n: int) -> Side:
        return self._side(n, is_old=True)

    def _new_side(self, n: int) -> Side:
        return self._side(n, is_old=False)

    def _side(self, n: int, *, is_old: bool) -> Side:
        if (is_old, n) not in self._sides:
            self._sides[is_old, n] = read_side((self.old if is_old else self.new)[n], self.language)
        return self._sides[is_old, n]

    def _dropped(self, one: Prepared) -> Line:
        verb = read_side(one, self.language).verb
        nearest = self._nearest(one, self.new)
        return Line(
            one.paragraph,
            None,
            Status.DROPPED,
            old_verb=verb.printed if verb else None,
            nearest=nearest,
            confidence=round(1 - nearest.similarity, 2) if nearest else 1.0,
        )

    def _new(self, one: Prepared) -> Line:
        verb = read_side(one, self.language).verb
        nearest = self._nearest(one, self.old)
        return Line(
            None,
            one.paragraph,
            Status.NEW,
            new_verb=verb.printed if verb else None,
            nearest=nearest,
            confidence=round(1 - nearest.similarity, 2) if nearest else 1.0,
        )

    def _nearest(self, one: Prepared, others: Sequence[Prepared]) -> Nearest | None:
        best = max(
            ((shared_words(one, other, self.weights).of_old, -n) for n, other in enumerate(others)), default=None
        )
        return Nearest(others[-best[1]].address, round(best[0], 2)) if best and best[0] > 0 else None
