"""The lists that say what can be asked for: themes, situations, bodies, mandates, each with what is held of it.

Paragraphs and documents are those of the English texts, so that nothing counts twice.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from monitor.app.held.mandates import all_chains
from storage.models import THEMES
from storage.sqlite.database import one_view
from storage.texts.finding.counts import DocumentCount, ThemeCount, count_by_document, count_by_theme
from storage.told.situations import PlacedDocument, placements


@dataclass(frozen=True, slots=True)
class NamedCount:
    """A situation or a body: the documents of it, their paragraphs about women, and the day of the newest."""

    name: str
    documents: int
    paragraphs: int
    newest: date | None


@dataclass(frozen=True, slots=True)
class MandateState:
    """How a mandate stands: `expires_on` is the day up to which its last resolution, `symbol`, gives it.

    `state` is `running`, `passed` without a renewal held, `ended`, or `unknown`.
    """

    body: str
    expires_on: date | None
    symbol: str
    state: str
    resolutions: int


def list_themes(db: sqlite3.Connection) -> list[ThemeCount]:
    """All 13 themes in their order, those of which nothing is held with noughts."""
    counts = count_by_theme(db)
    return [counts.get(theme, ThemeCount(theme, 0, 0, None)) for theme in THEMES]


def list_situations(db: sqlite3.Connection) -> list[NamedCount]:
    """The situations that documents held belong to, that with most documents first."""
    return _counts(db, lambda place: (place.situation,) if place.situation else ())


def list_bodies(db: sqlite3.Connection) -> list[NamedCount]:
    """The missions, committees and panels that documents held name, that with most documents first."""
    return _counts(db, lambda place: place.bodies)


def list_mandates(db: sqlite3.Connection, today: date, *, with_ended: bool) -> list[MandateState]:
    """The mandates, the next to expire first, then those that have passed; on request those that ended, too."""
    with one_view(db):
        chains = all_chains(db)
    found = []
    for body, chain in chains.items():
        last = chain.last
        if last is None or (chain.state_on(today) == "ended" and not with_ended):
            continue
        found.append(MandateState(body, last.until, last.symbol, chain.state_on(today), len(chain.links)))
    return sorted(found, key=_place_in_list)


#: What runs comes first, the next to expire at the head; then what has passed or ended, the newest first.
_STATES: Final = ("running", "passed", "unknown", "ended")


def _place_in_list(one: MandateState) -> tuple[int, int, str]:
    days = one.expires_on.toordinal() if one.expires_on else 0
    return _STATES.index(one.state), days if one.state == "running" else -days, one.body


def _counts(db: sqlite3.Connection, names_of: Callable[[PlacedDocument], tuple[str, ...]]) -> list[NamedCount]:
    with one_view(db):
        places = placements(db)
        counts = list(count_by_document(db))
    of_name: defaultdict[str, list[DocumentCount]] = defaultdict(list)
    for one in counts:
        for name in names_of(places.get(one.symbol, PlacedDocument())):
            of_name[name].append(one)
    found = [
        NamedCount(
            name,
            len(documents),
            sum(one.paragraphs for one in documents),
            max((one.day for one in documents if one.day), default=None),
        )
        for name, documents in of_name.items()
    ]
    return sorted(found, key=lambda one: (-one.documents, one.name))
