"""Word files (.docx) to blocks: paragraphs with the numbers that Word generates, notes, tables, running heads.

Knows pages no more than the file does: all blocks are on page 1. Old .doc files are another format and not read.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from scraper.errors import Unreadable
from scraper.readers.block import Block, BlockKind, Furniture, ReadDocument
from scraper.readers.furniture_words import is_job_number, is_masthead, is_rule
from scraper.readers.word.numbering import Numbering
from scraper.readers.word.package import Package, R, W
from scraper.readers.word.runs import TEXT_BOX, NoteCounter, P, words_of
from scraper.readers.word.styles import Styles, number_in

_TABLE, _ROW, _CELL = W + "tbl", W + "tr", W + "tc"
_VAL = W + "val"
_MASTHEAD_TABLES = 2  # among the first elements of the body: where the masthead stands when it is not in a header
_TWIPS = 20.0  # to a point
_DEFAULT_TAB = 720  # twips: half an inch
_LEAST_LETTERS = 20
# these hold paragraphs as the body does
_WRAPPERS = frozenset({W + "sdt", W + "sdtContent", W + "ins", W + "moveTo", W + "customXml", W + "smartTag"})
_EMBEDDED: Final = W + "altChunk"


def read_docx(body: bytes) -> ReadDocument:
    """Reads a Word file into blocks: headers, the body with its notes behind their paragraphs, footers.

    Raises:
        NotADocument: `not-a-word-file`, a ZIP archive of something else.
        TooLarge: `zip-bomb`.
        Unreadable: `damaged-docx`, `encrypted-docx`, `xml-bomb`, `no-text`, `embedded-file`, `unknown-number-format`.
    """
    package = Package(body)
    root = package.root(package.main)
    content = None if root is None else root.find(W + "body")
    if root is None or content is None:
        raise Unreadable("damaged-docx", f"expected a text in {package.main}, found none")
    reading = _Reading(package)
    blocks = (*reading.margins(root, "header"), *reading.body(content), *reading.margins(root, "footer"))
    letters = sum(len(block.text) for block in blocks)
    if letters < _LEAST_LETTERS:
        raise Unreadable("no-text", f"expected text, found {letters} characters: perhaps a picture of a page")
    return ReadDocument(blocks, 1)


class _Reading:
    """One pass over a file: lists and notes count on from paragraph to paragraph."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(self._part("styles"))
        self._numbering = Numbering(self._part("numbering"), self._styles)
        self._counter = NoteCounter()
        self._notes = {kind: self._note_bodies(kind) for kind in ("footnotes", "endnotes")}

    def _part(self, kind: str) -> etree._Element | None:
        name = next(iter(self._package.related(self._package.main, kind).values()), None)
        return None if name is None else self._package.root(name)

    def _note_bodies(self, kind: str) -> Mapping[str, etree._Element]:
        root = self._part(kind)
        return {} if root is None else {note.get(W + "id", ""): note for note in root}

    def body(self, content: etree._Element) -> Iterator[Block]:
        """The blocks of the text."""
        for place, element in enumerate(_contents(content)):
            if element.tag == _TABLE:
                yield from self._table(element, may_be_masthead=place < _MASTHEAD_TABLES)
            else:
                yield from self._paragraph(element)

    def margins(self, root: etree._Element, kind: str) -> Iterator[Block]:
        """The headers or footers that the sections use, each text once: masthead, running heads, job numbers."""
        names = self._package.related(self._package.main, kind)
        seen: set[str] = set()
        for reference in root.iter(f"{W}{kind}Reference"):
            name = names.get(reference.get(R + "id", ""))
            part = None if name is None else self._package.root(name)
            texts = [] if part is None else [text for one in part.iter(P) if (text := self._plain(one))]
            is_head = kind == "header" and any(is_masthead(text) for text in texts)
            for text in texts:
                if text not in seen:
                    seen.add(text)
                    yield Block(text, kind=BlockKind.FURNITURE, furniture=_furniture(text, kind, is_head=is_head))

    def _plain(self, paragraph: etree._Element) -> str:
        return words_of(paragraph, self._styles, NoteCounter()).text

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        settings = paragraph.find(W + "pPr")
        words = words_of(paragraph, self._styles, self._counter)
        numbered = self._numbering.label(settings) if words.text else None
        label = "" if numbered is None else numbered[0]
        margin, left = self._place(settings, None if numbered is None else numbered[1].indent, words.tabs)
        text = f"{label} {words.text}".strip()
        if text and is_rule(text):
            yield Block(text, kind=BlockKind.FURNITURE, furniture=Furniture.RULE)
        elif text:
            yield Block(
                text=text,
                left=left,
                hang=margin,
                size=words.size,
                is_bold=words.is_bold,
                is_italic=words.is_italic,
                marks=tuple(words.marks),
            )
        for kind, number, mark in words.notes:
            yield from self._note(kind, number, mark)
        for box in paragraph.iter(TEXT_BOX):
            if _owner(box, P) is paragraph and not _is_copy(box):
                yield from self.body(box)

    def _place(self, settings: etree._Element | None, indent: etree._Element | None, tabs: int) -> tuple[float, float]:
        """Where the lines of a paragraph begin, and where its first one does, in points from the margin."""
        values: dict[str, int] = {}
        own = None if settings is None else settings.find(W + "ind")
        inherited = self._styles.paragraph_settings(settings, "ind")
        for found in (own, indent, *inherited):
            for name in ("left", "start", "hanging", "firstLine"):
                if (value := number_in(found, name)) is not None:
                    values.setdefault(name, value)
        margin = values.get("left", values.get("start", 0))
        place = margin + (-values["hanging"] if "hanging" in values else values.get("firstLine", 0))
        stops = sorted(self._tab_stops(settings) | ({margin} if place < margin else set()))
        for _ in range(min(tabs, 20)):
            place = next((stop for stop in stops if stop > place), (place // _DEFAULT_TAB + 1) * _DEFAULT_TAB)
        return margin / _TWIPS, place / _TWIPS

    def _tab_stops(self, settings: etree._Element | None) -> set[int]:
        stops = (tab for tabs in self._styles.paragraph_settings(settings, "tabs") for tab in tabs)
        return {place for tab in stops if tab.get(_VAL) != "clear" and (place := number_in(tab, "pos")) is not None}

    def _note(self, kind: str, number: str, mark: str) -> Iterator[Block]:
        note = self._notes[kind].get(number)
        texts = [] if note is None else [self._plain(one) for one in note.iter(P)]
        text = " ".join(text for text in texts if text)
        if text:
            is_marked = not mark or text.startswith(mark)
            yield Block(text if is_marked else f"{mark} {text}", kind=BlockKind.FOOTNOTE)

    def _table(self, table: etree._Element, *, may_be_masthead: bool) -> Iterator[Block]:
        rows: list[str] = []
        marks: list[str] = []
        notes: list[Block] = []
        for row in table.iter(_ROW):
            cells = [self._cell(cell, marks, notes) for cell in row.iter(_CELL) if _owner(cell, _ROW) is row]
            rows.append(" | ".join(cells))
        text = "\n".join(row for row in rows if row.strip(" |"))
        if text and may_be_masthead and is_masthead(text):
            yield Block(text.replace("\n", " "), kind=BlockKind.FURNITURE, furniture=Furniture.MASTHEAD)
        elif text:
            yield Block(text, kind=BlockKind.TABLE, marks=tuple(marks))
        yield from notes

    def _cell(self, cell: etree._Element, marks: list[str], notes: list[Block]) -> str:
        """The paragraphs of a cell in one line; its notes go into `notes`."""
        texts = []
        for paragraph in cell.iter(P):
            if _owner(paragraph, _CELL) is cell:
                words = words_of(paragraph, self._styles, self._counter)
                label = self._numbering.label(paragraph.find(W + "pPr")) if words.text else None
                texts.append(f"{label[0] if label else ''} {words.text}".strip())
                marks += words.marks
                notes += [note for named in words.notes for note in self._note(*named)]
        return " ".join(text for text in texts if text)


def _contents(element: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables of a body, those within controls and tracked insertions too."""
    for child in element:
        if child.tag in (P, _TABLE):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _contents(child)
        elif child.tag == _EMBEDDED:
            raise Unreadable("embedded-file", "expected the text in the file itself, found a part in another format")


def _furniture(text: str, kind: str, *, is_head: bool) -> Furniture:
    if kind == "footer":
        return Furniture.JOB_NUMBER if is_job_number(text) else Furniture.PAGE_NUMBER
    return Furniture.MASTHEAD if is_head else Furniture.RUNNING_HEAD


def _owner(element: etree._Element, tag: str) -> etree._Element | None:
    return next(element.iterancestors(tag), None)


def _is_copy(box: etree._Element) -> bool:
    """Whether a text box is the copy that a drawing holds for older programs."""
    return any(str(above.tag).endswith("}Fallback") for above in box.iterancestors())
