"""The schema as named, ordered steps. A released step is never edited: a change of the schema is one more step.

sqlite-utils applies the steps, and makes the views and the full-text index. Tables and their indexes are plain SQL: it
knows no partial index and no table without row numbers (docs/decisions/0011-sqlite-utils.md). Whether a database has
all steps is read with plain SQL, too: sqlite-utils is imported only when a step has to be applied.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from storage.sqlite.steps import version_0_1, version_0_2
from storage.sqlite.steps.cited_views import CITED
from storage.sqlite.steps.documented_views import ABOUT_WOMEN
from storage.sqlite.steps.full_text import full_text_of_current_paragraphs
from storage.sqlite.steps.snapshot_chain import chain_of_snapshots

if TYPE_CHECKING:
    from sqlite_utils import Database

_SET: Final = "wpswatch"

_Step = tuple[str, ...] | Callable[["Database"], None]

_STEPS: Final[dict[str, _Step]] = {
    "0001_fetching": version_0_1.FETCHING,
    "0002_documents": version_0_1.DOCUMENTS,
    "0003_full_text": version_0_1.FULL_TEXT,
    "0004_noticing": version_0_1.NOTICING,
    "0005_human_labels": version_0_1.HUMAN_LABELS,
    "0006_citations": version_0_1.CITATIONS,
    "0007_delivery": version_0_1.DELIVERY,
    "0008_facts": version_0_1.FACTS,
    "0009_published": version_0_1.PUBLISHED,
    "0010_ledger": version_0_1.LEDGER,
    "0013_situations": version_0_1.SITUATIONS,
    "0014_looking": version_0_2.LOOKING,
    "0015_drift_corrections": version_0_2.DRIFT,
    "0016_full_text_by_sqlite_utils": full_text_of_current_paragraphs,
    "0020_site": version_0_2.SITE,
    "0021_document_failures": version_0_2.FAILURES,
    "0022_about_women": ABOUT_WOMEN,
    "0023_snapshot_chain": chain_of_snapshots,
    "0025_mandate_readings": version_0_2.MANDATE_READINGS,
    "0030_cited_views": CITED,
    "0027_archives_and_stamps": version_0_2.ARCHIVES_AND_STAMPS,
}


@dataclass(frozen=True, slots=True)
class SchemaState:
    """Which steps a database has. `unknown` are those a newer program applied; a foreign one has tables but no step."""

    known: tuple[str, ...]
    applied: tuple[str, ...]
    is_foreign: bool

    @property
    def missing(self) -> tuple[str, ...]:
        """The steps still to be applied."""
        return tuple(step for step in self.known if step not in self.applied)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The applied steps that this program does not know."""
        return tuple(step for step in self.applied if step not in self.known)

    @property
    def is_current(self) -> bool:
        """Whether exactly the known steps are applied, in whatever order: a step may come between two older ones."""
        return set(self.applied) == set(self.known)


def read_schema_state(db: sqlite3.Connection) -> SchemaState:
    """Return which steps the database has."""
    tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    applied: tuple[str, ...] = ()
    if "_sqlite_migrations" in tables:
        rows = db.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY id", (_SET,))
        applied = tuple(row[0] for row in rows)
    return SchemaState(known=tuple(_STEPS), applied=applied, is_foreign=bool(tables) and not applied)


def migrate(db: sqlite3.Connection) -> None:
    """Apply the missing steps, each in its own savepoint, all in one transaction that no second process can enter."""
    from sqlite_utils import Database, Migrations

    migrations = Migrations(_SET)
    for name, step in _STEPS.items():
        migrations(name=name)(step if callable(step) else _step(step))
    db.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(Database(db, recursive_triggers=False))
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _step(statements: tuple[str, ...]) -> "Callable[[Database], None]":
    def apply(database: "Database", /) -> None:
        for statement in statements:
            database.conn.execute(statement)

    return apply
