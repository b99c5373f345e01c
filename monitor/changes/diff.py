"""Says what changed between two texts, paragraph by paragraph and word by word. Does not say whether it matters."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from re import compile as compile_pattern

from monitor.changes.align import Alignment, align
from storage.folding import loose_text
from storage.models import Paragraph
from storage.records import ChangeKind

# "OP 42 (a) (iii)" stands under "OP 42 (a)", "OP 4 (•2)" under "OP 4", "OP 8 (b) #2" under "OP 8"; "OP 7 +1" under none
_UNDER = compile_pattern(r"(?P<parent>.+) \([^()]*\)(?: #\d+)?")


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """One paragraph's change between two texts. `before` is None for an added, `after` for a removed paragraph."""

    kind: ChangeKind
    before: Paragraph | None
    after: Paragraph | None

    @property
    def address(self) -> str:
        """Where the paragraph stands now; of a removed one, where it stood."""
        return self._newest.address

    @property
    def before_address(self) -> str | None:
        """Where the paragraph stood before; None when it did not exist."""
        return self.before.address if self.before else None

    @property
    def is_wps(self) -> bool:
        """Whether its words before or after are WPS content."""
        return any(paragraph is not None and paragraph.is_wps for paragraph in (self.before, self.after))

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes of its newest words; of words that lost them, the themes they had."""
        return self._newest.themes or (self.before.themes if self.before else ())

    @property
    def _newest(self) -> Paragraph:
        newest = self.after or self.before
        if newest is None:
            raise ValueError("expected a paragraph before or after, found neither")
        return newest


class WordKind(StrEnum):
    """What happened to a run of words."""

    EQUAL = "equal"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class WordRun:
    """Neighbouring words with the same fate, joined by single spaces."""

    kind: WordKind
    text: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """Words that stood in one place before and stand there after; either may be empty."""

    before: str
    after: str


def parent_address(address: str) -> str | None:
    """The address a sub-paragraph stands under, None for one that stands under none: `OP 8 (a) (ii)` → `OP 8 (a)`."""
    match = _UNDER.fullmatch(address)
    return match["parent"] if match else None


def diff_paragraphs(before: Sequence[Paragraph], after: Sequence[Paragraph]) -> list[ParagraphChange]:
    """Every paragraph that is not the same in both texts, in the order of the later text.

    A paragraph has at most one change: other words make it `modified` wherever it now stands; the same words at
    another address are `renumbered` where the order and what they stand under are kept, else `moved`. White space,
    hyphens and quotation marks are no words.
    """
    alignment = align(before, after)
    ordered = _in_order(alignment)
    paired = {pair.before: pair.after for pair in alignment.pairs}
    same_parents = _SameParents(before, after, paired)
    placed: list[tuple[tuple[int, int], ParagraphChange]] = []
    for pair in alignment.pairs:
        kind = _kind(before[pair.before], after[pair.after], pair.before in ordered, same_parents)
        if kind is not None:
            placed.append(((pair.after, 0), ParagraphChange(kind, before[pair.before], after[pair.after])))
    placed += [((j, 0), ParagraphChange(ChangeKind.ADDED, None, after[j])) for j in alignment.added]
    position = -1
    for i, paragraph in enumerate(before):
        position = paired.get(i, position)
        if i not in paired:
            placed.append(((position, 1 + i), ParagraphChange(ChangeKind.REMOVED, paragraph, None)))
    return [change for _, change in sorted(placed, key=lambda one: one[0])]


def word_changes(before: str, after: str) -> tuple[WordRun, ...]:
    """The words of two texts as runs of equal, removed and added words; a replaced run is removed, then added.

    Words that differ by white space, hyphens or quotation marks alone are equal, and shown as they are now.
    """
    runs: list[WordRun] = []
    for group in _trimmed(_merged(_groups(before.split(), after.split()))):
        if group.is_equal:
            runs.append(WordRun(WordKind.EQUAL, " ".join(group.after)))
            continue
        if group.before:
            runs.append(WordRun(WordKind.REMOVED, " ".join(group.before)))
        if group.after:
            runs.append(WordRun(WordKind.ADDED, " ".join(group.after)))
    return tuple(runs)


def replacements(runs: Sequence[WordRun]) -> tuple[Replacement, ...]:
    """What replaced what, from the runs of `word_changes`: `Replacement("shall", "should")`."""
    found: list[Replacement] = []
    removed = ""
    for run in (*runs, WordRun(WordKind.EQUAL, "")):
        if run.kind is WordKind.REMOVED:
            removed = run.text
        elif run.kind is WordKind.ADDED:
            found.append(Replacement(removed, run.text))
            removed = ""
        elif removed:
            found.append(Replacement(removed, ""))
            removed = ""
    return tuple(found)


class _SameParents:
    """Whether a pair of paragraphs stands under the same paragraph in both texts; None when that can't be told."""

    def __init__(self, before: Sequence[Paragraph], after: Sequence[Paragraph], paired: dict[int, int]) -> None:
        self._old = {paragraph.address: i for i, paragraph in enumerate(before)}
        self._new = {paragraph.address: j for j, paragraph in enumerate(after)}
        self._paired = paired
        self._taken = set(paired.values())

    def __call__(self, old: Paragraph, new: Paragraph) -> bool | None:
        parents = parent_address(old.address), parent_address(new.address)
        if parents[0] is None or parents[1] is None:
            return parents[0] is parents[1] and old.part is new.part
        i, j = self._old.get(parents[0]), self._new.get(parents[1])
        if i is None or j is None or (i not in self._paired and j not in self._taken):
            # nothing is printed at the parent, or its words are all new: its order must tell
            return True if parents[0] == parents[1] else None
        return self._paired.get(i) == j


