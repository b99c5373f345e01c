"""Tells text, notes and tables of a PDF page apart by the size of their type."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scraper.readers.block import BlockKind, Furniture
from scraper.readers.pdf.lines import Line
from scraper.readers.pdf.page import Named, Page

_SMALL = 0.93  # notes and tables are set in 8 or 8.5 points where the text has 10
_LEAST_TEXT = 9.5  # points: no text is set smaller, and no note or table larger
_TITLE_SIZE = 11.5  # points: titles are set in 12 and more, text in 10
# "* A/49/50/Rev.1.", "1/ S/1995/922.": how a note under a rule opens that is typed in the text's own size
_TYPED_NOTE = re.compile(r"(?:\*{1,3}|\d{1,3}/)\s")


@dataclass(frozen=True, slots=True)
class PageSizes:
    """What size says on one page: `text` is that of its text, under `notes` stand notes in small print.

    Under `typed` all is notes.
    """

    text: float
    notes: float
    typed: float

    def kind_of(self, line: Line, furniture: Furniture | None) -> BlockKind:
        """What a line is."""
        if furniture is not None:
            return BlockKind.FURNITURE
        if line.baseline < self.typed:
            return BlockKind.FOOTNOTE
        if line.size >= _SMALL * self.text:
            return BlockKind.TEXT
        return BlockKind.FOOTNOTE if line.baseline < self.notes else BlockKind.TABLE


def body_size(pages: Sequence[Page], named: Named) -> float:
    """The type size in which most of the text is set; titles do not count, they outweigh a text of three lines."""
    sizes: Counter[float] = Counter()
    for page in pages:
        sizes += _sizes(page, named)
    text_sizes = [size for size, _ in sizes.most_common() if size < _TITLE_SIZE] or list(sizes)
    return text_sizes[0] if text_sizes else 0.0


def sizes_of(page: Page, named: Named, size: float) -> PageSizes:
    """The sizes of one page in a document of which most is set in `size`.

    A page may be set smaller than that, such as a letter in 10 points before its annex in 11: S/2025/354.
    """
    own = _sizes(page, named).most_common(1)
    if own and _LEAST_TEXT <= own[0][0] < size:
        size = own[0][0]
    rules = [
        line.baseline for place, line in enumerate(page.lines) if named.get((page.number, place)) is Furniture.RULE
    ]
    typed = max((rule for rule in rules if _opens_typed_notes(page, named, rule)), default=0.0)
    return PageSizes(size, _notes_top(page, named, size, rules), typed)


def _sizes(page: Page, named: Named) -> Counter[float]:
    sizes: Counter[float] = Counter()
    for place, line in enumerate(page.lines):
        if (page.number, place) not in named:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes


def _notes_top(page: Page, named: Named, size: float, rules: Sequence[float]) -> float:
    """The height under which the page's small print is footnotes: its lowest rule, or the first starred small line."""
    small = [
        line for place, line in enumerate(page.lines) if line.size < _SMALL * size and (page.number, place) not in named
    ]
    lowest = min((line.baseline for line in small), default=0.0)
    starred = [line.baseline + 1 for line in small if line.text.startswith("*")]  # S/RES/2776: "* Reissued for ..."
    return max([*(rule for rule in rules if lowest < rule and small), *starred], default=0.0)


def _opens_typed_notes(page: Page, named: Named, rule: float) -> bool:
    """Whether what stands next below a rule opens like a note, as in the 1990s, when notes were typed like the text."""
    below = [
        (line.baseline, line.text)
        for place, line in enumerate(page.lines)
        if line.baseline < rule and (page.number, place) not in named
    ]
    return bool(below) and bool(_TYPED_NOTE.match(max(below)[1]))
