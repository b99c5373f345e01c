"""Reads the yearly metadata of UNxml: the UN library's record of each resolution, one JSON object a line (pure).

The files grow by appending, and a record that is published again repeats its symbol: the last line holds. Every key and
every word of a closed list is known here by name; another one is a warning, and its value is left out.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from scraper.council.dates import read_day
from scraper.council.symbol import parse_symbol
from scraper.errors import Unreadable
from scraper.pages.unxml.votes import Vote, read_vote

READ_KEYS = frozenset(
    {
        *("symbol", "adoption_meeting", "adoption_date", "agenda_item_name", "adoption_type", "draft_resolution"),
        *("outcome_letter", "resolution_title", "outcome", "chapter_VII", "MS_in_favour_count", "MS_against_count"),
        *("MS_abstaining_count", "sponsors", "additional_sponsors", "subjects"),
    }
)
#: Left out by name: what other keys say as well, the names of those who voted (some lines list fewer or more than
#: voted), the Goals, which no document names, and the keys of 2024's Assembly form, which are empty or repeat others.
IGNORED_KEYS = frozenset(
    {
        *("resolution_number", "document_title", "draft_resolution_date", "MS_in_favour", "MS_against"),
        *("MS_abstaining", "SDGs", "symbol_type", "pv", "title", "session", "originating_document", "report_paragraph"),
        *("committee", "agenda_item", "voting_type", "sc_symbol", "sc_in_favour_count", "sc_against_count"),
        "sc_abstaining_count",
    }
)
#: True where the Council says that it acts under Chapter VII; nothing where the library says nothing.
CHAPTER_VII: dict[str, bool | None] = {"Chapter VII": True, "N.A.": False, "": None}
OUTCOMES = frozenset({"", "VOTING BY MAIL", "adoptedWithoutVote", "adoptedRecordedVote", "adoptedByAcclamation"})
#: Whose word a subject is: the thesaurus of the UN, and the library's authority file of bodies, persons and treaties.
AUTHORITIES = frozenset({"UNBIS Thesaurus", "DHLAUTH"})
#: No subjects: the title again, and places in the Council's or the Assembly's list of agenda items ("[58]", "S/80").
NO_AUTHORITY = re.compile(r"DHL|S/\d{0,3}|A/(?:ES-)?\d+(?:/\d+)?")
#: "4488th meeting", "10042nd (resumed) meeting", "4337th (closed) meeting"
MEETING = re.compile(r"(\d{1,5})(?:st|nd|rd|th) ?(?:\([a-z]+\) )?meeting")
#: "Adopted 13-0-2, 10148thmeeting"
MEETING_OF_VOTE = re.compile(r"(\d{1,5})(?:st|nd|rd|th)")
#: "S/PV.9836", "S/PV9569", "S/PV.4092(Resumption1)"
RECORD = re.compile(r"S/PV\.?(\d{1,5})(?: ?\(Resumption ?(\d)\))?", re.IGNORECASE)
#: The letter that tells the result of a vote by mail: "S/2021/254"
LETTER = re.compile(r"S/\d{4}/\d{1,4}")
#: "15 January 2025", "19 November 2004 in Nairobi"
PRINTED_DAY = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}(?: in [A-Z][a-z]+)?")
#: "2021-07-09 00:00:00"
ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?: 00:00:00)?")
BY_MAIL = "by mail"


@dataclass(frozen=True, slots=True)
class Subject:
    """A term under which the library files a resolution, and whose word it is."""

    term: str
    authority: str


@dataclass(slots=True)
class ResolutionData:
    """What the library records of one resolution. None, or empty, where it says nothing that can be read.

    `notes` says of a field why its value is not simply the printed one.
    """

    symbol: str
    adopted_on: date | None = None
    meeting: int | None = None
    record: str | None = None
    vote: Vote | None = None
    is_by_mail: bool = False
    chapter_vii: bool | None = None
    agenda_item: str | None = None
    title: str | None = None
    draft: str | None = None
    sponsors: tuple[str, ...] = ()
    additional_sponsors: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    notes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Metadata:
    """A year's records in the order of their last lines, and what was odd about them."""

    resolutions: tuple[ResolutionData, ...]
    warnings: tuple[str, ...]


