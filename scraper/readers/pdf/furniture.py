"""Tells the furniture of a page from its text: by place and pattern, and by repetition from page to page.

United Nations documents carry the symbol above and page and job number below each page, and on page 1 a masthead with
symbol, distribution and date. Whatever stands in those places but looks otherwise is text. Three templates are read:
that of the 1990s (typed, "English / Page 2" under the symbol, "/..." below), that of about 2000 to 2015 (wide margins)
and today's.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from scraper.readers.block import Furniture
from scraper.readers.furniture_words import is_job_number, is_rule
from scraper.readers.pdf.lines import Line
from scraper.readers.pdf.masthead import columns_of, masthead_foot
from scraper.readers.pdf.page import Page

_HEAD_POINTS = 64  # above this distance from the upper edge only running heads are printed
_FOOT_POINTS = 54  # below this distance from the lower edge only page and job numbers are
_WIDE_HEAD_POINTS = 82  # down to here older templates have it; today's one may begin its text at 84
_WIDE_FOOT_POINTS = 82  # up to here older templates have page and job numbers, and today's one has text

# as in 2/14 25-07317, 25-07317 3/14, 2 25-07317 or - 2 -
_PAGE_NUMBER = re.compile(
    r"""
      (?:-\s*)?\d{1,3}(?:/\d{1,3})?(?:\s*-)?(?:\s+(?:\d{2}-\d{5}|N\d{7})\*{0,3})?
    | (?:\d{2}-\d{5}|N\d{7})\*{0,3}\s+\d{1,3}(?:/\d{1,3})?
    """,
    re.VERBOSE,
)
# "14-28968 3", "2/22 14-28968", "2 /4 25-05368": both together are nothing else, wherever the foot begins
_PAGE_AND_JOB = re.compile(
    r"""
      \d{1,3}(?:\s?/\s?\d{1,3})?\s+(?:\d{2}-\d{5}|N\d{7})\*{0,3}
    | (?:\d{2}-\d{5}|N\d{7})\*{0,3}\s+\d{1,3}(?:\s?/\s?\d{1,3})?
    """,
    re.VERBOSE,
)
_SIDE_POINTS = 56  # from the left and the right edge of a page laid sideways: there its head and foot are printed
# "2", "/4 25-05368" and "25-05368 3/4": what a foot that is printed sideways may come apart into
_SIDEWAYS_FOOT = re.compile(r"(?:\d{1,3}|/?\s?\d{1,3}\s+\d{2}-\d{5}|\d{2}-\d{5}\s+\d{1,3}(?:/\d{1,3})?)")
_OVERLEAF = re.compile(r"(?P<job>.*?)\s*/\.{3}")  # "/...", and on page 1 "96-03387 (E) 140296 /..."
# "English", "Page 2", "English Page 2": what stands under the symbol on the pages of the 1990s
_UNDER_SYMBOL = re.compile(r"(?:English|French|Spanish|Russian|Arabic|Chinese)?\s*(?:Page \d{1,3})?")
# as in S/RES/2779 (2025), S/2025/389 or CEDAW/C/CAF/CO/6
_SYMBOL = re.compile(r"[A-Z]{1,6}(?:/[\w.()*-]+)+(?:\s*\(\w[\w ]*\))?\*{0,3}")


def name_furniture(pages: Iterable[Page]) -> dict[tuple[int, int], Furniture]:
    """The furniture among the pages' lines: (page number, place of the line in its page) to its kind."""
    pages = list(pages)
    repeated = _repeated_in_margins(pages)
    named: dict[tuple[int, int], Furniture] = {}
    for page in pages:
        masthead = masthead_foot(page) if page.number == 1 else None
        columns = columns_of(page, masthead) if masthead is not None else frozenset()
        head = _head_foot(page)
        for place, line in enumerate(page.lines):
            kind = Furniture.AGENDA if place in columns else _kind(line, page.height, masthead, head, repeated)
            if kind is None and page.width > page.height:
                kind = _kind_sideways(line, page.width)
            if kind is not None:
                named[page.number, place] = kind
    return named


def _kind(line: Line, height: float, masthead: float | None, head: float, repeated: set[str]) -> Furniture | None:
    text = line.text.strip()
    if is_rule(text):
        return Furniture.RULE
    if masthead is not None and line.baseline >= masthead:
        return Furniture.MASTHEAD
    if line.baseline >= head:
        return Furniture.RUNNING_HEAD
    if line.baseline > height - _HEAD_POINTS:
        return Furniture.RUNNING_HEAD if _folded(text) in repeated else None
    if line.baseline < _WIDE_FOOT_POINTS:
        overleaf = _OVERLEAF.fullmatch(text)
        job = overleaf["job"] if overleaf else text
        if is_job_number(job):
            return Furniture.JOB_NUMBER
        is_foot = line.baseline < _FOOT_POINTS and (_PAGE_NUMBER.fullmatch(text) or _folded(text) in repeated)
        if is_foot or _PAGE_AND_JOB.fullmatch(text) or job == "":
            return Furniture.PAGE_NUMBER
    return None


def _kind_sideways(line: Line, width: float) -> Furniture | None:
    """What stands in the side margins of a page laid sideways: its symbols at the right, its number at the left."""
    text = line.text.strip()
    if line.left > width - _SIDE_POINTS and _SYMBOL.fullmatch(text):
        return Furniture.RUNNING_HEAD
    if line.left < _SIDE_POINTS and _SIDEWAYS_FOOT.fullmatch(text):
        return Furniture.PAGE_NUMBER
    return None


def _head_foot(page: Page) -> float:
    """The height down to which a page is running head: its symbols, and the lines under them in the 1990s."""
    foot = page.height + 1
    for line in sorted(page.lines, key=lambda line: -line.baseline):
        text = line.text.strip()
        is_under = foot <= page.height and bool(_UNDER_SYMBOL.fullmatch(text))
        if line.baseline < page.height - _WIDE_HEAD_POINTS or not (_SYMBOL.fullmatch(text) or is_under):
            if line.baseline > page.height - _HEAD_POINTS:
                continue
            break
        foot = line.baseline
    return foot


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
