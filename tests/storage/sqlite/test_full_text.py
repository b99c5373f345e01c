"""The full-text index as sqlite-utils makes it: over the current paragraphs, in old databases as well."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlite_utils import Database
from sqlite_utils.db import Table

from storage.sqlite import migrations
from storage.sqlite.database import open_memory

LAST = "0016_full_text_by_sqlite_utils"
VERSION = """
    INSERT INTO versions (id, document, snapshot, source, reader, parser_version, text_hash, kind, media_type, read_at,
                          is_current)
    VALUES (?, 1, ?, 'unxml', 'akn', '1', '', 'resolution', 'application/xml', '2026-01-01', ?)
"""


@pytest.fixture
def old(monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """A database of before the step, with an old and a current version of one document."""
    with monkeypatch.context() as before:
        steps = {name: step for name, step in migrations._STEPS.items() if name < LAST}
        before.setattr(migrations, "_STEPS", steps)
        db = open_memory()
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("INSERT INTO documents VALUES (1, 'S/RES/1325 (2000)', 'en', '2026-01-01')")
    for version, text in ((1, "Urges Member States"), (2, "Urges all Member States")):
        db.execute(VERSION, (version, version, version == 2))
        row = (version, version, 0, "OP 1", "operative", text)
        db.execute("INSERT INTO paragraphs (id, version, position, address, part, text) VALUES (?, ?, ?, ?, ?, ?)", row)
    with closing(db):
        yield db


def found(db: sqlite3.Connection, word: str) -> list[int]:
    rows = db.execute("SELECT rowid FROM current_paragraphs_fts WHERE current_paragraphs_fts MATCH ?", (word,))
    return [row[0] for row in rows]


def test_an_old_database_gets_an_index_of_its_current_paragraphs(old: sqlite3.Connection) -> None:
    migrations.migrate(old)
    assert found(old, "urge") == [2]
    assert old.execute("SELECT count(*) FROM sqlite_master WHERE name = 'paragraphs_fts'").fetchone()[0] == 0


def test_sqlite_utils_can_rebuild_the_index_and_finds_the_same(old: sqlite3.Connection) -> None:
    migrations.migrate(old)
    old.execute("INSERT INTO current_paragraphs_fts (current_paragraphs_fts) VALUES ('delete-all')")
    assert found(old, "member") == []
    Table(Database(old), "current_paragraphs").rebuild_fts()
    assert found(old, "member") == [2]


def test_an_upgrade_makes_the_schema_that_a_new_database_has(old: sqlite3.Connection) -> None:
    migrations.migrate(old)
    listing = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE '_sqlite_migrations%' ORDER BY name"
    with closing(open_memory()) as new:
        assert [tuple(row) for row in old.execute(listing)] == [tuple(row) for row in new.execute(listing)]
