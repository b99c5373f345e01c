"""Reads the library's tables of the Council's meetings, one year each, and its list of vetoes (pure).

Layouts are told apart by the heads of the columns: 4 (until 1993), 5 (with the press release), 7 (with the letters of
the written procedure of 2020 and 2021), and the five of the veto list. A second topic of a meeting is a row of its own
without meeting and date. Old tables lack the year in each date: it is that of the table's title.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from scraper.council.dates import read_date
from scraper.council.symbol import find_symbol
from scraper.errors import UnexpectedPage
from scraper.pages.dom import children, maybe, one, pieces_of, read_html
from scraper.pages.library.meeting_outcomes import Outcome, OutcomeKind, read_members, read_outcome

if TYPE_CHECKING:
    from bs4 import Tag

#: Columns by the words of their heads; what a head of `None` stands over is left out by name.
HEADS: dict[str, str | None] = {
    "meeting record": "record",
    "written record": "record",
    "date": "date",
    "press release": "press",
    "topic": "topic",
    "agenda item": "topic",
    "security council outcome / vote": "outcome",
    "outcome / vote": "outcome",
    "outcome": "outcome",
    "letter with vote outcome": "letter",
    "recording": None,
    "letter with vote procedure / briefings": None,
    "draft": "draft",
    "permanent member casting negative vote": "members",
}
MEETINGS = frozenset({"record", "date", "topic", "outcome"})
VETOES = frozenset({"record", "date", "topic", "draft", "members"})
#: "Meetings conducted by the Security Council in 1946", "Security Council - Veto List"
TITLE = "table th.tbltitle"
YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
#: "S/PV.9841 (Resumption 1)", "S/PV.4820 (Part I)", "S/PV.11closed"
RECORD = re.compile(r"S/PV\.(?P<number>\d{1,5})(?: ?\(Resumption ?(?P<resumption>\d)\))?")
#: "SC/13141", "SG/2030-SC/6292"
PRESS = re.compile(r"SC/\d{4,5}(?:/Rev\.\d)?")
#: "</br>" for "<br>", in most of the old tables
STRAY_BREAK = re.compile(rb"</br\s*>", re.IGNORECASE)
NONE = "--"
#: So many rows of another width may be slips of a hand: 1961 lacks a cell, 1964 has one too many.
SLIPS = 2


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One topic of one meeting. In the written procedure `meeting` and `record` are None; `letter` tells the result.

    `held_on` is None where the table prints two days; `topic` where a row has several, which share its outcomes.
    """

    meeting: int | None
    record: str | None
    held_on: date | None
    printed_date: str
    press_release: str | None
    topic: str | None
    letter: str | None
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class MeetingsTable:
    """A table: its year (None for the list of vetoes), its rows, what of them is no document, and oddities."""

    year: int | None
    rows: tuple[MeetingRow, ...]
    ignored: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    lines: tuple[str, ...]

    @property
    def words(self) -> str:
        return " ".join(self.lines)


def parse_meetings(body: bytes, url: str) -> MeetingsTable:
    """Read a table. Raises UnexpectedPage when it is gone, empty, without a year, or has other columns."""
    root = read_html(STRAY_BREAK.sub(b"<br>", body), url, only=("table",))
    table = one(root, "table:has(tr):not(:has(table))", url)
    title = maybe(root, TITLE, url)
    rows = list(_rows(table))
    heads, first = _heads(rows, url)
    is_veto_list = "members" in heads
    named = YEAR.search(_cell(title).words) if title is not None else None
    warnings: list[str] = []
    ignored: list[str] = []
    read = [_row(cells, heads, ignored, warnings) for cells in _even(rows[first:], heads, warnings, url)]
    if not read:
        raise UnexpectedPage("no-meetings", f"expected rows of meetings, found 0 at {url}")
    year = None if is_veto_list else _year(int(named[0]) if named else None, read, warnings)
    dated = [_dated(row, year) for row in _continued(read)]
    warnings += [f"{row.record}: {row.printed_date!r} is not one day" for row in dated if row.held_on is None]
    _check_columns(dated, url)
    return MeetingsTable(year, tuple(dated), tuple(ignored), tuple(warnings))


def _cell(element: "Tag") -> _Cell:
    """A cell's lines: between two pieces of text stands a blank, at a break a line ends."""
    lines: list[list[str]] = [[]]
    for piece in pieces_of(element, deep=True):
        if isinstance(piece, str):
            lines[-1].append(piece)
        elif piece.name == "br":
            lines.append([])
    joined = (" ".join(" ".join(pieces).split()) for pieces in lines)
    return _Cell(tuple(line for line in joined if line))


def _rows(table: "Tag") -> Iterator[list[_Cell]]:
    """The cells of each row; in places `<tr>` is missing, and a new row begins where a meeting's record stands."""
    loose: list[_Cell] = []
    for node in table.find_all(["tr", "td"]):
        if node.name == "td":
            if node.parent is not None and node.parent.name == "tr":
                continue
            cell = _cell(node)
            if loose and RECORD.match(cell.words):
                yield loose
                loose = []
            loose.append(cell)
            continue
        if loose:
            yield loose
            loose = []
        cells = [_cell(child) for child in children(node, "td", "th")]
        if len(cells) > 1:  # else a title, a note across all columns, or nothing
            yield cells
    if loose:
        yield loose


