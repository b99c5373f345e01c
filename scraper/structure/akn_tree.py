"""The paragraphs of an Akoma Ntoso tree: walks its elements in printed order and gives each paragraph its address.

The files nest most sub-paragraphs and leave others flat, put numbers into paragraphs of their own, and headings where
paragraphs belong. So the elements say where a paragraph begins, and the run of printed labels decides where it stands.
"""

import re
from dataclasses import dataclass

from lxml import etree

from scraper.structure.address import is_bullet, label_of
from scraper.structure.address_book import AddressBook
from scraper.structure.akn_headings import (
    annex_named_by,
    could_interrupt,
    follows_number,
    has_heading_class,
    is_bare_annex_name,
    is_bold_title,
    is_section_label,
    is_styled,
    stands_before_number,
)
from scraper.structure.akn_text import (
    CELLS,
    CONTAINER,
    CONTENT,
    CROSS_HEADING,
    FLUSH,
    HEADINGS,
    INTRO,
    ITEM,
    LIST_INTRODUCTION,
    LISTS,
    NAMESPACE,
    NUM,
    PARAGRAPH,
    POINT,
    Footnotes,
    words_of,
)
from storage.models import Part

_SECTION = NAMESPACE + "section"
_BLOCK_LIST = NAMESPACE + "blockList"
_P = NAMESPACE + "p"
_TABLE = NAMESPACE + "table"
_ROW = NAMESPACE + "tr"
_FORMULA = NAMESPACE + "formula"
_BLOCK = NAMESPACE + "block"
_NOTE_CLASSES = frozenset({"FootnoteText"})
# a label printed inside the text of an unnumbered paragraph: "(1) Facilitating the full freedom of movement"
_LABEL_IN_TEXT = re.compile(r"(\((?:[a-z]{1,4}|[0-9]{1,2})\)|[•–—])\s+(?=\S)")
# a number that slipped into the text: "’ 19. Se déclare", "9 Recuerda", "10 – يطلب"
_NUMBER_IN_TEXT = re.compile(r"\W{0,2}([0-9]{1,3})\s?[.–-]?\s+(?=[^\W\d_])")
_COMMAS = (",", "،", "，")
# "*", "* * *", "_____", "-----": drawn between or after the paragraphs
_ORNAMENT = re.compile(r"[*_\s–—-]+")
# "* Reissued for technical reasons."
_STAR_NOTE = re.compile(r"\*+\s*Reissued\b.*")


@dataclass(slots=True)
class _Parts:
    """What one paragraph or point holds: number, own words, heading, and the elements that stand under it."""

    printed: str
    text: str
    heading: str
    under: list[etree._Element]


