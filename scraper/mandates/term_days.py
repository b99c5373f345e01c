"""Finds the day or the period for which an operative paragraph gives a mandate (pure)."""

import re
from datetime import date

from scraper.council.dates import NUMBERS, english_day
from scraper.mandates.term import Span

#: "until 30 April 2026", "ending on 19 October 2001", "until the 1st of October 2004", "terminating on 31 July 2001",
#: "to 15 July 2022"
#: "July 31, 2014", "June 30 2023", "31January 2021" are the Council's own misprints
_DAY = (
    r"(?:the )?(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? ?(?P<month>[A-Z][a-z]+)"
    r"|(?P<month_first>[A-Z][a-z]+) (?P<day_behind>\d{1,2})),? (?P<year>\d{4})"
)
UNTIL = re.compile(
    rf"\b(?:until|through|up to|to|(?:ending|expiring|terminating|end|close)(?: on| by)?"
    rf"|effective(?: on)?|with effect from|as of|on|by)"
    rf",?(?: midnight(?: on)?| and including)? {_DAY}"
)
#: Only these words close a mandate's period; the others tell the day on which it is ended
_CLOSING = re.compile(r"(?:until|through|up to|to|ending|expiring|terminating|end|close)\b")
_COUNTS = (*NUMBERS, "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
#: "for a further period of six months", "for twelve months", "for another 12-month period", "until one year"
PERIOD = re.compile(
    r"\b(?:for|by|until|of)\s+(?:an?\s+|another\s+|the\s+)?"
    r"(?:(?:further|additional|initial|final|and|new|another)\s+)*(?:period(?:\s+of|,)\s+)?"
    rf"(?P<count>\d{{1,2}}|{'|'.join(_COUNTS[1:])})(?:\s\(\d+\))?[\s-]+(?P<unit>day|month|year)s?\b(?:\s+period\b)?"
)
#: "from the date of adoption of this resolution", "from the adoption of this resolution"
FROM_ADOPTION = re.compile(
    r"\bfrom (?:the )?(?:date of )?(?:the )?(?:adoption|this resolution)(?: of this resolution)?"
)
#: "from 30 September 2001", "as of 9 July 2011", "as from 4 April 2004", "beyond 20 December 2002"
FROM_DAY = re.compile(rf"\b(?:from|as of|as from|beyond|beginning(?: on)?|starting(?: on)?|commencing(?: on)?) {_DAY}")
#: Only these words name a first day; "from" and "beyond" name the last one before.
_BEGINNING = re.compile(r"beginning|starting|commencing")
FURTHER = re.compile(r"\b(?:further|additional|another)\b")
#: What is left of a period when its day is gone: "to re-establish for a period expiring on 15 February 2008 the Group"
LEFT = re.compile(r"\bfor (?:an? )?(?:\w+ )?period\b")
_BETWEEN = 40  # so near behind a period stands the day on which it ends: "of six months, that is, until 31 July"


def day_in(words: str, *, is_end: bool = False) -> Span | None:
    """The first day or period in a clause, None when there is none; of an end also the day "as of" which it is.

    >>> day_in("the mandate of UNDOF for a period of six months, that is, until 30 June 2004").day
    datetime.date(2004, 6, 30)
    """
    untils = [(found, day) for found in UNTIL.finditer(words) if (day := _day(found)) is not None]
    closing = [(found, day) for found, day in untils if _CLOSING.match(found[0])]
    period = PERIOD.search(words)
    if closing and (period is None or closing[0][0].start() <= period.end() + _BETWEEN):
        found, day = closing[0]
        return Span(found[0], day)
    if period is not None:
        return _period(period, words)
    return Span(untils[0][0][0], untils[0][1]) if untils and is_end else None


def strip_days(words: str) -> str:
    """The words without days and periods, so that what they speak of stands alone."""
    for pattern in (UNTIL, PERIOD, FROM_ADOPTION, FROM_DAY, LEFT):
        words = pattern.sub(" ", words)
    return words


def _period(found: re.Match[str], words: str) -> Span:
    count = int(found["count"]) if found["count"].isdecimal() else _COUNTS.index(found["count"])
    begun = FROM_DAY.search(words)
    return Span(
        words=found[0],
        months=count * {"day": 0, "month": 1, "year": 12}[found["unit"]],
        days=count if found["unit"] == "day" else 0,
        begins_on=_day(begun) if begun else None,
        is_whole=begun is not None and _BEGINNING.match(begun[0]) is not None,
        is_further=begun is None and FROM_ADOPTION.search(words) is None and FURTHER.search(found[0]) is not None,
    )


def _day(found: re.Match[str]) -> date | None:
    return english_day(found["year"], found["month"] or found["month_first"], found["day"] or found["day_behind"])
