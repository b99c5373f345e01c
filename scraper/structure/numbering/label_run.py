"""Decides from the run of labels how deep each one stands: which list it goes on in, and which one it opens.

`(i)` is the ninth letter after `(h)` and the first roman numeral where it opens a list: no label is read alone.
Indentation and what comes are witnesses, heard where a format gives them: print gives both, the UN's XML neither. What
is printed is never corrected: a number that repeats, jumps or falls back is kept and reported.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scraper.structure.numbering.labels import Label, Reading, Series


class Oddity(StrEnum):
    """What is odd about a printed label, seen from its run."""

    JUMPS = "number-jumps"
    REPEATS = "number-repeats"
    FALLS_BACK = "number-falls-back"


@dataclass(frozen=True, slots=True)
class Entry:
    """A labelled block in its run; `left` is where it begins, None where the format does not say."""

    label: Label
    left: float | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: the labels from the outermost to its own, bullets as `•2`. `odd` says what is odd."""

    degrees: tuple[str, ...]
    odd: Oddity | None = None


@dataclass(frozen=True, slots=True)
class OpenList:
    """One open list: how it counts, where it has got to, where its labels stand."""

    shape: str
    reading: Reading
    name: str
    left: float | None


_INDENT = 6.0  # points: less is not a deeper degree
_LOOK_AHEAD = 60  # entries: as far as a list that began with (i) may hold sub-lists before its (ii)


def place_labels(entries: Sequence[Entry]) -> tuple[Place, ...]:
    """The place of each entry, by the run of their labels.

    Example: `1.`, `(h)`, `(i)`, `(ii)` under "(h)" give `1`, `1 h`, `1 h i`, `1 h ii`; before `(j)`, `1 i`.
    """
    levels: list[OpenList] = []
    closed: dict[tuple[str, Series], OpenList] = {}
    places: list[Place] = []
    for number, entry in enumerate(entries):
        coming = entries[number + 1 : number + 1 + _LOOK_AHEAD]
        if entry.label.is_bullet:
            depth, level, odd = _bullet(levels, entry)
        else:
            depth, level, odd = _labelled(levels, list(closed.values()), entry, coming)
        if depth == 0:
            closed = {}
        closed |= {(gone.shape, gone.reading.series): gone for gone in levels[max(depth, 1) :]}
        levels[depth:] = [level]
        places.append(Place(tuple(level.name for level in levels), odd))
    return tuple(places)


def depth_among(levels: Sequence[OpenList], label: Label) -> int | None:
    """How many of the open lists stand above a label of which nothing but its run so far is known.

    None says that it goes on in none of them, and opens none.
    """
    depth, _, odd = _labelled(levels, (), Entry(label), ())
    return None if odd is not None and depth == len(levels) else depth


def level_of(label: Label, before: OpenList | None) -> OpenList:
    """The list that a label stands in, whose last label was `before`: it goes on in that, or opens one."""
    going_on = next((one for one in label.readings if before is not None and one == before.reading.next), None)
    opening = next((one for one in label.readings if one.ordinal == 1), None)
    return OpenList(label.shape, going_on or opening or label.readings[-1], label.name, None)


def _bullet(levels: Sequence[OpenList], entry: Entry) -> tuple[int, OpenList, Oddity | None]:
    """Bullets of one list share their sign and their indentation."""
    depth = len(levels)
    count = 1
    for above in reversed(range(len(levels))):
        level = levels[above]
        if level.shape == entry.label.shape and not _is_deeper(entry.left, level.left):
            if _is_deeper(level.left, entry.left) and any(other.shape == level.shape for other in levels[:above]):
                continue
            depth, count = above, level.reading.ordinal + 1
            break
    return depth, OpenList(entry.label.shape, Reading(Series.BULLET, count), f"•{count}", entry.left), None


