"""The addresses that a printed list of paragraphs names: `3 (a) and 5 to 7` is OP 3 (a), OP 5, OP 6 and OP 7."""

import re
from collections.abc import Iterator
from functools import lru_cache

from scraper.council.ordinals import roman_numeral, roman_value

_LABELS = r"(?:\ ?\(?[a-z]{1,4}\))"
# as in: "3 (a) and 5 to 7", "8 (e) or 9 (f)", "1, 2 and 4", "5 à 7", "3 (a), (b) and (d)", "12, paragraph 14"; and as
# misprinted: "18, 19 20, 21" (S/RES/2723), "3) a) v)" (S/RES/2725 in French)
PLACES = (
    rf"\d{{1,3}}(?![\d/])(?:\)(?=\ [a-z]\)))?{_LABELS}*"
    r"(?>(?:\ (?=\d{1,3},\ )|,?\ (?:and/or|and|or|to|through|et|ou|à)\ |,\ ?|\ ?[-–]\ ?)"
    r"(?:(?:sub-?)?paragraph(?:e?s)?\ )?"
    rf"(?:\d{{1,3}}(?![\d/]|\ ?\(\d){_LABELS}*|{_LABELS}+))*"
)
"""A list of paragraphs as it is printed, to stand in a verbose pattern.

Each entry is read in one way alone (`?>`), or a long list that leads nowhere would be tried in all the ways its blanks
can be shared out.
"""

_PIECE = re.compile(
    rf"(?P<range>\b(?:to|through|à)\b|[-–])|(?:(?P<number>\d{{1,3}})\)?)?(?P<labels>{_LABELS}*)", re.VERBOSE
)
_LABEL = re.compile(r"[a-z]{1,4}")
_LONGEST_RANGE = 60  # more is no range of paragraphs but a slip


@lru_cache(maxsize=4096)
def places_of(printed: str, sign: str = "OP") -> tuple[str, ...]:
    """The addresses of a printed list, each with `sign` before it.

    >>> places_of("3 (a), (c) and 5 to 7")
    ('OP 3 (a)', 'OP 3 (c)', 'OP 5', 'OP 6', 'OP 7')
    >>> places_of("4 a) à c)", "para.")
    ('para. 4 (a)', 'para. 4 (b)', 'para. 4 (c)')
    """
    found: list[tuple[str, ...]] = []
    is_range = False
    for piece in _PIECE.finditer(printed):
        number, labels = piece["number"], tuple(_LABEL.findall(piece["labels"] or ""))
        if piece["range"]:
            is_range = bool(found)
        elif number or labels:
            place = (number, *labels) if number else _below(found[-1] if found else ("",), labels)
            if is_range:
                found += _between(found[-1], place)
            found.append(place)
            is_range = False
    return tuple(dict.fromkeys(" ".join([sign, number, *(f"({one})" for one in rest)]) for number, *rest in found))


def _below(before: tuple[str, ...], labels: tuple[str, ...]) -> tuple[str, ...]:
    """Labels without a number belong to the number before them; romans under letters, letters in their place."""
    number, *above = before
    is_inner = len(above) > len(labels) and (roman_value(labels[0]) is not None) == (
        roman_value(above[len(labels)]) is not None
    )
    return (number, *above[: len(above) - len(labels)], *labels) if is_inner else (number, *labels)


def _between(first: tuple[str, ...], last: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """What a range leaves out between its ends: numbers, letters or romans; nothing when the ends are of two kinds."""
    if len(first) != len(last) or first[:-1] != last[:-1]:
        return
    one, other = first[-1], last[-1]
    if one.isdecimal() and other.isdecimal():
        if int(other) - int(one) <= _LONGEST_RANGE:
            yield from ((*first[:-1], str(number)) for number in range(int(one) + 1, int(other)))
    elif len(one) == len(other) == 1 and one not in "ivx":
        yield from ((*first[:-1], chr(letter)) for letter in range(ord(one) + 1, ord(other)))
    elif (low := roman_value(one)) and (high := roman_value(other)):
        yield from ((*first[:-1], roman_numeral(number)) for number in range(low + 1, high))
