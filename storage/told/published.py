"""What others published, as each of their pages shows it: kept as history, given back as one entry for each extract.

A page that shows an extract otherwise, or no more, leaves the old row as it was and says since when. Pages that show
the same extract are merged when they are asked for: what one leaves out another may tell.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from storage.fetched.snapshots import snapshot_of
from storage.folding import loose_text
from storage.published_values import PublishedEntry, PublishedKind, PublishedRecord
from storage.records import Snapshot
from storage.sqlite.columns import (
    date_of_or_none,
    date_text_or_none,
    time_of,
    time_of_or_none,
    time_text,
    words_of,
    words_text,
)

_INSERT: Final = """
INSERT INTO published (source, url, item, snapshot, kind, title, text, symbol, paragraph, address, themes, topic, place,
                       visited, published_on, node, first_seen_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class SavedPublished:
    """What a page's entries came to, against what was kept of the page."""

    new: int = 0
    changed: int = 0
    gone: int = 0


def save_published(
    db: sqlite3.Connection, snapshot: Snapshot, entries: Iterable[PublishedEntry], seen_at: datetime
) -> SavedPublished:
    """Keep the entries of one page as one snapshot shows them; what was kept of the page before stays as history.

    Another reading of the same snapshot is no history: it takes the place of the first.
    """
    held = {
        row["item"]: row
        for row in db.execute(
            "SELECT * FROM published WHERE source = ? AND url = ? AND superseded_at IS NULL",
            (snapshot.source, snapshot.url),
        )
    }
    new = changed = 0
    shown = {entry.item: entry for entry in entries}
    for item, entry in shown.items():
        row = held.pop(item, None)
        if row is not None and _entry_of(row) == entry:
            continue
        if row is None:
            new += 1
        else:
            changed += 1
            _supersede(db, row, snapshot, seen_at)
        db.execute(_INSERT, _row(snapshot, item, entry, seen_at))
    for row in held.values():
        _supersede(db, row, snapshot, seen_at)
    return SavedPublished(new, changed, len(held))


def _supersede(db: sqlite3.Connection, row: sqlite3.Row, snapshot: Snapshot, at: datetime) -> None:
    if row["snapshot"] == snapshot.id:
        db.execute("DELETE FROM published WHERE id = ?", (row["id"],))
    else:
        db.execute("UPDATE published SET superseded_at = ? WHERE id = ?", (time_text(at), row["id"]))


def published_records(
    db: sqlite3.Connection, source: str | None = None, symbol: str | None = None
) -> list[PublishedRecord]:
    """Return all that was ever kept, or of one source, oldest first: also what its pages show no more."""
    rows = db.execute(
        "SELECT * FROM published WHERE (:source IS NULL OR source = :source) "
        "AND (:symbol IS NULL OR symbol = :symbol) ORDER BY id",
        {"source": source, "symbol": symbol},
    )
    return [
        PublishedRecord(
            entry=_entry_of(row),
            source=row["source"],
            snapshot=row["snapshot"],
            first_seen_at=time_of(row["first_seen_at"]),
            superseded_at=time_of_or_none(row["superseded_at"]),
        )
        for row in rows
    ]


def published_entries(db: sqlite3.Connection, source: str, symbol: str | None = None) -> list[PublishedEntry]:
    """Return what a source shows now, each extract once, in the order in which they were first seen."""
    shown: list[list[PublishedEntry]] = []
    by_title: dict[str, list[list[PublishedEntry]]] = {}
    for record in published_records(db, source, symbol):
        if record.superseded_at is not None:
            continue
        alike = by_title.setdefault(record.entry.title_fold, [])
        same = next((entries for entries in alike if _is_same(entries, record.entry)), None)
        if same is None:
            same = []
            alike.append(same)
            shown.append(same)
        same.append(record.entry)
    return [_merged(entries) for entries in shown]


def _is_same(entries: Sequence[PublishedEntry], entry: PublishedEntry) -> bool:
    """Whether an entry of the same title is one of these: it has the same page of its own, or the words of one, cut."""
    text = loose_text(entry.text)
    for other in entries:
        if entry.node is not None and entry.node == other.node:
            return True
        fold = loose_text(other.text)
        if fold.startswith(text) or text.startswith(fold):
            return True
    return False


def _merged(entries: Sequence[PublishedEntry]) -> PublishedEntry:
    """The entry as its own page shows it, else the first page; what is not shown there comes from the others."""
    first, *others = sorted(entries, key=lambda entry: entry.url != entry.node)
    merged = first
    for other in others:
        is_cut = loose_text(other.text).startswith(loose_text(merged.text))
        merged = replace(
            merged,
            text=other.text if is_cut else merged.text,
            themes=other.themes if merged.themes is None else merged.themes,
            topic=merged.topic or other.topic,
            published_on=merged.published_on or other.published_on,
            node=merged.node or other.node,
        )
    return merged


def count_published(db: sqlite3.Connection, source: str) -> int:
    """Return how many different extracts and reports a source shows now."""
    return len(published_entries(db, source))


def count_brought(db: sqlite3.Connection, run: int) -> SavedPublished:
    """Return how many titles a run saw first, and of how many it saw a page otherwise than before."""
    row = db.execute(
        """
        WITH brought AS (
            SELECT p.item, EXISTS (
                SELECT 1 FROM published q JOIN snapshots t ON t.id = q.snapshot WHERE q.item = p.item AND t.run < s.run
            ) AS is_known
            FROM published p JOIN snapshots s ON s.id = p.snapshot WHERE s.run = ?)
        SELECT count(*) FILTER (WHERE NOT is_known), count(*) FILTER (WHERE is_known)
        FROM (SELECT max(is_known) AS is_known FROM brought GROUP BY substr(item, 1, instr(item, '|')))
        """,
        (run,),
    ).fetchone()
    return SavedPublished(new=row[0], changed=row[1])


def newest_pages(db: sqlite3.Connection, source: str, not_by: str) -> list[Snapshot]:
    """Return the newest body of each page of a source that another parser version than this one has read."""
    rows = db.execute(
        """
        SELECT * FROM snapshots WHERE id IN (SELECT max(id) FROM snapshots WHERE source = ? GROUP BY url)
          AND state = 'read' AND parser_version IS NOT ? ORDER BY id
        """,
        (source, not_by),
    )
    return [snapshot_of(row) for row in rows]


def _row(snapshot: Snapshot, item: str, entry: PublishedEntry, seen_at: datetime) -> tuple[object, ...]:
    return (
        snapshot.source,
        snapshot.url,
        item,
        snapshot.id,
        entry.kind,
        entry.title,
        entry.text,
        entry.symbol,
        entry.paragraph,
        entry.address,
        None if entry.themes is None else words_text(entry.themes),
        entry.topic,
        entry.place,
        entry.visited,
        date_text_or_none(entry.published_on),
        entry.node,
        time_text(seen_at),
    )


def _entry_of(row: sqlite3.Row) -> PublishedEntry:
    return PublishedEntry(
        kind=PublishedKind(row["kind"]),
        title=row["title"],
        text=row["text"],
        url=row["url"],
        symbol=row["symbol"],
        paragraph=row["paragraph"],
        address=row["address"],
        themes=None if row["themes"] is None else words_of(row["themes"]),
        topic=row["topic"],
        place=row["place"],
        visited=row["visited"],
        published_on=date_of_or_none(row["published_on"]),
        node=row["node"],
    )
