"""How times, dates and lists of words stand in a column, and come back.

Times are ISO 8601 in UTC, so that the order of the texts is the order of the times.
"""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final

# One encoder for all: `json.dumps` makes a new one for each call that does not want ASCII.
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False)


def time_text(value: datetime) -> str:
    """Return an aware time as it stands in a column; refuses a naive one."""
    if value.tzinfo is None:
        raise ValueError(f"expected an aware time, found the naive {value.isoformat()}")
    return value.astimezone(UTC).isoformat()


def time_text_or_none(value: datetime | None) -> str | None:
    """Return `time_text`, or None for None."""
    return None if value is None else time_text(value)


def time_of(text: str) -> datetime:
    """Return the time that stands in a column."""
    return datetime.fromisoformat(text)


def time_of_or_none(text: str | None) -> datetime | None:
    """Return `time_of`, or None for NULL."""
    return None if text is None else datetime.fromisoformat(text)


def date_text_or_none(value: date | None) -> str | None:
    """Return a date as it stands in a column, or None for None."""
    return None if value is None else value.isoformat()


def date_of_or_none(text: str | None) -> date | None:
    """Return the date that stands in a column, or None for NULL."""
    return None if text is None else date.fromisoformat(text)


def json_text(value: object) -> str:
    """Return a value as JSON text."""
    return _ENCODER.encode(value)


def words_text(words: Iterable[str]) -> str:
    """Return a list of words as JSON text."""
    return json_text(list(words))


@lru_cache(maxsize=2048)  # the same bodies, themes and addresses stand in thousands of rows
def words_of(text: str) -> tuple[str, ...]:
    """Return the words that stand in a column as JSON text."""
    return tuple(json.loads(text))
