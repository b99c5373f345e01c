"""Reads the labels that open paragraphs, and decides from their run which paragraph each one numbers.

`(i)` is the ninth letter after `(h)` and the first roman numeral where it opens a list: no label is read alone.
Indentation is a witness, heard where the run leaves a doubt. What is printed is never corrected: a number that
repeats, jumps or falls back is kept and reported.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scraper.council.ordinals import roman_value


class Series(StrEnum):
    """The ways of counting that labels use."""

    NUMBER = "number"
    LETTER = "letter"
    ROMAN = "roman"
    CAPITAL = "capital"
    CAPITAL_ROMAN = "capital-roman"
    BULLET = "bullet"


class Oddity(StrEnum):
    """What is odd about a printed label, seen from its run."""

    JUMPS = "number-jumps"
    REPEATS = "number-repeats"
    FALLS_BACK = "number-falls-back"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a label: the `ordinal`-th of its series."""

    series: Series
    ordinal: int


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed; `name` goes into an address, `shape` is what surrounds it: "(_)", "_.", or the bullet."""

    printed: str
    name: str
    shape: str
    readings: tuple[Reading, ...]

    @property
    def is_bullet(self) -> bool:
        """Whether it is a bullet or dash."""
        return self.readings[0].series is Series.BULLET

    @property
    def is_capital(self) -> bool:
        """Whether it is a capital letter or roman numeral, as before headings."""
        return self.name[:1].isupper()

    @property
    def is_number(self) -> bool:
        """Whether it numbers a paragraph as operative ones are numbered: "8.", "1.10"."""
        return self.shape in ("_.", "_._") and self.readings[0].series is Series.NUMBER


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
class _Level:
    """One open list: how it counts, where it has got to, where its labels stand."""

    shape: str
    reading: Reading
    name: str
    left: float | None


# "8. Decides", "(a) to", "(b). Tri", "a) de", "iv. the", "1.10. Funds", "(1) UNISFA": what opens a numbered block
_LABELLED = re.compile(
    r"""
    (?P<printed> (?P<open>\(\s?)?
      (?P<name> \d{1,3}(?:\.\d{1,3}){0,3} | [a-z]{1,2} | [ivx]{1,6} | [A-Z] | [IVX]{1,6} )
      (?(open) \s?\)\.? | (?P<close>[.)]) ) )
    (?: \s+ | (?=[A-Z“"]) | $ )
    """,
    re.VERBOSE,
)
# "1.1 Funds": a number of several parts needs no stop behind it
_PARTS = re.compile(r"(?P<printed>(?P<name>\d{1,3}(?:\.\d{1,3}){1,3}))\s+(?=[A-Z“\"])")
_BULLETED = re.compile(r"(?P<printed>[•●▪◦·‣–—-])\s+")
_MOST_ROMANS = 39  # a label such as l or c is a letter: no list counts so far in romans
_INDENT = 6.0  # points: less is not a deeper degree
_LOOK_AHEAD = 60  # entries: as far as a list that began with (i) may hold sub-lists before its (ii)


def split_label(text: str) -> tuple[Label | None, str]:
    """The label that opens a text, and the text behind it: "(a) to ensure" gives `a` and "to ensure"."""
    bullet = _BULLETED.match(text)
    if bullet is not None:
        mark = bullet["printed"]
        return Label(mark, mark, mark, (Reading(Series.BULLET, 1),)), text[bullet.end() :]
    for pattern in (_LABELLED, _PARTS):
        found = pattern.match(text)
        if found is not None and (readings := _readings(found["name"])):
            return Label(found["printed"], found["name"], _shape(found), readings), text[found.end() :]
    return None, text


def place_labels(entries: Sequence[Entry]) -> tuple[Place, ...]:
    """The place of each entry, by the run of their labels.

    Example: `1.`, `(h)`, `(i)`, `(ii)` under "(h)" give `1`, `1 h`, `1 h i`, `1 h ii`; before `(j)`, `1 i`.
    """
    levels: list[_Level] = []
    closed: dict[tuple[str, Series], _Level] = {}
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


def _bullet(levels: Sequence[_Level], entry: Entry) -> tuple[int, _Level, Oddity | None]:
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
    return depth, _Level(entry.label.shape, Reading(Series.BULLET, count), f"•{count}", entry.left), None


def _labelled(
    levels: Sequence[_Level], closed: Sequence[_Level], entry: Entry, coming: Sequence[Entry]
) -> tuple[int, _Level, Oddity | None]:
    label = entry.label
    if label.shape == "_._":  # "1.10" names its own place
        return 0, _Level(label.shape, label.readings[0], label.name, entry.left), None
    going_on = _going_on(levels, label, entry.left)
    opening = next((reading for reading in label.readings if reading.ordinal == 1), None)
    if going_on is not None and (opening in (None, going_on[1]) or not _opens(going_on[1], levels, entry, coming)):
        depth, reading = going_on
        return depth, _Level(label.shape, reading, label.name, entry.left), None
    if opening is not None and (going_on is not None or _is_new_list(levels, entry, opening, coming)):
        return len(levels), _Level(label.shape, opening, label.name, entry.left), None
    running = _going_on(closed, label, None)
    if running is not None:  # letters that run on from one roman numeral to the next
        return len(levels), _Level(label.shape, running[1], label.name, entry.left), None
    return _odd(levels, entry)


def _going_on(levels: Sequence[_Level], label: Label, left: float | None) -> tuple[int, Reading] | None:
    """The open list whose next label this is, if any; the innermost, or one of the same indentation before it."""
    fits = [
        (depth, reading)
        for depth, level in enumerate(levels)
        for reading in label.readings
        if reading.series is level.reading.series and reading.ordinal == level.reading.ordinal + 1
    ]
    same_shape = [fit for fit in fits if levels[fit[0]].shape == label.shape]
    fits = same_shape or [fit for fit in fits if fit[1].ordinal > 1 and not label.is_number]
    beside = [fit for fit in fits if not _is_apart(levels[fit[0]].left, left)]
    fits = beside or fits
    return fits[-1] if fits else None


def _opens(going_on: Reading, levels: Sequence[_Level], entry: Entry, coming: Sequence[Entry]) -> bool:
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
            if Reading(going_on.series, going_on.ordinal + 1) in later.label.readings:
                return False
    return _is_deeper(entry.left, levels[-1].left)


def _is_new_list(levels: Sequence[_Level], entry: Entry, opening: Reading, coming: Sequence[Entry]) -> bool:
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


def _odd(levels: Sequence[_Level], entry: Entry) -> tuple[int, _Level, Oddity | None]:
    """A label that no list was waiting for: it stays with the innermost list that counts like it, and is reported."""
    label = entry.label
    for depth in reversed(range(len(levels))):
        level = levels[depth]
        for reading in label.readings:
            if level.shape == label.shape and level.reading.series is reading.series:
                step = reading.ordinal - level.reading.ordinal
                odd = Oddity.REPEATS if step == 0 else Oddity.JUMPS if step > 0 else Oddity.FALLS_BACK
                return depth, _Level(label.shape, reading, label.name, entry.left), odd
    depth = 0 if label.is_number else len(levels)
    return depth, _Level(label.shape, label.readings[0], label.name, entry.left), Oddity.JUMPS


def _readings(name: str) -> tuple[Reading, ...]:
    """Every way to read a label's name: `i` is a letter and a roman numeral, `aa` the letter after `z`."""
    if name[0].isdigit():
        return (Reading(Series.NUMBER, int(name.rsplit(".", 1)[-1])),)
    lower, is_lower = name.lower(), name.islower()
    value = roman_value(lower) or 0
    is_roman = 0 < value <= _MOST_ROMANS
    readings = []
    if len(set(lower)) == 1 and (len(lower) == 1 or (is_lower and not is_roman)):
        letter = ord(lower[0]) - ord("a") + 1 + 26 * (len(lower) - 1)
        readings.append(Reading(Series.LETTER if is_lower else Series.CAPITAL, letter))
    if is_roman:
        readings.append(Reading(Series.ROMAN if is_lower else Series.CAPITAL_ROMAN, value))
    return tuple(readings)


def _shape(found: re.Match[str]) -> str:
    groups = found.groupdict()
    if "." in found["name"]:
        return "_._"
    if groups.get("open"):
        return "(_)"
    return f"_{groups['close']}"


def _is_deeper(left: float | None, other: float | None) -> bool:
    return left is not None and other is not None and left > other + _INDENT


def _is_apart(left: float | None, other: float | None) -> bool:
    return _is_deeper(left, other) or _is_deeper(other, left)
