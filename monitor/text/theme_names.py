"""Which of the 13 themes a person means by a name, a part of one, initials or a nickname (`GBV`, `refugees`). Pure."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from monitor.text.name_match import begins, has_initials, holds, is_named
from monitor.text.nearest import nearest_of
from storage.models import THEMES

NICKNAMES: Final = "theme_nicknames.toml"


class UnknownTheme(ValueError):  # noqa: N818 - the name says what happened
    """What was typed is no theme, or may be several; the message says which is near."""


def find_theme(typed: str) -> str:
    """The theme that is meant.

    Raises:
        UnknownTheme: it is none, or may be several.

    >>> find_theme("CRSV"), find_theme("refugees")
    ('Sexual and Gender-Based Violence', 'Displacement and Humanitarian Response')
    """
    asked = " ".join(typed.casefold().split())
    if asked in _nicknames():
        return _nicknames()[asked]
    for is_meant in (is_named, has_initials, begins, holds):
        found = [theme for theme in THEMES if is_meant(theme.casefold(), asked)]
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownTheme(f"{typed!r} may be {' or '.join(map(repr, found))}; write more of it")
    raise UnknownTheme(f"no theme {typed!r}; {nearest_of(typed, THEMES)}")


def short_names() -> list[str]:
    """Names of one word for every theme, as a command line takes them without quotation marks."""
    return sorted(name for name in (*_nicknames(), *(theme.casefold() for theme in THEMES)) if name.isalpha())


@cache
def _nicknames() -> dict[str, str]:
    told = tomllib.loads(files(__package__).joinpath(NICKNAMES).read_text(encoding="utf-8"))
    names = {nickname: theme for theme, nicknames in told.items() for nickname in nicknames}
    if not set(told) <= set(THEMES) or len(names) != sum(map(len, told.values())):
        raise ValueError(f"expected themes with nicknames of one theme each in {NICKNAMES}")
    return names
