"""The printed lines of a PDF page with their place, size and style, at little more than the cost of the raw text.

pdfium gives a page's text in one call; only for the first and last character of each line do we ask where they stand.
Asking for every character costs three times as much and tells nothing more about paragraphs.
"""

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

# pdfium joins two lines when the first ends in a hyphen, and writes one of these in the hyphen's place.
_HYPHEN_MARKS = re.compile("[\x02\ufffe]")
# "process1", "2025. 1", "(2025)*": what may be a raised footnote mark.
_MARK_CANDIDATE = re.compile(r"(?:\d+|(?<=\S)\*{1,3})(?=[\s.,;:)”\"]|$)")
# What shows that a page has notes: the rule above them, or a note that needs none ("* Reissued for technical reasons").
_NOTES = re.compile(r"^[ \t]*(?:_{5,}|\*{1,3}[ \t])", re.MULTILINE)
_RAISED = 0.75
_LEAST_SIZE = 4.0  # points: nothing is printed smaller
_BOLD_WEIGHT = 600


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. `ends_in_hyphen` says that pdfium took the hyphen off its end.

    `raised` holds the spans of the text that are footnote marks, looked for only on pages that have notes.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    is_bold: bool
    ends_in_hyphen: bool
    raised: tuple[tuple[int, int], ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """The footnote marks in the line."""
        return tuple(self.text[start:end] for start, end in self.raised)

    @property
    def words(self) -> str:
        """The text without its footnote marks: "process1" with a small 1 gives "process"."""
        text = self.text
        for start, end in reversed(self.raised):
            text = text[:start] + text[end:]
        return text


class PageText:
    """The text of one open page, and where its characters stand."""

    def __init__(self, page: pypdfium2.PdfTextPage) -> None:
        self._page = page
        self.text: str = page.get_text_range()
        # Beyond the basic plane, positions in the text and numbers of characters part company.
        self._is_aligned = len(self.text) == page.count_chars()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._origin = (ctypes.byref(self._x), ctypes.byref(self._y))
        self._box = tuple(ctypes.c_double() for _ in range(4))
        self._box_refs = tuple(ctypes.byref(side) for side in self._box)
        self._matrix = pdfium.FS_MATRIX()
        self._matrix_ref = ctypes.byref(self._matrix)
        self._has_notes = bool(_NOTES.search(self.text.replace("\r\n", "\n")))

    def lines(self) -> Iterator[Line]:
        """The page's lines in the order in which the file draws them, blank ones left out."""
        at = 0
        for printed in self.text.split("\r\n"):
            start = 0
            for mark in _HYPHEN_MARKS.finditer(printed):
                yield from self._line(printed[start : mark.start()], at + start, ends_in_hyphen=True)
                start = mark.end()
            yield from self._line(printed[start:], at + start, ends_in_hyphen=False)
            at += len(printed) + 2

    def _raised(self, text: str, at: int, size: float) -> Iterator[tuple[int, int]]:
        """The spans of a line's text that are footnote marks: digits set much smaller than the line, or asterisks."""
        for candidate in _MARK_CANDIDATE.finditer(text):
            start = candidate.end()
            while start > candidate.start() and (text[start - 1] == "*" or self._size(at + start - 1) < _RAISED * size):
                start -= 1
            if start < candidate.end():
                yield start, candidate.end()

    def _line(self, text: str, at: int, *, ends_in_hyphen: bool) -> Iterator[Line]:
        words = text.strip()
        if not words:
            return
        at += len(text) - len(text.lstrip())
        first, last = self._number(at), self._number(at + len(words) - 1)
        pdfium.FPDFText_GetCharOrigin(self._page, first, *self._origin)
        pdfium.FPDFText_GetCharBox(self._page, last, *self._box_refs)
        size = self._size(at)
        text = text.lstrip()
        yield Line(
            text=text,
            left=self._x.value,
            right=self._box[1].value,
            baseline=self._y.value,
            size=size,
            is_bold=pdfium.FPDFText_GetFontWeight(self._page, first) >= _BOLD_WEIGHT,
            ends_in_hyphen=ends_in_hyphen,
            raised=tuple(self._raised(text, at, size)) if self._has_notes else (),
        )

    def _size(self, at: int) -> float:
        """The size in which a character is drawn: some files set it all in 1 point and enlarge it (S/RES/2789)."""
        number = self._number(at)
        size: float = pdfium.FPDFText_GetFontSize(self._page, number)
        if size < _LEAST_SIZE and pdfium.FPDFText_GetMatrix(self._page, number, self._matrix_ref):
            size *= math.hypot(self._matrix.b, self._matrix.d)
        return size

    def _number(self, at: int) -> int:
        if self._is_aligned:
            return at
        units = len(self.text[:at].encode("utf-16-le")) // 2
        number: int = pdfium.FPDFText_GetCharIndexFromTextIndex(self._page, units)
        return number
