"""A paragraph cited in the four forms that readers use: the UN's own, OSCOLA, the Bluebook, Chicago. Pure.

A form never invents what is not known: a document whose day is not known is cited without one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from scraper.council.address import parse
from scraper.council.citation_form import document_in_words, places_in_words
from scraper.council.forms.places import place_of_lawyers
from scraper.council.forms.work import Work, day_first, month_first, short_month_first


@dataclass(frozen=True, slots=True)
class Forms:
    """One citation in each form."""

    un: str
    oscola: str
    bluebook: str
    chicago: str


def cite_in_forms(work: Work, address: str | None = None) -> Forms:
    """The citations of a paragraph, or (without an address) of the whole document.

    >>> from datetime import date
    >>> from storage.models import DocumentKind
    >>> work = Work("S/RES/1325 (2000)", DocumentKind.RESOLUTION, date(2000, 10, 31))
    >>> cite_in_forms(work, "OP 8 (a)").un
    'Security Council resolution 1325 (2000), para. 8 (a)'
    """
    return Forms(_un(work, address), _oscola(work, address), _bluebook(work, address), _chicago(work, address))


def cite_as_un(work: Work, address: str | None = None) -> str:
    """The citation in the UN's own form, which is the default everywhere."""
    return _un(work, address)


def cite_places_as_un(work: Work, addresses: Sequence[str]) -> str:
    """One citation of some paragraphs of a document, or of the whole where none is named, in the UN's own form.

    >>> from datetime import date
    >>> from storage.models import DocumentKind
    >>> work = Work("S/RES/1325 (2000)", DocumentKind.RESOLUTION, date(2000, 10, 31))
    >>> cite_places_as_un(work, ["OP 8 (a)", "OP 8 (b)"])
    'Security Council resolution 1325 (2000), para. 8 (a) and para. 8 (b)'
    """
    return _joined(_named(work), places_in_words(addresses) if addresses else "")


def _un(work: Work, address: str | None) -> str:
    return _joined(_named(work), places_in_words([address]) if address else "")


def _named(work: Work) -> str:
    """The document in the UN's own form."""
    if work.is_resolution or work.is_statement:
        return document_in_words(work.symbol, day_first(work.day) if work.day else "")
    return f"{work.title} ({work.symbol})" if work.title else work.symbol


def _oscola(work: Work, address: str | None) -> str:
    place = place_of_lawyers(parse(address), "para ", "preambular para ") if address else ""
    day = f" ({day_first(work.day)})" if work.day else ""
    if work.is_resolution:
        name = f"UNSC Res {work.number}"
    elif work.is_statement:
        name = "UNSC Presidential Statement"
    else:
        name = f"UNSC ‘{work.title}’" if work.title else "UNSC"
    return _joined(f"{name}{day} UN Doc {work.bare_symbol}", place)


def _bluebook(work: Work, address: str | None) -> str:
    place = place_of_lawyers(parse(address), "¶ ", "pmbl. ¶ ") if address else ""
    day = f" ({short_month_first(work.day)})" if work.day else ""
    if work.is_resolution:
        name = f"S.C. Res. {work.number}"
    elif work.is_statement:
        name = "S.C. Pres. Statement"
    else:
        name = work.title or "S.C."
    return f"{_joined(name, place)}, U.N. Doc. {work.bare_symbol}{day}"


def _chicago(work: Work, address: str | None) -> str:
    place = place_of_lawyers(parse(address), "para. ", "preambular para. ") if address else ""
    if work.is_resolution:
        name = f"Resolution {work.symbol.removeprefix('S/RES/')}"
    elif work.is_statement:
        name = "Statement by the President of the Security Council"
    else:
        name = work.title or ""
    day = month_first(work.day) if work.day else ""
    return _joined("UN Security Council", name, work.bare_symbol, day, place)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
