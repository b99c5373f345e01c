"""Between addresses and the words of people: reads a paragraph as it is typed, writes it as it is cited."""

import re
from dataclasses import replace

from scraper.council.address import Address, annexed, numbered, operative, parse, preambular
from storage.models import Part

_COUNT = r"[1-9][0-9]{0,3}"
_LABEL = r"[0-9A-Za-z]{1,8}(?:\.[0-9A-Za-z]{1,4}){0,5}"
# what people type for a place: 43(d)(ii) or OP43 (d) (ii) or para. 43 d ii or PP3 or annex II, 3 b
_LENIENT_PLACE = re.compile(
    r"""
    (?:(?P<attachment>
        (?:annex|appendix|enclosure)(?:\s+(?:[0-9]{1,3}|(?!para)[A-Za-z]{1,6})(?=\s*[,+(]|\s*$))?
    )\s*,?)?\s*
    (?P<sign>operative\s+para(?:graph)?s?\.?|preambular\s+para(?:graph)?s?\.?|para(?:graph)?s?\.?|[op]p\.?)?\s*
    (?P<number>[0-9]{1,4}(?:\.[0-9]{1,3})*)?
    (?P<rest>.*)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# one degree as people write it: "(d)", "d", "d.", "d)", "•2", "(•2)", "+1"
_LENIENT_DEGREE = re.compile(
    rf"[\s,]*(?:\(?•\s*({_COUNT})\)?|\+\s*({_COUNT})|\(\s*({_LABEL})\s*\)|(?<![^\s,(])({_LABEL})[.)]?(?![^\s,(]))"
)
_LENIENT_OCCURRENCE = re.compile(rf"\s*\#\s*({_COUNT})\s*$")


def read_address(text: str, *, resolution: bool = True) -> Address:
    """Read an address as a person types it; text that names no paragraph raises ValueError.

    A bare number is an operative paragraph of a resolution and a paragraph of anything else.

    >>> str(read_address("para. 43 d ii"))
    'OP 43 (d) (ii)'
    >>> str(read_address("annex II, 3(b)"))
    'Annex II, para. 3 (b)'
    """
    asked = " ".join(text.split())
    behind = _LENIENT_OCCURRENCE.search(asked)
    found = _LENIENT_PLACE.fullmatch(asked[: behind.start()] if behind else asked)
    if found is None:
        raise ValueError(_unreadable(text))
    degrees = _lenient_degrees(found["rest"], text)
    number, sign = found["number"], (found["sign"] or "").lower()
    occurrence = int(behind[1]) if behind else 1
    if found["attachment"]:
        word, *name = found["attachment"].split()
        place = annexed(" ".join([word.capitalize(), *(part.upper() for part in name)]), number)
    elif sign.startswith(("pr", "pp")):
        place = preambular(int(number)) if number and number.isdecimal() else _refuse(text)
    elif resolution or sign.startswith("o"):
        place = operative(number) if number else _refuse(text)
    else:
        place = numbered(number)
    return parse(str(replace(place, degrees=degrees, occurrence=occurrence)))


def _lenient_degrees(rest: str, text: str) -> tuple[str, ...]:
    degrees: list[str] = []
    position = 0
    while rest[position:].strip(" .,"):
        found = _LENIENT_DEGREE.match(rest, position)
        if found is None:
            raise ValueError(_unreadable(text))
        bullet, extra, bracketed, bare = found.groups()
        degrees.append(f"•{bullet}" if bullet else f"+{extra}" if extra else bracketed or bare)
        position = found.end()
    return tuple(degrees)


def _refuse(text: str) -> Address:
    raise ValueError(_unreadable(text))


def _unreadable(text: str) -> str:
    return f"expected a paragraph such as '43 (d) (ii)', 'PP 3' or 'Annex II, para. 3', found {text!r}"


_UNITS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_TEENS = [
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def ordinal(count: int) -> str:
    """A count in words as the Council cites it, `twenty-third`; in figures from the hundredth on.

    >>> ordinal(7), ordinal(20), ordinal(41)
    ('seventh', 'twentieth', 'forty-first')
    """
    if count < 10:
        return _UNITS[count - 1]
    if count < 20:
        return _TEENS[count - 10]
    if count >= 100:
        return f"{count}{'th' if count % 100 in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th')}"
    tens, unit = _TENS[count // 10 - 2], count % 10
    return f"{tens}-{_UNITS[unit - 1]}" if unit else f"{tens[:-1]}ieth"


def cite(symbol: str, address: Address) -> str:
    """A paragraph as it is cited in a text.

    >>> cite("S/RES/2387 (2017)", parse("OP 42 (a) (iii)"))
    'resolution 2387 (2017), para. 42 (a) (iii)'
    >>> cite("S/RES/2386 (2017)", parse("PP 7"))
    'resolution 2386 (2017), seventh preambular paragraph'
    """
    resolution = symbol.removeprefix("S/RES/")
    document = symbol if resolution == symbol else f"resolution {resolution}"
    return f"{document}, {_place_in_words(address)}"


def _place_in_words(address: Address) -> str:
    labels: list[str] = []
    behind: list[str] = []
    for degree in address.degrees:
        if degree[0] == "•":
            behind.append(f"{ordinal(int(degree[1:]))} bullet")
        elif degree[0] == "+":
            counted = "paragraph" if address.part is Part.BODY and not address.number else "unnumbered paragraph"
            behind.append(f"{ordinal(int(degree[1:]))} {counted}")
        elif behind:
            behind[-1] += f" ({degree})"
        else:
            labels.append(f"({degree})")
    match address.part:
        case Part.PREAMBLE:
            place = f"{ordinal(int(address.number or 0))} preambular paragraph"
        case Part.ANNEX:
            name = address.attachment or ""
            place = name[0].lower() + name[1:] + (f", para. {address.number}" if address.number else "")
        case Part.OPERATIVE | Part.BODY:
            place = f"para. {address.number}" if address.number not in (None, "0") else ""
    words = ", ".join(part for part in (" ".join([place, *labels]).strip(), *behind) if part)
    return words if address.occurrence == 1 else f"{words} ({ordinal(address.occurrence)} of that number)"
