"""What the UN library's tables of meetings and its catalogue tell, as facts of documents (pure).

They bring no texts: they say that a number exists, and when, where and how it was decided.
"""

import re
from typing import Any

from scraper.errors import SourceError, Unreadable
from scraper.facts.told import FactReading, facts_told, vote_value
from scraper.pages.library.marc_records import CatalogueRecord, read_catalogue
from scraper.pages.library.meeting_outcomes import Outcome, OutcomeKind
from scraper.pages.library.meetings_table import MeetingRow, MeetingsTable, parse_meetings
from scraper.pages.library.oai import parse_oai
from storage.models import Fact, FactField, FactOrigin

#: https://ydsftksff8.execute-api.us-east-1.amazonaws.com/dev/render_meeting_veto/sc_veto_list/EN
_VETOES = re.compile(r"/render_meeting_veto/")


def read_library_body(body: bytes, url: str) -> FactReading:
    """The facts in a page of the library, a table of meetings, the list of vetoes or an OAI-PMH page.

    Raises Unreadable, with the code of what the page lacks.
    """
    try:
        if "/oai2d" in url:
            return _catalogue(body, url)
        table = parse_meetings(body, url)
    except SourceError as error:
        raise Unreadable(error.code, error.message) from error
    facts, warnings = facts_of_table(table)
    origin = FactOrigin.VETOES if _VETOES.search(url) else FactOrigin.TABLE
    return FactReading(tuple(facts), (), (*table.warnings, *warnings), origin)


def facts_of_table(table: MeetingsTable) -> tuple[list[Fact], list[str]]:
    """The facts of each document in a table, and what its rows say otherwise of it: then the upper, later row holds."""
    told: dict[str, dict[FactField, Any]] = {}
    notes: dict[str, dict[str, str]] = {}
    warnings = []
    for row in table.rows:
        for outcome in row.outcomes:
            values = {field: value for field, value in _of_outcome(row, outcome).items() if value is not None}
            first = told.setdefault(outcome.symbol, values)
            if first != values:
                warnings.append(f"{outcome.symbol} stands in two rows that differ: {row.record}, {row.printed_date}")
            if outcome.note:
                notes.setdefault(outcome.symbol, {FactField.VOTE: outcome.note})
    facts = [fact for symbol, values in told.items() for fact in facts_told(symbol, values, notes.get(symbol))]
    return facts, warnings


def facts_of_catalogue(record: CatalogueRecord) -> list[Fact]:
    """What the catalogue tells of a document."""
    is_resolution = record.symbol.startswith("S/RES/")
    values: dict[FactField, Any] = {
        FactField.ADOPTED_ON: record.voted_on and record.voted_on.isoformat(),
        FactField.PUBLISHED_ON: record.published_on and record.published_on.isoformat(),
        FactField.MEETING: record.meeting,
        FactField.RECORD: record.record,
        FactField.OUTCOME: "adopted" if is_resolution else None,
        FactField.VOTE: record.vote and vote_value(record.vote),
        FactField.SUBJECTS: [list(subject) for subject in record.subjects] or None,
        FactField.TITLE: record.title,
    }
    return list(facts_told(record.symbol, values))


def _catalogue(body: bytes, url: str) -> FactReading:
    reading = read_catalogue(parse_oai(body, url).records)
    by_symbol = {record.symbol: record for record in reading.records}  # a record that comes again is the later one
    facts = tuple(fact for record in by_symbol.values() for fact in facts_of_catalogue(record))
    return FactReading(facts, (), tuple(reading.warnings), FactOrigin.CATALOGUE)


def _of_outcome(row: MeetingRow, outcome: Outcome) -> dict[FactField, Any]:
    is_adopted = outcome.kind is not OutcomeKind.NOT_ADOPTED
    is_by_mail = row.record is None and row.letter is not None
    words = {OutcomeKind.RESOLUTION: "adopted", OutcomeKind.NOT_ADOPTED: "not_adopted", OutcomeKind.STATEMENT: None}
    return {
        FactField.ADOPTED_ON: row.held_on and row.held_on.isoformat() if is_adopted else None,
        FactField.MEETING: row.meeting,
        FactField.RECORD: row.record or row.letter,
        FactField.OUTCOME: words[outcome.kind],
        FactField.VOTE: outcome.vote and vote_value(outcome.vote),
        FactField.VETOED_BY: list(outcome.vetoed_by) or None,
        FactField.VOTED_BY_MAIL: is_by_mail or None,
        FactField.AGENDA_ITEM: row.topic,
        FactField.PRESS_RELEASE: row.press_release,
    }
