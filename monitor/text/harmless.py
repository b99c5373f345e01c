"""Makes what a source wrote harmless to show: no control signs, nothing that turns the line round. Pure."""

import unicodedata


def harmless(text: str) -> str:
    """The text on one line, with nothing in it that steers a terminal or reverses what is read.

    Line ends and tabs become spaces, soft hyphens go, other control and format characters are named: `<U+001B>`.
    """
    return harmless_piece(text).strip(" ")


def harmless_piece(text: str) -> str:
    """The text as `harmless` gives it, but with a blank at its ends where it had one: a piece of a line."""
    shown = "".join(_harmless(character) for character in text)
    words = " ".join(shown.split())
    if not words:
        return " " if shown else ""
    return f"{' ' if shown[0] == ' ' else ''}{words}{' ' if shown[-1] == ' ' else ''}"


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
