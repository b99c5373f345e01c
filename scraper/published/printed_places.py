"""Reads the places in an extract as others print it (pure): `Para.42`, then `d. (ii)` is `OP 42 (d) (ii)`.

An extract is cut from a resolution: its lines bear the resolution's own numbers, in one style or another, or none. Each
line is a piece; a piece without a label of its own goes on with the place of the one before.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scraper.council.ordinals import roman_value
from scraper.council.typed.address import read_address

#: A preamble or an annex as a whole: its paragraphs bear no number in an extract.
PREAMBLE, ANNEX = "PP", "Annex"

#: "42. Decides", "Para 10. Urges", "Paragraph 25: Calls upon", "Para.42 "
_NUMBER = re.compile(
    r"(?:(?P<sign>para(?:graph)?|op)s?\.?\s*)?(?P<number>\d{1,3})\s*(?P<end>[.:]|(?=\s*\())\s*", re.IGNORECASE
)
#: "PP1: Recalling", "PP 18. Noting"
_PREAMBULAR = re.compile(r"PP\s*(?P<number>\d{1,2})\s*[.:]?\s*", re.IGNORECASE)
#: "(a) Urges", "a. (iii) To provide", "iv) ", "(ii)"
_LABEL = re.compile(r"(?:\((?P<a>[a-z]{1,5})\)|(?P<b>[a-z]{1,5})[.)](?=\s))\s*")
_MOST_ROMANS = 39
#: Marks of an omission.
_ELISION = re.compile(r"[\[(]\s*(?:\.{2,}|…)\s*[\])]")
#: "paras 4 to 9", "paras. 4 and 5": the lines of the text tell their own places
_SEVERAL = re.compile(r"\b(?:to|and)\b|[&–]", re.IGNORECASE)
_CLAUSE = re.compile(r"operative\s+clause", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PublishedPiece:
    """Words of an extract with the place that is printed at them; None where none can be told.

    `fragments` are the words between marks of omission.
    """

    address: str | None
    text: str

    @property
    def fragments(self) -> tuple[str, ...]:
        """The stretches of words between marks of omission."""
        return tuple(part.strip() for part in _ELISION.split(self.text) if part.strip())


def printed_address(paragraph: str, *, resolution: bool = True) -> str | None:
    """The address that a printed place means, None when it names no paragraph.

    >>> [printed_address(each) for each in ("Para.42", "para.6(a)", "(Operative Clause 31)", "Preambular.", "SGBV")]
    ['OP 42', 'OP 6 (a)', 'OP 31', 'PP', None]
    """
    words = paragraph.strip().rstrip(".").strip()
    if words.startswith("(") and words.endswith(")") and not words[1:-1].count("("):
        words = words[1:-1]
    words = _CLAUSE.sub("OP", words)
    if words.casefold() in {"preamble", "preambular", "preambular paragraphs"}:
        return PREAMBLE
    if words.casefold() == "annex":
        return ANNEX
    if _SEVERAL.search(words):
        return None
    try:
        return str(read_address(words, resolution=resolution))
    except ValueError:
        return None


def read_pieces(text: str, paragraph: str | None, *, resolution: bool = True) -> tuple[PublishedPiece, ...]:
    """The pieces of an extract's text, placed by their own labels and by the place in its title."""
    return tuple(_pieces(text, printed_address(paragraph, resolution=resolution) if paragraph else None, resolution))


def _pieces(text: str, titled: str | None, resolution: bool) -> Iterator[PublishedPiece]:
    place, letter, roman = titled, "", ""
    for line in text.splitlines():
        words = line.strip()
        if not words or not _ELISION.sub("", words).strip():
            continue
        if found := _PREAMBULAR.match(words):
            yield PublishedPiece(f"{PREAMBLE} {int(found['number'])}", words[found.end() :])
            continue
        number = _NUMBER.match(words)
        if number and (titled != PREAMBLE):
            place, letter, roman = f"{'OP' if resolution else 'para.'} {int(number['number'])}", "", ""
            words = words[number.end() :]
        while (place is None or place.startswith(("OP", "para."))) and (label := _LABEL.match(words)):
            name = label["a"] or label["b"]
            if _is_roman(name, letter, roman):
                roman = name
            elif len(name) <= 2:
                letter, roman = name, ""
            else:  # "(women)"
                break
            words = words[label.end() :]
        if not (number or letter or roman):
            yield PublishedPiece(place, words)
            continue
        base = None if place is None else place.partition(" (")[0]
        degrees = "".join(f" ({degree})" for degree in (letter, roman) if degree)
        yield PublishedPiece(None if base is None else base + degrees, words)


def _is_roman(name: str, letter: str, roman: str) -> bool:
    """Whether a label is a number: `(i)` is the ninth letter behind `(h)`, and else the first number."""
    value = roman_value(name)
    if value is None or value > _MOST_ROMANS:
        return False
    if len(name) > 1 or roman:
        return True
    return name == "i" and letter != "h"
