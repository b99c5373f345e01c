"""Reads the labels that open paragraphs: what is printed, and every way in which it may count."""

import re
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a label: the `ordinal`-th of its series. `stem` is what stands before it, "a." of "a.4"."""

    series: Series
    ordinal: int
    stem: str = ""

    @property
    def next(self) -> "Reading":
        """How the label behind this one reads."""
        return replace(self, ordinal=self.ordinal + 1)


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


def label_named(name: str) -> Label | None:
    """A label of which only the name is known, as the UN's XML holds it apart; None for what counts nothing."""
    readings = _readings(name)
    return Label(name, name, "(_)", readings) if readings else None


def _readings(name: str) -> tuple[Reading, ...]:
    """Every way to read a label's name: `i` is a letter and a roman numeral, `aa` the letter after `z`."""
    stem, dot, last = name.rpartition(".")
    if dot:
        return tuple(replace(reading, stem=f"{stem}{dot}") for reading in _readings(last))
    if name[0].isdigit():
        return (Reading(Series.NUMBER, int(name)),)
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
