"""Compares two texts: the lines of what became of each paragraph about women, with status, words and direction. Pure."""

from collections import defaultdict
from collections.abc import Sequence

from monitor.changes.diff import replacements, word_changes
from monitor.renewals.comparison import Direction, Line, Nearest, Status, Wps
from monitor.renewals.direction import Fate, Judgement, judge, judge_added, judge_removed
from monitor.renewals.pairing import Edge, pair
from monitor.renewals.wording.weights import Prepared, Weights, prepare, shared_words
from monitor.renewals.wording.women import Overlap, Side, overlap, read_side
from storage.models import Paragraph

#: The languages in whose words a status and a direction can be read.
READ = ("en", "fr")


def compare_texts(
    old: Sequence[Paragraph], new: Sequence[Paragraph], symbol: str | None = None, language: str = "en"
) -> tuple[Line, ...]:
    """The lines of two texts in the order of the old one, those of paragraphs that are new in their place behind.

    `symbol` is the old text's: paragraphs that the new one keeps by citing it are merged into where it does.
    """
    return _Texts(prepare(old), prepare(new), symbol, language).lines()


class _Texts:
    def __init__(
        self, old: tuple[Prepared, ...], new: tuple[Prepared, ...], symbol: str | None, language: str
    ) -> None:
        self.old, self.new, self.language = old, new, language
        self.weights = Weights(old, new)
        self.edges = pair(old, new, symbol)
        self.news: defaultdict[int, list[int]] = defaultdict(list)
        self.olds: defaultdict[int, list[int]] = defaultdict(list)
        for edge in self.edges:
            self.news[edge.old].append(edge.new)
            self.olds[edge.new].append(edge.old)
        self._overlaps: dict[tuple[int, int], Overlap] = {}
        self._sides: dict[tuple[bool, int], Side] = {}

    def lines(self) -> tuple[Line, ...]:
        told: list[tuple[tuple[int, int, int], Line]] = []
        for edge in self.edges:
            if self._is_told(edge):
                told.append(((edge.old, 0, edge.new), self._line(edge)))
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
        return tuple(line for _, line in sorted(told, key=lambda each: each[0]))

    def _is_told(self, edge: Edge) -> bool:
        """Whether a pair is about women. Of a part that another paragraph took in, the part must be."""
        old, new = self.old[edge.old].is_wps, self.new[edge.new].is_wps
        if not edge.is_second:
            return old or new
        return old if len(self.olds[edge.new]) > 1 else new

    def _line(self, edge: Edge) -> Line:
        old, new = self.old[edge.old], self.new[edge.new]
        status = self._status(edge)
        wps = self._wps(edge, status)
        before, after = self._side(edge.old, is_old=True), self._side(edge.new, is_old=False)
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
        return Wps.CHANGED if fate.lost or fate.gained or self._verb_changed(edge) else Wps.SAME

    def _verb_changed(self, edge: Edge) -> bool:
        before, after = self._side(edge.old, is_old=True).verb, self._side(edge.new, is_old=False).verb
        return before is not None and after is not None and before.plain != after.plain

    def _judgement(self, edge: Edge, wps: Wps) -> Judgement:
        before, after = self._side(edge.old, is_old=True), self._side(edge.new, is_old=False)
        if wps is Wps.REMOVED:
            return judge_removed(before, after)
        if wps is Wps.ADDED:
            return judge_added(before, after)
        if wps is Wps.SAME and not self._verb_changed(edge):
            return Judgement(Direction.NEUTRAL, ())
        return judge(before, after, self._fate(edge), self.weights)

    def _fate(self, edge: Edge) -> Fate:
        """The words near those about women that no other paragraph has, either way."""
        here = frozenset().union(*(self._overlap(edge.old, j).old for j in self.news[edge.old]))
        there = frozenset().union(*(self._overlap(i, edge.new).new for i in self.olds[edge.new]))
        before, after = self._side(edge.old, is_old=True), self._side(edge.new, is_old=False)
        return Fate(
            lost=self._heavy(before, before.near - here),
            gained=self._heavy(after, after.near - there),
            overlap=self._overlap(edge.old, edge.new),
        )

    def _heavy(self, side: Side, positions: frozenset[int]) -> frozenset[int]:
        """Leave out small words."""
        return frozenset(n for n in positions if self.weights.of(side.one.words[n].word) > 1.0)

    def _overlap(self, i: int, j: int) -> Overlap:
        if (i, j) not in self._overlaps:
            self._overlaps[i, j] = overlap(self.old[i], self.new[j], self.weights)
        return self._overlaps[i, j]

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
        best = max(((shared_words(one, other, self.weights).of_old, -n) for n, other in enumerate(others)), default=None)
        return Nearest(others[-best[1]].address, round(best[0], 2)) if best and best[0] > 0 else None
