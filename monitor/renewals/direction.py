"""Says whether the words about women read stronger, weaker or level beside the old ones, and why. Pure.

Never a claim about law: "reads weaker". Each reason is one rule with the words it looked at; where some speak for
stronger and others, of like weight, for weaker, the pair is level and mixed.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.renewals.comparison import Direction, Reason
from monitor.renewals.wording.terms import Use, term_named
from monitor.renewals.wording.verbs import TASKS, Verb
from monitor.renewals.wording.weights import Overlap, Weights
from monitor.renewals.wording.women import Side

#: Below this weight reasons decide nothing.
LEAST = 0.45
#: Words of so little weight together are no reason: one or two rare ones.
LIGHT = 8.0
#: So many words before and behind came along with a term that was exchanged: "responsive to the needs and rights of".
COMES_ALONG = 8
#: Where the lighter side has more than this share of the heavier, a pair is mixed.
MIXED = 0.6


@dataclass(frozen=True, slots=True)
class Judgement:
    """A direction with its reasons."""

    direction: Direction
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Weighed:
    reason: Reason
    weight: float


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of the words about women: those of the old side that stand in no new one, and those that are new.

    The words of other paragraphs that the new one took in are not new, and those of this one that went elsewhere not
    lost. `is_part` says that the new paragraph took in others too.
    """

    lost: frozenset[int]
    gained: frozenset[int]
    overlap: Overlap
    is_part: bool = False


def judge(old: Side, new: Side, fate: Fate, weights: Weights) -> Judgement:
    """Weigh a pair in which words about women stand on both sides."""
    names = _Names(old, new, fate)
    found = [*names.weighed(), *_qualifiers(old, new), *_series(old, new, fate), *_verbs(old, new, fate)]
    found += [*_part(old, new), *_subjects(old, new, fate, names), *_words(old, new, fate, names, weights)]
    return _decide(found)


def judge_removed(old: Side) -> Judgement:
    """Words about women that stand in the new paragraph no more."""
    return Judgement(Direction.WEAKER, (Reason("words-removed", old.printed(old.near), "", -1),))


def judge_cited(old: Side, new: Side) -> Judgement:
    """Words about women that the new text keeps by citing them and no longer says."""
    reason = Reason("kept-by-reference", old.printed(old.near), new.one.address, -1)
    return Judgement(Direction.WEAKER, (reason,))


def judge_added(new: Side) -> Judgement:
    """Words about women that a paragraph gained."""
    return Judgement(Direction.STRONGER, (Reason("words-added", "", new.printed(new.near), 1),))


def _decide(found: Sequence[_Weighed]) -> Judgement:
    better = sum(one.weight for one in found if one.reason.sign > 0)
    worse = sum(one.weight for one in found if one.reason.sign < 0)
    reasons = tuple(one.reason for one in found)
    if max(better, worse) < LEAST:
        return Judgement(Direction.NEUTRAL, reasons)
    if min(better, worse) > MIXED * max(better, worse):
        return Judgement(Direction.NEUTRAL, (*reasons, Reason("mixed", "", "", 0)))
    return Judgement(Direction.STRONGER if better > worse else Direction.WEAKER, reasons)


class _Names:
    """Terms of art and scopes that were lost, gained, or exchanged for another of the same family."""

    def __init__(self, old: Side, new: Side, fate: Fate) -> None:
        self.lost = [use for use in _gone(old.terms, new.terms) if _touches(use, old, fate.lost)]
        self.gained = [use for use in _gone(new.terms, old.terms) if _touches(use, new, fate.gained)]
        self.narrowed = [use for use in _gone(old.scopes, new.scopes) if _touches(use, old, fate.lost)]
        self.widened = [use for use in _gone(new.scopes, old.scopes) if _touches(use, new, fate.gained)]
        self.exchanged: list[tuple[Use, Use]] = []
        for use in tuple(self.lost):
            family = term_named(use.name).family
            instead = next((one for one in self.gained if term_named(one.name).family == family), None)
            if instead is not None:
                self.lost.remove(use)
                self.gained.remove(instead)
                self.exchanged.append((use, instead))

    def weighed(self) -> Iterable[_Weighed]:
        """The reasons, each with its weight."""
        for use, instead in self.exchanged:
            step = term_named(instead.name).rank - term_named(use.name).rank
            sign = (step > 0) - (step < 0)
            yield _Weighed(Reason("term-replaced", use.printed, instead.printed, sign), 1.0 * abs(sign))
        yield from (_Weighed(Reason("term-lost", use.printed, "", -1), 1.0) for use in self.lost)
        yield from (_Weighed(Reason("term-gained", "", use.printed, 1), 1.0) for use in self.gained)
        yield from (_Weighed(Reason("scope-lost", use.printed, "", -1), 0.5) for use in self.narrowed)
        yield from (_Weighed(Reason("scope-gained", "", use.printed, 1), 0.5) for use in self.widened)

    def told_of(self, side: Side, *, is_old: bool) -> frozenset[int]:
        """The positions of words of which the names tell already: of an exchange also those that came with the term."""
        named = [*self.lost, *self.narrowed] if is_old else [*self.gained, *self.widened]
        exchanged = [pair[0 if is_old else 1] for pair in self.exchanged]
        told = set(_positions(side, named))
        for n in _positions(side, exchanged):
            told.update(range(n - COMES_ALONG, n + COMES_ALONG + 1))
        return frozenset(told)


