"""Plain text as printed lines: the encoding told from the bytes, pages cut at form feeds, blanks and line ends folded.

Text saved from PDFs comes as UTF-8 or Windows-1252, with LF, CR, CRLF or even CR CR LF; nobody says which.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# "...\r\n", and "\r\r\n" where a line end was converted twice
_LINE_END = re.compile(r"\r*\n|\r|\x0b|\x85|\u2028|\u2029")
_PAGE_END = "\f"
# What no text holds, and what says nothing: control characters, a byte order mark within the text.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff]")
# "post -conflict": a blank that the type's spacing left before a hyphen; a dash has one on both sides
_STRAY_BLANK = re.compile(r"(?<=[^\W\d_]) -(?=[^\W\d_])")
_SOFT_BULLET = re.compile(r"(?:^|(?<=\s))\u00ad(?=\s)")
_SOFT_HYPHEN = re.compile(r"(?<=\w)\u00ad(?=\w)")


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line. `has_gap` says that a blank line stands before it, `opens_page` that it is its page's first."""

    text: str
    page: int
    has_gap: bool
    opens_page: bool


def decode(body: bytes) -> str:
    r"""The text of a body: by its byte order mark, else UTF-8, else Windows-1252, in which any byte has a meaning.

    >>> decode(b"communiqu\xe9")
    'communiqué'
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(_windows(byte) for byte in body)


def _windows(byte: int) -> str:
    """One byte of Windows-1252; the five it leaves open are control characters, as browsers read them."""
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def lines_of(text: str) -> Iterator[TextLine]:
    """The lines of a text that are not blank, cleaned."""
    for page, printed in enumerate(text.split(_PAGE_END), 1):
        has_gap, opens_page = False, True
        for raw in _LINE_END.split(printed):
            line = clean(raw)
            if line:
                yield TextLine(line, page, has_gap, opens_page)
            has_gap, opens_page = not line, opens_page and not line


def clean(line: str) -> str:
    """One line through all cleaning steps, in this order; none changes a letter, a digit or a stop."""
    for step in (without_controls, with_plain_hyphens, with_single_blanks, without_stray_blanks):
        line = step(line)
    return line


def without_controls(line: str) -> str:
    r"""Control characters out, each a blank: "of\x0125 May" gives "of 25 May"."""
    return _CONTROLS.sub(" ", line)


def with_plain_hyphens(line: str) -> str:
    r"""Soft and non-breaking hyphens as print shows them: a dash that opens a line of a list, a hyphen within a word.

    S/RES/1807 has "\xad Liu Daqun (China)" for "– Liu Daqun (China)".
    """
    line = line.replace("\u2011", "-")
    if "\u00ad" not in line:
        return line
    return _SOFT_HYPHEN.sub("-", _SOFT_BULLET.sub("–", line.strip()))


def with_single_blanks(line: str) -> str:
    r"""White space of any kind and length as one blank: "1.\xa0 \xa0 Deems" gives "1. Deems"."""
    return " ".join(line.split())


def without_stray_blanks(line: str) -> str:
    """No blank before the hyphen of a word: "post -conflict" gives "post-conflict" (S/RES/2467)."""
    return _STRAY_BLANK.sub("-", line)
