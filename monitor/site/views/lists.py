"""Lists of documents: the years of a room, the documents of a year with the gaps between them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.site.held.document import Doc, KnownDocument
from monitor.site.pictures.bars import Bars, bars_of
from monitor.text.page_names import year_file

ROOM_NAMES = {
    "resolutions": "Resolutions",
    "statements": "Presidential statements",
    "missions": "Mission reports",
    "documents": "Other documents",
}
ROOM_NOUNS = {
    "resolutions": "resolution",
    "statements": "statement",
    "missions": "mission report",
    "documents": "document",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One document in a list. `href` is "" for one whose text is not held: what is known is shown all the same."""

    name: str
    symbol: str
    href: str
    subject: str
    day: date | None
    wps_count: int
    count: int
    situation: str


@dataclass(frozen=True, slots=True)
class YearView:
    """The documents of one year in one room, newest first; `held` and `gaps` count them."""

    room: str
    room_name: str
    noun: str
    year: int
    years: tuple[int, ...]
    rows: tuple[Row, ...]
    held: int
    gaps: int
    wps: int


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year in the list of a room's years."""

    year: int
    href: str
    held: int
    gaps: int
    wps: int


@dataclass(frozen=True, slots=True)
class RoomView:
    """All years of one room, and the share of its documents that speak of women, peace and security."""

    room: str
    name: str
    noun: str
    years: tuple[YearLine, ...]
    bars: Bars


def row_of(doc: Doc) -> Row:
    """A held document in a list."""
    return Row(
        name=doc.name,
        symbol=doc.symbol,
        href=f"../{doc.file}",
        subject=doc.subject or "",
        day=doc.day,
        wps_count=doc.wps_count,
        count=len(doc.document.paragraphs),
        situation=doc.situation or "",
    )


def known_row(known: KnownDocument) -> Row:
    """A document that is only told of."""
    return Row(known.name, known.symbol, "", known.subject or "", known.day, 0, 0, known.situation or "")


def room_views(docs: Sequence[Doc], known: Iterable[KnownDocument]) -> tuple[list[RoomView], list[YearView]]:
    """Every room that has a document, and every year of it."""
    rows: defaultdict[tuple[str, int], list[tuple[date, int, Row]]] = defaultdict(list)
    for doc in docs:
        if doc.year is not None:
            rows[doc.room, doc.year].append((doc.day or date.min, doc.number, row_of(doc)))
    for one in known:
        if one.year is not None:
            rows[one.room, one.year].append((one.day or date.min, one.number, known_row(one)))
    rooms: list[RoomView] = []
    years: list[YearView] = []
    for room, name in ROOM_NAMES.items():
        of_room = sorted((year for each, year in rows if each == room), reverse=True)
        views = [_year(room, year, of_room, rows[room, year]) for year in of_room]
        years += views
        if views:
            rooms.append(_room(room, name, views))
    return rooms, years


def _year(room: str, year: int, years: Sequence[int], rows: list[tuple[date, int, Row]]) -> YearView:
    ordered = [row for _, _, row in sorted(rows, key=lambda one: (one[0], one[1], one[2].symbol), reverse=True)]
    held = [row for row in ordered if row.href]
    return YearView(
        room=room,
        room_name=ROOM_NAMES[room],
        noun=ROOM_NOUNS[room],
        year=year,
        years=tuple(years),
        rows=tuple(ordered),
        held=len(held),
        gaps=len(ordered) - len(held),
        wps=sum(1 for row in held if row.wps_count),
    )


def _room(room: str, name: str, years: Sequence[YearView]) -> RoomView:
    shares = {view.year: round(100 * view.wps / view.held, 1) for view in years if view.held}
    span = range(years[-1].year, years[0].year + 1)
    lines = [YearLine(view.year, f"in-{view.year}.html", view.held, view.gaps, view.wps) for view in years]
    return RoomView(room, name, ROOM_NOUNS[room], tuple(lines), bars_of(shares, span, 100))


def year_href(room: str, year: int) -> str:
    """The file of a year's list."""
    return year_file(room, year)
