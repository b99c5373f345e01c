"""Which elements of an Akoma Ntoso file are headings: by name, by class, by style, or by where they stand.

The files mark most headings as such; in others the same words are a paragraph in italics, or a plain one.
"""

import re

from lxml import etree

from scraper.council.fixed_phrases import names_person
from scraper.council.printed_label import is_bullet, label_of
from scraper.structure.akn.text import CONTENT, LISTS, NAMESPACE, NUM, words_of
from scraper.structure.numbering.open_paragraphs import BULLET, OpenLine

# the classes that the UN's converter gives to headings
_CLASSES = frozenset({"HCh", "H1", "H23", "H4", "H56", "BLUEHeadingH2"})
# the names of annexes in other scripts, given what the English text prints there
_ANNEX_NAMES = dict(zip("АВСДЕ", "ABCDE", strict=True)) | {
    "الأول": "I",
    "الثاني": "II",
    "الثالث": "III",
    "الرابع": "IV",
    "ألف": "A",
    "باء": "B",
    "جيم": "C",
    "دال": "D",
    "一": "I",
    "二": "II",
    "三": "III",
    "四": "IV",
    "五": "V",
}
# "Annex", "Annex II", "ANNEX 1 - President ...", "Designation Annex", "Annexe I", "Anexo", "Приложение А", "指认附件"
_ANNEX = re.compile(
    r"(?:.{0,30}\s|\w{0,4}(?=附件))?"
    r"(?:(?P<other>Appendix|APPENDIX|Enclosure|ENCLOSURE)|Annexe?|ANNEXE?|Anexo|ANEXO|Приложение|ПРИЛОЖЕНИЕ|(?:ال)?مرفق|附件)"
    rf"(?:\s*(?P<name>[IVXLC]{{1,6}}|[A-Z]|[0-9]{{1,2}}|{'|'.join(_ANNEX_NAMES)})(?!\w))?(?P<rest>$|\W.*)"
)
_ANNEX_REST = re.compile(r"\s*(?:[-–—:.(*]|$)|\s+[^\W\d_a-z]")
_MAY_NAME_ANNEX = re.compile(r"nex|NEX|ppend|PPEND|nclos|NCLOS|риложени|РИЛОЖЕНИ|مرفق|附件")
_STOPS = tuple(".;:,؛،：；。，!?")
# "A.", "II": labels of sections, with "Targeted sanctions" behind them
_SECTION_LABEL = re.compile(r"[A-Z]{1,5}\.?")
_LONGEST = 60  # characters: the longest heading that was found without any mark of one has 53
_LONGEST_STYLED = 180  # the Arabic title of annex II of S/RES/2744 (2024) has 138, all bold
_TITLE_WORDS = 16
# as in (“Renewing the mandate of the United Nations Operation in Côte d’Ivoire”)
_QUOTED_TITLE = re.compile(r"\([“\"][^”\"]+[”\"]\)")
_SPAN = NAMESPACE + "span"


def has_heading_class(element: etree._Element) -> bool:
    """Whether the file's converter classed an element as a heading."""
    return element.get("class") in _CLASSES


def is_section_label(printed: str) -> bool:
    """Whether what is printed before a text may label a section: `A.`, `II`."""
    return _SECTION_LABEL.fullmatch(printed) is not None


def annex_named_by(heading: str, *, is_in_annex: bool) -> str | None:
    """The name of the annex that a heading opens, or None. Within an annex the heading must say no more than that.

    >>> annex_named_by("Annex A – Items subject to a no-objection process", is_in_annex=True)
    'Annex A'
    """
    found = _ANNEX.fullmatch(heading) if _MAY_NAME_ANNEX.search(heading) else None
    if found is None or (is_in_annex and not _ANNEX_REST.match(found["rest"])):
        return None
    word, name = (found["other"] or "Annex").capitalize(), found["name"]
    return f"{word} {_ANNEX_NAMES.get(name, name)}" if name else word


def is_bare_annex_name(text: str) -> bool:
    """Whether a text is nothing but the name of an annex."""
    return (found := _ANNEX.fullmatch(text)) is not None and not found["rest"]


