"""Archived bodies become versions in worker processes; one that is broken, hostile or false fails alone."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.demo.catalogue import pdf_body, xml_body
from scraper.ingest.ingest import BODIES, IngestReport, ingest, reparse
from scraper.ingest.workers import ReaderPool, ReadingTask
from storage.fetched.bodies import BodyStore
from storage.fetched.resources import load_resource, save_resource
from storage.fetched.runs import open_run
from storage.fetched.snapshots import list_snapshots, save_snapshot
from storage.records import Resource, ResourceState, Snapshot, SnapshotState
from storage.sqlite.database import DATABASE_NAME, open_database, transaction
from storage.texts.documents import count_documents, held_symbols
from tests.measures.speed.benchmark_reading import InThisProcess

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SOUND = xml_body("Pre-2020/2017/S_RES_2387_1720324E.xml")
PDF = pdf_body("doc/undoc/gen/n25/107/06/pdf/n2510706.pdf")  # S/RES/2782 (2025)
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "women">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><akomaNtoso>&j;</akomaNtoso>"
)
BROKEN = {
    "truncated.pdf": (PDF[: len(PDF) // 2], "application/pdf", "truncated-pdf"),
    "bomb.xml": (BOMB, "application/xml", "xml-bomb"),
    "page.pdf": (b"<!DOCTYPE html><html><body>Sign in</body></html>", "application/pdf", "html-for-pdf"),
    "empty.pdf": (b"", "application/pdf", "empty"),
}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_database(tmp_path / DATABASE_NAME)) as db:
        yield db


def archive(db: sqlite3.Connection, data: Path, name: str, body: bytes, kind: str, symbol: str | None = None) -> None:
    """Put a body where a crawl would have left it."""
    store = BodyStore(data / BODIES)
    url = f"https://example.org/{name}"
    with transaction(db):
        resource = Resource("unxml", url, symbol, "en", ResourceState.HELD)
        save_resource(db, resource)
        save_snapshot(
            db,
            Snapshot(
                source="unxml", run=open_run(db, "unxml", NOW), url=url, final_url=url, status=200, etag=None,
                last_modified=None, media_type=kind, body_hash=store.save(body), size=len(body), fetched_at=NOW,
                symbol=symbol, language="en", revision=None,
            ),
        )  # fmt: skip


def read(db: sqlite3.Connection, data: Path) -> IngestReport:
    with ReaderPool(1) as readers:
        return ingest(db, data, readers, NOW)


def test_a_broken_body_fails_alone_keeps_its_body_and_is_reported(db: sqlite3.Connection, tmp_path: Path) -> None:
    for name, (body, kind, _) in BROKEN.items():
        archive(db, tmp_path, name, body, kind, "S/RES/2782 (2025)")
    archive(db, tmp_path, "sound.xml", SOUND, "text/plain", "S/RES/2387 (2017)")
    report = read(db, tmp_path)
    assert [failure.code for failure in report.failures] == [code for _, _, code in BROKEN.values()]
    assert held_symbols(db) == {"S/RES/2387 (2017)"}
    for snapshot in list_snapshots(db):
        assert BodyStore(tmp_path / BODIES).load(snapshot.body_hash) is not None
        is_sound = snapshot.url.endswith("sound.xml")
        assert (snapshot.state is SnapshotState.READ) == is_sound
        assert is_sound or snapshot.reason


def test_a_body_that_is_another_document_is_asked_for_again_and_gives_no_version(
    db: sqlite3.Connection, tmp_path: Path
) -> None:
    archive(db, tmp_path, "other.pdf", PDF, "application/pdf", "S/RES/2783 (2025)")
    report = read(db, tmp_path)
    assert [failure.code for failure in report.failures] == ["other-symbol"]
    assert count_documents(db) == 0
    resource = load_resource(db, "https://example.org/other.pdf")
    assert resource is not None
    assert (resource.state, resource.attempts) == (ResourceState.ANNOUNCED, 1)
    assert resource.next_attempt_at is not None
    assert resource.next_attempt_at > NOW


def test_a_body_of_another_document_leaves_the_one_before_it_held(db: sqlite3.Connection, tmp_path: Path) -> None:
    archive(db, tmp_path, "res.pdf", PDF, "application/pdf", "S/RES/2782 (2025)")
    read(db, tmp_path)
    archive(db, tmp_path, "res.pdf", SOUND, "text/plain", "S/RES/2782 (2025)")
    report = read(db, tmp_path)
    assert [failure.code for failure in report.failures] == ["other-symbol"]
    assert held_symbols(db) == {"S/RES/2782 (2025)"}
    resource = load_resource(db, "https://example.org/res.pdf")
    assert resource is not None
    assert (resource.state, resource.attempts) == (ResourceState.HELD, 1)
    assert (resource.reason or "").startswith("other-symbol: ")


def test_reading_again_what_is_read_changes_nothing(db: sqlite3.Connection, tmp_path: Path) -> None:
    archive(db, tmp_path, "sound.xml", SOUND, "text/plain")
    read(db, tmp_path)
    before = db.total_changes
    assert read(db, tmp_path) == IngestReport()
    report = reparse(db, tmp_path, NOW)
    assert (report.read, report.reworded, report.failures) == (1, 0, [])
    assert db.total_changes == before


def test_a_reader_that_takes_too_long_is_ended_and_the_next_body_is_read(tmp_path: Path) -> None:
    store = BodyStore(tmp_path / BODIES)
    tasks = [
        ReadingTask(number, tmp_path / BODIES, store.save(body), "https://example.org", "application/pdf", None, "en")
        for number, body in enumerate((PDF, SOUND))
    ]
    with ReaderPool(1, seconds=0.001) as readers:
        assert [reading.code for reading in readers.read(tasks[:1])] == ["too-slow"]
    with ReaderPool(1) as readers:
        assert [reading.code for reading in readers.read(tasks)] == [None, None]


def test_a_body_that_needs_too_much_memory_fails_alone(tmp_path: Path) -> None:
    store = BodyStore(tmp_path / BODIES)
    huge = store.save(bytes(600_000_000))
    tasks = [
        ReadingTask(number, tmp_path / BODIES, body_hash, "https://example.org", "application/xml", None, "en")
        for number, body_hash in enumerate((huge, store.save(SOUND)))
    ]
    with ReaderPool(1, memory_bytes=500_000_000) as readers:
        assert [reading.code for reading in readers.read(tasks)] == ["too-much-memory", None]


@pytest.mark.long
def test_readers_share_their_memory_and_a_body_that_needs_more_than_a_share_is_read_alone(tmp_path: Path) -> None:
    store = BodyStore(tmp_path / BODIES)
    large = store.save(SOUND.replace(b"</akomaNtoso>", b"<!--" + b" " * 300_000_000 + b"--></akomaNtoso>"))
    sound = store.save(SOUND)
    tasks = [
        ReadingTask(number, tmp_path / BODIES, body_hash, "https://example.org", "application/xml", None, "en")
        for number, body_hash in enumerate([sound] * 40 + [large] + [sound] * 30)
    ]
    with ReaderPool(2, memory_bytes=1_500_000_000) as readers:
        readings = list(readers.read(tasks))
    assert [reading.snapshot for reading in readings] == list(range(71)), "in the order of the tasks"
    assert {reading.code for reading in readings} == {None}
    with ReaderPool(2, memory_bytes=900_000_000) as readers:
        codes = [reading.code for reading in readers.read(tasks)]
    assert codes.count("too-much-memory") == 1, "it does not fit into all of it either"
    assert codes.count(None) == 70


def test_a_body_that_was_damaged_on_the_disk_is_reported(db: sqlite3.Connection, tmp_path: Path) -> None:
    archive(db, tmp_path, "sound.xml", SOUND, "text/plain")
    [file] = (tmp_path / BODIES).rglob("*.z")
    file.write_bytes(b"not what was written")
    assert [failure.code for failure in read(db, tmp_path).failures] == ["body-damaged"]
    assert count_documents(db) == 0


class Counted:
    """A connection that counts the statements it is given; many rows at once are one."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db, self.statements = db, 0

    def __getattr__(self, name: str) -> object:
        self.statements += name in ("execute", "executemany")
        return getattr(self.db, name)


def test_a_new_document_is_stored_with_few_statements(db: sqlite3.Connection, tmp_path: Path) -> None:
    def statements(numbers: range) -> int:
        for number in numbers:
            body = SOUND.replace(b"2387", str(number).encode())
            archive(db, tmp_path, f"{number}.xml", body, "application/xml", f"S/RES/{number} (2017)")
        counted = Counted(db)
        report = ingest(counted, tmp_path, InThisProcess(1), NOW)  # type: ignore[arg-type]
        assert (report.read, report.failures) == (len(numbers), [])
        return counted.statements

    for_one, for_four = statements(range(2387, 2388)), statements(range(2388, 2392))
    assert (for_four - for_one) / 3 <= 23
