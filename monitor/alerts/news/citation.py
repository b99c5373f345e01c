"""Names a paragraph as people do: the title of an extract, and a citation to copy. Pure."""

import re
from dataclasses import dataclass

# such as "S/RES/2387 (2017)"
_RESOLUTION = re.compile(r"S/RES/(?P<number>\d+) \((?P<year>\d{4})\)")

# "PP 7", "OP 42 (a) (iii)", "OP 0 +1", "Annex II, para. 3 (b)", "Annex II +4", "para. 41 (a)", "para. +5", "OP 8 #2"
_ADDRESS = re.compile(
    r"""
    (?: (?P<sign>PP|OP)\ (?P<signed>[\d.]+)
      | (?P<annex>(?:Annex|Appendix|Enclosure)(?:\ [0-9A-Z]+)?)(?:,\ para\.\ (?P<annexed>[\d.]+))?
      | para\.(?:\ (?P<plain>[\d.]+))?
    )
    (?P<degrees>(?:\ \([^()]+\))*)
    (?:\ \+(?P<unnumbered>\d+))?
    (?:\ \#\d+)?
    """,
    re.VERBOSE,
)

_BULLET = re.compile(r" \(•(\d+)\)")
# fmt: off
_UNITS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
)
# fmt: on
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


@dataclass(frozen=True, slots=True)
class _Place:
    """An address taken apart; `number` is None where only unnumbered paragraphs are counted."""

    annex: str | None
    is_preamble: bool
    number: str | None
    degrees: str
    unnumbered: int


def extract_title(symbol: str, address: str) -> str:
    """The title of an extract, as PeaceWomen gives it: "Security Council Resolution 2387: Para. 42 (a)"."""
    resolution = _RESOLUTION.fullmatch(symbol)
    document = f"Security Council Resolution {resolution['number']}" if resolution else symbol
    place = _place_of(address)
    if place is None:
        return f"{document}: {address}"
    if place.is_preamble:
        return f"{document}: Preamble"
    numbered = f"Para. {place.number}{place.degrees}" if place.number not in (None, "0") else "Unnumbered paragraph"
    return f"{document}: {place.annex}, {numbered}" if place.annex else f"{document}: {numbered}"


def citation(symbol: str, address: str) -> str:
    """A citation in words, to copy.

    Either "resolution 2387 (2017), para. 42 (a)" or "resolution 2386 (2017), seventh preambular paragraph".
    """
    resolution = _RESOLUTION.fullmatch(symbol)
    document = f"resolution {resolution['number']} ({resolution['year']})" if resolution else symbol
    place = _place_of(address)
    if place is None:
        return f"{document}, {address}"
    if place.annex:
        document = f"{document}, {place.annex[0].lower()}{place.annex[1:]}"
    return f"{document}, {_in_words(place)}"


def ordinal(number: int) -> str:
    """The number in words, `seventh`, `twenty-first`; from 100 on in digits, `101st`."""
    if 1 <= number < 20:
        return _UNITS[number - 1]
    if 20 <= number < 100:
        tens, units = divmod(number, 10)
        ten = _TENS[tens - 2]
        return f"{ten}-{_UNITS[units - 1]}" if units else f"{ten[:-1]}ieth"
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _in_words(place: _Place) -> str:
    degrees = _BULLET.sub(lambda bullet: f", {ordinal(int(bullet[1]))} bullet", place.degrees)
    if place.is_preamble:
        count = ordinal(int(place.number)) if place.number and place.number.isdigit() else place.number
        return f"{count} preambular paragraph{degrees}"
    if not place.unnumbered:
        return f"para. {place.number}{degrees}"
    nth = "" if place.unnumbered == 1 else f"{ordinal(place.unnumbered)} "
    if place.number is None:
        return f"{ordinal(place.unnumbered)} paragraph"
    if place.number == "0":
        return f"{nth}unnumbered paragraph before para. 1"
    return f"{nth}unnumbered paragraph after para. {place.number}{degrees}"


def _place_of(address: str) -> _Place | None:
    """The address taken apart, None when it is no address we know: then it is shown as it stands."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return None
    return _Place(
        annex=match["annex"],
        is_preamble=match["sign"] == "PP",
        number=match["signed"] or match["annexed"] or match["plain"],
        degrees=match["degrees"],
        unnumbered=int(match["unnumbered"] or 0),
    )