def stands_before_number(paragraph: etree._Element, text: str) -> bool:
    """Whether a few words that end no sentence stand right before a numbered paragraph.

    The English S/RES/2794 (2025) has "Arms Embargo" as a plain paragraph; in the other languages it is a heading.
    """
    if len(text) > _LONGEST or text.endswith(_STOPS) or text[0].islower() or names_person(text):
        return False
    behind = paragraph.getnext()
    number = behind.find(NUM) if behind is not None else None
    return number is not None and (label_of(words_of(number)) or " ")[0].isdecimal()


def is_bare_title(text: str) -> bool:
    """Whether an unnumbered text among operative paragraphs is a title: a few words that end no sentence.

    "Indicators" in S/RES/2228 (2015) is one; no row of judges is.
    """
    if not text[:1].isupper() or text.endswith(_STOPS):
        return False
    return len(text.split()) <= _TITLE_WORDS and not names_person(text)


def is_quoted_title(text: str) -> bool:
    """Whether a text is a title in quotation marks and brackets, as in S/RES/1880 (2009)."""
    return _QUOTED_TITLE.fullmatch(text) is not None


def lost_its_bullet(paragraph: etree._Element, text: str, line: OpenLine) -> bool:
    """Whether it stands between two bullets as one of them: a judge of S/RES/1717 (2006), of eighteen in print."""
    if not text.endswith(";") or not line or line.last.label != BULLET or not (line.last.words or "").endswith(";"):
        return False
    behind = paragraph.getnext()
    number = behind.find(NUM) if behind is not None else None
    return number is not None and is_bullet(words_of(number))


def has_case(text: str) -> bool:
    """Whether a text has capital and small letters to tell a beginning by: Arabic and Chinese ones have none."""
    return any(letter.isupper() or letter.islower() for letter in text)


def heads_numbers(paragraph: etree._Element) -> bool:
    """The same in scripts without capital letters, where every sentence ends in a stop, with lines of a title between.

    The Chinese S/RES/2806 (2025) has three such lines between the name of an annex and its first number, and
    S/RES/2779 (2025) has "报告：" between two numbers.
    """
    element: etree._Element | None = paragraph
    while element is not None:
        number = element.find(NUM)
        if number is not None:
            return (label_of(words_of(number)) or " ")[0].isdecimal()
        text = words_of(element)
        if has_case(text) or len(text) > _LONGEST or text.rstrip(":：").endswith(_STOPS):
            return False
        element = element.getnext()
    return False


def is_plain_title(text: str) -> bool:
    """Whether a text in such a script is too short and ends too openly to be a sentence."""
    return not has_case(text) and len(text) <= _LONGEST and not text.endswith(_STOPS)


def follows_number(paragraph: etree._Element) -> bool:
    """Whether the element before a paragraph prints a number or is no paragraph: not one of a list of names."""
    element = paragraph.getprevious()
    return element is None or element.find(NUM) is not None or element.find(CONTENT) is None


def is_bold_title(element: etree._Element, text: str) -> bool:
    """Whether a preambular element is all bold and has no verb to be named by: "Degrading the threat posed by ..."."""
    return not element.get("name") and is_styled(element, text, ("bold",))


def is_styled(element: etree._Element, text: str, styles: tuple[str, ...] = ("bold", "italic", "underline")) -> bool:
    """Whether a few words that end no sentence are set all in one style: "Travel Ban" in S/RES/2368 (2017)."""
    if len(text) > _LONGEST_STYLED or text[-1] in ",;.":
        return False
    spans = [span for span in element.iter(_SPAN) if set((span.get("class") or "none").split()) <= set(styles)]
    return bool(spans) and "".join("".join(words_of(span) for span in spans).split()) == text.replace(" ", "")


def interrupts_list(element: etree._Element, text: str, line: OpenLine) -> bool:
    """Whether a few words with a colon stand in the midst of a list and head what follows in it.

    S/RES/2387 (2017), para. 43 (e), has "Rule of law:" between (ix) and (x).
    """
    if len(text) > _LONGEST or text[-1] != ":" or not text[0].isupper():
        return False
    behind = _next_in_list(element)
    number = None if behind is None else next(behind.iter(NUM), None)
    label = None if number is None else label_of(words_of(number))
    return label is not None and not label[0].isdecimal() and line.is_next(label)


def _next_in_list(element: etree._Element) -> etree._Element | None:
    """What follows an element, be it in the list around its own list."""
    behind, parent = element.getnext(), element.getparent()
    while behind is None and parent is not None and parent.tag in LISTS:
        behind, parent = parent.getnext(), parent.getparent()
    return behind
