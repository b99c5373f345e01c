"""How a document's paragraph is named: in a citation in words, and in the title of an extract. Pure.

The words are those of the UN's own texts: "Security Council resolution 2387 (2017), para. 42 (a) (iii)", "seventh
preambular paragraph". A document is named here by its symbol alone; `forms.styles` adds its day and title, where known.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from scraper.council.address import Address, parse
from storage.models import Part

# such as "S/RES/2387 (2017)"
_RESOLUTION = re.compile(r"S/RES/(?P<number>\d+) \(\d{4}\)")
_RESOLUTIONS: Final = "S/RES/"
_STATEMENTS: Final = "S/PRST/"
_FIRST_NINETEEN: Final = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth"),
    "nineteenth",
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def ordinal(count: int) -> str:
    """A count in words as the Council cites it, `twenty-third`; in figures from the hundredth on.

    >>> ordinal(7), ordinal(20), ordinal(41)
    ('seventh', 'twentieth', 'forty-first')
    """
    if 1 <= count < 20:
        return _FIRST_NINETEEN[count - 1]
    if 20 <= count < 100:
        tens, unit = _TENS[count // 10 - 2], count % 10
        return f"{tens}-{_FIRST_NINETEEN[unit - 1]}" if unit else f"{tens[:-1]}ieth"
    return f"{count}{'th' if count % 100 in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th')}"


def cite(symbol: str, address: Address) -> str:
    """A paragraph as it is cited in a text.

    >>> cite("S/RES/2387 (2017)", parse("OP 42 (a) (iii)"))
    'Security Council resolution 2387 (2017), para. 42 (a) (iii)'
    >>> cite("S/RES/2386 (2017)", parse("PP 7"))
    'Security Council resolution 2386 (2017), seventh preambular paragraph'
    """
    return f"{document_in_words(symbol)}, {place_in_words(address)}"


def document_in_words(symbol: str, day: str = "") -> str:
    """A document as it is cited; `day` is a statement's, where it is known.

    >>> document_in_words("S/PRST/2016/2", "24 March 2016")
    'statement by the President of the Security Council of 24 March 2016 (S/PRST/2016/2)'
    """
    if symbol.startswith(_RESOLUTIONS):
        return f"Security Council resolution {symbol.removeprefix(_RESOLUTIONS)}"
    if symbol.startswith(_STATEMENTS):
        return f"statement by the President of the Security Council{f' of {day}' if day else ''} ({symbol})"
    return symbol


def citation(symbol: str, address: str) -> str:
    """The citation of a paragraph by its canonical address; what is no address stands in it as it is."""
    try:
        return cite(symbol, parse(address))
    except ValueError:
        return f"{symbol}, {address}"


def citation_of(symbol: str, addresses: Iterable[str]) -> str:
    """The citation of one or more paragraphs of a document; what is no address stands in it as it is.

    >>> citation_of("S/RES/2387 (2017)", ["OP 42 (a)", "OP 42 (b)", "PP 3"])
    'Security Council resolution 2387 (2017), para. 42 (a), para. 42 (b) and third preambular paragraph'
    """
    return f"{document_in_words(symbol)}, {places_in_words(addresses)}"


def places_in_words(addresses: Iterable[str]) -> str:
    """The places alone, in their order; what is no address stands as it is.

    >>> places_in_words(["OP 42 (a)", "OP 42 (b)"])
    'para. 42 (a) and para. 42 (b)'
    """
    *places, last = map(_place, addresses)
    return f"{', '.join(places)} and {last}" if places else last


def _place(address: str) -> str:
    try:
        return place_in_words(parse(address))
    except ValueError:
        return address


def extract_title(symbol: str, address: str) -> str:
    """The title of an extract, as PeaceWomen gives it: "Security Council Resolution 2387: Para. 42 (a)".

    >>> extract_title("S/PRST/2000/25", "para. +5")
    'Statement S/PRST/2000/25: fifth paragraph'
    """
    try:
        return f"{document_title(symbol)}: {_titled(parse(address))}"
    except ValueError:
        return f"{document_title(symbol)}: {address}"


def document_title(symbol: str) -> str:
    """What stands before the colon in the title of an extract."""
    if resolution := _RESOLUTION.fullmatch(symbol):
        return f"Security Council Resolution {resolution['number']}"
    return f"Statement {symbol}" if symbol.startswith(_STATEMENTS) else symbol


def _titled(place: Address) -> str:
    if place.part is Part.PREAMBLE:
        return "Preamble"
    if place.number in (None, "0"):
        return title_of_unnumbered(place)
    labels = (degree for degree in place.degrees if not degree.startswith("+"))
    numbered = " ".join([f"Para. {place.number}", *(f"({label})" for label in labels)])
    return f"{place.attachment}, {numbered}" if place.attachment else numbered


def title_of_unnumbered(place: Address) -> str:
    """How an extract is named whose paragraphs bear no number: `fifth paragraph`, `Annex II, fourth paragraph`.

    >>> title_of_unnumbered(parse("Annex II +4"))
    'Annex II, fourth paragraph'
    """
    words = place_in_words(replace(place, degrees=place.degrees[:1], occurrence=1))
    return f"{words[:1].upper()}{words[1:]}" if place.attachment else words


def place_in_words(address: Address) -> str:
    """The place alone, `para. 42 (a)`; the second paragraph of one address is said to be the second.

    >>> place_in_words(parse("OP 7 +1"))
    'para. 7, first unnumbered paragraph'
    >>> place_in_words(parse("OP 8 (b) #2"))
    'para. 8 (b) (second of that number)'
    """
    words = _numbered_place(address)
    for degree in address.degrees:
        if degree.startswith("•"):
            words = f"{words}, {ordinal(int(degree[1:]))} bullet"
        elif degree.startswith("+"):
            words = _unnumbered_place(words, ordinal(int(degree[1:])), address)
        else:
            words = f"{words} ({degree})"
    return words if address.occurrence == 1 else f"{words} ({ordinal(address.occurrence)} of that number)"


def _numbered_place(address: Address) -> str:
    """The place without its degrees; empty where only unnumbered paragraphs are counted."""
    number = address.number
    if address.part is Part.PREAMBLE:
        return f"{ordinal(int(number)) if number and number.isdecimal() else number} preambular paragraph"
    if address.part is Part.ANNEX:
        name = address.attachment or ""
        return f"{name[:1].lower()}{name[1:]}" + (f", para. {number}" if number else "")
    return "" if number is None else f"para. {number}"


def _unnumbered_place(above: str, nth: str, address: Address) -> str:
    if address.number == "0":
        return f"{nth} unnumbered paragraph before para. 1"
    counted = "paragraph" if address.number is None else "unnumbered paragraph"
    return f"{above}, {nth} {counted}" if above else f"{nth} {counted}"