class TreeWalk:
    """One walk over a document's tree; what it finds goes into the address book."""

    def __init__(self, book: AddressBook, notes: Footnotes) -> None:
        self._book = book
        self._notes = notes
        self._awaited: str | None = None

    def read_preamble(self, preamble: etree._Element) -> None:
        """Read the paragraphs before the operative part; the enacting words and headings are no paragraphs."""
        has_lists = preamble.find(f".//{_BLOCK_LIST}") is not None
        for element in preamble:
            text = self._words(element)
            if not text:
                continue
            if element.tag == _FORMULA:
                self._book.aside("furniture", text)
            elif element.tag == _BLOCK or is_bold_title(element, text):
                self._book.set_heading(text)
            elif has_lists and element.find(f".//{_BLOCK_LIST}") is not None:
                self._read_block_list(element)
            else:
                self._book.add_preambular(text)

    def _read_block_list(self, container: etree._Element) -> None:
        """A preambular paragraph with a list; numbered items behind "Acting under Chapter VII ...:" are operative."""
        for element in container.iter(LIST_INTRODUCTION, ITEM, _P):
            parent = element.getparent()
            if element.tag == ITEM:
                number = element.find(NUM)
                printed = words_of(number) if number is not None else ""
                text = " ".join(words_of(part) for part in element if part.tag != NUM)
                label = label_of(printed)
                if label is not None and label.isdecimal() and not printed.startswith("("):
                    self._book.add_numbered(label, text)
                else:
                    self._book.add_labelled(printed, label, text)
            elif element.tag == LIST_INTRODUCTION or (parent is not None and parent.tag == CONTAINER):
                self._book.add_preambular(words_of(element))

    def read_attachment(self, attachment: etree._Element) -> None:
        """Read one attachment; it is named by its first heading, and `Annex` when that names none."""
        for body in attachment.iter(NAMESPACE + "mainBody"):
            self._book.open_annex("Annex")
            self._awaited = None
            self.read_body(body)

    def read_body(self, body: etree._Element) -> None:
        """Read the operative part, an annex, or the body of a statement."""
        for element in body:
            tag = element.tag
            if tag == PARAGRAPH:
                self._read_paragraph(element)
            elif tag == _SECTION:
                number = element.find(NUM)
                if number is not None and (label := words_of(number)):
                    self._book.set_heading(label)
                self.read_body(element)
            elif tag == CROSS_HEADING:
                self._read_cross_heading(element)
            elif tag in (CONTAINER, _TABLE):
                self._read_table(element)
            elif tag in HEADINGS:
                self._read_heading(self._words(element))
            elif tag != NUM:
                self._read_loose(element)

    def _read_loose(self, element: etree._Element) -> None:
        text = self._words(element)
        if not text:
            return
        if _ORNAMENT.fullmatch(text) or element.find(f".//{NAMESPACE}docTitle") is not None:
            self._book.aside("furniture", text)
        else:
            self._book.add_unnumbered(text)

    def _read_cross_heading(self, element: etree._Element) -> None:
        """A preambular paragraph that stands in a section: before the first number it belongs to the preamble."""
        text = self._words(element)
        if element.get("refersTo") != "#preamble":
            self._read_heading(text)
        elif self._book.number is None:
            self._book.add_preambular(text)
        else:
            self._book.add_unnumbered(text)

    def _read_table(self, element: etree._Element) -> None:
        rows = [" | ".join(self._words(cell) for cell in row if cell.tag in CELLS) for row in element.iter(_ROW)]
        text = "\n".join(row for row in rows if row.strip(" |")) if rows else self._words(element)
        if text:
            self._book.aside("table", text)

    def _read_heading(self, text: str) -> None:
        annex = annex_named_by(text, is_in_annex=self._book.part is Part.ANNEX)
        if annex is not None:
            self._book.open_annex(annex)
        self._book.set_heading(text)

    def _parts_of(self, element: etree._Element) -> _Parts:
        """Take a paragraph or point apart. The introduction of a list in it is its own words."""
        printed, own, headings = "", [], []
        under: list[etree._Element] = []
        for part in element:
            tag = part.tag
            if tag == CONTENT:
                own.append(self._words(part))
            elif tag == NUM:
                printed = words_of(part)
            elif tag in HEADINGS:
                headings.append(self._words(part))
            else:
                if tag in LISTS and (intro := part.find(INTRO)) is not None:
                    own.append(self._words(intro))
                under.append(part)
        text = own[0] if len(own) == 1 else " ".join(words for words in own if words)
        heading = " ".join(headings)
        return _Parts(printed, text, f"{printed} {heading}" if printed and heading and not text else heading, under)

    def _read_paragraph(self, paragraph: etree._Element) -> None:
        parts = self._parts_of(paragraph)
        if parts.heading:
            self._read_heading(parts.heading)
            if not parts.text and not parts.under:
                return
        if parts.text or parts.under:
            self._place(paragraph, parts)
        elif parts.printed:
            self._read_lone_number(paragraph, parts.printed)
        for element in parts.under:
            self._read_inside(element)

    def _read_lone_number(self, paragraph: etree._Element, printed: str) -> None:
        """A number without words: a section's label, or the number of the paragraph that follows without one."""
        if has_heading_class(paragraph) or is_section_label(printed):
            self._read_heading(printed)
        else:
            self._awaited = printed

    def _place(self, paragraph: etree._Element, parts: _Parts) -> None:
        """Give a paragraph of the top level its address, or keep it as an aside when it is none."""
        printed, text = parts.printed, parts.text
        if self._awaited is not None:
            printed, self._awaited = printed or self._awaited, None
        if not printed:
            if parts.under or not self._put_aside(paragraph, text):
                self._place_unnumbered(text, holds_list=bool(parts.under))
            return
        label = label_of(printed)
        if label is not None and label[0].isdecimal() and printed[0] != "(":
            self._book.add_numbered(label, text)
        elif label is not None and not parts.under and self._is_labelled_heading(paragraph, printed, label, text):
            self._read_heading(f"{printed} {text}")
        elif label is None and not is_bullet(printed):
            self._place_unnumbered(f"{printed} {text}".strip(), holds_list=bool(parts.under))
        elif not self._went_astray(text):
            self._book.add_labelled(printed, label, text)

    def _place_unnumbered(self, text: str, *, holds_list: bool) -> None:
        """Place a paragraph that has no number of its own in the file: it may have slipped into the text."""
        book = self._book
        if (split := _LABEL_IN_TEXT.match(text)) is not None:
            book.add_labelled(split[1], label_of(split[1]), text[split.end() :])
            return
        slipped = _NUMBER_IN_TEXT.match(text)
        if slipped is not None and book.number is not None and book.is_next_number(slipped[1]):
            address = book.add_numbered(slipped[1], text[slipped.end() :])
            book.warn("number-in-text", f"expected a number before the text, found {slipped[0]!r} in it", address)
        elif text[:1].islower() and book.is_unfinished:
            address = book.lengthen(text)
            book.warn("split-paragraph", f"expected a whole paragraph, found it split before {text[:30]!r}", address)
        elif not self._went_astray(text):
            book.add_unnumbered(text, holds_list=holds_list)

    def _went_astray(self, text: str) -> bool:
        """Add a paragraph of the preamble that the file holds in the operative part, before its first number."""
        book = self._book
        if not book.is_before_operative or not text.endswith(_COMMAS):
            return False
        address = book.add_preambular(text)
        book.warn(
            "preamble-in-body", "expected the preamble to end before the operative part, found more of it", address
        )
        return True

    def _put_aside(self, paragraph: etree._Element, text: str) -> bool:
        """Keep a heading, an ornament or a note that stands as an unnumbered paragraph; False when it is a paragraph."""
        book = self._book
        if _ORNAMENT.fullmatch(text):
            book.aside("furniture", text)
        elif paragraph.get("class") in _NOTE_CLASSES or _STAR_NOTE.fullmatch(text):
            book.aside("footnote", text)
        elif self._is_heading(paragraph, text):
            self._read_heading(text)
        else:
            return False
        return True

    def _is_heading(self, paragraph: etree._Element, text: str) -> bool:
        """Whether an unnumbered paragraph is a heading, by class, by style or by where it stands."""
        part = self._book.part
        if has_heading_class(paragraph) or is_styled(paragraph, text) or self._interrupts(paragraph, text):
            return True
        if part is Part.ANNEX:
            return is_bare_annex_name(text)
        return part is Part.OPERATIVE and stands_before_number(paragraph, text) and follows_number(paragraph)

    def _is_labelled_heading(self, paragraph: etree._Element, printed: str, label: str, text: str) -> bool:
        """Whether a labelled paragraph heads a section: "A. Targeted sanctions", "(ii) Exceptions"."""
        is_section = is_section_label(printed)
        if has_heading_class(paragraph):
            return is_section or self._book.is_out_of_run(label)
        return is_section and stands_before_number(paragraph, text)

    def _interrupts(self, element: etree._Element, text: str) -> bool:
        """Whether a few words stand in the midst of a list and head what follows in it."""
        if not could_interrupt(text):
            return False
        behind = element.getnext()
        number = None if behind is None else next(behind.iter(NUM), None)
        label = None if number is None else label_of(words_of(number))
        return label is not None and not label[0].isdecimal() and self._book.is_next(label)

    def _read_inside(self, element: etree._Element) -> None:
        """Read what stands under a paragraph: lists, single points, flush text behind a list, paragraphs in it."""
        tag = element.tag
        if tag in LISTS:
            self._read_list(element, self._book.depth)
        elif tag == POINT:
            self._read_point(element, 1)
        elif tag == PARAGRAPH:
            self._read_paragraph(element)
        elif text := self._words(element):
            self._book.add_flush(text, 1)

    def _read_list(self, element: etree._Element, depth: int) -> None:
        """The points of a list whose paragraph is the `depth`-th that is open."""
        for part in element:
            tag = part.tag
            if tag == POINT:
                self._read_point(part, depth)
            elif tag in LISTS:
                self._read_sublist(part, depth)
            elif tag in HEADINGS:
                self._read_heading(self._words(part))
            elif tag != INTRO and (text := self._words(part)):
                self._book.add_flush(text, depth)

    def _read_sublist(self, element: etree._Element, depth: int) -> None:
        """A list behind a point: it belongs to that point, or goes on with the point's own list."""
        book = self._book
        intro = element.find(INTRO)
        if intro is not None and book.depth > depth:
            book.lengthen(self._words(intro))
        first = element.find(f"{POINT}/{NUM}")
        label = label_of(words_of(first)) if first is not None else None
        if label is not None and book.goes_on(depth, label):
            self._read_list(element, depth)
        else:
            self._read_list(element, max(depth, min(book.depth, depth + 1)))

    def _read_point(self, point: etree._Element, depth: int) -> None:
        parts = self._parts_of(point)
        printed, text = parts.printed, parts.text
        if parts.heading:
            self._read_heading(parts.heading)
            if not text and not parts.under:
                return
        if text and not parts.under and self._heads_section(point, printed, text):
            self._read_heading(f"{printed} {text}".strip())
        elif printed or text or parts.under:
            self._book.add_point(printed, label_of(printed) if printed else None, text, depth)
        for element in parts.under:
            if element.tag in LISTS:
                self._read_list(element, max(depth, min(self._book.depth, depth + 1)))
            else:
                self._read_inside(element)

    def _heads_section(self, point: etree._Element, printed: str, text: str) -> bool:
        if not printed:
            return self._interrupts(point, text)
        return is_section_label(printed) and is_styled(point, text)

    def _words(self, element: etree._Element) -> str:
        if len(element) > 1 and element.tag == CONTENT:
            for part in element:
                part.tail = f"{part.tail or ''} "
        text = words_of(element)
        if self._notes:
            for note in self._notes.take(element):
                self._book.aside_later("footnote", note)
        return text
