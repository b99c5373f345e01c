"""Measures the library's tables of meetings: what each holds, what is absent, how far they agree with the metadata.

    python -m tests.measures.sources.meetings CORPUS

Prints rows, resolutions, statements and drafts of each table below `CORPUS/dhl-sc-meetings-tables-html` with what was
odd about it; the numbers of resolutions that no table names though its neighbours do; and beside the library's data in
`CORPUS/unxml-data-extract` how many dates, meetings, records and votes are the same, with each one that is not.
"""

import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

from scraper.council.symbol import resolution_number
from scraper.errors import SourceError
from scraper.facts.of_library import facts_of_table
from scraper.facts.of_metadata import facts_of_metadata
from scraper.pages.library.meeting_outcomes import OutcomeKind
from scraper.pages.library.meetings_table import MeetingsTable, parse_meetings
from scraper.pages.unxml.metadata import parse_metadata
from storage.models import FactField
from storage.told_values import agree

COMPARED = (FactField.ADOPTED_ON, FactField.MEETING, FactField.RECORD, FactField.VOTE, FactField.VOTED_BY_MAIL)
Told = dict[tuple[str, FactField], object]


def main() -> int:
    """Measure the corpus named on the command line; 1 when a table cannot be read."""
    corpus = Path(sys.argv[1])
    tables, failed = read_tables(corpus / "dhl-sc-meetings-tables-html")
    told: Told = {}
    for name, table in tables.items():
        facts, warnings = facts_of_table(table)
        print_table(name, table, warnings)
        if table.year is not None:  # the list of vetoes tells of drafts
            told.update({(fact.symbol, fact.field): fact.value for fact in facts})
    print(f"tables: {len(tables)} read, {len(failed)} not{''.join(f'; {each}' for each in failed)}")
    print_absent(tables)
    print_agreement(told, metadata(corpus / "unxml-data-extract"))
    return 1 if failed else 0


def read_tables(folder: Path) -> tuple[dict[str, MeetingsTable], list[str]]:
    """Every table by the name of its file, and those that could not be read."""
    tables, failed = {}, []
    for path in sorted(folder.glob("*.html")):
        try:
            tables[path.name] = parse_meetings(path.read_bytes(), path.name)
        except SourceError as error:
            failed.append(f"{path.name}: {error.code}: {error}")
    return tables, failed


def print_table(name: str, table: MeetingsTable, warnings: list[str]) -> None:
    """One line of a table, and one for each oddity."""
    kinds = Counter(outcome.kind for row in table.rows for outcome in row.outcomes)
    counted = ", ".join(f"{kinds[kind]} {kind.value.replace('_', ' ')}" for kind in OutcomeKind)
    print(f"{name}: {table.year or 'all years'}, {len(table.rows)} rows, {counted}")
    for warning in (*table.warnings, *warnings):
        print(f"    {warning}")


def print_absent(tables: dict[str, MeetingsTable]) -> None:
    """The numbers between those of one table, or of two neighbouring years."""
    years: dict[int, set[int]] = {}
    for table in tables.values():
        for row in table.rows:
            for outcome in row.outcomes:
                found = resolution_number(outcome.symbol)
                if found and table.year:
                    years.setdefault(table.year, set()).add(found.number)
    absent = [number for held in years.values() for number in range(min(held), max(held)) if number not in held]
    for (year, held), (following, next_held) in pairwise(sorted(years.items())):
        if following == year + 1:
            absent += range(max(held) + 1, min(next_held))
    total = sum(map(len, years.values()))
    print(f"resolutions: {total} of {total + len(absent)}; absent: {', '.join(map(str, sorted(absent))) or 'none'}")


def metadata(folder: Path) -> Told:
    """What the yearly metadata tells of resolutions."""
    told: Told = {}
    for path in sorted(folder.glob("*.json")):
        for data in parse_metadata(path.read_bytes(), path.name).resolutions:
            told.update({(fact.symbol, fact.field): fact.value for fact in facts_of_metadata(data)})
    return told


def print_agreement(told: Told, known: Told) -> None:
    """How many values of each field are the same in tables and metadata, and each that is not."""
    symbols = {symbol for symbol, _ in told} & {symbol for symbol, _ in known}
    print(f"resolutions in both: {len(symbols)}")
    for field in COMPARED:
        both = [symbol for symbol in symbols if (symbol, field) in told and (symbol, field) in known]
        others = [symbol for symbol in both if not agree(told[symbol, field], known[symbol, field])]
        print(f"{field}: the same in {len(both) - len(others)} of {len(both)}")
        for symbol in sorted(others, key=lambda symbol: int(re.findall(r"\d+", symbol)[0])):
            print(f"    {symbol}: table {told[symbol, field]}, metadata {known[symbol, field]}")


if __name__ == "__main__":
    sys.exit(main())
