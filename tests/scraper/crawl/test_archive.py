"""What one batch leaves behind, in a real database and folder."""

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.crawl.archive import Saved, Writer, cannot_write, keep
from scraper.spiders.kit.items import FetchedDocument
from storage.fetched.bodies import BodyStore
from storage.fetched.resources import load_resource
from storage.fetched.runs import open_run
from storage.fetched.snapshots import latest_snapshot, list_snapshots, mark_snapshot
from storage.records import Resource, ResourceState, SnapshotState
from storage.sqlite.database import DATABASE_NAME, open_database, transaction

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "https://example.org/a.xml"
RESOURCE = Resource("unxml", URL, "S/RES/2825 (2026)", "en", ResourceState.HELD, revision="a1", etag='"1"')


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_database(tmp_path / DATABASE_NAME)) as db:
        with transaction(db):
            open_run(db, "unxml", NOW)
        yield db


Save = Callable[..., Saved]


@pytest.fixture
def save(tmp_path: Path, db: sqlite3.Connection) -> Iterator[Save]:
    """Archives a batch as the pipeline does: bodies first, then the rows."""
    writer, bodies = Writer(tmp_path, 1), BodyStore(tmp_path / "bodies")

    def save_batch(*items: FetchedDocument | Resource) -> Saved:
        kept = [keep(item, bodies) if isinstance(item, FetchedDocument) else item for item in items]
        return writer.save(kept, bodies)

    yield save_batch
    writer.close()


def fetched(body: bytes = b"<a/>", resource: Resource = RESOURCE) -> FetchedDocument:
    return FetchedDocument(resource, resource.url, 200, "text/plain", NOW, body)


def test_a_body_is_kept_with_its_snapshot_and_its_address(db, save, tmp_path):
    assert save(fetched()) == Saved(fetched=1, unchanged=0)
    snapshot = latest_snapshot(db, URL)
    assert snapshot is not None
    assert BodyStore(tmp_path / "bodies").load(snapshot.body_hash) == b"<a/>"
    assert (snapshot.state, snapshot.size, snapshot.revision) == (SnapshotState.UNREAD, 4, "a1")
    assert load_resource(db, URL) == RESOURCE


def test_the_same_body_again_only_renews_what_is_remembered(db, save):
    save(fetched())
    renewed = replace(RESOURCE, revision="b2", etag='"2"')
    assert save(fetched(resource=renewed)) == Saved(fetched=0, unchanged=1)
    assert len(list_snapshots(db)) == 1
    assert load_resource(db, URL) == renewed


def test_a_body_that_was_rejected_before_is_waited_for_again(db, save):
    save(fetched())
    [snapshot] = list_snapshots(db)
    with transaction(db):
        mark_snapshot(db, snapshot.id, SnapshotState.REJECTED, "not-the-document: it says so", "1")
    save(fetched(resource=replace(RESOURCE, attempts=2)))
    remembered = load_resource(db, URL)
    assert remembered is not None
    assert (remembered.state, remembered.attempts) == (ResourceState.ANNOUNCED, 3)
    assert remembered.reason == "not-the-document: it says so"


def test_an_address_without_a_body_is_remembered(db, save):
    waiting = replace(RESOURCE, state=ResourceState.ANNOUNCED, attempts=1, reason="not-yet")
    assert save(waiting) == Saved(fetched=0, unchanged=0)
    assert load_resource(db, URL) == waiting


def test_nothing_of_a_batch_is_named_when_one_body_cannot_be_written(db, save, tmp_path):
    (tmp_path / "bodies").write_bytes(b"a file where the folder should be")
    with pytest.raises(OSError, match="bodies"):
        save(fetched(), fetched(b"<b/>", replace(RESOURCE, url="https://example.org/b.xml")))
    assert list_snapshots(db) == []
    assert load_resource(db, URL) is None


def test_a_full_disk_is_known_by_the_system_s_word_and_by_the_database_s(db):
    assert cannot_write(OSError(errno.ENOSPC, "No space left on device"))
    assert not cannot_write(OSError(errno.EINTR, "Interrupted system call"))
    db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(sqlite3.OperationalError) as raised:
        db.execute("CREATE TABLE large AS SELECT zeroblob(1000000)")
    assert cannot_write(raised.value)
    assert not cannot_write(sqlite3.ProgrammingError("Cannot operate on a closed database."))
