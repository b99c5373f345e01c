"""How an answer is printed: wrapped, coloured and harmless for people, JSON in UTF-8 for programs.

Nothing here knows documents or runs. Whatever a source printed passes through `plain` before it comes near a terminal:
an escape sequence or a right-to-left override in a title must not act there.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

import click

from monitor.cli.session import Session

NARROWEST, WIDEST = 40, 110
"""The width is kept between these: longer lines are hard to read, shorter ones hold no word and its indentation."""

# C0 and C1 controls, marks that turn the direction of all that follows, surrogates, and the private marks used below.
# A line end inside a paragraph is white space like any other.
_HARMFUL = (
    *range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, 0xFFF9,
    0xFFFA, 0xFFFB, *range(0xE000, 0xE010),
)  # fmt: skip
_PLAIN = dict.fromkeys(_HARMFUL, "\ufffd") | dict.fromkeys((0x09, 0x0A, 0x0D, 0x0B, 0x0C, 0x85, 0x2028, 0x2029), " ")

# Styles stand in a text as private characters until it is printed, so that wrapping need not know escape sequences.
_OFF = "\ue000"
BOLD, DIM, MATCH, REMOVED, ADDED, GOOD, ODD, BAD = "\ue001\ue002\ue003\ue004\ue005\ue006\ue007\ue008"
_CODES = {
    _OFF: "0", BOLD: "1", DIM: "2", MATCH: "1;36", REMOVED: "31", ADDED: "32", GOOD: "32", ODD: "33", BAD: "1;31",
}  # fmt: skip
# Read as well without colour: what is matched, removed and added is bracketed.
_BRACKETS = {REMOVED: ("[-", "-]"), ADDED: ("{+", "+}")}


class Span(NamedTuple):
    """A stretch of a text: `text[start:end]`."""

    start: int
    end: int


def plain(text: str) -> str:
    """The text with every control character, direction mark and line end made harmless, each by one character.

    `ESC[31mred` becomes `�[31mred`.
    """
    if text.isprintable():  # to Python none of the harmful characters is
        return text
    harmless = text.translate(_PLAIN)
    # file names and broken XML may bring lone surrogates, which no terminal can be sent
    return harmless if harmless.isprintable() else harmless.encode("utf-8", "replace").decode()


def moment(value: datetime | None) -> str:
    """A time as people are told it: `2026-11-24 09:51 UTC`; a dash for none."""
    return "-" if value is None else value.strftime("%Y-%m-%d %H:%M UTC")


def is_terminal() -> bool:
    """Whether a person is looking at the answer itself."""
    return sys.stdout is not None and sys.stdout.isatty()


def wants_colour() -> bool:
    """Whether the answer goes to a terminal whose user has not said no (https://no-color.org)."""
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def terminal_width() -> int:
    """The columns to fill: those of COLUMNS or of the terminal, 80 when there is none."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked):
        columns = int(asked)
    else:
        try:
            columns = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns or 80
        except (OSError, ValueError):
            columns = 80
    return max(NARROWEST, min(columns, WIDEST))


def echo_json(record: object) -> None:
    """Print one record as one JSON document."""
    import json

    _echo(json.dumps(record, ensure_ascii=False, indent=2))


def echo_json_list(records: Iterable[object]) -> None:
    """Print a list of records as one JSON document, a record on each line, each as soon as it is there."""
    import json

    is_first = True
    for record in records:
        _echo(("[\n" if is_first else ",\n") + json.dumps(record, ensure_ascii=False), is_line=False)
        is_first = False
    _echo("[]" if is_first else "\n]")


def echo_json_lines(records: Iterable[object]) -> None:
    """Print each record as one line of JSON, as soon as it is there."""
    import json

    for record in records:
        _echo(json.dumps(record, ensure_ascii=False))


def _echo(text: str, *, is_line: bool = True) -> None:
    # UTF-8 whatever the terminal speaks. A lone surrogate (a file name that is no UTF-8) becomes \udcff, which is how
    # JSON writes one.
    click.echo(text.encode("utf-8", "backslashreplace"), nl=is_line)


class Page:
    """The answer to one call, line by line; printed in one piece."""

    def __init__(self, width: int | None = None, is_coloured: bool | None = None) -> None:
        self.width = terminal_width() if width is None else width
        self.is_coloured = wants_colour() if is_coloured is None else is_coloured
        self.lines: list[str] = []

    def style(self, text: str, style: str) -> str:
        """The text in a style; without colour, removed and added words keep their brackets and the rest is bare."""
        before, after = _BRACKETS.get(style, ("", ""))
        words = f"{before}{text}{after}"
        return f"{style}{words}{_OFF}" if self.is_coloured and text else words

    def marked(self, text: str, spans: Iterable[Span], brackets: tuple[str, str] = ("", "")) -> str:
        """The harmless text with the spans in the style of matches; `brackets` stand around them without colour."""
        before, after = (MATCH, _OFF) if self.is_coloured else brackets
        pieces, position = [], 0
        for span in _merged(spans):
            pieces += [plain(text[position : span.start]), before, plain(text[span.start : span.end]), after]
            position = span.end
        return "".join([*pieces, plain(text[position:])])

    def line(self, text: str = "") -> None:
        """Add one line as it is."""
        self.lines.append(text.rstrip())

    def wrapped(self, text: str, first: str = "", rest: str | None = None) -> None:
        """Add a text wrapped to the width, its first line behind `first`, the others behind `rest` (or blanks)."""
        indent = " " * seen_width(first) if rest is None else rest
        self.lines += wrap(text, self.width, first, indent)

    def table(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], *, right: str = "", notes: Sequence[str] = ()
    ) -> None:
        """Add rows under a head in aligned columns, those named in `right` flush right, each with its note below it."""
        widths = [max(map(seen_width, column)) for column in zip(head, *rows, strict=True)]
        flush = [name in right.split() for name in head]
        self.line(self.style("  ".join(map(_padded, head, widths, flush)), DIM))
        for n, row in enumerate(rows):
            self.line("  ".join(map(_padded, row, widths, flush)))
            if n < len(notes) and notes[n]:
                self.wrapped(plain(notes[n]), " " * (widths[0] + 2))

    def print(self) -> None:
        """Print the page on stdout."""
        text = "\n".join(self.lines)
        if self.is_coloured:
            for mark, code in _CODES.items():
                text = text.replace(mark, f"\x1b[{code}m")
        click.echo(text, color=self.is_coloured)


# Letters of Europe and typographic punctuation: each takes one column and none is a style mark.
_ONE_COLUMN = frozenset(
    map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x300), *range(0x2010, 0x2028), *range(0x2030, 0x2045)))
)


def seen_width(text: str) -> int:
    """How many columns a text takes: style marks take none, wide characters two."""
    if _ONE_COLUMN.issuperset(text):
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(
        0 if character in _CODES or combining(character) else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """The words of a text in lines of at most `width` columns, the first behind `first`, the others behind `rest`.

    An address of a page is never broken, so that it can be copied; other words are where they fit no line (a language
    written without blanks).
    """
    words = text.split()
    rooms = width - seen_width(first), width - seen_width(rest)
    room = max(min(rooms), 2)
    is_simple = _ONE_COLUMN.issuperset(text)
    measure = len if is_simple else seen_width
    if words and len(max(words, key=len)) * 2 > room:  # else even wide characters fit
        words = [piece for word in words for piece in _pieces(word, room, measure)]
    lines = _filled(" ".join(words), *rooms) if is_simple else _filled_by_width(words, *rooms)
    lines = [f"{rest if n else first}{line}".rstrip() for n, line in enumerate(lines)]
    return lines if is_simple else _closed(lines, rest)


def _filled(text: str, room: int, rooms: int) -> list[str]:
    """A text of words one blank apart in lines as long as there is room for, where every character is one column."""
    lines = []
    start, end = 0, len(text)
    while end - start > room:
        cut = text.rfind(" ", start, start + room + 1)
        if cut < 0:
            cut = text.find(" ", start)
            if cut < 0:
                break
        lines.append(text[start:cut])
        start, room = cut + 1, rooms
    lines.append(text[start:])
    return lines


def _filled_by_width(words: Iterable[str], room: int, rooms: int) -> list[str]:
    """Words in lines as wide as there is room for."""
    lines = [""]
    used = 0
    for word in words:
        size = seen_width(word)
        if used and used + 1 + size > room:
            lines.append("")
            used, room = 0, rooms
        lines[-1] += f" {word}" if lines[-1] else word
        used += size + (used > 0)
    return lines


def _pieces(word: str, room: int, measure: Callable[[str], int]) -> Iterator[str]:
    """A word in pieces that fit the room; the address of a page in one."""
    while measure(word) > room and "://" not in word:
        end = room
        while measure(word[:end]) > room:
            end -= 1
        yield word[:end]
        word = word[end:]
    yield word


def _padded(cell: str, width: int, is_right: bool) -> str:
    blanks = " " * (width - seen_width(cell))
    return blanks + cell if is_right else cell + blanks


def _closed(lines: list[str], rest: str) -> list[str]:
    """End a style at each line's end and take it up again behind the next line's indentation."""
    open_style = ""
    closed = []
    for line in lines:
        text = line if not open_style else rest + open_style + line[len(rest) :]
        for character in line:
            if character in _CODES:
                open_style = "" if character == _OFF else character
        closed.append(text + _OFF if open_style else text)
    return closed


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        elif span.end > span.start:
            merged.append(span)
    return merged


SCREENFUL = 20


def screenful(session: Session, found: int, noun: str, *, is_limited: bool) -> int:
    """How many of the entries found a person is shown; tells them when that is not all."""
    if is_limited or found <= SCREENFUL or not is_terminal():
        return found
    session.note(f"{SCREENFUL} of {found:,} {noun} shown; --limit {found} shows all.")
    return SCREENFUL
