"""How the Council and the UN library write days: the one place that knows the months (pure).

Documents print `8 May 2025`, `1er mai 2025`, `8 de mayo de 2025`, `8 мая 2025`; the library's titles shorten all
English months but May, June and July: `17 Mar. 2023`. A day that does not exist, such as `31 June 2025`, is a misprint
and no date.
"""

import calendar
import re
from datetime import date
from typing import Final

#: The English months, in their order.
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
#: The English counts up to twelve, from nought: "for a period of six months".
NUMBERS: Final = (
    *("zero", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
#: "17 Mar. 2023", "30 April 2024", as the library writes a day in English
DAY: Final = re.compile(r"(?P<day>\d{1,2})\s+(?P<month>[A-Z][a-z]{2,8})\.?\s+(?P<year>\d{4})")
_OTHER_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
)
_NUMBER_OF = {
    name: number for names in (" ".join(MONTHS).lower(), *_OTHER_MONTHS) for number, name in enumerate(names.split(), 1)
}
# "31 December 2016", the one form in cells of tables
_WHOLE = re.compile(r"(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]+) (?P<year>\d{4})")
# "8 May 2025", "1er mai 2025", "8 de mayo de 2025", "8 мая 2025"
_IN_TEXT = re.compile(r"(?P<day>\d{1,2})(?:er)?\s+(?:de\s+)?(?P<month>[^\W\d_]{3,10})\s+(?:de\s+)?(?P<year>\d{4})")


def read_date(printed: str) -> date | None:
    """The date that a cell prints in English; None when it is none: they are typed by hand.

    >>> read_date("31 December 2016")
    datetime.date(2016, 12, 31)
    """
    found = _WHOLE.fullmatch(printed)
    return None if found is None else english_day(found["year"], found["month"], found["day"])


def find_date(text: str, start: int = 0) -> date | None:
    """The first date in a text from `start` on, in any of the languages, or None."""
    days = (_day_of(found["year"], found["month"], found["day"]) for found in _IN_TEXT.finditer(text, start))
    return next((day for day in days if day is not None), None)


def read_day(text: str) -> date | None:
    """The first day in an English text, whether or not its month is shortened; None when it names none that exists.

    >>> read_day("until 17 Mar. 2023")
    datetime.date(2023, 3, 17)
    """
    found = DAY.search(text)
    return None if found is None else english_day(found["year"], full_month(found["month"]), found["day"])


def full_month(written: str) -> str:
    """An English month in full, `Mar` as `March`; what shortens none stays as it is.

    >>> full_month("Sept"), full_month("May"), full_month("Ju")
    ('September', 'May', 'Ju')
    """
    likely = [month for month in MONTHS if len(written) > 2 and month.lower().startswith(written.lower())]
    return likely[0] if len(likely) == 1 else written


def english_day(year: str, month: str, day: str) -> date | None:
    """The day that a year, the name of an English month and a day name; None when there is none."""
    return _day_of(year, month, day) if month.title() in MONTHS else None


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _day_of(year: str, month: str, day: str) -> date | None:
    number = _NUMBER_OF.get(month.lower())
    try:
        return None if number is None else date(int(year), number, int(day))
    except ValueError:
        return None


def day_first(day: date) -> str:
    """A day as the UN and OSCOLA write it, `31 October 2000`."""
    return f"{day.day} {day:%B} {day.year}"
