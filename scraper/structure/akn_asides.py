"""What stands in an Akoma Ntoso file as a paragraph and is none: ornaments, the title of a statement, notes."""

import re

from lxml import etree

_NOTE_CLASSES = frozenset({"FootnoteText"})
# "*", "* * *", "_____", "-----": drawn between or after the paragraphs
_ORNAMENT = re.compile(r"[*_\s–—-]+")
# the title of a statement, where the file holds it as its first paragraph
_TITLE = re.compile(r"(?:Statement|Note) by the President of the Security Council")
# "* Reissued for technical reasons."
_STAR_NOTE = re.compile(r"\*+\s*Reissued\b.*")


def kind_of_aside(paragraph: etree._Element, text: str) -> str | None:
    """The kind of aside that a paragraph without a number is: `furniture`, `footnote`; None for a real paragraph."""
    if is_ornament(text) or is_statement_title(text):
        return "furniture"
    if paragraph.get("class") in _NOTE_CLASSES or _STAR_NOTE.fullmatch(text):
        return "footnote"
    return None


def is_ornament(text: str) -> bool:
    """Whether a text is drawn, not written."""
    return _ORNAMENT.fullmatch(text) is not None


def is_statement_title(text: str) -> bool:
    """Whether a text is the title that every presidential statement has."""
    return _TITLE.fullmatch(text) is not None
