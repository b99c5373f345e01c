"""Tells the furniture among lines of plain text: no place on a page is known, only words, form feeds and neighbours.

What can be nothing else (a job number, a bar code) is furniture wherever it stands; what could be text (a bare "2") is
furniture only beside other furniture or a page end.
"""

import re
from collections.abc import Sequence

from scraper.readers.block import Furniture
from scraper.readers.text.lines import TextLine

_JOB = r"\d{2}-\d{5}[A-Z]?\*{0,3}"
_BAR = r"(?:\*\w{6,9}\*|`{3,})"
# What can be nothing else.
_CERTAIN = (
    # as in "00-72018 (E) `````````", "13-26422 (E) 250313", "95-18913 (E)", "*1326422*"
    (re.compile(rf"{_JOB}\s*\([A-Z]\)(?:\s+\d{{6}})*(?:\s+{_BAR})?|{_BAR}"), Furniture.JOB_NUMBER),
    # as in "S/RES/1000 (1995) Page 2", "S/RES/1153 (1998) English Page 3", "S/1995/930 Page 2"
    (
        re.compile(r"S/[\w./]+\s*(?:\(\d{4}\)+)?\*{0,3}\s+(?:English\s+)?[Pp]age\s+\d{1,3}"),
        Furniture.RUNNING_HEAD,
    ),
    # as in "S/RES/1325 (2000)", "S/RES/1000 (1995)*"
    (re.compile(r"S/RES/\d{1,4}\s*\(\d{4}\)\*{0,3}"), Furniture.RUNNING_HEAD),
    # as in "2 08-28863", "08-28863 3/14", "2/14 25-07317", "08-28863"
    (re.compile(rf"(?:\d{{1,3}}(?:/\d{{1,3}})?\s+)?{_JOB}(?:\s+\d{{1,3}}(?:/\d{{1,3}})?)?"), Furniture.PAGE_NUMBER),
    (re.compile(r"/\.{3}"), Furniture.PAGE_NUMBER),  # "goes on overleaf"
    (re.compile(r"_{5,}|-{5,}"), Furniture.RULE),
)
# What is furniture, "240725" of a job number's line too, beside other furniture or a page end.
_PERHAPS = (
    (re.compile(r"(?:-\s*)?\d{1,3}(?:/\d{1,3})?(?:\s*-)?|\d{6}|PAGE \d{1,3} of \d{1,3}"), Furniture.PAGE_NUMBER),
    (re.compile(r"S/(?:\d{4}/)?\d{1,5}(?:/(?:Add|Rev|Corr)\.\d)?\*{0,3}"), Furniture.RUNNING_HEAD),
)
# "Distr. GENERAL S/RES/1000 (1995) 23 June 1995": what shows a masthead
_DISTRIBUTION = re.compile(r"\bDistr[.:]")
# "19 March 2013", "Original: English", "ORIGINAL: ENGLISH", "S/RES/761 (1992)": what may end it
_MASTHEAD_END = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}|ORIGINAL:.*|ENGLISH|S/RES/\d.*", re.IGNORECASE)
_MASTHEAD_LINES = 14
# The head that a library of documents puts above the text: "Publisher", ..., "available at: http://www.refworld.org/..."
_CATALOGUE_BEGINS = re.compile(r"Publisher|Title")
_CATALOGUE_ENDS = re.compile(r"\[accessed [^\]]*\]")
_CATALOGUE_LINES = 40

Named = dict[int, Furniture]


def name_text_furniture(lines: Sequence[TextLine]) -> Named:
    """The furniture among the lines: place in the sequence to its kind."""
    named: Named = dict.fromkeys(range(*_masthead(lines)), Furniture.MASTHEAD)
    for place, line in enumerate(lines):
        if place not in named and (kind := _matching(line.text, _CERTAIN)):
            named[place] = kind
    last = lines[-1].page if lines else 0
    named |= {
        place: Furniture.PAGE_NUMBER
        for place, line in enumerate(lines)
        if line.text == f"{line.page}/{last}" and place not in named
    }
    for places in (range(len(lines)), reversed(range(len(lines)))):
        for place in places:
            kind = _matching(lines[place].text, _PERHAPS)
            if kind and place not in named and _is_beside(place, lines, named):
                named[place] = kind
    return named


def _matching(text: str, patterns: Sequence[tuple[re.Pattern[str], Furniture]]) -> Furniture | None:
    return next((kind for pattern, kind in patterns if pattern.fullmatch(text)), None)


def _is_beside(place: int, lines: Sequence[TextLine], named: Named) -> bool:
    is_last = place + 1 < len(lines) and lines[place + 1].opens_page
    is_first = lines[place].opens_page and lines[place].page > 1
    ends_pages = place + 1 == len(lines) and lines[place].page > 1
    neighbours = [named.get(place - 1), named.get(place + 1)]
    return is_last or is_first or ends_pages or any(kind not in (None, Furniture.MASTHEAD) for kind in neighbours)


def _masthead(lines: Sequence[TextLine]) -> tuple[int, int]:
    """From which line to which one the document's own head goes; nowhere when none shows."""
    distributed = [place for place, line in enumerate(lines[:_MASTHEAD_LINES]) if _DISTRIBUTION.search(line.text)]
    if distributed:
        end = distributed[0] + 1
        while end < len(lines) and _MASTHEAD_END.fullmatch(lines[end].text):
            end += 1
        return 0, end
    for start, line in enumerate(lines[:_MASTHEAD_LINES]):
        if _CATALOGUE_BEGINS.fullmatch(line.text):
            for end in range(start, min(len(lines), start + _CATALOGUE_LINES)):
                if _CATALOGUE_ENDS.search(lines[end].text):
                    return start, end + 1
    return 0, 0
