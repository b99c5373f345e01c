"""Says whether the words about women read stronger, weaker or level beside the old ones, and why. Pure.

Never a claim about law: "reads weaker". Each reason is one rule with the words it looked at; where some speak for
stronger and others, of like weight, for weaker, the pair is level and mixed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.renewals.comparison import Direction, Reason
from monitor.renewals.wording.terms import Use, qualifiers_in, term_named
from monitor.renewals.wording.verbs import TASKS, Verb
from monitor.renewals.wording.weights import Weights
from monitor.renewals.wording.women import Overlap, Side

#: Below this weight reasons decide nothing.
LEAST = 0.45
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
    lost.
    """

    lost: frozenset[int]
    gained: frozenset[int]
    overlap: Overlap


def judge(old: Side, new: Side, fate: Fate, weights: Weights) -> Judgement:
    """Weigh a pair in which words about women stand on both sides."""
    found = [*_names(old, new, fate), *_qualifiers(old, new), *_verbs(old, new, fate), *_part(old, new)]
    found += _words(old, new, fate, weights)
    return _decide(found)


def judge_removed(old: Side, new: Side) -> Judgement:
    """Words about women that stand in the new paragraph no more."""
    reason = Reason("words-removed", old.printed(old.subjects), "", -1)
    return Judgement(Direction.WEAKER, (reason,))


def judge_added(old: Side, new: Side) -> Judgement:
    """Words about women that a paragraph gained."""
    return Judgement(Direction.STRONGER, (Reason("words-added", "", new.printed(new.subjects), 1),))


def _decide(found: Sequence[_Weighed]) -> Judgement:
    better = sum(one.weight for one in found if one.reason.sign > 0)
    worse = sum(one.weight for one in found if one.reason.sign < 0)
    reasons = tuple(one.reason for one in found)
    if max(better, worse) < LEAST:
        return Judgement(Direction.NEUTRAL, reasons)
    if min(better, worse) > MIXED * max(better, worse):
        return Judgement(Direction.NEUTRAL, (*reasons, Reason("mixed", "", "", 0)))
    return Judgement(Direction.STRONGER if better > worse else Direction.WEAKER, reasons)


def _names(old: Side, new: Side, fate: Fate) -> Iterable[_Weighed]:
    """Terms of art and scopes that were lost, gained, or exchanged for another of the same family."""
    lost = [use for use in _gone(old.terms, new.terms) if _touches(use, old, fate.lost)]
    gained = [use for use in _gone(new.terms, old.terms) if _touches(use, new, fate.gained)]
    for use in list(lost):
        family = term_named(use.name).family
        instead = next((one for one in gained if term_named(one.name).family == family), None)
        if instead is not None:
            lost.remove(use)
            gained.remove(instead)
            step = term_named(instead.name).rank - term_named(use.name).rank
            sign = (step > 0) - (step < 0)
            yield _Weighed(Reason("term-replaced", use.printed, instead.printed, sign), 1.0 * abs(sign))
    for use in lost:
        yield _Weighed(Reason("term-lost", use.printed, "", -1), 1.0)
    for use in gained:
        yield _Weighed(Reason("term-gained", "", use.printed, 1), 1.0)
    for use in _gone(old.scopes, new.scopes):
        if _touches(use, old, fate.lost):
            yield _Weighed(Reason("scope-lost", use.printed, "", -1), 0.5)
    for use in _gone(new.scopes, old.scopes):
        if _touches(use, new, fate.gained):
            yield _Weighed(Reason("scope-gained", "", use.printed, 1), 0.5)


def _qualifiers(old: Side, new: Side) -> Iterable[_Weighed]:
    """How participation is qualified: one quality more or fewer."""
    before, after = (qualifiers_in(side.one.paragraph.text) for side in (old, new))
    if not before or not after or before == after:
        return
    sign = (before < after) - (after < before)
    yield _Weighed(Reason("participation", ", ".join(sorted(before)), ", ".join(sorted(after)), sign), 0.7)


def _verbs(old: Side, new: Side, fate: Fate) -> Iterable[_Weighed]:
    """The verb that governs words about women that both sides have, where it is of another class."""
    seen = set()
    for i, j in fate.overlap.matched:
        if i not in old.subjects or j not in new.subjects:
            continue
        before, after = old.verb_at(i), new.verb_at(j)
        if before is None or after is None or (before.plain, after.plain) in seen:
            continue
        seen.add((before.plain, after.plain))
        yield from _verb(before, after)


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


def _words(old: Side, new: Side, fate: Fate, weights: Weights) -> Iterable[_Weighed]:
    """Words near those about women that went or came, by weight."""
    lost, gained = (
        weights.total(side.one.words[n].word for n in positions)
        for side, positions in ((old, fate.lost), (new, fate.gained))
    )
    whole = max(weights.total(old.one.words[n].word for n in old.near), 1.0)
    if lost > 8:
        yield _Weighed(Reason("words-lost", old.printed(fate.lost), "", -1), min(1.5, 1.5 * lost / whole))
    if gained > 8:
        yield _Weighed(Reason("words-gained", "", new.printed(fate.gained), 1), min(1.5, 1.5 * gained / whole))


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
    words = side.one.words
    return any(words[n].start < use.end and words[n].end > use.start for n in positions)
