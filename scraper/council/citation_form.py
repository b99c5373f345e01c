"""How a paragraph is cited in words: `resolution 2387 (2017), para. 42 (a) (iii)`. Pure."""

from scraper.council.address import Address
from storage.models import Part

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
