"""The head of page 1: how far down the masthead goes, and the two columns of a joint document below it."""

import re

from scraper.readers.furniture_words import is_masthead
from scraper.readers.pdf.page import Page

_MASTHEAD_SHARE = 0.77  # the masthead stands above this share of the page's height
_MASTHEAD_LINES = 16
_MASTHEAD_REST = 0.74  # down to here it may go on with the language: "ORIGINAL: ENGLISH" in the 1990s
_COLUMN_GAP = 26.0  # points: more than this lies between the columns of a joint document and its title
_COLUMNS_SHARE = 0.33  # they end above this share of the page's height
_SAME_LINE = 2.0  # points
_LANGUAGE = re.compile(r"ORIGINAL: .+|(?:ENGLISH|FRENCH|SPANISH|RUSSIAN|ARABIC|CHINESE)(?:/[A-Z]+)*")
# "General Assembly", "GENERAL ASSEMBLY SECURITY COUNCIL": what heads the columns
_ORGANS = re.compile(
    r"(?:General Assembly|Assemblée générale|Asamblea General|Генеральная Ассамблея)"
    r"(?:\s+(?:Security Council|Conseil de sécurité|Consejo de Seguridad|Совет Безопасности))?",
    re.IGNORECASE,
)


def masthead_foot(page: Page) -> float | None:
    """The height down to which page 1 is masthead, or None when it has none."""
    limit = page.height * _MASTHEAD_SHARE
    upper = [line for line in page.lines if line.baseline > limit]
    if len(upper) > _MASTHEAD_LINES or not any(is_masthead(line.text) for line in upper):
        return None
    rest = [
        line.baseline
        for line in page.lines
        if page.height * _MASTHEAD_REST < line.baseline <= limit and _LANGUAGE.fullmatch(line.text.strip())
    ]
    return min([limit, *rest])


def columns_of(page: Page, masthead: float) -> frozenset[int]:
    """The places of the lines that stand in two columns between the masthead of a joint document and its title."""
    below = sorted(
        (-line.baseline, place)
        for place, line in enumerate(page.lines)
        if _COLUMNS_SHARE * page.height < line.baseline < masthead
    )
    if not below or not any(
        _ORGANS.fullmatch(page.lines[place].text.strip())
        for height, place in below
        if height < below[0][0] + _SAME_LINE
    ):
        return frozenset()
    columns: list[int] = []
    last = below[0][0]
    for height, place in below:
        if height - last > _COLUMN_GAP:
            return frozenset(columns)
        columns.append(place)
        last = height
    return frozenset()  # no gap, no title: the columns cannot be told from the text
