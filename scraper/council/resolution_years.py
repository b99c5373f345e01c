"""The year in which a resolution of a given number was adopted: numbers have run through since 1946.

The table is for parsers, which know nothing but a text. Who holds documents reads the year from them, `with_held_year`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable

_NUMBERED = re.compile(r"S/RES/(\d{1,4}) \((\d{4})\)")
_FIRST_YEAR = 1946
# the last number of each year since 1946, as in the Council's own tables; the year after the last one is still open
# fmt: off
_LAST_NUMBERS = (
    15, 37, 66, 78,
    89, 96, 98, 103, 105, 110, 121, 126, 131, 132,
    160, 170, 177, 185, 199, 219, 232, 244, 262, 275,
    291, 307, 324, 344, 366, 384, 402, 422, 443, 461,
    484, 499, 528, 545, 559, 580, 593, 606, 626, 646,
    683, 725, 799, 892, 969, 1035, 1092, 1146, 1219, 1284,
    1334, 1386, 1454, 1521, 1580, 1651, 1738, 1794, 1859, 1907,
    1966, 2032, 2085, 2132, 2195, 2259, 2336, 2397, 2451, 2503,
    2560, 2617, 2671, 2721, 2767, 2811,
)
# fmt: on


def year_of(number: int) -> int | None:
    """The year of a resolution's number, or None for a number later than the table.

    >>> year_of(1325), year_of(2811), year_of(2812)
    (2000, 2025, None)
    """
    place = bisect_left(_LAST_NUMBERS, number)
    return _FIRST_YEAR + place if 0 < number <= _LAST_NUMBERS[-1] else None


def is_plausible(number: int, year: int) -> bool:
    """Whether a resolution of this number may be of this year: one behind the table may be of any later year."""
    known = year_of(number)
    return known == year or (known is None and number > 0 and year >= _FIRST_YEAR + len(_LAST_NUMBERS))


def with_year(symbol: str) -> str:
    """A resolution's symbol with the year that its number tells; any other symbol as it is.

    >>> with_year("S/RES/1325"), with_year("S/2013/173")
    ('S/RES/1325 (2000)', 'S/2013/173')
    """
    number = symbol.removeprefix("S/RES/")
    year = year_of(int(number)) if number != symbol and number.isdecimal() else None
    return symbol if year is None else f"{symbol} ({year})"


def with_held_year(symbol: str, known: Iterable[str]) -> str:
    """A resolution's symbol with the year that known symbols tell, its own or both neighbours'; else the table's.

    >>> with_held_year("S/RES/2812", ["S/RES/2812 (2026)"]), with_held_year("S/RES/2901", ["S/RES/2900 (2030)"])
    ('S/RES/2812 (2026)', 'S/RES/2901')
    """
    number = symbol.removeprefix("S/RES/")
    if number == symbol or not number.isdecimal():
        return symbol
    years = {int(found[1]): int(found[2]) for each in known if (found := _NUMBERED.fullmatch(each))}
    below = max((each for each in years if each <= int(number)), default=None)
    above = min((each for each in years if each >= int(number)), default=None)
    if below is not None and above is not None and years[below] == years[above]:
        return f"{symbol} ({years[below]})"
    return with_year(symbol)
