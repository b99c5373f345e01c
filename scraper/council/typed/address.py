"""Between addresses and the words of people: reads a paragraph as it is typed, writes it as it is cited."""

import re
from dataclasses import replace
from functools import cache

from scraper.council.address import Address, annexed, numbered, operative, parse, preambular
from scraper.council.citation_form import ordinal
from storage.models import Part

_COUNT = r"[1-9][0-9]{0,3}"
_LABEL = r"[0-9A-Za-z]{1,8}(?:\.[0-9A-Za-z]{1,4}){0,5}"
# what people type for a place: 43(d)(ii) or OP43 (d) (ii) or para. 43 d ii or PP3 or annex II, 3 b
_LENIENT_PLACE = re.compile(
    r"""
    (?:(?P<attachment>
        (?:annex|appendix|enclosure)(?:\s+(?:[0-9]{1,3}|(?!para)[A-Za-z]{1,6})(?=\s*[,+(]|\s+\d|\s*$))?
    )\s*,?)?\s*
    (?P<sign>operative\s+para(?:graph)?s?\.?|preamb(?:le|ular)(?:\s+para(?:graph)?s?\.?)?
          |para(?:graph)?s?\.?|[op]p\.?)?\s*
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


# "43.d.ii": degrees set off by full stops
_DOTTED = re.compile(r"(?P<before>\D*\d{1,4})(?P<degrees>(?:\.[A-Za-z]{1,5})+)\.?")
# "seventh preambular paragraph", "7th operative paragraph", "fifth paragraph", as the Council and this program cite
_COUNTED = re.compile(
    r"(?P<count>\w+(?:-\w+)?)\s+(?:(?P<part>preambular|operative)\s+)?para(?:graph|\.)?", re.IGNORECASE
)
# the signs of the Bluebook: "pmbl. ¶ 7", "¶ 8(a)"
_SIGNS = ((re.compile(r"pmbl\.?\s*¶?\s*", re.IGNORECASE), "pp "), (re.compile(r"[¶§]+\s*"), "para. "))


def read_address(text: str, *, resolution: bool = True) -> Address:
    """Read an address as a person types it; text that names no paragraph raises ValueError.

    A bare number is an operative paragraph of a resolution and a paragraph of anything else.

    >>> str(read_address("para. 43 d ii"))
    'OP 43 (d) (ii)'
    >>> str(read_address("annex II, 3(b)"))
    'Annex II, para. 3 (b)'
    """
    asked = _plainly(" ".join(text.split()), resolution=resolution)
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
    if place.part is Part.ANNEX and place.number is None and not degrees:
        place = _only_annex(place, text)
    return parse(str(replace(place, degrees=degrees, occurrence=occurrence)))


def _only_annex(place: Address, text: str) -> Address:
    """What `annex 3` means, where nothing stands behind it: paragraph 3 of the only annex."""
    word, _, name = (place.attachment or "").partition(" ")
    if not name.isdecimal():
        raise ValueError(f"expected the number of a paragraph in it, such as '{text.strip()}, 3'; found {text!r}")
    return annexed(word, name)


def by_count(address: Address) -> Address:
    """The unnumbered paragraph of a statement or letter with this count, for one that has no such number.

    >>> str(by_count(parse("para. 13 (a)")))
    'para. +13 (a)'
    """
    if address.part is not Part.BODY or address.number is None or not address.number.isdecimal():
        return address
    return replace(address, number=None, degrees=(f"+{int(address.number)}", *address.degrees))


def _plainly(asked: str, *, resolution: bool) -> str:
    """An address with its words and signs put into numbers: `PP 7` of `seventh preambular paragraph`."""
    for sign, word in _SIGNS:
        asked = sign.sub(word, asked)
    if dotted := _DOTTED.fullmatch(asked):
        return dotted["before"] + dotted["degrees"].replace(".", " ")
    counted = _COUNTED.fullmatch(asked)
    number = _count_of(counted["count"].lower()) if counted else None
    if counted is None or number is None:
        return asked
    if counted["part"]:
        return f"{counted['part'][0]}p {number}"
    return f"para. {number}" if resolution else f"para. +{number}"


def _count_of(word: str) -> int | None:
    """The number of `seventh` or `7th`; None where it is none."""
    figures = word.removesuffix("st").removesuffix("nd").removesuffix("rd").removesuffix("th")
    return int(figures) if figures.isdecimal() and figures != word else _ordinals().get(word)


@cache
def _ordinals() -> dict[str, int]:
    return {ordinal(number): number for number in range(1, 100)}


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
