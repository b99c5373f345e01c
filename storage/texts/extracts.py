"""The WPS extracts of all current versions, as readers of the program see them."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Final

from storage.sqlite.columns import date_of_or_none, time_of, words_of
from storage.sqlite.database import one_view
from storage.texts.finding.chosen import DAY, OF_DOCUMENTS, SEEN, Chosen, Order
from storage.told.situations import PlacedDocument, placements

# The number in `S/RES/2387 (2017)`
_RESOLUTION: Final = re.compile(r"S/RES/(\d+)")

# Kinds of `storage.models`, which takes longer to import than to list all extracts (a test compares).
MISSION_REPORT: Final = "mission_report"
STATEMENT: Final = "presidential_statement"

_LIST: Final = f"""
SELECT d.symbol, d.language, e.title, e.addresses, e.themes, e.text, v.adopted_on, s.url, d.first_seen_at,
       v.published_on, v.subject, v.kind
FROM versions v
JOIN documents d ON d.id = v.document
JOIN snapshots s ON s.id = v.snapshot
JOIN extracts e ON e.version = v.id
WHERE v.is_current
  AND {OF_DOCUMENTS} AND {SEEN.format(addresses="SELECT value FROM json_each(e.addresses)")}
  AND (:any_theme OR EXISTS (
        SELECT 1 FROM json_each(e.themes) held JOIN json_each(:themes) wanted ON wanted.value = held.value))
ORDER BY {{order}} LIMIT :limit
"""  # noqa: S608 - constants of this program
_ORDERS: Final = {
    Order.NEWEST: f"coalesce({DAY}, '') DESC, d.symbol, d.language, e.position",
    Order.OLDEST: f"coalesce({DAY}, '9999'), d.symbol, d.language, e.position",
}

# What is flagged, and what each source has since done to the paragraph that bears the flag, oldest change first. The
# sources are followed one by one, for each of them tells the same renumbering again.
_FATES: Final = """
SELECT c.symbol, c.language, v.source, c.version, c.kind, c.address, c.before_address,
       f.change IS NOT NULL AS is_flagged
FROM changes c JOIN versions v ON v.id = c.version LEFT JOIN flags f ON f.change = c.id
WHERE c.is_confirmed AND c.cause = 'source'
  AND c.symbol IN (SELECT g.symbol FROM flags CROSS JOIN changes g ON g.id = flags.change)
