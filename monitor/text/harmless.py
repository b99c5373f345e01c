"""Makes what a source wrote harmless to show: no control signs, nothing that turns the line round. Pure."""

import re
import unicodedata
from typing import Final

#: Signs that may have to be named. None of them stands in most texts, which need no look at each sign.
_SUSPECT: Final = re.compile(r"[^\x20-\x7e\xa0-\xac\xae-\u0377\u0400-\u052f\u2010-\u2027\u2030-\u205e]")


def harmless(text: str) -> str:
    """The text on one line, with nothing in it that steers a terminal or reverses what is read.

    Line ends and tabs become spaces, soft hyphens go, other control and format characters are named: `<U+001B>`.
    """
    return harmless_piece(text).strip(" ")


def harmless_piece(text: str) -> str:
    """The text as `harmless` gives it, but with a blank at its ends where it had one: a piece of a line."""
    shown = "".join(_harmless(character) for character in text) if _SUSPECT.search(text) else text
    words = " ".join(shown.split())
    if not words:
        return " " if shown else ""
    return f"{' ' if shown[0].isspace() else ''}{words}{' ' if shown[-1].isspace() else ''}"


def _harmless(character: str) -> str:
    if character == "\u00ad":
        return ""
    if character in "\u200c\u200d":  # they join letters in Persian and Arabic, and steer nothing
        return character
    if character.isspace():
        return " "
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn"):
        return f"<U+{ord(character):04X}>"
    return character
