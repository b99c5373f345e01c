"""UN document symbols: the canonical form `S/RES/1325 (2000)`, found in text, and what a symbol says of its document.

It knows the symbols of Security Council documents and says of others only that they belong to another body.
"""

import re
from dataclasses import dataclass

from storage.models import DocumentKind

# every blank the sources use: plain, no-break, narrow no-break, thin, line ends inside table cells
_BLANK = r"[\s\u00a0\u2007\u202f]*"
# "/Add.1", "/Rev.1", "/Corr.2"
_SUFFIX = r"(?:/(?:Add|Rev|Corr)\.\d{1,3})*"
# as in S/RES/1325 (2000) or s/res/1325(2000) or S/RES/1325, and S/RES/1325 (2000)/Corr.1
_RESOLUTION = (
    rf"S{_BLANK}/{_BLANK}RES{_BLANK}/{_BLANK}(?P<number>\d{{1,4}})(?:{_BLANK}\({_BLANK}(?P<year>\d{{4}}){_BLANK}\))?"
    rf"(?P<suffix>{_SUFFIX})"
)
# "S/PRST/2014/21", "S/PV.9872", "S/2025/108/Rev.1", "S/26015" (before 1994)
_STATEMENT = rf"S/PRST/\d{{4}}/\d{{1,3}}{_SUFFIX}"
_MEETING = r"S/PV\.\d{1,5}(?: \(Resumption ?\d+\))?"
_DOCUMENT = rf"S/(?:19|20)\d{{2}}/\d{{1,4}}{_SUFFIX}|S/\d{{1,5}}{_SUFFIX}"

_ANY = re.compile(
    rf"(?<![\w/])(?:{_RESOLUTION}|(?P<statement>{_STATEMENT})|(?P<meeting>{_MEETING})|(?P<document>{_DOCUMENT}))(?![\w/])",
    re.IGNORECASE,
)
# "Resolution 1325 (2000)", "RESOLUTION 2768 (2025)"; also the Spanish and French words
_TITLE = re.compile(
    rf"R[eé]solu[tc]i[oó]n{_BLANK}(?P<number>\d{{1,4}}){_BLANK}\({_BLANK}(?P<year>\d{{4}}){_BLANK}\)", re.IGNORECASE
)
# "54 (1948). Resolution of 15 July 1948": how the yearbooks head the resolutions of 1946 to 1964
_EARLY_TITLE = re.compile(
    rf"(?P<number>\d{{1,4}}){_BLANK}\({_BLANK}(?P<year>\d{{4}}){_BLANK}\){_BLANK}[.,]?{_BLANK}Resolution\s+of\b"
)
# "Resolution 361 (1974-30)\nof 30 August 1974", "Resolution 290 of 8 December 1970": number and date, the year unclear
_DATED_TITLE = re.compile(
    rf"Resolution{_BLANK}(?P<number>\d{{1,4}}){_BLANK}(?:\([^)]*\))?{_BLANK}of\s+\d{{1,2}}\s+[A-Z][a-z]+,?\s+(?P<year>\d{{4}})",
    re.IGNORECASE,
)
# what a person types: "2387", "RES/2387", "res 2387 (2017)", "resolution 2387", "UNSCR 2387"; a file's "S_RES_2387"
_TYPED = re.compile(
    rf"(?:(?:UN)?SCR|S[/_-]RES|RES(?:OLUTION)?)?[\s/._-]*(?P<number>\d{{1,4}})(?:{_BLANK}\({_BLANK}(?P<year>\d{{4}}){_BLANK}\))?",
    re.IGNORECASE,
)
# "S_PRST_2007_22-0739405E.xml", "S_2025_108_Rev.1.en.pdf", "S-RES-2467(2019).txt"; the year of a resolution is left to
# the document
_FILE_NAME = re.compile(
    r"S[_-](?:RES[_-](?P<resolution>\d{1,4})|(?P<statement>PRST[_-])?(?P<year>(?:19|20)\d\d)[_-](?P<number>\d{1,4}))"
    r"(?:[_-](?P<suffix>(?:(?:Add|Rev|Corr)\.\d{1,3}_?)+))?(?![\d])"
)
# "CEDAW/C/CAF/CO/6", "A/RES/60/1", "E/CN.6/2024/3": letters, then slashes
_OTHER_BODY = re.compile(
    r"(?<![\w/.])(?:A|E|ST|CAT|CCPR|CEDAW|CERD|CRC|CRPD|CMW|CED|DP|TD|HRI|JIU)/[A-Z0-9][\w.]*(?:/[\w.\-()]+)+(?![\w/])"
)

# "/Rev.1/Corr.1" at the end of a canonical symbol
_SUFFIXES = re.compile(r"(?:/(?:Add|Rev|Corr)\.\d{1,3})+$")
# the year of "S/RES/2100 (2013)", of "S/PRST/2013/4", of "S/2013/173"
_YEAR = re.compile(r"S/RES/\d+ \((?P<year>\d{4})\)|S/(?:PRST/)?(?P<stated>(?:19|20)\d\d)/")

_WORDS = {
    "res": "RES",
    "prst": "PRST",
    "pv": "PV",
    "add": "Add",
    "rev": "Rev",
    "corr": "Corr",
    "resumption": "Resumption",
    "s": "S",
}
_WORD = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class ResolutionNumber:
    """A resolution's number and, where it was given, its year."""

    number: int
    year: int | None


