"""The pages of situations and of bodies: documents, themes through the years, the chain of a mandate."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from monitor.app.held.mandates import Body, Chain, load_bodies
from monitor.app.held.mandates import Link as ChainLink
from monitor.site.held.document import Doc
from monitor.site.held.holdings import Holdings
from monitor.site.views.document_page import Link
from monitor.site.views.links import body_file, situation_file
from monitor.site.views.lists import Row, row_of
from monitor.text.harmless import harmless
from monitor.text.page_names import slug
from storage.models import THEMES

NEWEST = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """A number with its heat, from 0 to 5."""

    value: int
    heat: int


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One theme's numbers over the columns of a table."""

    name: str
    href: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """Themes by column: years of a situation, resolutions of a mandate."""

    columns: tuple[Link, ...]
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True, slots=True)
class ExpiryLine:
    """When a mandate ends: how it stands in a word, and how many days are left."""

    body: Link
    on: date | None
    days: int
    state: str
    symbol: str
    href: str

    @property
    def left(self) -> str:
        """How far away the day is, in words."""
        return "today" if self.days == 0 else "tomorrow" if self.days == 1 else f"in {self.days:,} days"


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A situation: its documents newest first, its bodies, its themes by year."""

    name: str
    slug: str
    documents: int
    wps: int
    first: int | None
    last: int | None
    bodies: tuple[Link, ...]
    expiries: tuple[ExpiryLine, ...]
    heat: Heat
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One resolution of a mandate's chain."""

    name: str
    href: str
    day: date
    act: str
    until: date | None
    quote: str
    notes: tuple[str, ...]
    wps: int


@dataclass(frozen=True, slots=True)
class BodyView:
    """A body: its situation, the chain of its mandate, and the documents that name it."""

    name: str
    slug: str
    kind: str
    situation: Link | None
    expiry: ExpiryLine | None
    chain: tuple[ChainRow, ...]
    heat: Heat
    rows: tuple[Row, ...]
    documents: int


def situation_views(holdings: Holdings) -> list[PlaceView]:
    """The page of each situation that a held document belongs to."""
    by_situation: defaultdict[str, list[Doc]] = defaultdict(list)
    for doc in holdings.first_docs:
        if doc.situation:
            by_situation[doc.situation].append(doc)
    expiries = expiries_of(holdings)
    of_body = {body.name: body.situation for body in load_bodies()}
    views = []
    for name, docs in sorted(by_situation.items()):
        bodies = sorted({body for doc in docs for body in doc.bodies if of_body.get(body) == name})
        years = sorted({doc.year for doc in docs if doc.year})
        views.append(
            PlaceView(
                name=name,
                slug=slug(name),
                documents=len(docs),
                wps=sum(1 for doc in docs if doc.wps_count),
                first=years[0] if years else None,
                last=years[-1] if years else None,
                bodies=tuple(Link(body, f"../{body_file(body)}") for body in bodies),
                expiries=tuple(one for one in expiries if one.body.text in bodies and one.state == "running"),
                heat=_heat_by_year(docs),
                rows=tuple(row_of(doc) for doc in reversed(docs)),
            )
        )
    return views


def body_views(holdings: Holdings) -> list[BodyView]:
    """The page of each body that a held document names or that has a chain."""
    named: defaultdict[str, list[Doc]] = defaultdict(list)
    for doc in holdings.first_docs:
        for body in doc.bodies:
            named[body].append(doc)
    known = {body.name: body for body in load_bodies()}
    expiries = {one.body.text: one for one in expiries_of(holdings)}
    views = []
    for name in sorted({*named, *holdings.chains}):
        known_body = known.get(name)
        docs = named.get(name, [])
        chain = holdings.chains.get(name)
        links = chain.links if chain else ()
        views.append(
            BodyView(
                name=name,
                slug=slug(name),
                kind=known_body.kind if known_body else "body",
                situation=_situation_link(holdings, known_body),
                expiry=expiries.get(name),
                chain=tuple(_chain_row(holdings, link) for link in reversed(links)),
                heat=_heat_by_chain(holdings, links),
                rows=tuple(row_of(doc) for doc in list(reversed(docs))[:NEWEST]),
                documents=len(docs),
            )
        )
    return views


