"""Opening, migrating, reading beside a writer, and what a crash leaves."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from storage.sqlite import database, migrations
from storage.sqlite.database import (
    NewerSchema,
    NoDatabase,
    OlderSchema,
    UnreadableDatabase,
    one_view,
    open_database,
    open_memory,
    open_readonly,
    schema_state,
    transaction,
)
from tests.conftest import UNWATCHED

STEPS = tuple(migrations._STEPS)
INSERT_RUN = "INSERT INTO runs (source, started_at) VALUES ('unxml', '2026-11-24T09:00:00+00:00')"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "wpswatch.db"


@pytest.fixture
def made(path: Path) -> Path:
    open_database(path).close()
    return path


def test_opening_makes_the_folder_and_every_table(path: Path) -> None:
    db = open_database(path)

    tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    db.close()
    assert tables >= {
        *("runs", "snapshots", "resources", "documents", "versions", "paragraphs", "labels", "warnings", "asides"),
        *("extracts", "changes", "flags", "alerts", "deliveries", "current_paragraphs_fts"),
    }


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("busy_timeout", 30000), ("foreign_keys", 1)]
)
def test_a_database_opened_for_writing_is_safe(path: Path, pragma: str, value: object) -> None:
    db = open_database(path)

    assert db.execute(f"PRAGMA {pragma}").fetchone()[0] == value
    db.close()


def test_opening_again_changes_nothing(made: Path) -> None:
    before = made.read_bytes()

    db = open_database(made)
    changes = db.total_changes
    db.close()

    assert changes == 0
    assert made.read_bytes() == before


def test_the_steps_are_recorded_in_their_order(made: Path) -> None:
    state = schema_state(made)

    assert state.applied == STEPS
    assert state.is_current
    assert (state.missing, state.unknown) == ((), ())


def test_a_database_with_the_first_steps_gets_the_others(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr(migrations, "_STEPS", {STEPS[0]: migrations._STEPS[STEPS[0]]})
        db = open_database(path)
        db.execute(INSERT_RUN)
        db.close()

    with pytest.raises(OlderSchema, match=f"expected the schema step '{STEPS[-1]}'"):
        open_readonly(path)
    db = open_database(path)

    assert schema_state(path).is_current
    assert db.execute("SELECT count(*) FROM runs").fetchone()[0] == 1
    db.close()


def test_a_step_that_fails_leaves_the_database_as_it_was(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = migrations._STEPS | {"0099_broken": ("CREATE TABLE half (id)", "CREATE TABLE runs (id)")}
    monkeypatch.setattr(migrations, "_STEPS", broken)

    with pytest.raises(UnreadableDatabase, match="table runs already exists"):
        open_database(made)

    monkeypatch.undo()
    assert schema_state(made).is_current
    db = open_readonly(made)
    assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone()[0] == 0
    db.close()


def test_processes_that_make_the_same_database_at_once_all_succeed(path: Path) -> None:
    failures: list[BaseException] = []

    def open_and_close() -> None:
        try:
            open_database(path).close()
        except BaseException as error:  # noqa: BLE001 -- shown by the assertion
            failures.append(error)

    threads = [threading.Thread(target=open_and_close) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert schema_state(path).is_current


@pytest.mark.parametrize("opening", [open_database, open_readonly])
def test_a_newer_schema_is_refused_and_left_alone(made: Path, opening) -> None:
    db = sqlite3.connect(made)
    db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('wpswatch', '0099_new', '')")
    db.commit()
    db.close()
    before = made.read_bytes()

    with pytest.raises(NewerSchema, match=r"expected no schema step after '.*', found '0099_new' .* upgrade wpswatch"):
        opening(made)

    assert made.read_bytes() == before
    assert schema_state(made).unknown == ("0099_new",)


@pytest.mark.parametrize("opening", [open_database, open_readonly])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, opening) -> None:
    path = tmp_path / "wpswatch.db"
    path.write_text("The Security Council, recalling its resolution 1325 (2000)\n" * 50)
    before = path.read_bytes()

    with pytest.raises(UnreadableDatabase, match=r"found: file is not a database at .* restore it from a backup"):
        opening(path)

    assert path.read_bytes() == before


@pytest.mark.parametrize("opening", [open_database, open_readonly])
def test_a_folder_in_the_database_s_place_is_refused(tmp_path: Path, opening) -> None:
    with pytest.raises(UnreadableDatabase, match="expected a database file, found a folder"):
        opening(tmp_path)


def test_a_database_that_another_process_keeps_locked_says_so(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0)
    owner = sqlite3.connect(made, isolation_level=None)
    owner.execute("PRAGMA locking_mode = EXCLUSIVE")
    owner.execute("BEGIN IMMEDIATE")

    with pytest.raises(UnreadableDatabase, match=r"database is locked at .* another wpswatch is writing"):
        open_readonly(made)
    owner.close()


def test_a_file_in_the_folder_s_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")

    with pytest.raises(UnreadableDatabase, match="expected a folder that can be written"):
        open_database(tmp_path / "data" / "wpswatch.db")


@pytest.mark.parametrize("opening", [open_database, open_readonly])
def test_another_program_s_database_is_refused_and_left_alone(tmp_path: Path, opening) -> None:
    path = tmp_path / "wpswatch.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE feeds (id)")
    other.close()
    before = path.read_bytes()

    with pytest.raises(UnreadableDatabase, match="found one of another program"):
        opening(path)

    assert path.read_bytes() == before


def test_reading_where_nothing_was_stored_makes_no_file(path: Path) -> None:
    with pytest.raises(NoDatabase, match="crawl a source first"):
        open_readonly(path)
    with pytest.raises(NoDatabase):
        schema_state(path)

    assert not path.exists()


def test_a_database_opened_for_reading_can_not_be_written(made: Path) -> None:
    db = open_readonly(made)

    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute(INSERT_RUN)
    db.close()


def test_reading_goes_on_beside_a_writer_and_sees_only_what_is_committed(made: Path) -> None:
    writer = open_database(made)
    with transaction(writer):
        writer.execute(INSERT_RUN)
        reader = open_readonly(made)
        during = reader.execute("SELECT count(*) FROM runs").fetchone()[0]
    after = reader.execute("SELECT count(*) FROM runs").fetchone()[0]

    assert (during, after) == (0, 1)
    reader.close()
    writer.close()


def test_one_view_sees_one_moment(made: Path) -> None:
    writer, reader = open_database(made), open_readonly(made)
    with one_view(reader):
        before = reader.execute("SELECT count(*) FROM runs").fetchone()[0]
        writer.execute(INSERT_RUN)
        still = reader.execute("SELECT count(*) FROM runs").fetchone()[0]
    after = reader.execute("SELECT count(*) FROM runs").fetchone()[0]

    assert (before, still, after) == (0, 0, 1)
    reader.close()
    writer.close()


def test_an_exception_in_a_transaction_undoes_all_of_it() -> None:
    db = open_memory()

    def write_and_fail() -> None:
        with transaction(db):
            db.execute(INSERT_RUN)
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        write_and_fail()

    assert db.execute("SELECT count(*) FROM runs").fetchone()[0] == 0
    assert not db.in_transaction
    db.close()


def test_a_second_writer_waits_for_its_turn_instead_of_failing_half_way(made: Path) -> None:
    first, second = open_database(made), open_database(made)
    second.execute("PRAGMA busy_timeout = 1")
    with transaction(first):
        first.execute(INSERT_RUN)
        with pytest.raises(sqlite3.OperationalError, match="locked"), transaction(second):
            pytest.fail("two writers at once")

    with transaction(second):
        second.execute(INSERT_RUN)
    assert first.execute("SELECT count(*) FROM runs").fetchone()[0] == 2
    first.close()
    second.close()


CRASH = f"""
import os, signal
from pathlib import Path
from storage.sqlite.database import open_database, transaction
db = open_database(Path(os.environ["DATABASE"]))
with transaction(db):
    db.execute("{INSERT_RUN}")
