"""Times and dates as JSON records write them."""

from datetime import date, datetime


def time_record(value: datetime | None) -> str | None:
    """A time in UTC, `2026-11-24T09:51:00+00:00`."""
    return None if value is None else value.isoformat()


def date_record(value: date | None) -> str | None:
    """A date, `2017-11-15`."""
    return None if value is None else value.isoformat()
