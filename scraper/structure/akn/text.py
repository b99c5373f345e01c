"""The text of Akoma Ntoso elements: names of the elements, words as printed, and footnotes lifted out of them."""

from lxml import etree

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