def parse_metadata(body: bytes, url: str) -> Metadata:
    """Read a year's file. Raises Unreadable (`no-metadata`) when not one line of it can be read."""
    warnings: list[str] = []
    found: dict[str, ResolutionData] = {}
    for number, line in enumerate(body.decode("utf-8", "replace").lstrip("\ufeff").splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            warnings.append(f"line {number}: expected a JSON object, found {error}")
            continue
        except RecursionError:
            warnings.append(f"line {number}: expected a JSON object, found one nested without end")
            continue
        symbol = parse_symbol(_words(record.get("symbol"))) if isinstance(record, dict) else None
        if symbol is None or not symbol.endswith(")"):
            warnings.append(f"line {number}: expected the symbol of a resolution, found {line[:60]!r}")
            continue
        found.pop(symbol, None)
        data = ResolutionData(symbol)
        warnings += [f"{symbol}: {warning}" for warning in _read(record, data)]
        found[symbol] = data
    if not found:
        raise Unreadable("no-metadata", f"expected a JSON object a line, found none of a resolution at {url}")
    return Metadata(tuple(found.values()), tuple(dict.fromkeys(warnings)))


def _words(value: object) -> str:
    """A value's words with plain single blanks: tabs and no-break blanks stand in many. Half letters become "?"."""
    return " ".join(value.encode("utf-8", "replace").decode().split()) if isinstance(value, str) else ""


def _read(record: dict[str, Any], data: ResolutionData) -> Iterator[str]:
    yield from _check_keys(record)
    texts = {key: _words(record.get(key)) for key in READ_KEYS}
    data.adopted_on = _day(texts["adoption_date"])
    if data.adopted_on is None:
        yield f"expected a day in adoption_date, found {texts['adoption_date']!r}"
    data.title = texts["resolution_title"] or None
    data.agenda_item = texts["agenda_item_name"].rstrip(". ") or None
    data.draft = parse_symbol(texts["draft_resolution"])
    if data.draft is None:
        yield f"expected a symbol in draft_resolution, found {texts['draft_resolution']!r}"
    yield from _read_closed_lists(texts, data)
    yield from _read_meeting(texts, data)
    yield from _read_vote(texts, data)
    data.sponsors = _names(record.get("sponsors"))
    data.additional_sponsors = _names(record.get("additional_sponsors"))
    yield from _read_subjects(record.get("subjects"), data)


def _check_keys(record: dict[str, Any]) -> Iterator[str]:
    for key in sorted(record.keys() - READ_KEYS - IGNORED_KEYS):
        yield f"unknown key {key!r}: {record[key]!r:.60}"
    for key in sorted(READ_KEYS - record.keys()):
        yield f"expected the key {key!r}, found none"
    lists = {"sponsors", "additional_sponsors", "subjects"}
    for key in sorted(READ_KEYS & record.keys()):
        if not isinstance(record[key], list if key in lists else str):
            yield f"expected {'a list' if key in lists else 'text'} in {key}, found {record[key]!r:.60}"


def _day(text: str) -> date | None:
    if PRINTED_DAY.fullmatch(text):
        return read_day(text)
    found = ISO_DAY.fullmatch(text)
    try:
        return None if found is None else date.fromisoformat(found[1])
    except ValueError:
        return None


def _read_closed_lists(texts: dict[str, str], data: ResolutionData) -> Iterator[str]:
    if texts["chapter_VII"] in CHAPTER_VII:
        data.chapter_vii = CHAPTER_VII[texts["chapter_VII"]]
    else:
        yield f"unknown chapter_VII {texts['chapter_VII']!r}"
    if texts["outcome"] not in OUTCOMES:
        yield f"unknown outcome {texts['outcome']!r}"
    said = (texts["outcome"], texts["adoption_type"], texts["adoption_meeting"])
    data.is_by_mail = any(BY_MAIL in words.lower() for words in said)


def _read_meeting(texts: dict[str, str], data: ResolutionData) -> Iterator[str]:
    """The number that most of three places agree on: the meeting's own, that of the vote, that of the record."""
    letter = texts["outcome_letter"]
    printed, record = MEETING.fullmatch(texts["adoption_meeting"]), RECORD.fullmatch(letter)
    if record:
        data.record = f"S/PV.{record[1]}" + (f" (Resumption {record[2]})" if record[2] else "")
    elif LETTER.fullmatch(letter):
        data.record = letter
    else:
        yield f"expected a record or a letter in outcome_letter, found {letter!r}"
    if printed is None and not data.is_by_mail:
        yield f"expected a meeting in adoption_meeting, found {texts['adoption_meeting']!r}"
    voted = MEETING_OF_VOTE.search(texts["adoption_type"])
    given = [int(found[1]) for found in (printed, record, voted) if found]
    counted = Counter(given).most_common()
    if not counted:
        return
    if len(counted) > 1:
        note = f"meeting given as {', '.join(map(str, dict.fromkeys(given)))}"
        data.notes["meeting"] = note
        yield note
        if counted[0][1] == 1:  # each place says another thing
            return
    data.meeting = counted[0][0]


def _read_vote(texts: dict[str, str], data: ResolutionData) -> Iterator[str]:
    counts = [_count(texts[f"MS_{way}_count"]) for way in ("in_favour", "against", "abstaining")]
    reading = read_vote(texts["adoption_type"], counts)
    data.vote = reading.vote
    if reading.note:
        data.notes["vote"] = reading.note
        yield reading.note
    elif reading.vote is None:
        yield f"unknown adoption_type {texts['adoption_type']!r}"


def _count(text: str) -> int | None:
    """A count such as "013"; an empty one is none."""
    return int(text) if text.isdecimal() else 0 if not text else None


def _names(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_words, value)))) if isinstance(value, list) else ()


def _read_subjects(value: object, data: ResolutionData) -> Iterator[str]:
    kept: dict[Subject, None] = {}
    for pair in value if isinstance(value, list) else ():
        if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(word, str) for word in pair)):
            yield f"expected a subject and its authority, found {pair!r:.60}"
            continue
        term, authority = map(_words, pair)
        if authority in AUTHORITIES:
            kept[Subject(term, authority)] = None
        elif not NO_AUTHORITY.fullmatch(authority):
            yield f"unknown authority {authority!r} of subject {term!r}"
    data.subjects = tuple(kept)
