"""Reads where and when a mission was from the title of its report (pure)."""

import re
from dataclasses import dataclass
from datetime import date

from scraper.council.dates import MONTHS, find_date
from scraper.council.title_case import in_mixed_case

_MONTH = "|".join(MONTHS)
# "27 January 2013", "16 and 17 October 2025", "23–25 October 2021", "31 May to 10 June 2008", "26 June-5 July 2003"
_DATES = re.compile(
    rf"""(?P<first>\d{{1,2}})(?:\ (?P<first_month>{_MONTH}))?
    (?:\ ?(?:-|–|to|and)\ ?(?P<last>\d{{1,2}}))?
    \ (?P<month>{_MONTH})\ (?P<year>\d{{4}})""",
    re.VERBOSE | re.IGNORECASE,
)
# "... mission to Yemen", "... Mission sent to the Kingdom of Cambodia", "... visit to Ethiopia and Eritrea by",
# "... Mission to Botswana pursuant to"
_PLACES = re.compile(
    r"\b(?:mission|visit)(?: sent)? to (?P<places>.+?)(?= established| pursuant| by |$)", re.IGNORECASE
)
# what is left between the places and the dates: ", ", " (", " ON "
_BETWEEN = re.compile(r"[\s,(]+(?:on)?[\s,(]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MissionTitle:
    """What a title says: the places in its own words, first and last day. None for what it does not say."""

    places: str | None
    begins_on: date | None
    ends_on: date | None


def read_mission_title(title: str) -> MissionTitle:
    """Where and when a mission was, as far as the title of its report says.

    A title in capitals, as the 1990s print it, is read like the others.

    >>> read_mission_title("Report of the Security Council mission to Yemen, 27 January 2013").places
    'Yemen'
    >>> read_mission_title("REPORT OF THE SECURITY COUNCIL MISSION TO RWANDA ON 12 AND 13 FEBRUARY 1995").places
    'Rwanda'
    """
    title = in_mixed_case(title)
    dates = _DATES.search(title)
    places = _PLACES.search(title[: dates.start()] if dates else title)
    named = _BETWEEN.sub("", places["places"]) if places else None
    if dates is None or named is None:  # "... at the 3406th Meeting, Held on 19 July 1994": no date of the mission
        return MissionTitle(named, None, None)
    last = f"{dates['last'] or dates['first']} {dates['month']} {dates['year']}"
    first = f"{dates['first']} {dates['first_month'] or dates['month']} {dates['year']}"
    return MissionTitle(named, find_date(first), find_date(last))
