"""Reads and checks the register of the Council's missions, which ships as `missions.csv`. Asks no network.

Facts from the public register of missions that the Council's Secretariat keeps, 1964 to 2025 (see NOTICE). A mission
without a report reported orally, or not at all: that is normal, and no gap. Three places differ from the register,
because what it prints cannot be: the mission of 15 February to 1 March 1977 begins there in 1997, that of resolution
289 (1970) is dated a year after its report, and the report on Uganda and the Sudan, S/2011/7 in its link, bears the
symbol of another mission's.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scraper.council.symbol import parse_symbol
from scraper.sources.loader import SourceFileError

REGISTER = Path(__file__).with_name("missions.csv")
COLUMNS = ["begins_on", "ends_on", "title", "countries", "terms_of_reference", "report"]
#: The longest mission of the register took 18 days.
LONGEST_DAYS = 31


@dataclass(frozen=True, slots=True)
class Mission:
    """One mission of the Council, its first and last day included. `countries` are those visited.

    `terms_of_reference` and `report` are symbols; None where there is no such document.
    """

    title: str
    begins_on: date
    ends_on: date
    countries: tuple[str, ...]
    terms_of_reference: str | None
    report: str | None


def load_missions(path: Path = REGISTER) -> tuple[Mission, ...]:
    """All missions of the register, newest first. Raises SourceFileError."""
    return read_missions(path.read_text(encoding="utf-8"))


def read_missions(text: str) -> tuple[Mission, ...]:
    """The missions in a register's CSV text. Raises SourceFileError, which names the line, on an impossible value."""
    rows = csv.reader(text.splitlines())
    head = next(rows, [])
    if head != COLUMNS:
        raise SourceFileError(f"expected the columns {', '.join(COLUMNS)}, found {', '.join(head)} in missions.csv")
    missions = tuple(_mission(row, line) for line, row in enumerate(rows, start=2))
    if not missions:
        raise SourceFileError("expected missions, found none in missions.csv")
    twice = [report for report, count in Counter(one.report for one in missions).items() if report and count > 1]
    if twice:
        raise SourceFileError(f"expected each report once, found {', '.join(twice)} twice in missions.csv")
    return missions


def _mission(row: list[str], line: int) -> Mission:
    where = f"in missions.csv, line {line}"
    if len(row) != len(COLUMNS):
        raise SourceFileError(f"expected {len(COLUMNS)} values, found {len(row)} {where}")
    begins, ends, title, countries, terms, report = row
    try:
        begins_on, ends_on = date.fromisoformat(begins), date.fromisoformat(ends)
    except ValueError as error:
        raise SourceFileError(f"expected ISO dates, found {begins!r} and {ends!r} {where}") from error
    if not 0 <= (ends_on - begins_on).days <= LONGEST_DAYS:
        raise SourceFileError(f"expected at most {LONGEST_DAYS} days in order, found {begins} to {ends} {where}")
    names = tuple(name.strip() for name in countries.split(";"))
    if not title or not all(names):
        raise SourceFileError(f"expected a title and countries, found {title!r} and {countries!r} {where}")
    return Mission(title, begins_on, ends_on, names, _symbol(terms, where), _symbol(report, where))


def _symbol(text: str, where: str) -> str | None:
    if text and parse_symbol(text) != text:
        raise SourceFileError(f"expected a symbol such as S/2013/173, found {text!r} {where}")
    return text or None
