"""What a doctor is told of the database file."""

import sqlite3
from pathlib import Path

import pytest

from storage.sqlite.database import NoDatabase, UnreadableDatabase, open_database
from storage.sqlite.inspection import TableCount, inspect


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "wpswatch.db"
    open_database(path).close()
    return path


def test_a_sound_database_is_described(path: Path) -> None:
    found = inspect(path)

    assert (found.problems, found.journal_mode, found.sqlite_version) == ((), "wal", sqlite3.sqlite_version)
    assert found.schema.is_current
    assert found.size >= path.stat().st_size > 0
    assert TableCount("documents", 0) in found.counts
    assert len(found.counts) == 18


def test_rows_are_counted_while_another_process_writes(path: Path) -> None:
    writer = open_database(path)
    writer.execute("INSERT INTO runs (source, started_at) VALUES ('unxml', '2026-11-24T09:00:00+00:00')")

    found = inspect(path)

    assert TableCount("runs", 1) in found.counts
    assert found.size > path.stat().st_size
    writer.close()


def test_a_database_with_a_newer_schema_is_described_all_the_same(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('wpswatch', '0099_new', '')")
    db.commit()
    db.close()

    assert inspect(path).schema.unknown == ("0099_new",)


def test_damage_is_told_in_sqlite_s_words(path: Path) -> None:
    db = sqlite3.connect(path)
    page = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'runs'").fetchone()[0]
    db.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(content)

    found = inspect(path)

    assert found.problems
    assert found.counts == ()


def test_what_is_no_database_is_an_error(tmp_path: Path) -> None:
    text = tmp_path / "text.db"
    text.write_text("no database" * 100)

    with pytest.raises(UnreadableDatabase, match="file is not a database"):
        inspect(text)
    with pytest.raises(NoDatabase):
        inspect(tmp_path / "none.db")
