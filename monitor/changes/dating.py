"""How old a document is by all that speaks of its date, and what contradicts the date it bears. Pure.

Dates are typed by hand, on documents as in tables: S/RES/2822 (2026) once bore a day of November 2025. So a document is
old only where the youngest day that it can be of is old.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.changes.news import Age
from scraper.council.symbol import suffixes_of, year_in_symbol

# Resolutions and statements bear the year of their adoption; a letter of 30 December may be the first paper of January.
_OF_ITS_YEAR = ("S/RES/", "S/PRST/")
_SLACK = timedelta(days=31)
_LAST_WITHOUT_YEAR = date(1993, 12, 31)  # "S/25700": since 1994 symbols bear their year


@dataclass(frozen=True, slots=True)
class Dates:
    """What is known of one document's date.

    `printed` is what its text says, None for nothing; `others` are the days that other witnesses tell, each with its
    name. `not_before` and `not_after` are days of documents with a lower and a higher number, or of earlier and later
    meetings. `warnings` are what its reader found odd in it. `seen_on` is the day on which it was first fetched.
    """

    symbol: str
    printed: date | None
    seen_on: date
    others: tuple[tuple[str, date], ...] = ()
    not_before: date | None = None
    not_after: date | None = None
    warnings: tuple[str, ...] = ()


def age_of(dates: Dates, watch_began_on: date | None, news_days: int) -> Age:
    """How old a document is; `watch_began_on` is None before the watch."""
    youngest = youngest_day(dates)
    if youngest < dates.seen_on - timedelta(days=news_days):
        return Age.OLD
    if watch_began_on is not None and youngest < watch_began_on:
        return Age.BEFORE
    return Age.UNSURE if dates.printed is None or doubts(dates) else Age.SINCE


def youngest_day(dates: Dates) -> date:
    """The last day that the document can be of: its own, or where that is doubted the last that nothing excludes."""
    claims = [day for day in (dates.printed, *(day for _, day in dates.others)) if day is not None]
    if dates.printed is not None and not dates.warnings and not _contradictions(dates, dates.printed):
        return max(claims)
    last = year_end(dates.symbol)
    bounds = [day for day in (last, dates.not_after, dates.seen_on) if day is not None]
    return max([min(bounds), *(day for day in claims if not _contradictions(dates, day))])


def doubts(dates: Dates) -> tuple[str, ...]:
    """What contradicts the date that a document bears, in words; nothing where it bears none."""
    if dates.printed is None:
        return ()
    others = tuple(f"{name} says {day}" for name, day in dates.others if day != dates.printed)
    return (*_contradictions(dates, dates.printed), *dates.warnings, *others)


def year_end(symbol: str) -> date | None:
    """The last day that a document of this symbol can be of; None where the symbol says nothing of it."""
    if suffixes_of(symbol):  # a corrigendum may come years later
        return None
    year = year_in_symbol(symbol)
    if year is None:
        return _LAST_WITHOUT_YEAR if symbol[2:].isdigit() else None
    return date(year, 12, 31) + (timedelta(0) if symbol.startswith(_OF_ITS_YEAR) else _SLACK)


def _contradictions(dates: Dates, day: date) -> tuple[str, ...]:
    """What no day of this document can be, of what this one is: outside its year, its neighbours or the present."""
    return tuple(_each_contradiction(dates, day))


def _each_contradiction(dates: Dates, day: date) -> Iterable[str]:
    last, year = year_end(dates.symbol), year_in_symbol(dates.symbol)
    if last is not None and year is not None:
        first = date(year, 1, 1) - (timedelta(0) if dates.symbol.startswith(_OF_ITS_YEAR) else _SLACK)
        if not first <= day <= last:
            yield f"its symbol is of {year}"
    if dates.not_before is not None and day < dates.not_before:
        yield f"the number or meeting before it is of {dates.not_before}"
    if dates.not_after is not None and day > dates.not_after:
        yield f"the number or meeting after it is of {dates.not_after}"
    if day > dates.seen_on + timedelta(days=1):  # the day begins earlier in the east
        yield f"it was fetched on {dates.seen_on}"
