"""The paragraphs, lists and points of an Akoma Ntoso tree: what each holds, and where it stands.

The files nest most sub-paragraphs and leave others flat, put numbers into paragraphs of their own, and headings where
paragraphs belong. So the elements say where a paragraph begins, and the run of printed labels decides where it stands.
"""

import re
from dataclasses import dataclass

from lxml import etree

from scraper.council.printed_label import is_bullet, is_of_parts, label_of
from scraper.structure.akn.headings import (
    annex_named_by,
    follows_number,
    has_case,
    has_heading_class,
    heads_numbers,
    interrupts_list,
    is_bare_annex_name,
    is_bare_title,
    is_plain_title,
    is_quoted_title,
    is_section_label,
    is_styled,
    lost_its_bullet,
    stands_before_number,
)
from scraper.structure.akn.text import (
    CONTENT,
    HEADINGS,
    INTRO,
    LABEL_IN_TEXT,
    LABEL_REST,
    LISTS,
    NAMED_LABEL,
    NUM,
    NUMBER_IN_TEXT,
    NUMBER_REST,
    PARAGRAPH,
    POINT,
    Footnotes,
    is_statement_title,
    kind_of_aside,
    words_of,
)
from scraper.structure.numbering.address_book import AddressBook
from scraper.structure.numbering.open_paragraphs import BULLET
from storage.models import Part

# "Having decided", "Deeply concerned", "Mindful": a preambular paragraph, where no number tells where the preamble ends
_PARTICIPLE = re.compile(r"(?:[A-Z]\w+ly )?\w+(?:ing|ed|ful)\b")
# how many paragraphs are open behind a sub-paragraph of the first degree, which many files hold beside its paragraph
_DEGREES_BESIDE = 2
_COMMAS = (",", "،", "，")


@dataclass(slots=True)
class _Parts:
    """What one paragraph or point holds: number, own words, heading, and the elements that stand under it."""

    printed: str
    text: str
    heading: str
    under: list[etree._Element]