ORDER BY c.symbol, c.language, v.source, c.version, c.id
"""

# What people said of paragraphs, oldest word first; few, and read from them to the versions they are about.
_REVIEWS: Final = """
SELECT d.symbol, d.language, r.address, CASE WHEN r.is_text_changed THEN h.made_at END AS changed_since
FROM human_labels h CROSS JOIN reviews r ON r.human_label = h.id JOIN versions v ON v.id = r.version
JOIN documents d ON d.id = v.document
WHERE v.is_current ORDER BY h.id
"""


@dataclass(frozen=True, slots=True)
class ExtractRow:
    """One extract with its document: `title` is whole ("Security Council Resolution 2387: Para. 42").

    A mission report's own entry (`is_entry`) has the report's title, and is flagged when anything in the report is.
    `flagged` says that a change of one of its paragraphs was flagged, wherever that paragraph stands now; `reviewed`
    that a person has spoken of one of them. `changed_since` is when somebody last did so of a text that is another
    now, None when no such word stands. `situation` and `bodies` are where the document belongs and whom it names.
    """

    symbol: str
    language: str
    title: str
    addresses: tuple[str, ...]
    themes: tuple[str, ...]
    text: str
    adopted_on: date | None
    url: str
    first_seen_at: datetime
    flagged: bool
    reviewed: bool = False
    changed_since: datetime | None = None
    published_on: date | None = None
    is_entry: bool = False
    situation: str | None = None
    bodies: tuple[str, ...] = ()
    kind: str = "unknown"
    subject: str | None = None


def list_extracts(
    db: sqlite3.Connection,
    *,
    themes: Sequence[str] = (),
    symbol: str | None = None,
    since: date | None = None,
    until: date | None = None,
    only_flagged: bool = False,
    limit: int | None = None,
    language: str | None = None,
    reviewed: bool | None = None,
    situation: str | None = None,
    body: str | None = None,
) -> list[ExtractRow]:
    """Return the extracts of current versions: newest adopted first, then by symbol, then in printed order.

    `themes` keeps those with any of them; `since` and `until` (both included) those adopted between them, or, where a
    document is not adopted, published. `reviewed` keeps those that people have spoken of, or (False) have not.
    `situation` and `body` keep those of documents that belong there and name it.
    """
    symbols = None if situation is None and body is None else _placed_there(db, situation, body)
    if symbol is not None:
        symbols = [symbol] if symbols is None or symbol in symbols else []
    chosen = Chosen(symbols=symbols, themes=themes, languages=(language,) if language else (), since=since, until=until)
    return chosen_extracts(db, chosen, only_flagged=only_flagged, reviewed=reviewed, limit=limit)


def chosen_extracts(
    db: sqlite3.Connection,
    chosen: Chosen,
    *,
    only_flagged: bool = False,
    reviewed: bool | None = None,
    order: Order = Order.NEWEST,
    limit: int | None = None,
) -> list[ExtractRow]:
    """Return the extracts that are chosen, in an order, as `list_extracts` does."""
    is_chosen_here = only_flagged or reviewed is not None
    wanted = chosen.parameters | {"limit": -1 if limit is None or is_chosen_here else limit}
    with one_view(db):
        rows = db.execute(_LIST.format(order=_ORDERS[order]), wanted).fetchall()
        flagged = _flagged_addresses(db)
        reviews = _reviews(db)
        places = placements(db, {row["symbol"] for row in rows})
        extracts = [_extract_of(row, flagged, reviews, places) for row in rows]
    if is_chosen_here:
        extracts = [
            each for each in extracts if (each.flagged or not only_flagged) and reviewed in (None, each.reviewed)
        ][:limit]
    return extracts


def _placed_there(db: sqlite3.Connection, situation: str | None, body: str | None) -> list[str]:
    """Return the symbols of the documents that belong to a situation and name a body, as far as each is given."""
    return [
        each
        for each, placed in placements(db).items()
        if situation in (None, placed.situation) and (body is None or body in placed.bodies)
    ]


_Reviews = dict[tuple[str, str], dict[str, str | None]]
"""By document (symbol and language) and address: NULL, or since when the text that people spoke of has changed."""


def _reviews(db: sqlite3.Connection) -> _Reviews:
    found: _Reviews = {}
    for row in db.execute(_REVIEWS):
        found.setdefault((row["symbol"], row["language"]), {})[row["address"]] = row["changed_since"]
    return found


def _extract_of(
    row: sqlite3.Row, flagged: dict[tuple[str, str], set[str]], reviews: _Reviews, places: dict[str, PlacedDocument]
) -> ExtractRow:
    placed = places.get(row["symbol"], PlacedDocument())
    addresses = words_of(row["addresses"])
    reviewed = reviews.get((row["symbol"], row["language"]), {})
    changed = [since for address in addresses if (since := reviewed.get(address))]
    flags = flagged.get((row["symbol"], row["language"]), set())
    is_entry = row["title"] == ""
    return ExtractRow(
        symbol=row["symbol"],
        language=row["language"],
        title=_full_title(row),
        addresses=addresses,
        themes=words_of(row["themes"]),
        text=row["text"],
        adopted_on=date_of_or_none(row["adopted_on"]),
        url=row["url"],
        first_seen_at=time_of(row["first_seen_at"]),
        flagged=bool(flags) if is_entry else not flags.isdisjoint(addresses),
        reviewed=not reviewed.keys().isdisjoint(addresses),
        changed_since=time_of(max(changed)) if changed else None,
        published_on=date_of_or_none(row["published_on"]),
        is_entry=is_entry,
        situation=placed.situation,
        bodies=placed.bodies,
        kind=row["kind"],
        subject=row["subject"],
    )


def _full_title(row: sqlite3.Row) -> str:
    """Return the title as PeaceWomen gives it.

    A mission report is named by its own title, a statement as one, other documents than resolutions by their symbol.
    """
    resolution = _RESOLUTION.match(row["symbol"])
    if resolution:
        return f"Security Council Resolution {resolution[1]}: {row['title']}"
    if row["kind"] == STATEMENT:
        return f"Statement {row['symbol']}: {row['title']}"
    is_mission = row["kind"] == MISSION_REPORT
    name = (row["subject"] if is_mission else None) or row["symbol"]
    return f"{name}: {row['title']}" if row["title"] else str(name)


def _flagged_addresses(db: sqlite3.Connection) -> dict[tuple[str, str], set[str]]:
    """Return for each document, by symbol and language, where the paragraphs that were flagged stand now."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for (symbol, language, _), of_source in groupby(db.execute(_FATES), key=itemgetter(0, 1, 2)):
        standing: set[str] = set()
        for _, of_version in groupby(of_source, key=itemgetter(3)):
            standing = _follow(standing, list(of_version))
        found[symbol, language] |= standing
    return found


def _follow(standing: set[str], changes: list[sqlite3.Row]) -> set[str]:
    """Return where flagged paragraphs stand after the changes of one version, all of which happen at once."""
    moves = {row["before_address"]: row["address"] for row in changes if row["kind"] in ("moved", "renumbered")}
    removed = {row["before_address"] or row["address"] for row in changes if row["kind"] == "removed"}
    flagged = {row["address"] for row in changes if row["is_flagged"] and row["kind"] != "removed"}
    return {moves.get(address, address) for address in standing - removed} | flagged
