"""The file that a page stands in, and the place of a paragraph on it: addresses that never move. Pure.

Everything is made from what the UN printed, so that the same document has the same address in every build.
"""

import re
from typing import Final
from unicodedata import normalize

from scraper.council.address import Address, parse
from scraper.council.symbol import resolution_number
from storage.models import Part

_NO_NAME: Final = re.compile(r"[^a-z0-9]+")
_NO_SYMBOL: Final = re.compile(r"[^A-Za-z0-9.]+")
_STATEMENT: Final = re.compile(r"S/PRST/(\d{4})/(\d{1,3})")
_NO_LABEL: Final = re.compile(r"[^0-9A-Za-z]+")

RESOLUTIONS: Final = "resolutions"
STATEMENTS: Final = "statements"
MISSIONS: Final = "missions"
DOCUMENTS: Final = "documents"


def slug(name: str) -> str:
    """A name as part of a file's name: `cote-d-ivoire` of "Côte d'Ivoire".

    >>> slug("Justice, Rule of Law and Security Sector Reform")
    'justice-rule-of-law-and-security-sector-reform'
    """
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    short = _NO_NAME.sub("-", plain).strip("-")
    return short if len(short) <= 80 else short[:80].rpartition("-")[0]


def room_of(symbol: str, kind: str) -> str:
    """The folder of a document's page."""
    if symbol.startswith("S/RES/"):
        return RESOLUTIONS
    if symbol.startswith("S/PRST/"):
        return STATEMENTS
    return MISSIONS if kind == "mission_report" else DOCUMENTS


def document_file(symbol: str, kind: str, language: str = "en") -> str:
    """The file of a page: `resolutions/2387.html`, `resolutions/2387.fr.html`, `missions/S-2013-173.html`."""
    number, statement = resolution_number(symbol), _STATEMENT.fullmatch(symbol)
    if number is not None:
        name = str(number.number)
    elif statement:
        name = f"{statement[1]}-{statement[2]}"
    else:
        name = _NO_SYMBOL.sub("-", symbol).strip("-.")
    return f"{room_of(symbol, kind)}/{name}{'' if language == 'en' else f'.{language}'}.html"


def renewal_file(new: str, old: str) -> str:
    """The file that sets a renewal beside the text before it, from the files of both: `resolutions/2666-2612.html`."""
    return f"{new.removesuffix('.html')}-{old.removesuffix('.html').rpartition('/')[2]}.html"


def year_file(room: str, year: int) -> str:
    """The file that lists the documents of a year.

    `resolutions/2017.html` is the page of resolution 2017 (2011), so years need a name of their own.
    """
    return f"{room}/in-{year}.html"


def fragment(address: str) -> str:
    """The place of a paragraph on its page.

    >>> fragment("OP 43 (d) (ii)"), fragment("PP 7"), fragment("Annex II, para. 3 (b)"), fragment("OP 4 (•2)")
    ('op-43-d-ii', 'pp-7', 'annex-ii-para-3-b', 'op-4-bullet-2')
    >>> fragment("OP 7 +1"), fragment("OP 8 (b) #2"), fragment("para. +5")
    ('op-7-after-1', 'op-8-b-again-2', 'para-after-5')
    """
    place = parse(address)
    parts = [_stem(place), *map(_degree, place.degrees)]
    if place.occurrence > 1:
        parts.append(f"again-{place.occurrence}")
    return "-".join(part for part in parts if part)


def _stem(place: Address) -> str:
    number = (place.number or "").replace(".", "-")
    match place.part:
        case Part.PREAMBLE:
            return f"pp-{number}"
        case Part.OPERATIVE:
            return f"op-{number}"
        case Part.ANNEX:
            name = _NO_NAME.sub("-", (place.attachment or "").lower()).strip("-")
            return f"{name}-para-{number}" if number else name
        case Part.BODY:
            return f"para-{number}" if number else "para"


def _degree(degree: str) -> str:
    if degree.startswith("•"):
        return f"bullet-{degree[1:]}"
    if degree.startswith("+"):
        return f"after-{degree[1:]}"
    return f"cap-{_plain(degree)}" if any(map(str.isupper, degree)) else _plain(degree)


def _plain(label: str) -> str:
    return _NO_LABEL.sub("-", label).lower()