def _labelled(
    levels: Sequence[OpenList], closed: Sequence[OpenList], entry: Entry, coming: Sequence[Entry]
) -> tuple[int, OpenList, Oddity | None]:
    label = entry.label
    if label.shape == "_._":  # "1.10" names its own place
        return 0, OpenList(label.shape, label.readings[0], label.name, entry.left), None
    going_on = _going_on(levels, label, entry.left)
    opening = next((reading for reading in label.readings if reading.ordinal == 1), None)
    if going_on is not None and (opening in (None, going_on[1]) or not _opens(going_on[1], levels, entry, coming)):
        depth, reading = going_on
        return depth, OpenList(label.shape, reading, label.name, entry.left), None
    if opening is not None and (going_on is not None or _is_new_list(levels, entry, opening, coming)):
        return len(levels), OpenList(label.shape, opening, label.name, entry.left), None
    running = _going_on(closed, label, None)
    if running is not None:  # letters that run on from one roman numeral to the next
        return len(levels), OpenList(label.shape, running[1], label.name, entry.left), None
    return _odd(levels, entry)


def _going_on(levels: Sequence[OpenList], label: Label, left: float | None) -> tuple[int, Reading] | None:
    """The open list whose next label this is, if any; the innermost, or one of the same indentation before it."""
    fits = [
        (depth, reading)
        for depth, level in enumerate(levels)
        for reading in label.readings
        if reading == level.reading.next
    ]
    same_shape = [fit for fit in fits if levels[fit[0]].shape == label.shape]
    fits = same_shape or [fit for fit in fits if fit[1].ordinal > 1 and not label.is_number]
    beside = [fit for fit in fits if not _is_apart(levels[fit[0]].left, left)]
    fits = beside or fits
    return fits[-1] if fits else None


def _opens(going_on: Reading, levels: Sequence[OpenList], entry: Entry, coming: Sequence[Entry]) -> bool:
    """Whether a label that could go on with a list, `(i)` after `(h)`, opens one instead: its successor tells."""
    label = entry.label
    for later in coming:
        if later.label.is_number:
            break
        if later.label.shape == label.shape:
            if later.label.name == label.name:  # (h) (i) (i) (ii): the second opens the list
                return False
            if any(reading.ordinal == 2 and reading.series is not going_on.series for reading in later.label.readings):
                return True
            if going_on.next in later.label.readings:
                return False
    return _is_deeper(entry.left, levels[-1].left)


def _is_new_list(levels: Sequence[OpenList], entry: Entry, opening: Reading, coming: Sequence[Entry]) -> bool:
    """Whether a first label opens a list, and does not restart one that is open."""
    same = [level for level in levels if level.shape == entry.label.shape and level.reading.series is opening.series]
    if not same or _is_deeper(entry.left, same[-1].left):
        return True
    return entry.label.is_number and _is_resumed(same[-1].reading.ordinal + 1, coming)


def _is_resumed(number: int, coming: Sequence[Entry]) -> bool:
    """Whether the run before a "1." goes on behind it: then that "1." and its successors are a list of their own.

    After paragraph 3, the numbers 1, 2, 4 are a list of two and paragraph 4; the numbers 1, 2, 3, 4 a fresh start.
    """
    last = 1
    for later in coming:
        if later.label.is_number and later.label.shape == "_.":
            ordinal = later.label.readings[0].ordinal
            if ordinal == number and ordinal != last + 1:
                return True
            if ordinal != last + 1:
                return False
            last = ordinal
    return False


def _odd(levels: Sequence[OpenList], entry: Entry) -> tuple[int, OpenList, Oddity | None]:
    """A label that no list was waiting for: it stays with the innermost list that counts like it, and is reported."""
    label = entry.label
    for depth in reversed(range(len(levels))):
        level = levels[depth]
        for reading in label.readings:
            is_alike = level.reading.series is reading.series and level.reading.stem == reading.stem
            if level.shape == label.shape and is_alike:
                step = reading.ordinal - level.reading.ordinal
                odd = Oddity.REPEATS if step == 0 else Oddity.JUMPS if step > 0 else Oddity.FALLS_BACK
                return depth, OpenList(label.shape, reading, label.name, entry.left), odd
    depth = 0 if label.is_number else len(levels)
    return depth, OpenList(label.shape, label.readings[0], label.name, entry.left), Oddity.JUMPS


def _is_deeper(left: float | None, other: float | None) -> bool:
    return left is not None and other is not None and left > other + _INDENT


def _is_apart(left: float | None, other: float | None) -> bool:
    return _is_deeper(left, other) or _is_deeper(other, left)
