"""The fields of an Akoma Ntoso document: symbol, dates, meeting, subject, language, from its cover page and metadata.

It reads what the files print and declare, and warns where the two disagree. It reads no paragraphs.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from scraper.council.dates import find_date
from scraper.council.symbol import (
    find_other_body,
    find_symbol,
    find_title,
    is_same,
    parse_symbol,
    resolution_number,
    year_in_symbol,
)
from scraper.structure.akn.text import NAMESPACE, words_of
from storage.models import ParseWarning

_DOC_NUMBER = NAMESPACE + "docNumber"
_DOC_DATE = NAMESPACE + "docDate"
_DOC_TITLE = NAMESPACE + "docTitle"
_INLINE = NAMESPACE + "inline"
_LANGUAGE = f"{NAMESPACE}meta/{NAMESPACE}identification/{NAMESPACE}FRBRExpression/{NAMESPACE}FRBRlanguage"
_STEPS = f"{NAMESPACE}meta/{NAMESPACE}workflow/{NAMESPACE}step"
_AGENDA = f"{NAMESPACE}meta/{NAMESPACE}classification/{NAMESPACE}keyword[@refersTo='agenda']"

_ADOPTION = f"{NAMESPACE}meta/{NAMESPACE}identification/{NAMESPACE}FRBRWork/{NAMESPACE}FRBRdate[@name='adoption']"
# At the 4119th meeting of the Security Council, held on ...; Following consultations of ..., at the 4201st meeting of
_MEETING_IN_TEXT = re.compile(
    r"(?:[^.]{0,80}, a|A)t the ([0-9,]{1,6})(?:st|nd|rd|th)\b[^,]{0,20} meeting of the Security Council"
)
# ..., held on 12 June 2008; held on Monday, 16 April 2012; On 24 May 2021, in connection with ..., in the pandemic;
# À la 4174e séance du Conseil de sécurité, tenue le 20 juillet 2000
_HELD_ON = re.compile(
    r"(?:[^.]{0,100}\b(?:held\b[^.]{0,60}? on (?:[A-Z][a-z]+day, )?|tenue le )|On )(?=\d{1,2}(?:er)? [^\W\d_]+ \d{4})"
)
# ... consideration of the item entitled “Peace and security in Africa”
_ITEM_IN_TEXT = re.compile(r"\bitem entitled [“\"]([^”\"]{3,200})[”\"]")

_LANGUAGES = {
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
    "spa": "es",
    "rus": "ru",
    "ara": "ar",
    "zho": "zh",
    "chi": "zh",
    "deu": "de",
    "ger": "de",
    "en": "en",
    "fr": "fr",
    "es": "es",
    "ru": "ru",
    "ar": "ar",
    "zh": "zh",
    "de": "de",
}
_NOT_FILLED_IN = "0001-01-01"
# the number in 9872nd or 10,089th meeting
_MEETING = re.compile(r"([0-9]{1,2},?[0-9]{3}|[0-9]{1,4})")
# the record of the meeting: S/PV.9872 or S/PV.4100 (Resumption 1)
_RECORD = re.compile(r"S/PV\.([0-9]{1,5})")


@dataclass(slots=True)
class AknFields:
    """The fields of one document. None where the file does not say; `warnings` where it contradicts itself."""

    symbol: str | None = None
    language: str = "en"
    adopted_on: date | None = None
    printed_on: date | None = None  # the same day, as the cover prints it
    published_on: date | None = None
    meeting: int | None = None
    subject: str | None = None
    draft: str | None = None
    vote: str | None = None
    cover: list[str] = field(default_factory=list)
    warnings: list[ParseWarning] = field(default_factory=list)


def read_fields(statement: etree._Element) -> AknFields:
    """Read the fields of a `<statement>`."""
    fields = AknFields()
    declared = statement.find(_LANGUAGE)
    code = (declared.get("language") or "").lower() if declared is not None else ""
    if code in _LANGUAGES:
        fields.language = _LANGUAGES[code]
    else:
        fields.warnings.append(ParseWarning("unknown-language", f"expected one of the six languages, found {code!r}"))
    printed_title = _read_cover(statement, fields)
    _check_symbol(fields, printed_title, statement.get("name"))
    _settle_adoption(fields)
    _read_workflow(statement, fields)
    fields.subject = _subject(statement)
    return fields


def _read_cover(statement: etree._Element, fields: AknFields) -> str | None:
    """Read the cover page into the fields; gives the symbol of the printed title "Resolution 2776 (2025)"."""
    cover = statement.find(NAMESPACE + "coverPage")
    if cover is None:
        return None
    title = None
    fields.cover = [text for line in cover if (text := words_of(line))]
    for element in cover.iter(_DOC_NUMBER, _DOC_DATE, _DOC_TITLE, _INLINE):
        tag = element.tag
        if tag == _DOC_NUMBER:
            text = words_of(element)
            fields.symbol = parse_symbol(text) or find_symbol(text) or find_other_body(text)
        elif tag == _DOC_DATE:
            day = _day(element.get("date"), fields)
            if element.get("refersTo") == "#adoptionDate":
                fields.adopted_on = day
                fields.printed_on = find_date(words_of(element))
            elif element.get("refersTo") == "#dateOfIssuance":
                fields.published_on = day
        elif tag == _INLINE:
            if element.get("name") == "adoptionMeeting":
                fields.meeting = _meeting(element)
        elif element.get("refersTo") == "#resolutionNumber":
            title = find_title(words_of(element))
    return title


def _day(text: str | None, fields: AknFields) -> date | None:
    if text == _NOT_FILLED_IN:
        return None
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        fields.warnings.append(ParseWarning("date-unreadable", f"expected a date such as 2025-03-03, found {text!r}"))
        return None


def _meeting(element: etree._Element) -> int | None:
    found = _MEETING.search(element.get("title") or "") or _MEETING.search(words_of(element))
    return int(found[1].replace(",", "")) if found else None


def _check_symbol(fields: AknFields, printed_title: str | None, declared: str | None) -> None:
    """Compare the cover with the printed title; a statement that bears a resolution's symbol bears a wrong one.

    S/PRST/2007/22 was filed as S/RES/1626 (2005): what it is fetched as will name it.
    """
    if printed_title is None:
        if declared == "presidentialStatement" and resolution_number(fields.symbol or "") is not None:
            message = f"expected the symbol of a statement on the cover, found {fields.symbol}"
            fields.warnings.append(ParseWarning("symbol-disagrees", message))
            fields.symbol = None
        return
    if fields.symbol is None:
        fields.symbol = printed_title
    elif not is_same(fields.symbol, printed_title):
        message = f"expected one symbol, found {fields.symbol} on the cover and {printed_title} as the title"
        fields.warnings.append(ParseWarning("symbol-disagrees", message))
    elif (number := resolution_number(fields.symbol)) is not None and number.year is None:
        fields.symbol = printed_title


def _settle_adoption(fields: AknFields) -> None:
    """Take the day that is printed where its mark-up says another, unless the symbol's year speaks against it.

    S/RES/1514 (2003) prints 13 November and is marked as of 13 September; S/RES/2423 (2018) prints 29 June 2016.
    S/PRST/2012/16 is marked as of 2011.
    """
    marked, printed = fields.adopted_on, fields.printed_on
    if marked is None or printed is None or marked == printed:
        return
    if year_in_symbol(fields.symbol or "") in (None, printed.year):
        fields.adopted_on = printed
    message = f"expected one day of adoption, found {printed} printed and {marked} in the mark-up"
    fields.warnings.append(ParseWarning("dates-disagree", message))


def _read_workflow(statement: etree._Element, fields: AknFields) -> None:
    """Complete what the cover page does not print, as on statements: the day and the meeting of adoption.

    The draft that was adopted and the vote are kept too: "Adopted 13-0-2, 9925th meeting".
    """
    for step in statement.iterfind(_STEPS):
        outcome, by = step.get("outcome") or "adopted", (step.get("by") or "").strip()
        if outcome == "draftResolution" and (draft := step.get("as")):
            fields.draft = f"{draft}, submitted by {by}" if by else draft
        if outcome != "adopted":
            continue
        fields.vote = by or fields.vote
        record = _RECORD.search(step.get("as") or "")
        if fields.meeting is None and record:
            fields.meeting = int(record[1])
        if fields.adopted_on is None and (step.get("date") or "").strip() > _NOT_FILLED_IN:
            fields.adopted_on = _day(step.get("date"), fields)
    declared = statement.find(_ADOPTION)
    if fields.adopted_on is None and declared is not None:
        fields.adopted_on = _day(declared.get("date"), fields)


def complete_from_text(fields: AknFields, text: str) -> None:
    """Complete meeting, day and subject of a statement from its first paragraph, which names all three.

    A statement issued again is often marked with that day: S/PRST/2005/10 of 2 March 2005 with 17 February 2006.
    """
    if fields.meeting is None and (meeting := _MEETING_IN_TEXT.match(text)):
        fields.meeting = int(meeting[1].replace(",", ""))
    if fields.subject is None and (item := _ITEM_IN_TEXT.search(text)):
        fields.subject = item[1].strip()
    if (held := _HELD_ON.match(text)) and (day := find_date(text, held.end())):
        fields.printed_on = day
        fields.adopted_on = fields.adopted_on or day
        _settle_adoption(fields)


def _subject(statement: etree._Element) -> str | None:
    """The agenda item as the Council words it (`value="X"`), else the library's own heading for it."""
    items = statement.findall(_AGENDA)
    worded = [item for item in items if item.get("value") == "X"] or items
    shown = " ".join((worded[0].get("showAs") or "").split()).rstrip(".") if worded else ""
    return shown or None
