"""Says of a document that is not held what is nearest to it: by number first, for that is what people mistype."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

# "S/RES/1325 (2000)", "S/RES/1325"; corrigenda are no numbers of their own
_RESOLUTION: Final = re.compile(r"S/RES/(?P<number>\d{1,4})(?: \((?P<year>\d{4})\))?")
# "S/PRST/2023/1", "S/2013/173": counted anew each year
_OF_YEAR: Final = re.compile(r"(?P<series>S/(?:PRST/)?)(?P<year>\d{4})/(?P<number>\d{1,4})")


class _Numbered(NamedTuple):
    number: int
    symbol: str


def told_near(meant: str, known: Collection[str]) -> str | None:
    """What is near a symbol among those known, as a half sentence; None where nothing of its kind is known.

    >>> told_near("S/RES/1325 (2001)", ["S/RES/1325 (2000)", "S/RES/1385 (2001)"])
    'resolution 1325 is of 2000: S/RES/1325 (2000)'
    >>> told_near("S/RES/9999", ["S/RES/1325 (2000)", "S/RES/1385 (2001)"])
    'the highest known is S/RES/1385 (2001)'
    """
    if resolution := _RESOLUTION.fullmatch(meant):
        return _near_number(int(resolution["number"]), sorted(_resolutions(known)), "")
    if counted := _OF_YEAR.fullmatch(meant):
        series = _of_years(known, counted["series"])
        year = int(counted["year"])
        if year in series:
            return _near_number(int(counted["number"]), sorted(series[year]), f" of {year}")
        if series:
            nearest = min(series, key=lambda other: (abs(other - year), other))
            return f"none of {year} is known; the nearest year is {nearest}: {max(series[nearest]).symbol}"
    return None


def _near_number(asked: int, known: list[_Numbered], of_year: str) -> str | None:
    if not known:
        return None
    same = [one.symbol for one in known if one.number == asked]
    if same:
        year = _RESOLUTION.fullmatch(same[0])
        return f"resolution {asked} is of {year['year'] if year else ''}: {same[0]}"
    if asked > known[-1].number:
        return f"the highest known{of_year} is {known[-1].symbol}"
    below = [one.symbol for one in known if one.number < asked][-1:]
    above = [one.symbol for one in known if one.number > asked][:1]
    near = [*below, *above]
    return f"the nearest by number {'is' if len(near) == 1 else 'are'} {' and '.join(near)}"


def _resolutions(known: Iterable[str]) -> set[_Numbered]:
    found = ((symbol, _RESOLUTION.fullmatch(symbol)) for symbol in known)
    return {_Numbered(int(match["number"]), symbol) for symbol, match in found if match and match["year"]}


def _of_years(known: Iterable[str], series: str) -> dict[int, set[_Numbered]]:
    """The documents of a series that counts anew each year, by year."""
    years: defaultdict[int, set[_Numbered]] = defaultdict(set)
    for symbol in known:
        match = _OF_YEAR.fullmatch(symbol)
        if match and match["series"] == series:
            years[int(match["year"])].add(_Numbered(int(match["number"]), symbol))
    return years