def parse_symbol(text: str) -> str | None:
    """The canonical symbol that a text is, or None when it is none.

    >>> parse_symbol("s/res/1325(2000)")
    'S/RES/1325 (2000)'
    """
    asked = " ".join(text.split()).strip("* ")
    found = _ANY.fullmatch(asked) or _TITLE.fullmatch(asked)
    return None if found is None else _canonical(found)


def find_symbol(text: str) -> str | None:
    """The first Council symbol in a text in its canonical form, or None."""
    found = _ANY.search(text)
    return None if found is None else _canonical(found)


def find_title(text: str) -> str | None:
    """The symbol of the first `Resolution 1325 (2000)` in a text, or of an early form of title; or None."""
    found = _TITLE.search(text) or _EARLY_TITLE.match(text) or _DATED_TITLE.match(text)
    return None if found is None else _canonical(found)


def find_other_body(text: str) -> str | None:
    """The first symbol of another body (`CEDAW/C/CAF/CO/6`) in a text, or None."""
    found = _OTHER_BODY.search(text)
    return None if found is None else found[0]


def _canonical(found: re.Match[str]) -> str:
    groups = found.groupdict()
    if groups.get("number"):
        year = f" ({groups['year']})" if groups["year"] else ""
        return f"S/RES/{int(groups['number'])}{year}{_in_case(groups.get('suffix') or '')}"
    return _in_case(found[0])


def _in_case(symbol: str) -> str:
    return _WORD.sub(lambda word: _WORDS.get(word[0].lower(), word[0]), symbol)


def resolution_number(symbol: str) -> ResolutionNumber | None:
    """The number and year in a resolution's symbol, or None for other documents, its corrigendum among them."""
    found = _ANY.fullmatch(symbol)
    if found is None or not found["number"] or found["suffix"]:
        return None
    return ResolutionNumber(int(found["number"]), int(found["year"]) if found["year"] else None)


def read_typed(text: str) -> str | None:
    """The symbol a person means by `2387`, `RES/2387` or a whole symbol; None when it is none of these.

    Without a year the answer has none (`S/RES/2387`): whoever holds the documents completes it.
    """
    asked = " ".join(text.split())
    found = _TYPED.fullmatch(asked)
    return parse_symbol(asked) if found is None else _canonical(found)


def symbol_in_file_name(name: str) -> str | None:
    """The symbol that the name of a saved file spells: S/PRST/2007/22 of `S_PRST_2007_22-0739405E.xml`, or None."""
    found = _FILE_NAME.match(name)
    if found is None:
        return None
    suffix = f"/{found['suffix'].replace('_', '/')}" if found["suffix"] else ""
    if found["resolution"]:
        return parse_symbol(f"S/RES/{found['resolution']}{suffix}")
    return parse_symbol(f"S/{'PRST/' if found['statement'] else ''}{found['year']}/{found['number']}{suffix}")


def is_same(one: str, other: str) -> bool:
    """Whether two symbols name one document; a resolution's symbol without its year names the same resolution."""
    first, second = parse_symbol(one), parse_symbol(other)
    if first is None or second is None or suffixes_of(first) != suffixes_of(second):
        return False
    numbers = resolution_number(root_of(first)), resolution_number(root_of(second))
    if numbers[0] is None or numbers[1] is None:
        return first == second
    years = {number.year for number in numbers if number is not None and number.year is not None}
    return numbers[0].number == numbers[1].number and len(years) <= 1


def suffixes_of(symbol: str) -> tuple[str, ...]:
    """What a canonical symbol adds to that of the first document: `("Rev.1", "Corr.2")`, mostly nothing."""
    found = _SUFFIXES.search(symbol)
    return tuple(found[0].split("/")[1:]) if found else ()


def base_of(symbol: str) -> str | None:
    """The symbol of the document that a corrigendum, revision or addendum is of; None for any other document.

    >>> base_of("S/2025/108/Rev.1/Corr.1")
    'S/2025/108/Rev.1'
    """
    suffixes = suffixes_of(symbol)
    return symbol.removesuffix(f"/{suffixes[-1]}") if suffixes else None


def root_of(symbol: str) -> str:
    """The symbol without all that is added to it: `S/2025/108` of `S/2025/108/Rev.1/Corr.1`."""
    return _SUFFIXES.sub("", symbol)


def year_in_symbol(symbol: str) -> int | None:
    """The year in a symbol: 2013 of `S/2013/173` and of `S/RES/2100 (2013)/Corr.1`; None where it bears none."""
    found = _YEAR.match(symbol)
    return int(found["year"] or found["stated"]) if found else None


def kind_of(symbol: str) -> DocumentKind:
    """What kind of document a symbol alone tells; `unknown` for S/2025/389, which may be a report, letter or draft."""
    if suffixes_of(symbol)[-1:] and suffixes_of(symbol)[-1].startswith("Corr."):
        return DocumentKind.CORRIGENDUM
    if symbol.startswith("S/RES/"):
        return DocumentKind.RESOLUTION
    if symbol.startswith("S/PRST/"):
        return DocumentKind.PRESIDENTIAL_STATEMENT
    return DocumentKind.UNKNOWN
