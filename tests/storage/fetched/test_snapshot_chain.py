"""Each snapshot names the one before by its hash: what is changed, taken out or put in later is noticed and named."""

import hashlib
import json
import sqlite3
from typing import Any

import pytest

from storage.fetched.snapshot_chain import chain_faults, chain_head, chain_since, exchange_of, is_in_chain
from storage.fetched.snapshots import mark_snapshot
from storage.records import ArchiveMember, Exchange, SnapshotState
from storage.sqlite import migrations
from storage.sqlite.database import open_memory


def test_each_line_holds_the_hash_of_the_line_before(shelf: Any) -> None:
    for _ in range(3):
        shelf.snapshot()
    lines = [link.line for link in chain_since(shelf.db)]
    hashes = [hashlib.sha256(line.encode()).hexdigest() for line in lines]
    assert [json.loads(line)["previous"] for line in lines] == ["0" * 64, *hashes[:2]]
    assert chain_head(shelf.db).hash == hashes[2]
    assert is_in_chain(shelf.db, hashes[1])


def test_reading_a_snapshot_leaves_the_chain_as_it_is(shelf: Any) -> None:
    mark_snapshot(shelf.db, shelf.snapshot(), SnapshotState.READ, None, "9")
    assert chain_faults(shelf.db) == []


@pytest.mark.parametrize(
    ("tampering", "faults"),
    [
        ("UPDATE snapshots SET body_hash = 'f' WHERE id = 2", [(2, "was changed: https://example.org/unxml/")]),
        ("UPDATE snapshots SET fetched_at = '2020-01-01T00:00:00+00:00' WHERE id = 1", [(1, "was changed: ")]),
        ("UPDATE snapshot_chain SET asked_url = 'https://elsewhere.org' WHERE snapshot = 3", [(3, "was changed: ")]),
        ("DELETE FROM snapshots WHERE id = 2", [(3, "does not follow"), (2, "was taken out")]),
        (
            "DELETE FROM snapshots WHERE id = 2; DELETE FROM snapshot_chain WHERE snapshot = 2",
            [(3, "does not follow the one before it")],
        ),
        ("DELETE FROM snapshot_chain WHERE snapshot = 3", [(3, "is not in the chain")]),
    ],
)
def test_a_row_that_was_tampered_with_is_named(shelf: Any, tampering: str, faults: list[tuple[int, str]]) -> None:
    for _ in range(3):
        shelf.snapshot()
    shelf.db.execute("PRAGMA foreign_keys = OFF")
    shelf.db.executescript(tampering)
    found = chain_faults(shelf.db)
    assert [fault.snapshot for fault in found] == [number for number, _ in faults]
    assert all(fault.found.startswith(words) for fault, (_, words) in zip(found, faults, strict=True))


def test_an_exchange_comes_back_as_it_was_and_without_a_password(shelf: Any) -> None:
    told = Exchange(
        "https://desk:secret@mirror.example.org/a", (("Accept", "*/*"),), (("Server", "é"), ("Server", "b"))
    )
    saved = shelf.snapshot(exchange=told)
    assert exchange_of(shelf.db, saved) == Exchange(
        "https://mirror.example.org/a", told.request_headers, told.answer_headers
    )
    assert exchange_of(shelf.db, shelf.snapshot()) is None


def test_a_body_out_of_an_archive_names_the_archive_and_the_path_in_the_chain(shelf: Any) -> None:
    member = ArchiveMember("top-6c4072a/2026/English/a.xml", "ab" * 32, "https://codeload.github.com/x")
    saved = shelf.snapshot(exchange=Exchange("https://codeload.github.com/x", (), (), member))
    (link,) = chain_since(shelf.db)
    assert json.loads(link.line) | {"chain": 2, "archive_path": member.path, "archive_sha256": "ab" * 32} == json.loads(
        link.line
    )
    found = exchange_of(shelf.db, saved)
    assert found is not None
    assert found.member == member
    assert chain_faults(shelf.db) == []
    shelf.db.execute("UPDATE snapshot_chain SET archive_path = 'top-6c4072a/2026/English/b.xml'")
    assert [fault.snapshot for fault in chain_faults(shelf.db)] == [saved]


def test_snapshots_of_an_older_database_enter_the_chain_when_it_is_opened(shelf: Any) -> None:
    for _ in range(3):
        shelf.snapshot()
    before = [link.line for link in chain_since(shelf.db)]
    shelf.db.executescript("DROP TABLE snapshot_chain; DROP TABLE chain_stamps")
    later = ("0023_snapshot_chain", "0027_archives_and_stamps")
    shelf.db.execute("DELETE FROM _sqlite_migrations WHERE name IN (?, ?)", later)
    migrations.migrate(shelf.db)
    assert chain_faults(shelf.db) == []
    assert [link.line for link in chain_since(shelf.db)] == before


def test_an_empty_database_has_no_head() -> None:
    db: sqlite3.Connection = open_memory()
    assert chain_head(db) is None
    db.close()
