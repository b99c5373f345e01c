"""Reads what people type: dates, themes and symbols, leniently, with the nearest right word where it is none.

Symbols and addresses are matched with what is held before any grammar is asked: that answers nearly always, at once.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import click

from monitor.text.days import read_days

# the "T" of "2025-01-31T06:00": a day in words may hold the letter, too
_TIME: Final = re.compile(r"\dT\d", re.IGNORECASE)


class Day(click.ParamType[date]):
    """A date as people type it: `2025-01-01`, `June 2026`, `2023`, `yesterday`, `7d`, `1y`.

    Of a month or a year it is the first day, or with `is_last` the last: what `--until 2023` means.
    """

    name = "date"

    def __init__(self, *, is_last: bool = False) -> None:
        self.is_last = is_last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the date."""
        if isinstance(value, date):
            return value
        try:
            span = read_days(str(value), datetime.now(UTC).date())
        except ValueError as error:
            self.fail(str(error), param, ctx)
        return span.last if self.is_last else span.first


class Moment(Day):
    """A date or an ISO time; a date is its first moment in UTC, a time without an offset is UTC.

    With `is_last` a date is the first moment of the day after: what comes before it is of that day, or earlier.
    """

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read the time."""
        if isinstance(value, datetime):
            return value
        if _TIME.search(str(value)):
            try:
                read = datetime.fromisoformat(str(value))
            except ValueError:
                self.fail(f"expected a time such as 2025-01-31T06:00:00+00:00, found {value!r}", param, ctx)
            return read if read.tzinfo else read.replace(tzinfo=UTC)
        day = super().convert(value, param, ctx)
        return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=self.is_last)


class Theme(click.ParamType[str]):
    """One of the 13 themes: its name, the beginning of it or a part, its initials or a nickname (`gbv`)."""

    name = "theme"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Find the theme that is meant."""
        from monitor.text.theme_names import UnknownTheme, find_theme

        try:
            return find_theme(str(value))
        except UnknownTheme as error:
            return self.fail(str(error), param, ctx)


CITING = click.option(
    "--cite",
    "style",
    type=click.Choice(["un", "oscola", "bluebook", "chicago", "ris", "bibtex", "csl"]),
    help="Print references in this style instead: lines to copy, or a file for a reference manager.",
)


def check_span(since: date | None, until: date | None) -> None:
    """Refuse a span that ends before it begins."""
    if since and until and since > until:
        raise click.UsageError(f"--since {since} is later than --until {until}; exchange them")


def author_name(given: str | None) -> str:
    """Who says something: the name given with --by, else the name of the user."""
    if given is None:
        import getpass

        try:
            given = getpass.getuser()
        except (KeyError, OSError, ImportError) as error:  # what it raises differs between Python versions
            raise click.UsageError("the system knows no name for this user; give one with --by NAME") from error
    name = " ".join(given.split())
    if not name or not name.isprintable():
        raise click.UsageError(f"expected a name in --by, found {given!r}")
    return name
