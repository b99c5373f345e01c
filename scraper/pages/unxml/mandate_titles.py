"""Reads the dates on which mandates expire in the titles that the UN library gives to resolutions (pure).

`[on extension of the mandate of the UN Mission in South Sudan (UNMISS) until 30 Apr. 2026]`. A title may have two: one
for sanctions, one for the panel that watches them. Where it gives a period, the date is reckoned from the adoption.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scraper.council.dates import DAY, NUMBERS, add_months, english_day, full_month

#: "until 17 Mar. 2023", "through 31 Jan. 2024", "unitl 15 Oct. 2021" (S/RES/2547)
UNTIL = re.compile(rf"\b(?:until|unitl|through)\s+{DAY.pattern}")
#: "for a period of 12 months", "for a further period of six months", "for an initial period of one year"
PERIOD = re.compile(
    r"\bfor\s+(?:an?\s+)?(?:(?:further|additional|initial|final)\s+)*period\s+of\s+"
    r"(?P<count>\d{1,2}|[a-z]+)[\s-]+(?P<unit>day|month|year)s?\b"
)
#: What a title says beside what it names: `Security Council resolution 2765 (2024) [on extension of ...]`
BRACKETS = re.compile(r"\[(?P<words>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Expiry:
    """A day on which something expires, the words that say so, and what it is that expires, as far as the title tells.

    `is_computed` says that the title gives a period only.
    """

    on: date
    words: str
    of: str
    is_computed: bool


def read_expiries(title: str, adopted_on: date | None) -> list[Expiry]:
    """The expiry dates in a title, in the order in which they stand there; a period needs the day of adoption.

    >>> read_expiries("[on extension of the mandate of the UN Support Mission in Libya until 31 Oct. 2022]", None)[0].on
    datetime.date(2022, 10, 31)
    """
    bracket = BRACKETS.search(title)
    words = " ".join((bracket["words"] if bracket else title).split()).rstrip("] ")
    found = []
    begun = 0
    for match in _mentions(words):
        on = (
            english_day(match["year"], full_month(match["month"]), match["day"])
            if match.re is UNTIL
            else _end_of_period(match, adopted_on)
        )
        if on is not None:
            of = _subject(words[begun : match.start()])
            found.append(Expiry(on, match[0], of, is_computed=match.re is PERIOD))
            begun = match.end()
    return found


def _mentions(words: str) -> Iterator[re.Match[str]]:
    yield from sorted((*UNTIL.finditer(words), *PERIOD.finditer(words)), key=lambda match: match.start())


def _end_of_period(found: re.Match[str], adopted_on: date | None) -> date | None:
    written = found["count"]
    if adopted_on is None or not (written.isdecimal() or written in NUMBERS):
        return None
    count = int(written) if written.isdecimal() else NUMBERS.index(written)
    if found["unit"] == "day":
        return date.fromordinal(adopted_on.toordinal() + count)
    return add_months(adopted_on, count * (12 if found["unit"] == "year" else 1))


def _subject(words: str) -> str:
    """What expires: the words before the date, without those that join them to the date before."""
    return re.sub(r"^(?:[,;]?\s*(?:and\s+)?(?:of\s+|on\s+)?(?:the\s+)?)", "", words.strip()).strip(" ,;")
