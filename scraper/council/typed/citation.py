"""Reads a document, and a place in it, as people cite them: `1325 para 8`, a link, a whole citation. Pure.

Every form in which the program itself cites is read again: `resolution 1325 (2000), para. 8`, the titles of extracts,
`UNSC Res 1325 (31 October 2000) UN Doc S/RES/1325, para 8(a)`.
"""

import re
from typing import Final, NamedTuple
from urllib.parse import unquote

from scraper.council.symbol import find_symbol, read_typed

# a link such as https://docs.un.org/en/S/RES/1325(2000), undocs.org/S/2013/173 or
# https://www.un.org/en/ga/search/view_doc.asp?symbol=S/RES/1325(2000)
_LINK: Final = re.compile(
    r"(?:https?://)?(?:www\.)?(?:(?:docs\.un|undocs)\.org/(?:[a-z]{2}/)?|un\.org/\S*[?&]symbol=)(?P<symbol>[^\s?#&]+(?:\s\(\d{4}\))?)\S*",
    re.IGNORECASE,
)
# the words before a resolution's number
_RESOLUTION: Final = re.compile(
    r"""
    (?:the\s+)?
    (?:(?:(?:UN|United\s+Nations)\s+)?(?:Security\s+Council|SC|UNSC)\s+)?
    (?:resolution|res\.?|UNSCR|SCR|S/RES/)?\s*
    (?P<number>\d{1,4})\s*
    (?:\(\s*(?:[^()]*\s)?(?P<year>\d{4})\s*\))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
# "prst 2023/1", "presidential statement 2023/1", "PRST/2023/1"
_STATEMENT: Final = re.compile(
    r"(?:S/)?(?:PRST|presidential\s+statement)\s*/?\s*(?P<year>\d{4})\s*/\s*(?P<number>\d{1,3})", re.IGNORECASE
)
# what a place opens with, behind a document and its day: ", November 15, 2017, para. 42(a)"
_PLACE: Final = re.compile(
    r"""[\s,;:)]*(?:[a-z]+\.?\s+\d{1,2},\s+\d{4},\s*)?(?P<place>(?:
        (?:operative|preamb\w*|pmbl\.?|para(?:graph)?s?\b|[op]p\.?\s*\d|annex|appendix|enclosure|¶|§)
      | (?:\w+(?:-\w+)?)\s+(?:preambular|operative|unnumbered)?\s*paragraph
    ).*|(?<=\s)\d{1,3}(?:(?:[\s.]+|\s*\()[a-z\d]{1,4}\)?)*)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
# the Bluebook puts the place before the symbol: "S.C. Res. 2387, ¶ 42(a), U.N. Doc. S/RES/2387 (Nov. 15, 2017)",
# and so it does of statements: "S.C. Pres. Statement, ¶ 13, U.N. Doc. S/PRST/2000/25"
_BLUEBOOK: Final = re.compile(
    r".*?,\s*(?P<place>(?:¶|pmbl|annex|appendix|enclosure).+?),\s*U\.?N\.?\s+Doc\.?\s+(?P<symbol>S/\S+?)[.,]?(?:\s\(.*)?",
    re.IGNORECASE,
)
#: Any symbol of the Council in a longer text.
_SYMBOL: Final = re.compile(
    r"\bS/(?:RES/\d{1,4}(?:\s*\(\d{4}\))?|PRST/\d{4}/\d{1,3}|(?:\d{4}/)?\d{1,5})(?:/\w+\.\d+)*", re.IGNORECASE
)


class Cited(NamedTuple):
    """A document's symbol, without its year where none was given, and the place in it as it was typed, or None."""

    symbol: str
    place: str | None = None


def read_citation(typed: str) -> Cited | None:
    """What a person cites; None where it is no document.

    >>> read_citation("resolution 1325 (2000), para. 8 (a)")
    Cited(symbol='S/RES/1325 (2000)', place='para. 8 (a)')
    >>> read_citation("https://docs.un.org/en/S/PRST/2023/1")
    Cited(symbol='S/PRST/2023/1', place=None)
    """
    asked = " ".join(unquote(typed).split())
    if whole := read_typed(asked):
        return Cited(whole)
    if link := _LINK.match(asked):
        symbol = read_typed(link["symbol"].rstrip("/.,"))
        return _with_place(symbol, asked, link.end())
    if bluebook := _BLUEBOOK.fullmatch(asked):
        return _with_place(read_typed(bluebook["symbol"]), bluebook["place"])
    if named := _SYMBOL.search(asked):
        return _with_place(find_symbol(named[0]), asked, named.end())
    if statement := _STATEMENT.match(asked):
        return _with_place(f"S/PRST/{statement['year']}/{int(statement['number'])}", asked, statement.end())
    if resolution := _RESOLUTION.match(asked):
        year = f" ({resolution['year']})" if resolution["year"] else ""
        return _with_place(f"S/RES/{int(resolution['number'])}{year}", asked, resolution.end())
    return None


def _with_place(symbol: str | None, typed: str, start: int = 0) -> Cited | None:
    """The citation, if what stands behind the symbol, from `start` on, is a place or nothing."""
    if symbol is None:
        return None
    if not typed[start:].strip(" .,;:)”\"'"):
        return Cited(symbol)
    place = _PLACE.fullmatch(typed, start)
    return Cited(symbol, place["place"].strip()) if place else None
