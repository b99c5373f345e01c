"""Reads the UN library's catalogue records of Council documents from MARCXML, by pymarc (pure).

pymarc is fed from a tree that `safe_xml` has read: its own reader would resolve entities. Only resolutions,
presidential statements and the reports of the Council's missions are taken; everything else of the catalogue is counted
and left out, the records of votes too (field 967), whose figures the catalogue record repeats in words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from lxml import etree
from lxml.sax import saxify
from pymarc import Record
from pymarc.exceptions import PymarcException
from pymarc.marcxml import XmlHandler

from scraper.council.symbol import parse_symbol
from scraper.pages.council_site.missions_table import MissionPaper, paper_of
from scraper.pages.unxml.votes import Vote, read_vote

MARC_RECORD = "{http://www.loc.gov/MARC21/slim}record"
#: "S/RES/2728 (2024)", "S/PRST/2026/1"
DECIDED = re.compile(r"S/(?:RES|PRST)/")
#: "Report of the Security Council mission to Yemen"
MISSION = re.compile(r"^Reports? (?:of|on) the (?:Security Council |visit)", re.IGNORECASE)
#: "S/PV.10089", "S/PV.9841 (Resumption 1)"
RECORD = re.compile(r"S/PV\.(\d{1,5})(?: ?\(Resumption ?(\d)\))?")
#: "Adopted 13-0-2, 10089th meeting"
MEETING_OF_VOTE = re.compile(r"(\d{1,5})(?:st|nd|rd|th)")
#: How catalogues end a field before the next one begins: "Promotion of human rights :", "revised draft resolution /"
PUNCTUATION = re.compile(r"\s*[:/;,]\s*$")
#: The fields of subjects, and whose words they are: terms, bodies, meetings, treaties.
SUBJECTS = {"650": "UNBIS Thesaurus", "610": "DHLAUTH", "611": "DHLAUTH", "630": "DHLAUTH"}


@dataclass(frozen=True, slots=True)
class CatalogueRecord:
    """What the catalogue says of one document. None, or empty, where it says nothing that can be read."""

    symbol: str
    number: str
    title: str | None
    voted_on: date | None
    published_on: date | None
    meeting: int | None
    record: str | None
    vote: Vote | None
    subjects: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class CatalogueReading:
    """The Council's documents among some records, how many others there were, and oddities."""

    records: list[CatalogueRecord] = field(default_factory=list)
    others: int = 0
    warnings: list[str] = field(default_factory=list)


def read_catalogue(elements: Iterable[etree._Element]) -> CatalogueReading:
    """Read what hangs below some elements, such as the records of an OAI-PMH page."""
    reading = CatalogueReading()
    for element in elements:
        for found in element.iter(MARC_RECORD):
            number = next((each.text for each in found if each.get("tag") == "001"), None) or "without a number"
            handler = XmlHandler(strict=True)  # type: ignore[no-untyped-call]
            try:
                saxify(found, handler)
            except (PymarcException, KeyError, ValueError) as error:
                reading.warnings.append(f"record {number}: expected MARC, found {type(error).__name__}: {error}")
                continue
            for record in handler.records:
                _read(record, number, reading)
    return reading


def _read(record: Record, number: str, reading: CatalogueReading) -> None:
    title = _title(record)
    named = _all(record, "191", "a")
    is_vote = bool(record.get_fields("967"))
    council = [words for words in named if DECIDED.search(words)]
    reports = [words for words in named if words.startswith("S/") and _is_mission_report(words, title or "")]
    if is_vote or not (council or reports):
        reading.others += 1
        return
    for words in council or reports:
        symbol = parse_symbol(words)
        if symbol is None:
            reading.warnings.append(f"record {number}: expected the symbol of a document, found {words!r}")
            continue
        reading.records.append(_catalogue_record(record, symbol, number, title, reading))


def _is_mission_report(words: str, title: str) -> bool:
    symbol = parse_symbol(words)
    return symbol is not None and bool(MISSION.match(title)) and paper_of(symbol, title) is MissionPaper.REPORT


def _catalogue_record(
    record: Record, symbol: str, number: str, title: str | None, reading: CatalogueReading
) -> CatalogueRecord:
    def warn(words: str) -> None:
        reading.warnings.append(f"{symbol}: {words}")

    meetings = [found for words in _all(record, "993", "a") if (found := RECORD.fullmatch(words))]
    action = next(iter(_all(record, "996", "a")), "")
    voted = MEETING_OF_VOTE.search(action)
    told = {int(found[1]) for found in (*meetings[:1], voted) if found}
    if len(told) > 1:
        warn(f"meeting given as {', '.join(map(str, sorted(told)))}")
    vote = read_vote(action).vote
    if action and vote is None:
        warn(f"unknown words on the vote: {action!r}")
    number_of = f"S/PV.{meetings[0][1]}" if meetings else None
    resumed = f" (Resumption {meetings[0][2]})" if meetings and meetings[0][2] else ""
    days = {tag: _day(next(iter(_all(record, tag, "a")), "")) for tag in ("992", "269")}
    for tag, day in days.items():
        if day is None and (printed := _all(record, tag, "a")):
            warn(f"expected a day in {tag}$a, found {printed[0]!r}")
    return CatalogueRecord(
        symbol=symbol,
        number=number,
        title=title,
        voted_on=days["992"],
        published_on=days["269"],
        meeting=told.pop() if len(told) == 1 else None,
        record=number_of and number_of + resumed,
        vote=vote,
        subjects=tuple(dict.fromkeys((term, SUBJECTS[tag]) for tag in SUBJECTS for term in _all(record, tag, "a"))),
    )


def _title(record: Record) -> str | None:
    """The title and what follows it, without a catalogue's punctuation: 245 $a : $b / $c."""
    first = [PUNCTUATION.sub("", words) for code in ("a", "b") for words in _all(record, "245", code)[:1]]
    return " : ".join(filter(None, first)) or None


def _all(record: Record, tag: str, code: str) -> list[str]:
    """The words of one subfield of each field of a tag, with plain single blanks."""
    found = [words for each in record.get_fields(tag) for words in each.get_subfields(code)]
    return [joined for words in found if (joined := " ".join(words.split()))]


def _day(text: str) -> date | None:
    """`2025-05-08`; a month or a year alone is no day."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
