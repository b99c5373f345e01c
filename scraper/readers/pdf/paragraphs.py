"""Joins printed lines into blocks: what belongs together by leading, indentation and size, also over page breaks.

Does not know what a paragraph number means, only that a line which opens with something like one may begin a block.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from scraper.readers.block import Block, BlockKind, Furniture
from scraper.readers.pdf.hyphens import LineJoiner, fold
from scraper.readers.pdf.lines import Line
from scraper.readers.pdf.page import Named, Page
from scraper.readers.pdf.sizes import body_size, sizes_of

_LEADING = 1.45  # lines of one paragraph stand 1.2 sizes apart, paragraphs 1.8
_OTHER_SIZE = 1.2  # points: a heading's size against the text's
_SAME_LINE = 2.0  # points
_SAME_PLACE = 3.0  # points by which the left edges of one column differ
_INDENT = 8.0  # points: the least first-line indent
_SHORT_LINE = 60.0  # a line that ends this far before its column does was not broken for want of room
# what may open a numbered paragraph: 8. or (a) or a) or (b). or iv. or A. or a bullet
_LABEL = re.compile(r"(?:\(?(?:\d{1,3}|[A-Za-z]{1,5})[.)]{1,2}|[•●▪◦–—-])\s")
_ENDED = re.compile(r"[.;:,!?]\s?[”’»\"')]*(?:\s+(?:and|or|et|ou|y|o|и|или),?)?\s*$")
# "(Signed) Detlev GRAF ZU RANTZAU": nothing on the next page belongs to it
_SIGNED = re.compile(r"\((?:Signed|Signé|Firmado|Подпись)\)\s")
_CAPTION = re.compile(r"(?:Figure|Table|Chart|Map|Tableau|Carte|Graphique)\s+(?:[IVX]{1,5}|\d{1,2})\b")
_CAPITAL = re.compile(r"[“\"(]?[^\W\d_a-z]")
_HEADING_LINES = 4
_TAIL = 12  # characters: more than any such ending has
# "1 See ...", "* Reissued ...", "a In force ..."
_MARK = re.compile(r"\*{1,3}|\d{1,3}")
_NOTE_MARK = re.compile(r"(?:\*{1,3}|\d{1,3}/?|[a-z]/?)(?:\s|$)")


@dataclass(frozen=True, slots=True)
class _Column:
    """Where most lines of a page begin, and where the longest one ends."""

    start: float
    end: float


@dataclass(slots=True)
class _Growing:
    """A block that may still get lines."""

    kind: BlockKind
    page: int
    furniture: Furniture | None
    lines: list[Line] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    last_page: int = 0

    @property
    def hang(self) -> float | None:
        """Where the second and later lines begin; None while there is one line."""
        return self.lines[1].left if len(self.lines) > 1 else None

    def add(self, line: Line, page: int) -> None:
        """Takes one more line."""
        self.lines.append(line)
        self.marks += line.marks
        self.last_page = page

    def finished(self, joiner: LineJoiner) -> Block:
        """The block as a reader returns it."""
        first, last = self.lines[0], self.lines[-1]
        is_furniture = self.kind is BlockKind.FURNITURE  # its asterisks and small digits are its own
        return Block(
            text=fold(first.text) if is_furniture else joiner.join(self.lines),
            page=self.page,
            kind=self.kind,
            left=round(first.left, 1),
            hang=None if self.hang is None else round(self.hang, 1),
            right=round(last.right, 1),
            size=round(first.size, 1),
            is_bold=all(line.is_bold for line in self.lines),
            marks=() if is_furniture else tuple(self.marks),
            furniture=self.furniture,
        )


def join_lines(pages: Sequence[Page], named: Named) -> tuple[Block, ...]:
    """All lines of a document as blocks, in printed order; one that runs over a page end stands at its first page."""
    size = body_size(pages, named)
    grown: list[_Growing] = []
    open_blocks: dict[BlockKind, _Growing] = {}
    for page in pages:
        column = _column(page, named)
        sizes = sizes_of(page, named, size)
        for place, line in enumerate(page.lines):
            furniture = named.get((page.number, place))
            kind = sizes.kind_of(line, furniture)
            above = open_blocks.get(BlockKind.TEXT)
            if kind is BlockKind.TABLE and above is not None and _is_lone_mark(line, above.lines[-1]):
                above.marks.append(line.text.strip())
                continue
            block = open_blocks.get(kind)
            if furniture is not None or block is None or _begins(line, block, page.number, column):
                block = open_blocks[kind] = _Growing(kind, page.number, furniture)
                grown.append(block)
            block.add(line, page.number)
    joiner = LineJoiner(line for page in pages for line in page.lines)
    return tuple(block.finished(joiner) for block in grown)


def _column(page: Page, named: Named) -> _Column:
    text = [line for place, line in enumerate(page.lines) if (page.number, place) not in named]
    starts = Counter(round(line.left) for line in text)
    return _Column(starts.most_common(1)[0][0] if starts else 0.0, max((line.right for line in text), default=0.0))


def _is_lone_mark(line: Line, before: Line) -> bool:
    """Whether a small line is a footnote mark raised behind another: "Risks," with a 6 of its own (S/2025/496)."""
    rise = line.baseline - before.baseline
    is_behind = before.right - 1 <= line.left <= before.right + before.size
    return bool(_MARK.fullmatch(line.text.strip())) and 0 <= rise < before.size and is_behind


def _begins(line: Line, block: _Growing, page: int, column: _Column) -> bool:
    """Whether a line begins a new block instead of going on with the one before it."""
    before = block.lines[-1]
    if block.kind is BlockKind.FOOTNOTE:
        return bool(_NOTE_MARK.match(line.text)) and line.left < before.left + _SAME_PLACE
    if abs(line.size - before.size) > _OTHER_SIZE:
        return True
    is_short = before.right < column.end - _SHORT_LINE
    has_ended = bool(_ENDED.search(before.words[-_TAIL:])) and not before.ends_in_hyphen
    if block.last_page != page:
        return _begins_page(line, block, column, has_ended, is_short)
    step = before.baseline - line.baseline
    if abs(step) <= _SAME_LINE and line.left > before.left:
        return False  # the rest of one printed line, behind a footnote mark
    if not -2 <= step <= _LEADING * max(line.size, before.size):
        return True
    margin = block.lines[0].left if block.hang is None else block.hang
    is_moved = abs(line.left - margin) > _INDENT
    return has_ended and is_moved and (is_short or bool(_LABEL.match(line.text)))


def _ends_openly(text: str) -> bool:
    """Whether a block opens like what may end without a stop: a point of a list, a caption."""
    return bool(_LABEL.match(text) or _CAPTION.match(text))


def _begins_page(line: Line, block: _Growing, column: _Column, has_ended: bool, is_short: bool) -> bool:
    """The same for the first line of a page: no leading to go by, so indentation, weight and the line before it."""
    before = block.lines[-1]
    if line.is_bold and not before.is_bold and (has_ended or is_short):
        return True
    if before.is_bold and not line.is_bold and len(block.lines) < _HEADING_LINES and not has_ended:
        return True  # a heading or caption at the foot of its page
    if not has_ended and line.text[:1].islower() and not _LABEL.match(line.text):
        return False
    if _SIGNED.match(block.lines[0].text) or ((has_ended or is_short) and _LABEL.match(line.text)):
        return True
    if is_short and not before.ends_in_hyphen and _CAPITAL.match(line.text) and _ends_openly(block.lines[0].text):
        return True  # the last of a list's points, or a caption: they end without a stop
    if has_ended and line.right < column.end - _SHORT_LINE and not _ENDED.search(line.words[-_TAIL:]):
        return True  # neither a full line nor the last of a paragraph: a heading
    if block.hang is not None:
        return abs(line.left - block.hang) > _SAME_PLACE or (has_ended and is_short)
    if line.left < before.left - _SAME_PLACE:
        return has_ended and is_short
    is_indented = line.left > column.start + _INDENT
    return is_short or (has_ended and is_indented) or line.left > before.left + _SAME_PLACE
