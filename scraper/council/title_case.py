"""Gives a title that is typed in capitals, as in the 1990s, the capitals it would have today.

A title is a field by which documents are listed and found, so it reads like the others; paragraphs stay as printed.
"""

import re
import tomllib
from importlib import resources

_WORDS = tomllib.loads(resources.files(__package__).joinpath("title_words.toml").read_text(encoding="utf-8"))
_SMALL = frozenset(_WORDS["small"])
_IN_UN = frozenset(_WORDS["words_in_un"])
_PHRASES = [(re.compile(rf"\b{re.escape(phrase)}\b", re.IGNORECASE), phrase) for phrase in _WORDS["phrases"]]
_CAPITALS_SHARE = 0.9  # of the letters: "S/1995/163" and "(d)" may stand among them
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ROMAN = re.compile(r"[IVX]{2,5}")
# "UNMIH", "UNPROFOR", and "(MINURSO)": names that are capitals themselves
_ACRONYM = re.compile(r"UN[A-Z]{2,8}")


def in_mixed_case(title: str) -> str:
    """The title in the capitals that the Organization's titles have, if it is typed in capitals; else as it is.

    >>> in_mixed_case("REPORT OF THE SECRETARY-GENERAL ON THE UNITED NATIONS MISSION IN HAITI")
    'Report of the Secretary-General on the United Nations Mission in Haiti'
    """
    letters = [letter for letter in title if letter.isalpha()]
    if sum(letter.isupper() for letter in letters) < _CAPITALS_SHARE * max(len(letters), 1):
        return title
    mixed = _WORD.sub(lambda found: _mixed(found, title), title)
    for pattern, phrase in _PHRASES:
        mixed = pattern.sub(phrase, mixed)
    return mixed


def _mixed(found: re.Match[str], title: str) -> str:
    word, low = found[0], found[0].lower()
    is_first = not any(letter.isalpha() for letter in title[: found.start()])
    around = title[max(found.start() - 1, 0) : found.start()] + title[found.end() : found.end() + 1]
    is_symbol = "/" in around
    is_acronym = around == "()" or (bool(_ACRONYM.fullmatch(word)) and low not in _IN_UN)
    if is_symbol or is_acronym or _ROMAN.fullmatch(word):
        return word
    return low if low in _SMALL and not is_first else f"{word[0]}{low[1:]}"
