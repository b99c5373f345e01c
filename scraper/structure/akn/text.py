"""The text of Akoma Ntoso elements: names of the elements, words and labels as printed, footnotes lifted out of them.

What stands in a file as a paragraph and is none (ornaments, the title of a statement, notes) is known here too.
"""

import re

from lxml import etree

from scraper.council.fixed_phrases import REISSUED

NAMESPACE = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"

PARAGRAPH = NAMESPACE + "paragraph"
NUM = NAMESPACE + "num"
CONTENT = NAMESPACE + "content"
INTRO = NAMESPACE + "intro"
POINT = NAMESPACE + "point"
LISTS = frozenset({NAMESPACE + "list", NAMESPACE + "sublist"})
HEADINGS = frozenset({NAMESPACE + "heading", NAMESPACE + "subheading"})
FLUSH = frozenset({NAMESPACE + "alinea", NAMESPACE + "wrapUp"})
CELLS = frozenset({NAMESPACE + "td", NAMESPACE + "th"})
CONTAINER = NAMESPACE + "container"
ITEM = NAMESPACE + "item"
LIST_INTRODUCTION = NAMESPACE + "listIntroduction"
CROSS_HEADING = NAMESPACE + "crossHeading"
_TEXT = etree.XPath("string()", smart_strings=False)
_NOTE = NAMESPACE + "authorialNote"
_OWNERS = frozenset({CONTENT, INTRO, CONTAINER, LIST_INTRODUCTION, CROSS_HEADING, ITEM, *HEADINGS, *FLUSH, *CELLS})


def words_of(element: etree._Element) -> str:
    """All text of an element as printed, white space folded, blanks and hyphens that do not break made plain."""
    # half the time of joining itertext(), and this is much of the work on a document
    text = str(_TEXT(element)) if len(element) else element.text or ""
    if "\u2011" in text:
        text = text.replace("\u2011", "-")
    if "\xad" in text:
        text = text.replace("\xad", "")
    return " ".join(text.split())


class Footnotes:
    """The footnotes of a document, lifted out of its tree so that their words stand in no paragraph."""

    def __init__(self, statement: etree._Element) -> None:
        """Lift them out. What is left is the text as printed above the notes."""
        self._notes: dict[etree._Element, list[str]] = {}
        for note in list(statement.iter(_NOTE)):
            parent = note.getparent()
            if parent is None:
                continue
            owner = next((above for above in note.iterancestors() if above.tag in _OWNERS), parent)
            self._notes.setdefault(owner, []).append(f"{note.get('marker', '')} {words_of(note)}".strip())
            _cut(note, parent)

    def __bool__(self) -> bool:
        """Whether any are left that nobody has taken."""
        return bool(self._notes)

    def take(self, element: etree._Element) -> list[str]:
        """The footnotes whose marks stood in this element."""
        return [note for owner in element.iter() for note in self._notes.pop(owner, ())]


def _cut(note: etree._Element, parent: etree._Element) -> None:
    tail = note.tail or ""
    before = note.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(note)


# a label printed inside the text of an unnumbered paragraph: "(1) Facilitating", "a) Présenter", "(أ) الإقرار", "㈠";
# "(أ أ)", the Arabic (aa)
LABEL_IN_TEXT = re.compile(
    r"""
    ( \((?:[a-z]{1,4}|[0-9]{1,2}|[أ-ي]ـ?(?:\ ?[أ-ي]ـ?)?)\) | (?:[a-z]{1,2}|[ivx]{1,5}|[асеоiх])\)
    | [أبجدهوز]\ - | ’[0-9]{1,2}‘ | [㈠-㈩] | [•–—−] )
    \s+(?=\S)
    """,
    re.VERBOSE,
)
# the same with a letter's name, or behind the end of the point before: "واو - التحقيق", "و/أو ’2‘ نأي"
NAMED_LABEL = re.compile(r"(?P<end>و/أو)?\s*(?P<label>[ء-ي]{1,4}\ -|’[0-9]{1,2}‘)\s+(?=\S)")
# a number that slipped into the text: "’ 19. Se déclare", "9 Recuerda", "10 – يطلب"
NUMBER_IN_TEXT = re.compile(r"\W{0,2}([0-9]{1,3})\s?[.–-]?\s+(?=[^\W\d_])")
# the end of a label that slipped into the text: "(b)" and ". Trinitro", "1.9" and ".1.1. listed Iranian banks"
# the same where the number is taken for that of the paragraph above: "2.1." and "1. Review and approve" are 2.1.1
NUMBER_REST = re.compile(r"([0-9]{1,3}(?=\.\s)|1(?=\s+[A-Z“]))\.?\s+(?=\S)")
LABEL_REST = re.compile(r"((?:\.[0-9]{1,3})*)\.\s+")

_NOTE_CLASSES = frozenset({"FootnoteText"})
# "*", "* * *", "_____", "-----": drawn between or after the paragraphs
_ORNAMENT = re.compile(r"[*_\s–—-]+")
# the title of a statement, where the file holds it as its first paragraph
_TITLE = re.compile(r"(?:Statement|Note) by the President of the Security Council")


def kind_of_aside(paragraph: etree._Element, text: str) -> str | None:
    """The kind of aside that a paragraph without a number is: `furniture`, `footnote`; None for a real paragraph."""
    if is_ornament(text) or is_statement_title(text):
        return "furniture"
    if paragraph.get("class") in _NOTE_CLASSES or (text.startswith("*") and REISSUED.match(text)):
        return "footnote"
    return None


def is_ornament(text: str) -> bool:
    """Whether a text is drawn, not written."""
    return _ORNAMENT.fullmatch(text) is not None


def is_statement_title(text: str) -> bool:
    """Whether a text is the title that every presidential statement has."""
    return _TITLE.fullmatch(text) is not None