def _situation_link(holdings: Holdings, body: Body | None) -> Link | None:
    if body is None or body.situation is None or not _has_page(holdings, body.situation):
        return None
    return Link(body.situation, f"../{situation_file(body.situation)}")


def expiries_of(holdings: Holdings) -> list[ExpiryLine]:
    """How each mandate with a known end stands, the next to end first."""
    found = []
    for body, chain in holdings.chains.items():
        last = chain.last
        until = (last.goes_on_until or last.expires_on) if last else None
        if last is None or until is None:
            continue
        found.append(
            ExpiryLine(
                body=Link(body, f"../{body_file(body)}"),
                on=until,
                days=(until - holdings.today).days,
                state=_state(chain, until, holdings.today),
                symbol=last.symbol,
                href=_href(holdings, last.symbol),
            )
        )
    return sorted(found, key=lambda one: (one.on or date.max, one.body.text))


def _state(chain: Chain, until: date, today: date) -> str:
    if chain.is_over(today):
        return "ended"
    return "running" if until >= today else "passed"


def _has_page(holdings: Holdings, situation: str) -> bool:
    return any(doc.situation == situation for doc in holdings.first_docs)


def _href(holdings: Holdings, symbol: str) -> str:
    doc = holdings.by_symbol.get(symbol)
    return f"../{doc.file}" if doc else ""


_ACTS = {
    "established": "established",
    "extended": "extended",
    "ended": "ended",
    "changed": "changed, the end stays",
}


def _chain_row(holdings: Holdings, link: ChainLink) -> ChainRow:
    doc = holdings.by_symbol.get(link.symbol)
    notes = []
    if link.lapse:
        notes.append(f"adopted {link.lapse} days after the end before it")
    if link.reckoned_from:
        notes.append("a period, reckoned")
    if link.title_says:
        notes.append(f"the library’s title says {link.title_says.isoformat()}")
    if not link.is_held:
        notes.append("its text is not held")
    return ChainRow(
        name=f"Resolution {link.symbol.removeprefix('S/RES/')}",
        href=_href(holdings, link.symbol),
        day=link.adopted_on,
        act=_ACTS.get(str(link.act), "may have extended it"),
        until=link.goes_on_until or link.expires_on,
        quote=harmless(link.term.quote) if link.term else "",
        notes=tuple(notes),
        wps=doc.wps_count if doc else 0,
    )


def _heat_by_year(docs: Sequence[Doc]) -> Heat:
    years = sorted({doc.year for doc in docs if doc.year})
    counts: Counter[tuple[str, int]] = Counter()
    for doc in docs:
        for paragraph in doc.document.paragraphs:
            for theme in paragraph.themes:
                counts[theme, doc.year or 0] += 1
    years.reverse()  # what is newest is seen first, also where not all of the table is
    columns = tuple(Link(str(year), "") for year in years)
    return _heat(columns, [[counts[theme, year] for year in years] for theme in THEMES])


def _heat_by_chain(holdings: Holdings, links: Sequence[ChainLink]) -> Heat:
    docs = [holdings.by_symbol[link.symbol] for link in reversed(links) if link.symbol in holdings.by_symbol]
    columns = tuple(Link(str(doc.number), f"../{doc.file}") for doc in docs)
    counts = [Counter(theme for each in doc.document.paragraphs for theme in each.themes) for doc in docs]
    return _heat(columns, [[count[theme] for count in counts] for theme in THEMES])


def _heat(columns: tuple[Link, ...], numbers: Sequence[Sequence[int]]) -> Heat:
    top = max((value for row in numbers for value in row), default=0)
    rows = tuple(
        HeatRow(theme, f"../themes/{slug(theme)}.html", tuple(Cell(value, _heat_of(value, top)) for value in row))
        for theme, row in zip(THEMES, numbers, strict=True)
        if any(row)
    )
    return Heat(columns, rows)


def _heat_of(value: int, top: int) -> int:
    return -(-5 * value // top) if value else 0
