"""How the place of a paragraph is written by lawyers, short: `para 8(a)`, `¶ 42(a)(iii)`, `pmbl. ¶ 7`. Pure."""

from scraper.council.address import Address
from scraper.council.citation_form import ordinal, place_in_words
from storage.models import Part


def place_of_lawyers(address: Address, sign: str, preamble: str) -> str:
    """The place as lawyers write it: `para 8(a)`; `sign` stands before a number, `preamble` before a preambular one.

    >>> from scraper.council.address import parse
    >>> place_of_lawyers(parse("OP 42 (a) (iii)"), "¶ ", "pmbl. ¶ ")
    '¶ 42(a)(iii)'
    """
    number = address.number
    if number == "0":
        return place_in_words(address)
    degrees = list(address.degrees)
    match address.part:
        case Part.PREAMBLE:
            place = f"{preamble}{number}"
        case Part.ANNEX:
            place = _annex(address) + (f", {sign}{number}" if number else "")
        case Part.OPERATIVE | Part.BODY:
            # of a statement that numbers nothing the count is as good as a number
            place = f"{sign}{number or degrees.pop(0)[1:]}"
    for degree in degrees:
        if degree.startswith("•"):
            place = f"{place}, {ordinal(int(degree[1:]))} bullet"
        elif degree.startswith("+"):
            place = f"{place}, {ordinal(int(degree[1:]))} unnumbered paragraph"
        else:
            place = f"{place}({degree})"
    return _again(address, place)


def _annex(address: Address) -> str:
    name = address.attachment or ""
    return name[:1].lower() + name[1:]


def _again(address: Address, place: str) -> str:
    return place if address.occurrence == 1 else f"{place} ({ordinal(address.occurrence)} of that number)"
