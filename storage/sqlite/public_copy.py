"""The documented views as tables of a database of their own: what can be given to others, without anything else.

The database itself holds recipients' addresses, runs and alerts; a copy has only what the views show.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

#: The views in their order, and the columns of each with their types.
VIEWS: Final[Mapping[str, Mapping[str, str]]] = {
    "wps": {
        "symbol": "TEXT", "language": "TEXT", "kind": "TEXT", "adopted_on": "TEXT", "published_on": "TEXT",
        "year": "INTEGER", "situation": "TEXT", "bodies": "TEXT", "address": "TEXT", "part": "TEXT", "chapeau": "TEXT",
        "text": "TEXT", "themes": "TEXT", "url": "TEXT", "citation": "TEXT", "paragraph": "INTEGER",
        "source_url": "TEXT",
    },
    "wps_by_year": {
        "year": "INTEGER", "language": "TEXT", "kind": "TEXT", "documents": "INTEGER", "paragraphs": "INTEGER",
        "wps_paragraphs": "INTEGER", "share": "REAL",
    },
    "paragraph_themes": {
        "symbol": "TEXT", "language": "TEXT", "kind": "TEXT", "adopted_on": "TEXT", "year": "INTEGER",
        "address": "TEXT", "theme": "TEXT", "paragraph": "INTEGER",
    },
    "wps_version": {"version": "INTEGER"},
}  # fmt: skip
#: The order of the rows of each, so that the same holdings give the same file.
_ORDERS: Final = {
    "wps": "coalesce(adopted_on, published_on), symbol, language, paragraph",
    "wps_by_year": "year, language, kind",
    "paragraph_themes": "adopted_on, symbol, language, paragraph, theme",
    "wps_version": "version",
}


def view_rows(db: sqlite3.Connection, view: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a view in an order that stays the same."""
    columns = ", ".join(VIEWS[view])
    for row in db.execute(f"SELECT {columns} FROM {view} ORDER BY {_ORDERS[view]}"):  # noqa: S608 - own names
        yield tuple(row)


def copy_views(db: sqlite3.Connection, target: Path) -> dict[str, int]:
    """Write the views as tables into a new database; returns how many rows each has."""
    counts: dict[str, int] = {}
    public = sqlite3.connect(target)
    try:
        for view, columns in VIEWS.items():
            public.execute(f"CREATE TABLE {view} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")
            marks = ", ".join("?" for _ in columns)
            rows = public.executemany(f"INSERT INTO {view} VALUES ({marks})", view_rows(db, view))  # noqa: S608
            counts[view] = max(rows.rowcount, 0)
        public.commit()
        public.execute("VACUUM")
    finally:
        public.close()
    return counts


def views_version(db: sqlite3.Connection) -> int:
    """Return the version of the documented views."""
    return int(db.execute("SELECT version FROM wps_version").fetchone()[0])


def count_views(db: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each view has."""
    return {view: int(db.execute(f"SELECT count(*) FROM {view}").fetchone()[0]) for view in VIEWS}  # noqa: S608
