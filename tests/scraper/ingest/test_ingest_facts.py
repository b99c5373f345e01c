"""Bodies that hold facts of many documents are read as such, and texts tell facts of themselves."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.demo.catalogue import xml_body
from scraper.ingest.ingest import BODIES, ingest, reparse
from scraper.ingest.workers import ReaderPool
from storage.fetched.bodies import BodyStore
from storage.fetched.runs import open_run
from storage.fetched.snapshots import list_snapshots, save_snapshot
from storage.models import FactField
from storage.records import Snapshot, SnapshotState
from storage.sqlite.database import DATABASE_NAME, open_database, transaction
from storage.texts.documents import count_documents
from storage.told.facts import facts_by_field, facts_of
from tests.paths import TESTS

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
RAW = "https://raw.githubusercontent.com/UNxml/SCresolutions/main/"
TRAPS = (TESTS / "cases/unxml_metadata/traps/input.json").read_bytes()
TEXT = xml_body("2026/English/S_RES_2812-2600463E.xml")
SYMBOL = "S/RES/2812 (2026)"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_database(tmp_path / DATABASE_NAME)) as db:
        yield db


def archive(db: sqlite3.Connection, data: Path, path: str, body: bytes, hours: int = 0) -> None:
    with transaction(db):
        save_snapshot(
            db,
            Snapshot(
                source="unxml", run=open_run(db, "unxml", NOW), url=RAW + path, final_url=RAW + path, status=200,
                etag=None, last_modified=None, media_type="text/plain", body_hash=BodyStore(data / BODIES).save(body),
                size=len(body), fetched_at=NOW + timedelta(hours=hours), symbol=None, language=None, revision=None,
            ),
        )  # fmt: skip


def read(db: sqlite3.Connection, data: Path) -> list[Snapshot]:
    with ReaderPool(1) as readers:
        ingest(db, data, readers, NOW)
    return list_snapshots(db)


def test_metadata_and_text_become_facts_of_two_witnesses_and_one_document(db, tmp_path) -> None:
    archive(db, tmp_path, "data_extract/2026.json", TRAPS)
    archive(db, tmp_path, "2026/English/S_RES_2812-2600463E.xml", TEXT)
    text, metadata = read(db, tmp_path)

    assert (text.state, metadata.state) == (SnapshotState.READ, SnapshotState.READ)
    assert "S/RES/2812 (2026): counts say 13-0-0, words 13-0-2" in (metadata.reason or "")
    assert count_documents(db, "unxml") == 1
    told = {(fact.origin, fact.field): fact.value for fact in facts_of(db, SYMBOL)}
    assert told["metadata", FactField.MEETING] == told["text-en", FactField.MEETING] == 10089
    assert told["metadata", FactField.ADOPTED_ON] == told["text-en", FactField.ADOPTED_ON] == "2026-01-14"
    assert told["metadata", FactField.VOTE] == told["text-en", FactField.VOTE]
    assert {fact.url for fact in facts_by_field(db, FactField.RECORD)} == {RAW + "data_extract/2026.json"}


def test_reading_again_changes_nothing_and_a_new_state_keeps_the_old_value(db, tmp_path) -> None:
    archive(db, tmp_path, "data_extract/2026.json", TRAPS)
    read(db, tmp_path)
    before = db.total_changes
    reparse(db, tmp_path, NOW)
    assert db.total_changes == before

    archive(db, tmp_path, "data_extract/2026.json", TRAPS.replace(b"10089", b"10090"), hours=1)
    read(db, tmp_path)
    meetings = [fact for fact in facts_of(db, SYMBOL, with_history=True) if fact.field is FactField.MEETING]
    assert [(fact.value, fact.replaced_at) for fact in meetings] == [(10089, NOW + timedelta(hours=1)), (10090, None)]


def test_a_body_that_is_no_metadata_fails_and_tells_nothing(db, tmp_path) -> None:
    archive(db, tmp_path, "data_extract/2026.json", b'{"message": "API rate limit exceeded"}')
    [snapshot] = read(db, tmp_path)
    assert snapshot.state is SnapshotState.FAILED
    assert (snapshot.reason or "").startswith("no-metadata: ")
    assert facts_by_field(db, FactField.MEETING) == []


def test_half_a_letter_in_metadata_stops_nothing(db, tmp_path) -> None:
    archive(
        db, tmp_path, "data_extract/2026.json", TRAPS.replace(b'"sponsors":["GREECE"', b'"sponsors":["GREECE\\ud800"')
    )
    [snapshot] = read(db, tmp_path)
    assert snapshot.state is SnapshotState.READ
    assert ["GREECE?", "UNITED STATES"] in [fact.value for fact in facts_by_field(db, FactField.SPONSORS)]
