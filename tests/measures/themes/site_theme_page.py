"""Looks for the entries of a theme page of PeaceWomen on ours: `... site_theme_page DATA PAGE.txt [THEME] [YEAR]`.

Prints for each entry of that year the page it stands on, or why it does not stand there. Exits with 1 where an entry is
neither found nor explained.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from monitor.site.places.names import fragment

from monitor.settings.config import Config
from monitor.site.held.document import Doc
from monitor.site.held.holdings import Holdings, read_holdings
from monitor.site.views.links import theme_file
from scraper.council.symbol import resolution_number
from storage.sqlite.database import DATABASE_NAME, open_readonly

# as "Security Council Resolution 2387: Para.42", "Security Council Resolution 2382: para.6(a)", "…2386: Preamble"
_RESOLUTION = re.compile(
    r"^Security Council Resolution (\d+): (?:(Preamble)|[Pp]ara\. ?(\d+) ?((?:\(\w+\) ?)*))", re.MULTILINE
)
# "Report of the Security Council mission to Ethiopia, 6 to 8 September 2017"
_REPORT = re.compile(r"^Report of the Security Council mission to ([^,\n]+), ([^\n]*\d{4})$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Printed:
    """An entry as PeaceWomen prints it: of a resolution with its number and an address, of a report its place."""

    title: str
    number: int | None
    address: str
    place: str = ""


def entries_of(page: str) -> Iterator[Printed]:
    """The entries of a page, in its order: reports last."""
    for found in _RESOLUTION.finditer(page):
        number, is_preamble, paragraph, below = int(found[1]), found[2], found[3], found[4]
        below = "".join(f" ({letter})" for letter in re.findall(r"\((\w+)\)", below or ""))
        yield Printed(found[0].strip(), number, "PP" if is_preamble else f"OP {paragraph}{below}")
    for found in _REPORT.finditer(page):
        yield Printed(found[0], None, "", found[1].strip())


def said_of(holdings: Holdings, entry: Printed, theme: str, year: int) -> tuple[bool, str]:
    """Whether an entry stands on our page, and where; else why not, "" when nothing explains it."""
    docs = [doc for doc in holdings.first_docs if _is_of(doc, entry)]
    if not docs:
        known = [one for one in holdings.known if entry.number and _number(one.symbol) == entry.number]
        if known:
            return False, f"{known[0].symbol} is known, and its text is not held"
        near = [doc.symbol for doc in holdings.first_docs if doc.kind == "mission_report"]
        return False, f"no such document is held{f'; reports of missions held: {near}' if not entry.number else ''}"
    (doc,) = docs[:1]
    if doc.year != year:
        return False, f"{doc.symbol} is of {doc.year}"
    for row in holdings.extracts:
        there = [each for each in row.addresses if _is_under(each, entry.address)]
        if row.symbol == doc.symbol and theme in row.themes and (there or not entry.number):
            place = f"{theme_file(theme, year)}: {row.title}"
            return True, f"{place}, {doc.file}#{fragment(there[0])}" if there else place
    here = [each for each in doc.document.paragraphs if _is_under(each.address, entry.address)]
    if not here:
        return False, f"{doc.symbol} has no {entry.address}"
    themes = {theme for each in here for theme in each.themes}
    return False, f"{doc.symbol}, {entry.address}: our rules give {sorted(themes) or 'no theme'}"


def _is_of(doc: Doc, entry: Printed) -> bool:
    if entry.number:
        return _number(doc.symbol) == entry.number
    return doc.kind == "mission_report" and entry.place.lower() in (doc.subject or "").lower()


def _number(symbol: str) -> int:
    number = resolution_number(symbol)
    return number.number if number else 0


def _is_under(address: str, wanted: str) -> bool:
    return address == wanted or address.startswith(f"{wanted} ")


def main() -> int:
    """Print each entry with where it stands."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("page", type=Path)
    parser.add_argument("theme", nargs="?", default="Implementation")
    parser.add_argument("year", nargs="?", type=int, default=2017)
    given = parser.parse_args()
    with closing(open_readonly(given.data / DATABASE_NAME)) as db:
        holdings = read_holdings(db, Config(), ["en"])
    entries = list(entries_of(given.page.read_text(encoding="utf-8")))
    told = [(entry, *said_of(holdings, entry, given.theme, given.year)) for entry in entries]
    for entry, is_found, words in told:
        print(f"{'found' if is_found else 'not found'}: {entry.title}\n    {words or 'nothing explains it'}")
    print(f"{sum(is_found for _, is_found, _ in told)} of {len(told)} entries found")
    return int(not told or any(not words for _, _, words in told))


if __name__ == "__main__":
    sys.exit(main())