def _heads(rows: list[list[_Cell]], url: str) -> tuple[list[str | None], int]:
    """What stands in each column, and with which row the meetings begin."""
    words = [cell.words.lower() for cell in rows[0]] if rows else []
    heads = [HEADS.get(word) for word in words]
    known = {head for head in heads if head}
    strange = [word for word in words if word not in HEADS]
    if strange or not (known >= MEETINGS or known >= VETOES):
        raise UnexpectedPage("other-columns", f"expected the columns of a table of meetings, found {words} at {url}")
    return heads, 1


def _even(rows: list[list[_Cell]], heads: list[str | None], warnings: list[str], url: str) -> Iterator[list[_Cell]]:
    """Rows with a cell for each column: a second topic's gets empty ones; a few slips are told and mended."""
    slips = 0
    for cells in rows:
        if len(cells) == len(heads):
            yield cells
        elif len(cells) == len(heads) - 2 and not RECORD.match(cells[0].words):
            yield [_Cell(()), _Cell(()), *cells]
        elif abs(len(cells) - len(heads)) == 1 and RECORD.match(cells[0].words) and slips < SLIPS:
            slips += 1
            warnings.append(f"a row of {len(cells)} cells: {' | '.join(cell.words for cell in cells)}")
            yield [*cells[: len(heads)], *([_Cell(())] * (len(heads) - len(cells)))]
        else:
            raise UnexpectedPage(
                "other-columns",
                f"expected {len(heads)} cells in a row, found {len(cells)} ({cells[0].words!r}) at {url}",
            )


def _row(cells: list[_Cell], heads: list[str | None], ignored: list[str], warnings: list[str]) -> MeetingRow:
    cell = {head: cell for head, cell in zip(heads, cells, strict=True) if head}
    empty = _Cell(())
    record = RECORD.search(cell["record"].words)
    printed = cell["date"].words
    press = PRESS.search(cell.get("press", empty).words)
    letter = cell.get("letter", empty).words
    return MeetingRow(
        meeting=int(record["number"]) if record else None,
        record=_record(record) if record else None,
        held_on=None,
        printed_date=printed,
        press_release=press[0] if press else None,
        topic=cell["topic"].words if len(cell["topic"].lines) == 1 else None,
        letter=find_symbol(letter) if letter != NONE else None,
        outcomes=tuple(_outcomes(cell, ignored, warnings)),
    )


def _record(found: re.Match[str]) -> str:
    return f"S/PV.{found['number']}" + (f" (Resumption {found['resumption']})" if found["resumption"] else "")


def _outcomes(cell: dict[str, _Cell], ignored: list[str], warnings: list[str]) -> Iterator[Outcome]:
    where = f"{cell['record'].words or '(second topic)'}, {cell['date'].words}"
    if "outcome" in cell:
        reading = read_outcome(cell["outcome"].words)
        ignored += [f"{where}: {words}" for words in reading.ignored if words not in ("", NONE)]
        warnings += [f"{where}: {warning}" for warning in reading.warnings]
        yield from reading.outcomes
        return
    members, strange = read_members(", ".join(cell["members"].lines))
    warnings += [f"{where}: unknown member {name!r}" for name in strange]
    symbol = find_symbol(cell["draft"].words)
    if symbol is None or symbol.startswith("S/PV."):  # a draft that stands in the record only
        ignored.append(f"{where}: {cell['draft'].words}")
    else:
        yield Outcome(symbol, OutcomeKind.NOT_ADOPTED, None, members)


def _continued(rows: list[MeetingRow]) -> Iterator[MeetingRow]:
    """A second topic has the meeting, the day and the press release of the row above it."""
    above: MeetingRow | None = None
    for row in rows:
        if row.printed_date or above is None:
            above = row
            yield row
        else:
            yield replace(above, topic=row.topic, outcomes=row.outcomes)


def _year(named: int | None, rows: list[MeetingRow], warnings: list[str]) -> int | None:
    """The year of the title, unless most symbols are of another: the table of 2020's written procedure says 2021."""
    symbols = [one.symbol for row in rows for one in row.outcomes if one.kind is not OutcomeKind.NOT_ADOPTED]
    years = Counter(int(found[0]) for symbol in symbols if (found := YEAR.search(symbol.partition(" ")[2] or symbol)))
    most = years.most_common(1)
    if named is None or not most or most[0][0] == named or 2 * most[0][1] <= years.total():
        return named
    warnings.append(f"the title says {named}, {most[0][1]} of {years.total()} symbols are of {most[0][0]}")
    return most[0][0]


def _dated(row: MeetingRow, year: int | None) -> MeetingRow:
    has_year = YEAR.search(row.printed_date) or year is None
    return replace(row, held_on=read_date(row.printed_date if has_year else f"{row.printed_date} {year}"))


def _check_columns(rows: list[MeetingRow], url: str) -> None:
    """A date or a record may be mistyped; a column of them is another column."""
    undated = sum(row.held_on is None for row in rows)
    if undated > max(len(rows) - undated, 1):
        raise UnexpectedPage("other-columns", f"expected dates, found {undated} rows of {len(rows)} without at {url}")