with transaction(db):
    db.executemany("{INSERT_RUN.replace("'unxml'", "?")}", [(str(n),) for n in range(5000)])
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_killed_inside_a_transaction_leaves_nothing_of_it(path: Path) -> None:
    died = subprocess.run([sys.executable, "-c", CRASH], env=os.environ | {"DATABASE": str(path)}, check=False)

    db = open_database(path)
    assert died.returncode == -signal.SIGKILL
    assert db.execute("SELECT count(*) FROM runs").fetchone()[0] == 1
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    db.close()


READ = """
import sys
from pathlib import Path
import storage.texts.changes, storage.texts.extracts, storage.texts.documents
import storage.sqlite.inspection, storage.outbox.outbox, storage.fetched.runs
import storage.texts.search
from storage.sqlite.database import open_database, open_readonly
open_readonly(Path(sys.argv[1])).close()
open_database(Path(sys.argv[1])).close()
print(*sys.modules)
"""


def test_opening_a_current_database_imports_nothing_heavy(made: Path) -> None:
    command = [sys.executable, "-c", READ, str(made)]
    ran = subprocess.run(command, env=UNWATCHED, capture_output=True, text=True, check=True)

    heavy = {
        "sqlite_utils",
        "lxml",
        "scrapy",
        "twisted",
        "click",
        "hashlib",
        "zlib",
        "asyncio",
        "logging",
        "subprocess",
    }
    assert heavy.isdisjoint(ran.stdout.split())
