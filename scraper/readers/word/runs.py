"""The words of one Word paragraph as printed: tabs and breaks, notes lifted out, deleted and hidden text left out."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from scraper.readers.word.package import W
from scraper.readers.word.styles import Styles, is_on, number_in

_VAL = W + "val"
P, RUN = W + "p", W + "r"
NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
# the mark that opens a note's own text
_OWN_MARKS = frozenset({W + "footnoteRef", W + "endnoteRef"})
TEXT_BOX = W + "txbxContent"
# Read elsewhere, or not printed: settings, struck text of a tracked change, codes of fields, the copy of a drawing for
# older programs, sounds of East Asian signs (the signs themselves are read).
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset(
    {W + "pPr", W + "rPr", W + "del", W + "moveFrom", W + "delText", W + "instrText", W + "rt", _FALLBACK, TEXT_BOX}
)
_TAB, _BREAKS = W + "tab", frozenset({W + "br", W + "cr"})
_SIGNS = {W + "noBreakHyphen": "-", W + "softHyphen": ""}
_SYMBOL = W + "sym"
_TEXT = W + "t"
# signs of the fonts Symbol and Wingdings, which lie in the private area
_SYMBOLS = {"F0B7": "•", "F0A7": "▪", "F02D": "–", "F0BE": "—", "00B7": "·"}


@dataclass(slots=True)
class Words:
    """What a paragraph prints. `notes` are the notes whose marks stood in it; `tabs` those that stand before all words.

    `is_bold` and `is_italic` say that all its words are; `size` is that of the first, in points.
    """

    text: str = ""
    marks: list[str] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    tabs: int = 0
    size: float | None = None
    is_bold: bool = False
    is_italic: bool = False


class NoteCounter:
    """Numbers the notes of a document as Word does: in printed order, but for those that bring a mark of their own."""

    def __init__(self) -> None:
        self._counts = {"footnotes": 0, "endnotes": 0}

    def next(self, kind: str) -> str:
        """The next mark, in figures: each kind of note counts for itself."""
        self._counts[kind] += 1
        return str(self._counts[kind])


def words_of(paragraph: etree._Element, styles: Styles, counter: NoteCounter) -> Words:
    """The words of a paragraph, white space folded, no-break blanks and hyphens made plain."""
    words = Words()
    settings = paragraph.find(W + "pPr")
    pieces: list[str] = []
    bold: list[bool] = []
    italic: list[bool] = []
    for run in _runs(paragraph):
        if is_on(styles.run_setting(run, settings, "vanish")):
            continue
        piece = _run_text(run, words, counter)
        pieces.append(piece)
        if piece.strip():
            bold.append(is_on(styles.run_setting(run, settings, "b")))
            italic.append(is_on(styles.run_setting(run, settings, "i")))
            if words.size is None:
                half_points = number_in(styles.run_setting(run, settings, "sz"))
                words.size = 10.0 if half_points is None else half_points / 2
    text = "".join(pieces)
    words.tabs = text[: len(text) - len(text.lstrip())].count("\t")
    words.text = " ".join(text.replace("\u2011", "-").replace("\u00ad", "").split())
    words.is_bold, words.is_italic = bool(bold) and all(bold), bool(italic) and all(italic)
    return words


def _runs(element: etree._Element) -> Iterator[etree._Element]:
    """The runs of a paragraph in printed order, those within links, fields and insertions too."""
    for child in element:
        if child.tag == RUN:
            yield child
        elif child.tag not in _LEFT_OUT:
            yield from _runs(child)


def _run_text(run: etree._Element, words: Words, counter: NoteCounter) -> str:
    """The text of a run. A note's reference gives its mark to `words`, whether Word counts it or the run types it."""
    note = next((child for child in run if child.tag in NOTES), None)
    text = "".join(_pieces(run))
    if note is None:
        return text
    kind = NOTES[note.tag]
    is_typed = note.get(W + "customMarkFollows") in ("1", "true", "on")
    mark = text.strip() if is_typed else counter.next(kind)
    words.notes.append((kind, note.get(W + "id", ""), mark))
    if mark:
        words.marks.append(mark)
    return "" if is_typed else text


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag == _TEXT:
            yield child.text or ""
        elif tag == _TAB:
            yield "\t"
        elif tag in _BREAKS:
            yield " "
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag == _SYMBOL:
            yield _symbol(child)
        elif tag not in _LEFT_OUT and tag not in _OWN_MARKS:
            yield from _pieces(child)


def _symbol(element: etree._Element) -> str:
    code = (element.get(W + "char") or "").upper()
    if code in _SYMBOLS:
        return _SYMBOLS[code]
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
