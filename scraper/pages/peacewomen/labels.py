"""The words by which a page of PeaceWomen is read (pure): its visible labels, and the forms of its titles.

The markup of the site is not known, only what a reader sees; so nothing here names a class or an element.
"""

import re
from datetime import date, datetime
from enum import StrEnum

from storage.models import THEMES


class FieldLabel(StrEnum):
    """A label as the pages print it, without its colon."""

    THEMES = "PeaceWomen Consolidated Themes"
    TOPIC = "Security Council Agenda Geographical Topic"
    THEMATIC = "Security Council Agenda Thematic Topic"
    EXTRACT = "Extract"
    EXTRACTS = "Resolution Extracts"
    PDF = "Resolution Reference PDF"
    DOCUMENT = "Document PDF"
    REPORTS = "Report References"
    ANALYSIS = "Report Analysis"
    COUNTRIES = "Countries"
    DATE = "Date"
    AUTHOR = "Author"
    ISSUE = "Issue"
    INITIATIVE = "Initiative Type"


#: The labels that belong to one item of a page; the others belong to the page.
OF_AN_ITEM = frozenset({FieldLabel.THEMES, FieldLabel.TOPIC, FieldLabel.THEMATIC, FieldLabel.EXTRACT})
#: The labels whose value is a link to a file.
OF_A_FILE = frozenset({FieldLabel.PDF, FieldLabel.DOCUMENT, FieldLabel.REPORTS})

_LABELS = re.compile(
    rf"(?P<label>{'|'.join(re.escape(label) for label in sorted(FieldLabel, key=len, reverse=True))})"
    r"\s*:\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_BY_NAME = {label.casefold(): label for label in FieldLabel}
#: "Security Council Resolution 2387: Para.42", "Security Council Resolution S/RES/2230: Preambular.",
#: "Security Council Resolution 2396 (Operative Clause 31)", "Statement of Security Council, Resolution 2303, SGBV"
RESOLUTION_PART = re.compile(
    r"(?:Statement of )?(?:the )?Security Council,? Resolution (?:S/RES/)?(?P<number>\d{1,4})(?: ?\(\d{4}\))?"
    r"\s*(?:[:,]\s*(?P<part>.+)|(?P<clause>\(\D.*\)))",
    re.IGNORECASE,
)
#: "Security Council Resolution 2387"
RESOLUTION = re.compile(
    r"(?:UN )?Security Council Resolution (?:S/RES/)?(?P<number>\d{1,4})(?: ?\(\d{4}\))?", re.IGNORECASE
)
#: "Report of the Security Council mission to Ethiopia, 6 to 8 September 2017: para. 3",
#: "Security Council Mission to Afghanistan (12 to 15 January 2018)"
MISSION = re.compile(
    r"(?:Report of the )?(?:UN )?Security Council(?:'s|’s)? mission to (?P<place>[^(:,\d]+?)\s*"
    r"(?:[(,]\s*(?P<visited>[^:)]*\d{4})\s*\)?)?(?:\s*:\s*(?P<part>.+))?",
    re.IGNORECASE,
)
#: "Thursday, July 26, 2018"
DATE = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?P<date>[A-Z][a-z]+ \d{1,2}, \d{4})")
#: What stands where a page may not be seen, and above pages that can.
REFUSALS = frozenset({"access denied", "you are not authorized to access this page."})
#: The heading above the numbers of a listing's pages.
PAGER = "Pages"
#: What leads from a theme to the site's other pages on it; the items follow.
MORE = "For more resources on this Critical Issue"
_KNOWN_THEMES = {re.sub(r"\W", "", theme.casefold()): theme for theme in THEMES}


def label_of(text: str) -> tuple[FieldLabel, str] | None:
    """The label that a line opens with, and what stands behind it on the line."""
    found = _LABELS.fullmatch(text)
    return None if found is None else (_BY_NAME[found["label"].casefold()], found["rest"])


def date_of(text: str) -> date | None:
    """The date that a line is, as Drupal prints it; None for any other line."""
    found = DATE.fullmatch(text)
    if found is None:
        return None
    try:
        return datetime.strptime(found["date"], "%B %d, %Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:  # "Monday, June 31, 2014"
        return None


def known_theme(text: str) -> str | None:
    """The theme of the vocabulary that a text names, whatever its case and punctuation; None when it is none."""
    return _KNOWN_THEMES.get(re.sub(r"\W", "", text.replace("&", " and ").casefold()))


def themes_in(text: str) -> tuple[str, ...]:
    """The themes that a line names: one, or several with commas between; a name that is not known stays as it is."""
    whole = known_theme(text)
    if whole is not None:
        return (whole,)
    found, rest = [], [part.strip() for part in text.split(",")]
    while rest:
        size = next((n for n in (3, 2, 1) if n <= len(rest) and known_theme(",".join(rest[:n]))), 0)
        if not size:
            return (text,)
        found.append(known_theme(",".join(rest[:size])) or "")
        rest = rest[size:]
    return tuple(found)