def _qualifiers(old: Side, new: Side) -> Iterable[_Weighed]:
    """How participation is qualified: one quality more or fewer."""
    before, after = old.qualifiers, new.qualifiers
    if not before or not after or before == after:
        return
    sign = (before < after) - (after < before)
    yield _Weighed(Reason("participation", ", ".join(sorted(before)), ", ".join(sorted(after)), sign), 0.7)


def _series(old: Side, new: Side, fate: Fate) -> Iterable[_Weighed]:
    """Resolutions on women, peace and security that are named no more, or that are named now."""
    if new.series - old.series and not fate.is_part:
        yield _Weighed(Reason("series", "", ", ".join(sorted(new.series - old.series)), 1), 0.5)
    if old.series - new.series:
        yield _Weighed(Reason("series", ", ".join(sorted(old.series - new.series)), "", -1), 0.5)


def _verbs(old: Side, new: Side, fate: Fate) -> Iterable[_Weighed]:
    """The verb that governs most of the words about women that both sides have, where it is of another class."""
    pairs: Counter[tuple[Verb, Verb]] = Counter()
    for i, j in fate.overlap.matched:
        if i in old.subjects and j in new.subjects:
            before, after = old.verb_at(i), new.verb_at(j)
            if before is not None and after is not None:
                pairs[before, after] += 1
    if pairs:
        yield from _verb(*max(pairs, key=lambda pair: pairs[pair]))


def _verb(before: Verb, after: Verb) -> Iterable[_Weighed]:
    if before.plain == after.plain and before.adverbs == after.adverbs:
        return
    sign = 0
    if before.kind == after.kind:
        step = after.force - before.force or (after.adverbs - before.adverbs)
        sign = (step > 0) - (step < 0)
    weight = 0.5 if before.kind == TASKS else 1.0
    yield _Weighed(Reason("verb", before.printed, after.printed, sign), weight if sign else 0.0)


def _part(old: Side, new: Side) -> Iterable[_Weighed]:
    before, after = old.one.address, new.one.address
    if before[:2] != after[:2] and {before[:2], after[:2]} == {"PP", "OP"}:
        yield _Weighed(Reason("part", before, after, 1 if after[:2] == "OP" else -1), 1.0)


def _subjects(old: Side, new: Side, fate: Fate, names: _Names) -> Iterable[_Weighed]:
    """Words about women that only one side has, where no name tells of them: who is spoken of, and of what."""
    before, after = (
        Counter(side.one.words[n].word for n in positions & side.subjects)
        for side, positions in (
            (old, fate.lost - names.told_of(old, is_old=True)),
            (new, fate.gained - names.told_of(new, is_old=False)),
        )
    )
    if after - before and not before - after:
        yield _Weighed(Reason("women-named", "", ", ".join(sorted(after - before)), 1), 0.5)
    if before - after and not after - before:
        yield _Weighed(Reason("women-named", ", ".join(sorted(before - after)), "", -1), 0.5)


def _words(old: Side, new: Side, fate: Fate, names: _Names, weights: Weights) -> Iterable[_Weighed]:
    """Words near those about women that went or came, by weight, but for the names that are told already."""
    gone = fate.lost - names.told_of(old, is_old=True)
    came = fate.gained - names.told_of(new, is_old=False)
    lost, gained = (
        weights.total(side.one.words[n].word for n in positions) for side, positions in ((old, gone), (new, came))
    )
    whole = max(weights.total(old.one.words[n].word for n in old.near), 1.0)
    if lost > LIGHT:
        yield _Weighed(Reason("words-lost", old.printed(gone), "", -1), min(1.5, 1.5 * lost / whole))
    if gained > LIGHT:
        yield _Weighed(Reason("words-gained", "", new.printed(came), 1), min(1.5, 1.5 * gained / whole))


def _gone(here: Sequence[Use], there: Sequence[Use]) -> list[Use]:
    """The names of one side that the other has not."""
    names = {use.name for use in there}
    seen: set[str] = set()
    gone = []
    for use in here:
        if use.name not in names and use.name not in seen:
            seen.add(use.name)
            gone.append(use)
    return gone


def _touches(use: Use, side: Side, positions: frozenset[int]) -> bool:
    return not positions.isdisjoint(_positions(side, (use,)))


def _positions(side: Side, uses: Iterable[Use]) -> set[int]:
    """The positions of the words that stand in names."""
    return {n for use in uses for n, word in enumerate(side.one.words) if word.start < use.end and word.end > use.start}
