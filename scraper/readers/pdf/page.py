"""One page of a PDF as its printed lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scraper.readers.block import Furniture
from scraper.readers.pdf.lines import Line

Named = Mapping[tuple[int, int], Furniture]
"""The furniture among lines: (page number, place of the line in its page) to its kind."""


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one page, its height and its width in points; a page laid sideways is wider than it is high."""

    number: int
    height: float
    lines: Sequence[Line]
    width: float = 0.0
