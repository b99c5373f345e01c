"""Reads the one form of date that the Council's pages print (pure): `31 December 2016`."""

import re
from datetime import date

#: "31 December 2016"
DATE = re.compile(r"(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]+) (?P<year>\d{4})")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def read_date(printed: str) -> date | None:
    """The date that a cell prints; None when it is none, such as `31 June 2016`: they are typed by hand.

    >>> read_date("31 December 2016")
    datetime.date(2016, 12, 31)
    """
    found = DATE.fullmatch(printed)
    if found is None or found["month"] not in MONTHS:
        return None
    try:
        return date(int(found["year"]), MONTHS.index(found["month"]) + 1, int(found["day"]))
    except ValueError:
        return None
