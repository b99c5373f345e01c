"""The parts of an Akoma Ntoso tree in printed order: preamble, sections, tables, bodies and annexes.

What a paragraph is and where it stands is decided in `akn_paragraphs`.
"""

from lxml import etree

from scraper.council.printed_label import label_of
from scraper.structure.akn.headings import is_bold_title
from scraper.structure.akn.paragraphs import ParagraphReader
from scraper.structure.akn.text import (
    CELLS,
    CONTAINER,
    CROSS_HEADING,
    HEADINGS,
    ITEM,
    LIST_INTRODUCTION,
    NAMESPACE,
    NUM,
    PARAGRAPH,
    Footnotes,
    is_ornament,
    words_of,
)
from scraper.structure.numbering.address_book import AddressBook

_SECTION = NAMESPACE + "section"
_BLOCK_LIST = NAMESPACE + "blockList"
_P = NAMESPACE + "p"
_TABLE = NAMESPACE + "table"
_ROW = NAMESPACE + "tr"
_FORMULA = NAMESPACE + "formula"
_BLOCK = NAMESPACE + "block"
_TITLE = NAMESPACE + "docTitle"


class TreeWalk:
    """One walk over a document's tree; what it finds goes into the address book."""

    def __init__(self, book: AddressBook, notes: Footnotes) -> None:
        self._book = book
        self._reader = ParagraphReader(book, notes)

    def read_preamble(self, preamble: etree._Element) -> None:
        """Read the paragraphs before the operative part; the enacting words and headings are no paragraphs.

        A bold line that the file holds as a paragraph, not as a heading, counts as one, with a warning: S/RES/2776
        (2025) has "Degrading the threat posed by Al-Shabaab, and the Arms Embargo targeting Al-Shabaab".
        """
        has_lists = preamble.find(f".//{_BLOCK_LIST}") is not None
        for element in preamble:
            text = self._reader.words(element)
            if not text:
                continue
            if element.tag == _FORMULA:
                self._book.aside("furniture", text)
            elif element.tag == _BLOCK:
                if element.get("name") != "subheading":
                    message = f"expected it to be a heading, found a paragraph: {text[:60]!r}"
                    self._book.warn_of_repair("heading-as-paragraph", message)
                self._book.set_heading(text)
            elif has_lists and element.find(f".//{_BLOCK_LIST}") is not None:
                self._read_block_list(element)
            else:
                address = self._book.add_preambular(text)
                if is_bold_title(element, text):
                    self._book.warn(
                        "recital-like-heading", "expected words and a comma, found bold words alone", address
                    )

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
                    address = self._book.add_numbered(label, text)
                    message = "expected the preamble to end before the operative part, found paragraphs of that in it"
                    self._book.warn_of_repair("operative-in-preamble", message, address)
                else:
                    self._book.add_labelled(printed, label, text)
                    message = f"expected a paragraph of the preamble without a list, found {printed or 'a point'} in it"
                    self._book.warn_of_repair("list-in-preamble", message)
            elif element.tag == LIST_INTRODUCTION or (parent is not None and parent.tag == CONTAINER):
                self._book.add_preambular(words_of(element))

    def read_annex(self, body: etree._Element) -> None:
        """Read the body of an attachment; it is named by its first heading, and `Annex` when that names none."""
        self._reader.open_annex("Annex")
        self.read_body(body)

    def read_body(self, body: etree._Element) -> None:
        """Read the operative part, an annex, or the body of a statement."""
        for element in body:
            tag = element.tag
            if tag == PARAGRAPH:
                self._reader.read_paragraph(element)
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
                self._reader.read_heading(self._reader.words(element))
            elif tag != NUM:
                self._read_loose(element)

    def _read_loose(self, element: etree._Element) -> None:
        text = self._reader.words(element)
        if not text:
            return
        if is_ornament(text) or element.find(f".//{_TITLE}") is not None:
            self._book.aside("furniture", text)
        else:
            self._book.add_unnumbered(text)

    def _read_cross_heading(self, element: etree._Element) -> None:
        """A preambular paragraph that stands in a section: before the first number it belongs to the preamble."""
        text = self._reader.words(element)
        if element.get("refersTo") != "#preamble":
            self._reader.read_heading(text)
            return
        message = "expected the preamble in its own place, found a paragraph of it in a section"
        self._book.warn_of_repair("preamble-in-section", message)
        if self._book.number is None:
            self._book.add_preambular(text)
        else:
            self._book.add_unnumbered(text)

    def _read_table(self, element: etree._Element) -> None:
        rows = [" | ".join(self._reader.words(cell) for cell in row if cell.tag in CELLS) for row in element.iter(_ROW)]
        text = "\n".join(row for row in rows if row.strip(" |")) if rows else self._reader.words(element)
        if text:
            self._book.aside("table", text)
