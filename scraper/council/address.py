"""The address of a paragraph: where it stands, in the words that are printed (`PP 3`, `OP 8 (a) (ii)`).

An address is made from printed numbers and letters, never from positions in a file format, so that the same paragraph
has the same address whichever format it was read from.

    address   = place degree* [" #" occurrence]
    place     = "PP 3" | "OP 8" | "Annex II, para. 3" | "Annex II" | "para. 41" | "para."
    degree    = " (a)" a printed label | " (•2)" the second bullet of its list | " +1" the first unnumbered paragraph
"""

import re
from collections.abc import Container
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Self

from storage.models import Part

# "8", "1.10": printed numbers; the leading zero of "OP 0 +1" stands for "before the first"
_NUMBER = r"[0-9]{1,4}(?:\.[0-9]{1,3})*"
# "a", "iii", "1", "A.2.b"
_LABEL = r"[0-9A-Za-z]{1,8}(?:\.[0-9A-Za-z]{1,4}){0,5}"
_COUNT = r"[1-9][0-9]{0,3}"
_ATTACHMENT = r"(?:Annex|Appendix|Enclosure)(?:\ [0-9]{1,3}|\ [A-Z]{1,6})?"

# "OP 42 (a) (iii)", "Annex II, para. 3 (b) #2", "para. +5"
_ADDRESS = re.compile(
    rf"""
    (?: (?P<sign>PP|OP)\ (?P<number>{_NUMBER})
      | (?P<attachment>{_ATTACHMENT})(?:,\ para\.\ (?P<annexed>{_NUMBER}))?
      | para\.(?:\ (?P<plain>{_NUMBER}))?
    )
    (?P<degrees>(?:\ \((?:{_LABEL}|•{_COUNT})\)|\ \+{_COUNT})*)
    (?:\ \#(?P<occurrence>{_COUNT}))?
    """,
    re.VERBOSE,
)
_DEGREE = re.compile(rf"\(({_LABEL}|•{_COUNT})\)|(\+{_COUNT})")
_SIGNS = {"PP": Part.PREAMBLE, "OP": Part.OPERATIVE}


@dataclass(frozen=True, slots=True)
class Address:
    """One paragraph's place. `number` is None where only unnumbered paragraphs are counted (`Annex II +4`).

    `degrees` holds labels (`a`), bullets (`•2`) and unnumbered paragraphs (`+1`), outermost first. `attachment` is
    the printed name of the annex, `Annex II`, and None elsewhere. `occurrence` is 2 for the second paragraph that
    would have the same address.
    """

    part: Part
    number: str | None
    degrees: tuple[str, ...] = ()
    attachment: str | None = None
    occurrence: int = 1

    def __str__(self) -> str:
        """The canonical form, `OP 42 (a) (iii)`."""
        match self.part:
            case Part.PREAMBLE:
                place = f"PP {self.number}"
            case Part.OPERATIVE:
                place = f"OP {self.number}"
            case Part.ANNEX:
                place = f"{self.attachment}" if self.number is None else f"{self.attachment}, para. {self.number}"
            case Part.BODY:
                place = "para." if self.number is None else f"para. {self.number}"
        marks = [degree if degree.startswith("+") else f"({degree})" for degree in self.degrees]
        again = [] if self.occurrence == 1 else [f"#{self.occurrence}"]
        return " ".join([place, *marks, *again])

    def child(self, label: str) -> Self:
        """The sub-paragraph printed with this label: `OP 8` and `a` give `OP 8 (a)`."""
        return replace(self, degrees=(*self.degrees, label))

    def bullet(self, count: int) -> Self:
        """The bullet or dash that is the `count`-th of its list."""
        return self.child(f"•{count}")

    def unnumbered(self, count: int) -> Self:
        """The `count`-th unnumbered paragraph that stands after this one."""
        return self.child(f"+{count}")

    def distinct(self, taken: Container[str]) -> Self:
        """This address, or with the first ` #2`, ` #3`, ... behind it that is not taken yet."""
        free = self
        while str(free) in taken:
            free = replace(free, occurrence=free.occurrence + 1)
        return free


def preambular(number: int) -> Address:
    """The address of the preambular paragraph with this count."""
    return Address(Part.PREAMBLE, str(number))


def operative(number: str | int) -> Address:
    """The address of the operative paragraph printed with this number."""
    return Address(Part.OPERATIVE, str(number))


def annexed(attachment: str, number: str | int | None = None) -> Address:
    """The address of a numbered paragraph of an annex, or (without a number) the stem for its unnumbered ones."""
    return Address(Part.ANNEX, None if number is None else str(number), (), attachment)


def numbered(number: str | int | None = None) -> Address:
    """The address of a paragraph of a report, letter or statement, or the stem `para.` for its unnumbered ones."""
    return Address(Part.BODY, None if number is None else str(number))


@lru_cache(maxsize=4096)
def parse(text: str) -> Address:
    """Read a canonical address; anything else raises ValueError.

    >>> parse("OP 42 (a) (iii)").degrees
    ('a', 'iii')
    """
    found = _ADDRESS.fullmatch(text)
    if found is None:
        raise ValueError(f"expected an address such as 'PP 3', 'OP 8 (a) (ii)' or 'Annex II, para. 3', found {text!r}")
    degrees = tuple(label or extra for label, extra in _DEGREE.findall(found["degrees"]))
    occurrence = int(found["occurrence"] or 1)
    if found["occurrence"] == "1":
        raise ValueError(f"expected no ' #1' behind an address, found {text!r}")
    if found["sign"]:
        return Address(_SIGNS[found["sign"]], found["number"], degrees, None, occurrence)
    number = found["annexed"] or found["plain"]
    if number is None and not degrees:
        raise ValueError(f"expected a number or a degree behind {text!r}")
    part = Part.ANNEX if found["attachment"] else Part.BODY
    return Address(part, number, degrees, found["attachment"], occurrence)


def is_below(address: str, above: str) -> bool:
    """Whether one canonical address stands below another: `OP 3 (a)` and `OP 3 +1` below `OP 3`, `OP 3 #2` not.

    >>> is_below("OP 3 (a) (i)", "OP 3"), is_below("OP 31", "OP 3")
    (True, False)
    """
    if not address.startswith(f"{above} "):
        return False
    lower, upper = parse(address), parse(above)
    return len(lower.degrees) > len(upper.degrees)
