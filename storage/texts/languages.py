"""The languages in which a document is held, and where their texts disagree: in each, the same address names the same.

Nothing is stored of it: it is worked out from the current versions when a document is shown.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final

from storage.models import ParseWarning

LANGUAGES_DISAGREE: Final = "languages-disagree"
"""The code of the warning that two languages of a document do not have the same addresses."""

_FIRST: Final = "en"
_NAMED: Final = 3  # addresses in a message; the rest is counted
_ADDRESSES: Final = """
SELECT d.language, p.address
FROM documents d JOIN versions v ON v.document = d.id AND v.is_current JOIN paragraphs p ON p.version = v.id
WHERE d.symbol = ? ORDER BY d.language, p.position
"""


def held_languages(db: sqlite3.Connection, symbol: str) -> list[str]:
    """Return the languages in which a document is held, English first."""
    rows = db.execute("SELECT language FROM documents WHERE symbol = ?", (symbol,))
    return sorted((row["language"] for row in rows), key=_place)


def addresses_by_language(db: sqlite3.Connection, symbol: str) -> dict[str, list[str]]:
    """Return the addresses of a document's current text in each language it is held in, in printed order."""
    held: dict[str, list[str]] = {}
    for row in db.execute(_ADDRESSES, (symbol,)):
        held.setdefault(row["language"], []).append(row["address"])
    return held


def language_warnings(held: Mapping[str, Sequence[str]], shown: str) -> tuple[ParseWarning, ...]:
    """Return a warning for each language whose addresses are not those of the one shown; pure.

    A warning names the first address that only one of the two has.
    """
    return tuple(
        _warning(held[shown], held[other], shown, other)
        for other in sorted(held, key=_place)
        if other != shown and set(held[other]) != set(held[shown])
    )


def _place(language: str) -> tuple[bool, str]:
    return (language != _FIRST, language)


def _warning(here: Sequence[str], there: Sequence[str], shown: str, other: str) -> ParseWarning:
    only_here = [address for address in here if address not in set(there)]
    only_there = [address for address in there if address not in set(here)]
    lacks = [
        f"{len(addresses)} in {language} alone ({_few(addresses)})"
        for language, addresses in ((shown, only_here), (other, only_there))
        if addresses
    ]
    message = f"expected the same addresses in {shown} and {other}, found {' and '.join(lacks)}"
    return ParseWarning(LANGUAGES_DISAGREE, message, (only_here or only_there)[0])


def _few(addresses: Sequence[str]) -> str:
    more = ", ..." if len(addresses) > _NAMED else ""
    return ", ".join(addresses[:_NAMED]) + more
