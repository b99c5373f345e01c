"""Tells the furniture of a page from its text: by place and pattern, and by repetition from page to page.

United Nations documents carry the symbol above and page and job number below each page, and on page 1 a masthead with
symbol, distribution and date. Whatever stands in those places but looks otherwise is text.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scraper.readers.block import Furniture
from scraper.readers.furniture_words import _DISTRIBUTION, _RULE, is_job_number
from scraper.readers.pdf.lines import Line

_HEAD_POINTS = 64  # above this distance from the upper edge only running heads are printed
_FOOT_POINTS = 54  # below this distance from the lower edge only page and job numbers are
_MASTHEAD_SHARE = 0.77  # the masthead of page 1 stands above this share of the page's height
_MASTHEAD_LINES = 14

# as in 2/14 25-07317, 25-07317 3/14, 2 25-07317 or - 2 -
_PAGE_NUMBER = re.compile(
    r"""
      (?:-\s*)?\d{1,3}(?:/\d{1,3})?(?:\s*-)?(?:\s+(?:\d{2}-\d{5}|N\d{7})\*{0,3})?
    | (?:\d{2}-\d{5}|N\d{7})\*{0,3}\s+\d{1,3}(?:/\d{1,3})?
    """,
    re.VERBOSE,
)
# as in S/RES/2779 (2025), S/2025/389 or CEDAW/C/CAF/CO/6
_SYMBOL = re.compile(r"[A-Z]{1,6}(?:/[\w.()*-]+)+(?:\s*\(\w[\w ]*\))?\*{0,3}")


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one page and its height in points."""

    number: int
    height: float
    lines: Sequence[Line]


def name_furniture(pages: Iterable[Page]) -> dict[tuple[int, int], Furniture]:
    """The furniture among the pages' lines: (page number, place of the line in its page) to its kind."""
    pages = list(pages)
    repeated = _repeated_in_margins(pages)
    named: dict[tuple[int, int], Furniture] = {}
    for page in pages:
        masthead = _masthead_foot(page) if page.number == 1 else None
        for place, line in enumerate(page.lines):
            kind = _kind(line, page.height, masthead, repeated)
            if kind is not None:
                named[page.number, place] = kind
    return named


def _kind(line: Line, height: float, masthead: float | None, repeated: set[str]) -> Furniture | None:
    text = line.text.strip()
    if _RULE.fullmatch(text):
        return Furniture.RULE
    if masthead is not None and line.baseline >= masthead:
        return Furniture.MASTHEAD
    if line.baseline > height - _HEAD_POINTS:
        return Furniture.RUNNING_HEAD if _SYMBOL.fullmatch(text) or _folded(text) in repeated else None
    if line.baseline < _FOOT_POINTS:
        if is_job_number(text):
            return Furniture.JOB_NUMBER
        if _PAGE_NUMBER.fullmatch(text) or _folded(text) in repeated:
            return Furniture.PAGE_NUMBER
    return None


def _masthead_foot(page: Page) -> float | None:
    """The height down to which page 1 is masthead, or None when it has none."""
    limit = page.height * _MASTHEAD_SHARE
    upper = [line for line in page.lines if line.baseline > limit]
    if len(upper) > _MASTHEAD_LINES or not any(_DISTRIBUTION.search(line.text) for line in upper):
        return None
    return limit


def _repeated_in_margins(pages: Sequence[Page]) -> set[str]:
    """What stands in the head or foot margin of at least two pages, its digits aside."""
    seen: Counter[str] = Counter()
    for page in pages:
        margins = {
            _folded(line.text)
            for line in page.lines
            if line.baseline > page.height - _HEAD_POINTS or line.baseline < _FOOT_POINTS
        }
        seen.update(margins)
    return {text for text, count in seen.items() if count > 1}


def _folded(text: str) -> str:
    return re.sub(r"\d+", "0", " ".join(text.split()))
