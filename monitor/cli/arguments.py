"""Reads what people type: dates, themes and symbols, leniently, with the nearest right word where it is none.

Symbols and addresses are matched with what is held before any grammar is asked: that answers nearly always, at once.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import click

from monitor.app.held.held_names import begins, has_initials, holds, is_named
from monitor.text.nearest import nearest_of

_AGO = re.compile(r"(\d{1,5})\s*([dw])")  # "7d", "2w"


class Day(click.ParamType[date]):
    """A date, `2025-01-01`, or so many days or weeks ago, `7d`, `2w`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the date."""
        if isinstance(value, date):
            return value
        typed = str(value).strip().lower()
        today = datetime.now(UTC).date()
        try:
            if ago := _AGO.fullmatch(typed):
                return today - timedelta(days=int(ago[1]) * (7 if ago[2] == "w" else 1))
            return date.fromisoformat(typed)
        except (ValueError, OverflowError):
            self.fail(f"expected a date such as 2025-01-31, or 7d for seven days ago, found {value!r}", param, ctx)


class Moment(Day):
    """A date or an ISO time; a date is its first moment in UTC, a time without an offset is UTC."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read the time."""
        if isinstance(value, datetime):
            return value
        if "t" in str(value).lower():
            try:
                read = datetime.fromisoformat(str(value))
            except ValueError:
                self.fail(f"expected a time such as 2025-01-31T06:00:00+00:00, found {value!r}", param, ctx)
            return read if read.tzinfo else read.replace(tzinfo=UTC)
        day = super().convert(value, param, ctx)
        return datetime(day.year, day.month, day.day, tzinfo=UTC)


class Theme(click.ParamType[str]):
    """One of the 13 themes: its name, the beginning of it or a part, or its initials (`sgbv`)."""

    name = "theme"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Find the theme that is meant."""
        from storage.models import THEMES

        typed = " ".join(str(value).casefold().split())
        for is_meant in (is_named, has_initials, begins, holds):
            found = [theme for theme in THEMES if is_meant(theme.casefold(), typed)]
            if len(found) == 1:
                return found[0]
            if found:
                self.fail(f"{value!r} may be {' or '.join(map(repr, found))}; write more of it", param, ctx)
        return self.fail(f"no theme {value!r}; {nearest_of(str(value), THEMES)}", param, ctx)


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
