"""Checks of single values of a configuration file: each says what was expected, or nothing where the value is right."""

import re
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from monitor.settings.schedule_spelling import USUAL, right_spellings, wrong_field
from monitor.text.mail_address import read_address
from monitor.text.nearest import nearest_of
from monitor.text.slots import is_schedule as is_schedule_of_channel
from monitor.text.theme_names import UnknownTheme, find_theme
from scraper.sources.schedule import ScheduleError, parse_schedule

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")

Check = Callable[[object], str | None]
"""Returns what was expected when a value is wrong, None when it is right."""


def is_text(value: object) -> str | None:
    """Any text."""
    return None if isinstance(value, str) else "a text in quotation marks"


def is_name(value: object) -> str | None:
    """A name that can be typed after a command: one line of visible signs, no option."""
    right = isinstance(value, str) and value and value.isprintable() and value == value.strip() and value[0] != "-"
    return None if right else "a name such as 'desk': visible signs on one line, not beginning with a hyphen"


def is_flag(value: object) -> str | None:
    """Yes or no."""
    return None if isinstance(value, bool) else "true or false"


def is_count(value: object) -> str | None:
    """A whole number, 0 or more."""
    return (
        None if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else "a whole number, 0 or more"
    )


def is_positive(value: object) -> str | None:
    """A whole number, 1 or more."""
    return None if is_count(value) is None and value != 0 else "a whole number, 1 or more"


def is_seconds(value: object) -> str | None:
    """A number of seconds, 0 or more."""
    right = isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
    return None if right else "a number of seconds, 0 or more"


def is_url(value: object) -> str | None:
    """An http or https address with a host, or nothing."""
    parts = urlsplit(value) if isinstance(value, str) else None
    right = parts is not None and (value == "" or (parts.scheme in {"http", "https"} and bool(parts.hostname)))
    return None if right else "an address such as 'https://example.org/archive'"


def is_schedule(value: object) -> str | None:
    """A source's schedule."""
    words = value if isinstance(value, str) else ""
    try:
        parse_schedule(words)
    except ScheduleError:
        if out_of_range := wrong_field(words):
            return f"a cron line such as '{USUAL[1]}', with {out_of_range}"
        return f"a schedule such as {' or '.join(map(repr, right_spellings(words)))}"
    return None


def is_digest(value: object) -> str | None:
    """A channel's schedule."""
    right = isinstance(value, str) and is_schedule_of_channel(value)
    return None if right else "'instant', 'daily 07:00' or 'weekly mon 07:00'"


def is_timezone(value: object) -> str | None:
    """A time zone of the IANA database."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

    try:
        ZoneInfo(value if isinstance(value, str) else "")
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of the database is an OSError, a path a ValueError
        hint = f"; {nearest_of(value, available_timezones())}" if isinstance(value, str) and value else ""
        return f"a time zone such as 'Europe/Zurich'{hint}"
    return None


def is_texts(value: object) -> str | None:
    """A list of texts."""
    right = isinstance(value, list) and all(isinstance(item, str) for item in value)
    return None if right else 'a list of texts, such as ["one", "two"]'


def is_address(value: object) -> str | None:
    """A mail address, with or without a name."""
    try:
        read_address(value if isinstance(value, str) else "")
    except ValueError as error:
        return str(error)
    return None


def is_addresses(value: object) -> str | None:
    """A list of mail addresses."""
    if not isinstance(value, list) or is_texts(value):
        return is_texts(value)
    return next((f"{expected} in place of {one!r}" for one in value if (expected := is_address(one))), None)


def is_unsubscribe(value: object) -> str | None:
    """Where a reader asks for no more: a mail address or a page."""
    text = value if isinstance(value, str) else ""
    if text.startswith("mailto:"):
        return is_address(text.removeprefix("mailto:"))
    right = re.fullmatch(r"https://[!-;=?-~]{1,200}", text) and urlsplit(text).hostname
    return None if right else "'mailto:desk@example.org' or 'https://example.org/stop?who={recipient}'"


def are_situations(value: object) -> str | None:
    """A list of situations by their names."""
    from scraper.situations.vocabulary import load_situations

    return some_of(one.name for one in load_situations())(value)


def are_bodies(value: object) -> str | None:
    """A list of missions, committees, panels and other mandates by their names."""
    from scraper.situations.mandates import load_mandates
    from scraper.situations.vocabulary import load_bodies

    return some_of([*(one.name for one in load_bodies()), *(one.name for one in load_mandates())])(value)


def are_themes(value: object) -> str | None:
    """A list of themes, by their names or by what people call them (`GBV`, `refugees`)."""
    if not isinstance(value, list) or is_texts(value):
        return is_texts(value)
    for typed in value:
        try:
            find_theme(typed)
        except UnknownTheme as error:
            return f"known names, not {typed!r}: {error}"
    return None


def is_query(value: object) -> str | None:
    """Words to look for, as `wpswatch search` reads them; or none."""
    from storage.texts.finding.query import LoneNot, read_query

    if not isinstance(value, str):
        return is_text(value)
    such = """words as wpswatch search reads them, such as 'survivor-centred OR "victim-centred"'"""
    try:
        expression = read_query(value).expression
    except LoneNot as error:
        return f"{such} ({error})"
    return such if value and not expression else None


def one_of(*words: str) -> Check:
    """One of a few words."""

    def check(value: object) -> str | None:
        return None if value in words else f"one of {', '.join(words)}; {nearest_of(str(value), words)}"

    return check


def some_of(words: Iterable[str]) -> Check:
    """A list of words from a known list; `source.*` style patterns match what they name."""
    known = tuple(words)

    def check(value: object) -> str | None:
        if not isinstance(value, list) or is_texts(value):
            return is_texts(value)
        wrong = [item for item in value if item not in known and not _matches_any(item, known)]
        return f"known names, not {wrong[0]!r}; {nearest_of(wrong[0], known)}" if wrong else None

    return check


def _matches_any(pattern: str, known: tuple[str, ...]) -> bool:
    stem = pattern.removesuffix("*")
    return pattern.endswith(".*") and any(name.startswith(stem) for name in known)
