"""Joins the lines of a paragraph and decides which hyphens at their ends belong to the word.

Two habits are told apart by how often lines end in one. English documents break no words: a hyphen at a line's end is
the word's own ("Secretary-" + "General"). Russian, French and Spanish ones break words all the time: there it goes,
unless the same word is seen with its hyphen in the middle of a line.
"""

import re
from collections.abc import Iterable, Sequence

from scraper.readers.pdf.lines import Line

_BREAKING_SHARE = 0.05  # English documents have a hyphen at 0 to 1.5 lines of 100, Russian ones at 20 to 65
_BREAKING_LINES = 3  # a single broken line says nothing of a short document
_COMPOUND = re.compile(r"\w+(?:-\w+)+")
_LAST_WORD = re.compile(r"[\w-]+$")
_FIRST_WORD = re.compile(r"[\w-]+")
# "troop-" + "and police-contributing countries", "medium-" + "to long-term": the hyphen waits for a later word.
_SUSPENDED_BEFORE = frozenset({"and", "or", "to", "et", "ou", "y", "o", "и", "или"})
# "gender-" (before a page end, where pdfium does not look further), "and/" + "or", "protection—" + "including"
_GLUED_END = re.compile(r"\w[-‐/]| -|\S—|\d–")
# "Secretary -" + "General": justified type leaves a gap that pdfium takes for a space; a dash would be a longer one
_STRAY_SPACE = re.compile(r"(?<=\w) -$")
_HYPHENS = str.maketrans({"\u2011": "-", "\u00ad": None})


def fold(text: str) -> str:
    """Single spaces, plain hyphens: what is printed, without what only the typesetter wanted."""
    if "\u2011" in text or "\u00ad" in text:
        text = text.translate(_HYPHENS)
    return " ".join(text.split())


class LineJoiner:
    """Joins the lines of one document; made from all of them, because one line does not show the document's habit."""

    def __init__(self, lines: Iterable[Line]) -> None:
        lines = list(lines)
        broken = sum(line.ends_in_hyphen for line in lines)
        self.breaks_words = broken >= _BREAKING_LINES and broken > _BREAKING_SHARE * len(lines)
        self._compounds = (
            {word.casefold() for line in lines for word in _COMPOUND.findall(line.text)} if self.breaks_words else set()
        )

    def join(self, lines: Sequence[Line]) -> str:
        """The lines' words, white space folded, without their footnote marks.

        Example: "of the Secretary~" and "General " give "of the Secretary-General".
        """
        text = ""
        for before, line in zip((None, *lines), lines, strict=False):
            glue = "" if before is None else self._glue(before, line.words)
            text = _STRAY_SPACE.sub("-", text) + glue + line.words if glue == "" else text + glue + line.words
        return fold(text)

    def _glue(self, before: Line, after: str) -> str:
        """What stands between two lines: a space, the hyphen that pdfium took, or nothing."""
        if not before.ends_in_hyphen and not _GLUED_END.fullmatch(before.words[-2:]):
            return " "
        found = _FIRST_WORD.match(after)
        first = found[0] if found else ""
        if before.ends_in_hyphen:
            if first in _SUSPENDED_BEFORE:
                return "- "
            return "-" if self._is_compound(before.words, first) else ""
        return " " if before.words[-1] == "-" and first in _SUSPENDED_BEFORE else ""

    def _is_compound(self, before: str, first: str) -> bool:
        if not self.breaks_words or first[:1].isupper() or first[:1].isdigit():
            return True
        last = _LAST_WORD.search(before)
        return last is not None and f"{last[0]}-{first}".casefold() in self._compounds