def _kind(old: Paragraph, new: Paragraph, is_in_order: bool, same_parents: _SameParents) -> ChangeKind | None:
    if loose_text(old.text) != loose_text(new.text):
        return ChangeKind.MODIFIED
    stands_under_same = same_parents(old, new)
    if stands_under_same is False:
        return ChangeKind.MOVED
    if old.address == new.address:
        return None
    return ChangeKind.RENUMBERED if is_in_order else ChangeKind.MOVED


def _in_order(alignment: Alignment) -> set[int]:
    """The earlier positions of the pairs that kept their order: the longest increasing run of later positions."""
    pairs = sorted(alignment.pairs, key=lambda pair: pair.before)
    ends: list[int] = []  # the smallest later position that ends a run of each length
    last: list[int] = []  # which pair that is
    previous: list[int] = []
    for n, pair in enumerate(pairs):
        length = bisect_left(ends, pair.after)
        ends[length : length + 1] = [pair.after]
        last[length : length + 1] = [n]
        previous.append(last[length - 1] if length else -1)
    found: set[int] = set()
    n = last[-1] if last else -1
    while n >= 0:
        found.add(pairs[n].before)
        n = previous[n]
    return found


@dataclass(frozen=True, slots=True)
class _Group:
    """Words of both texts at one place."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    is_equal: bool

    @property
    def size(self) -> int:
        return max(len(self.before), len(self.after))

    @property
    def replaced(self) -> int:
        return min(len(self.before), len(self.after))


def _groups(old: list[str], new: list[str]) -> list[_Group]:
    """Equal and changed groups in turn: no two of a kind are neighbours."""
    from rapidfuzz.distance import Indel

    groups: list[_Group] = []
    for step in Indel.opcodes([_folded(word) for word in old], [_folded(word) for word in new]):
        words = tuple(old[step.src_start : step.src_end]), tuple(new[step.dest_start : step.dest_end])
        _append(groups, _Group(*words, is_equal=step.tag == "equal"))
    told: list[_Group] = []
    for group in groups:
        # "pre- deployment" and "pre-deployment" are two words and one, and the same
        is_equal = group.is_equal or "".join(map(_folded, group.before)) == "".join(map(_folded, group.after))
        _append(told, _Group(group.before, group.after, is_equal))
    return told


def _merged(groups: list[_Group]) -> list[_Group]:
    """Take one or two equal words between longer replacements into them: "of the" alone keeps no two changes apart."""
    merged: list[_Group] = []
    for n, group in enumerate(groups):
        is_between = 0 < n < len(groups) - 1
        if group.is_equal and group.size <= 2 and is_between:
            smaller = min(groups[n - 1].replaced, groups[n + 1].replaced)
            _append(merged, _Group(group.before, group.after, is_equal=group.size >= smaller))
        else:
            _append(merged, group)
    return merged


def _trimmed(groups: list[_Group]) -> list[_Group]:
    """Leave the words out of a change with which both its sides begin or end."""
    trimmed: list[_Group] = []
    for group in groups:
        most = 0 if group.is_equal else group.replaced
        if not most:
            _append(trimmed, group)
            continue
        old, new = [_folded(word) for word in group.before], [_folded(word) for word in group.after]
        first = next((n for n in range(most) if old[n] != new[n]), most)
        last = next((n for n in range(most - first) if old[-1 - n] != new[-1 - n]), most - first)
        ends = len(old) - last, len(new) - last
        _append(trimmed, _Group(group.before[:first], group.after[:first], is_equal=True))
        _append(trimmed, _Group(group.before[first : ends[0]], group.after[first : ends[1]], group.is_equal))
        _append(trimmed, _Group(group.before[ends[0] :], group.after[ends[1] :], is_equal=True))
    return trimmed


def _append(groups: list[_Group], group: _Group) -> None:
    if not group.before and not group.after:
        return
    if groups and groups[-1].is_equal == group.is_equal:
        group = _Group(groups[-1].before + group.before, groups[-1].after + group.after, group.is_equal)
        groups.pop()
    groups.append(group)


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    return loose_text(word)