class ParagraphReader:
    """Reads paragraphs into the address book; remembers a number that stood alone until its words come."""

    def __init__(self, book: AddressBook, notes: Footnotes) -> None:
        self._book = book
        self._notes = notes
        self._awaited: str | None = None

    def open_annex(self, name: str) -> None:
        """Begin an annex."""
        self._book.open_annex(name)
        self._awaited = None

    def read_heading(self, text: str) -> None:
        """Keep a heading; one that names an annex opens it."""
        if is_statement_title(text):
            self._book.aside("furniture", text)
            return
        annex = annex_named_by(text, is_in_annex=self._book.part is Part.ANNEX)
        if annex is not None:
            if self._book.part is Part.OPERATIVE:
                self._book.warn_of_repair("annex-in-body", f"expected {annex} beside the body, found it inside")
            self.open_annex(annex)
        self._book.set_heading(text)

    def _read_heading_kept_as_paragraph(self, text: str) -> None:
        self._book.warn_of_repair(
            "heading-as-paragraph", f"expected it to be a heading, found a paragraph: {text[:60]!r}"
        )
        self.read_heading(text)

    def _parts_of(self, element: etree._Element) -> _Parts:
        """Take a paragraph or point apart. The introduction of a list in it is its own words."""
        printed, own, headings = "", [], []
        under: list[etree._Element] = []
        for part in element:
            tag = part.tag
            if tag == CONTENT:
                own.append(self.words(part))
            elif tag == NUM:
                printed = words_of(part)
            elif tag in HEADINGS:
                headings.append(self.words(part))
            else:
                if tag in LISTS and (intro := part.find(INTRO)) is not None:
                    own.append(self.words(intro))
                under.append(part)
        text = own[0] if len(own) == 1 else " ".join(words for words in own if words)
        if printed and (rest := LABEL_REST.match(text)) is not None:
            printed, text = f"{printed.removesuffix('.')}{rest[1]}", text[rest.end() :]
        elif is_of_parts(printed.removesuffix(".")) and (rest := NUMBER_REST.match(text)) is not None:
            printed, text = f"{printed.removesuffix('.')}.{rest[1]}.", text[rest.end() :]
        heading = " ".join(headings)
        return _Parts(printed, text, f"{printed} {heading}" if printed and heading and not text else heading, under)

    def read_paragraph(self, paragraph: etree._Element) -> None:
        """Read a paragraph of the top level with all that stands under it."""
        parts = self._parts_of(paragraph)
        if parts.heading:
            self.read_heading(parts.heading)
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
            self.read_heading(printed)
        else:
            self._awaited = printed

    def _place(self, paragraph: etree._Element, parts: _Parts) -> None:
        """Give a paragraph of the top level its address, or keep it as an aside when it is none."""
        printed, text = parts.printed, parts.text
        if self._awaited is not None:
            if printed:
                self._book.warn("number-without-text", f"expected words behind {self._awaited}, found {printed} next")
            else:
                message = f"expected a number with its words, found {self._awaited} in a paragraph of its own"
                self._book.warn_of_repair("number-apart", message)
            printed, self._awaited = printed or self._awaited, None
        if not printed:
            if parts.under or not self._put_aside(paragraph, text):
                self._place_unnumbered(paragraph, text, holds_list=bool(parts.under))
            return
        label = label_of(printed)
        if label is not None and label[0].isdecimal() and printed[0] != "(":
            self._book.add_numbered(label, text)
        elif label is not None and not parts.under and self._is_labelled_heading(paragraph, printed, label, text):
            self._read_heading_kept_as_paragraph(f"{printed} {text}")
        elif label is None and not is_bullet(printed):
            self._place_unnumbered(paragraph, f"{printed} {text}".strip(), holds_list=bool(parts.under))
        elif not self._went_astray(paragraph, text):
            self._add_flat(printed, label, text)

    def _add_flat(self, printed: str, label: str | None, text: str) -> None:
        """Add a labelled paragraph that the file holds beside the one it belongs to, not in it.

        S/RES/2252 (2015) holds (i) to (viii) of paragraph 8 (d) beside paragraph 8.
        """
        book = self._book
        book.add_labelled(printed, label, text)
        if label is not None and len(book.open) > _DEGREES_BESIDE:
            message = f"expected ({label}) in the paragraph above it, found it beside that"
            book.warn_of_repair("flat-list", message, book.open.last.address)

    def _place_unnumbered(self, paragraph: etree._Element, text: str, *, holds_list: bool) -> None:
        """Place a paragraph that has no number of its own in the file: it may have slipped into the text."""
        book = self._book
        split = LABEL_IN_TEXT.match(text)
        if split is not None and ((label := label_of(split[1])) is not None or is_bullet(split[1])):
            book.add_labelled(split[1], label, text[split.end() :])
            book.warn_of_repair("label-in-text", f"expected a label before the text, found {split[1]} in it")
            return
        named = NAMED_LABEL.match(text)
        if named is not None and (label := label_of(named["label"])) is not None and book.open.is_next(label):
            book.lengthen(named["end"] or "")
            book.add_labelled(named["label"], label, text[named.end() :])
            return
        slipped = NUMBER_IN_TEXT.match(text)
        if slipped is not None and book.number is not None and book.is_next_number(slipped[1]):
            address = book.add_numbered(slipped[1], text[slipped.end() :])
            book.warn("number-in-text", f"expected a number before the text, found {slipped[0]!r} in it", address)
        elif book.is_unfinished and (text[:1].islower() or not (has_case(text) or is_plain_title(text))):
            lengthened = book.lengthen(text)
            book.warn("split-paragraph", f"expected a whole paragraph, found it split before {text[:30]!r}", lengthened)
        elif lost_its_bullet(paragraph, text, book.open):
            book.add_labelled(BULLET, None, text)
            book.warn_of_repair("bullet-lost", "expected a bullet as before and behind it, found none")
        elif not self._went_astray(paragraph, text):
            book.add_unnumbered(text, holds_list=holds_list)

    def _went_astray(self, paragraph: etree._Element, text: str) -> bool:
        """Add a paragraph of the preamble that the file holds in the operative part, before its first paragraph."""
        book = self._book
        if not book.is_before_operative or not text.endswith(_COMMAS) or paragraph.getnext() is None:
            return False
        if not book.is_numbered and not _PARTICIPLE.match(text):
            return False  # S/RES/1585 (2005) ends "Decides to extend ..." with a comma
        address = book.add_preambular(text)
        book.warn(
            "preamble-in-body", "expected the preamble to end before the operative part, found more of it", address
        )
        return True

    def _put_aside(self, paragraph: etree._Element, text: str) -> bool:
        """Keep a heading, an ornament or a note that stands as an unnumbered paragraph; False for a real one."""
        kind = kind_of_aside(paragraph, text)
        if kind is not None:
            self._book.aside(kind, text)
        elif self._is_heading(paragraph, text):
            self._read_heading_kept_as_paragraph(text)
        else:
            return False
        return True

    def _is_heading(self, paragraph: etree._Element, text: str) -> bool:
        """Whether an unnumbered paragraph is a heading, by class, by style or by where it stands."""
        book, part = self._book, self._book.part
        if has_heading_class(paragraph) or is_styled(paragraph, text) or is_quoted_title(text):
            return True
        if interrupts_list(paragraph, text, book.open):
            return True
        if part is Part.ANNEX:
            return is_bare_annex_name(text) or heads_numbers(paragraph)
        if part is Part.OPERATIVE and book.number is not None and (heads_numbers(paragraph) or is_bare_title(text)):
            return True
        return part is Part.OPERATIVE and stands_before_number(paragraph, text) and follows_number(paragraph)

    def _is_labelled_heading(self, paragraph: etree._Element, printed: str, label: str, text: str) -> bool:
        """Whether a labelled paragraph heads a section: "A. Targeted sanctions", "(ii) Exceptions"."""
        is_section = is_section_label(printed)
        if has_heading_class(paragraph):
            return is_section or (self._book.open.is_out_of_run(label) and stands_before_number(paragraph, text))
        return is_section and stands_before_number(paragraph, text)

    def _read_inside(self, element: etree._Element) -> None:
        """Read what stands under a paragraph: lists, single points, flush text behind a list, paragraphs in it."""
        tag = element.tag
        if tag in LISTS:
            self._read_list(element, len(self._book.open))
        elif tag == POINT:
            self._read_point(element, 1)
        elif tag == PARAGRAPH:
            self.read_paragraph(element)
        elif text := self.words(element):
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
                self.read_heading(self.words(part))
            elif tag != INTRO and (text := self.words(part)):
                self._book.add_flush(text, depth)

    def _read_sublist(self, element: etree._Element, depth: int) -> None:
        """A list behind a point: it belongs to that point, or goes on with the point's own list."""
        book = self._book
        intro = element.find(INTRO)
        if intro is not None:
            book.lengthen(self.words(intro))
        first = element.find(f"{POINT}/{NUM}")
        label = label_of(words_of(first)) if first is not None else None
        if label is not None and book.open.goes_on(depth, label):
            self._read_list(element, depth)
        else:
            self._read_list(element, max(depth, min(len(book.open), depth + 1)))

    def _read_point(self, point: etree._Element, depth: int) -> None:
        parts = self._parts_of(point)
        printed, text = parts.printed, parts.text
        if parts.heading:
            self.read_heading(parts.heading)
            if not text and not parts.under:
                return
        if text and not parts.under and self._heads_section(point, printed, text):
            self._read_heading_kept_as_paragraph(f"{printed} {text}".strip())
        elif printed or text or parts.under:
            self._book.add_point(printed, label_of(printed) if printed else None, text, depth)
        for element in parts.under:
            if element.tag in LISTS:
                self._read_list(element, max(depth, min(len(self._book.open), depth + 1)))
            else:
                self._read_inside(element)

    def _heads_section(self, point: etree._Element, printed: str, text: str) -> bool:
        if not printed:
            return interrupts_list(point, text, self._book.open)
        return is_section_label(printed) and (is_styled(point, text) or is_plain_title(text))

    def words(self, element: etree._Element) -> str:
        """The words of an element; its footnotes are kept for the paragraph that is being read."""
        if len(element) > 1 and element.tag == CONTENT:
            for part in element:
                part.tail = f"{part.tail or ''} "
        text = words_of(element)
        if self._notes:
            for note in self._notes.take(element):
                self._book.aside_later("footnote", note)
        return text
