"""Between addresses and the words of people: reads a paragraph as it is typed, writes it as it is cited."""

import re
from dataclasses import replace

from scraper.council.address import Address, annexed, numbered, operative, parse, preambular

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
