"""Reads the days that people type: `2023`, `2026-06`, `June 2026`, `yesterday`, `1y`. Pure: today is given.

A year, a month or a year ago is a span: `--since 2023` means its first day, `--until 2023` its last.
"""

import calendar
import re
from datetime import date, timedelta
from typing import Final, NamedTuple

EXPECTED: Final = "a date such as 2025-01-31, June 2026, 2023, 7d for seven days ago, 1m, 1y or yesterday"

# "7d", "2w", "1m", "1y", also "7 days ago"
_AGO: Final = re.compile(r"(\d{1,5})\s*(d|w|m|y)(?:ays?|eeks?|onths?|ears?)?(?:\s+ago)?")
_YEAR: Final = re.compile(r"\d{4}")
_MONTH: Final = re.compile(r"(\d{4})-(\d{1,2})")  # "2026-06"
_NAMED_MONTH: Final = re.compile(r"([a-z]{3,9})\.?,?\s+(\d{4})")  # "june 2026", "jun 2026"
_NAMED_DAY: Final = re.compile(r"(\d{1,2})\s+([a-z]{3,9})\.?,?\s+(\d{4})")  # "31 october 2000"
_DAY_BEHIND: Final = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})")  # "october 31, 2000"
_WORDS: Final = {"today": 0, "yesterday": 1}


class DaySpan(NamedTuple):
    """The first and the last day of what was typed; one day is both."""

    first: date
    last: date


def read_days(typed: str, today: date) -> DaySpan:
    """The days that are meant; anything else raises ValueError.

    >>> read_days("June 2026", date(2026, 11, 30))
    DaySpan(first=datetime.date(2026, 6, 1), last=datetime.date(2026, 6, 30))
    """
    asked = " ".join(typed.casefold().split())
    try:
        found = _read(asked, today)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise ValueError(f"expected {EXPECTED}; found {typed!r}")
    return found


def _read(asked: str, today: date) -> DaySpan | None:
    if asked in _WORDS:
        return _one(today - timedelta(days=_WORDS[asked]))
    if ago := _AGO.fullmatch(asked):
        return _one(_before(today, int(ago[1]), ago[2]))
    if _YEAR.fullmatch(asked):
        return DaySpan(date(int(asked), 1, 1), date(int(asked), 12, 31))
    if month := _MONTH.fullmatch(asked):
        return _whole_month(int(month[1]), int(month[2]))
    if named := _NAMED_MONTH.fullmatch(asked):
        return _whole_month(int(named[2]), _month_number(named[1]))
    if day := _NAMED_DAY.fullmatch(asked):
        return _one(date(int(day[3]), _month_number(day[2]), int(day[1])))
    if day := _DAY_BEHIND.fullmatch(asked):
        return _one(date(int(day[3]), _month_number(day[1]), int(day[2])))
    return _one(date.fromisoformat(asked))


def _one(day: date) -> DaySpan:
    return DaySpan(day, day)


def _whole_month(year: int, month: int) -> DaySpan:
    first = date(year, month, 1)
    return DaySpan(first, first.replace(day=calendar.monthrange(year, month)[1]))


def _month_number(name: str) -> int:
    """The number of an English month by its name or its first letters; ValueError where it is none, or several."""
    likely = [number for number in range(1, 13) if calendar.month_name[number].casefold().startswith(name)]
    if name == "sept":
        likely = [9]
    if len(likely) != 1:
        raise ValueError(name)
    return likely[0]


def _before(today: date, count: int, unit: str) -> date:
    """So many days, weeks, months or years before today; the last of a month that has no such day."""
    if unit in "dw":
        return today - timedelta(days=count * (7 if unit == "w" else 1))
    year, month = divmod(today.year * 12 + today.month - 1 - count * (12 if unit == "y" else 1), 12)
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))
