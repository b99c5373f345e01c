"""What is not believed is evidence and no version: what is held stays, the address is asked again, and it is said."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.demo.catalogue import pdf_body, xml_body
from scraper.ingest.ingest import BODIES, IngestReport, ingest, reparse
from scraper.pages.unxml.blob_name import git_blob_id
from scraper.spiders.kit.asking_again import is_in_vain_due
from storage.fetched.bodies import BodyStore
from storage.fetched.failures import load_failures
from storage.fetched.resources import load_resource, save_resource
from storage.fetched.runs import open_run
from storage.fetched.snapshots import list_snapshots, save_snapshot
from storage.models import HeldDocument
from storage.records import Resource, ResourceState, Snapshot, SnapshotState
from storage.sqlite.database import DATABASE_NAME, open_database, transaction
from storage.texts.documents import load_document
from tests.measures.speed.benchmark_reading import InThisProcess
from tests.paths import TESTS

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SYMBOL = "S/RES/2782 (2025)"
PDF = pdf_body("doc/undoc/gen/n25/107/06/pdf/n2510706.pdf")
NOTICE = (TESTS / "cases" / "notices" / "no-symbol" / "input.pdf").read_bytes()
XML_SYMBOL = "S/RES/2387 (2017)"
XML = xml_body("Pre-2020/2017/S_RES_2387_1720324E.xml")
OLDER = XML.replace(b"</statement>", b"<!-- an older copy --></statement>")
OTHER = XML.replace(b"2387", b"2388")
URL = "https://example.org/body"


@dataclass
class Desk:
    """A data folder into which bodies come as a crawl would leave them."""

    db: sqlite3.Connection
    data: Path
    source: str = "un-resolutions"
    symbol: str = SYMBOL

    def fetch(self, body: bytes, *, url: str = URL, listed: str | None = None, hours: int = 0) -> None:
        at = NOW + timedelta(hours=hours)
        known = load_resource(self.db, url, self.source)
        resource = known or Resource(self.source, url, self.symbol, "en", ResourceState.HELD, etag='"1"')
        held = replace(
            resource, state=ResourceState.HELD, revision=listed, reason=None, is_verified=git_blob_id(body) == listed
        )
        with transaction(self.db):
            save_resource(self.db, held)
            save_snapshot(self.db, self._snapshot(body, url, listed, at))

    def read(self, *, is_over: bool = True, hours: int = 0) -> IngestReport:
        at = NOW + timedelta(hours=hours)
        return ingest(self.db, self.data, InThisProcess(1), at, is_over=is_over)  # type: ignore[arg-type]

    def held(self) -> HeldDocument | None:
        return load_document(self.db, self.symbol)

    def resource(self, url: str = URL) -> Resource:
        found = load_resource(self.db, url, self.source)
        assert found is not None
        return found

    def _snapshot(self, body: bytes, url: str, listed: str | None, at: datetime) -> Snapshot:
        store = BodyStore(self.data / BODIES)
        return Snapshot(
            source=self.source, run=open_run(self.db, self.source, at), url=url, final_url=url, status=200, etag='"1"',
            last_modified=None, media_type="", body_hash=store.save(body), size=len(body), fetched_at=at,
            symbol=self.symbol, language="en", revision=listed,
        )  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_database(tmp_path / DATABASE_NAME)) as db:
        yield Desk(db, tmp_path)


@pytest.fixture
def library(desk: Desk) -> Desk:
    return replace(desk, source="unxml", symbol=XML_SYMBOL)


def test_a_notice_on_a_first_fetch_is_evidence_and_no_version(desk: Desk) -> None:
    desk.fetch(NOTICE)
    report = desk.read()
    assert [failure.code for failure in report.failures] == ["no-symbol"]
    assert desk.held() is None
    [snapshot] = list_snapshots(desk.db)
    assert (snapshot.state, (snapshot.reason or "")[:9]) == (SnapshotState.FAILED, "no-symbol")
    assert desk.resource().state is ResourceState.ANNOUNCED


def test_a_notice_in_place_of_a_held_text_leaves_it_as_it_was(desk: Desk) -> None:
    desk.fetch(PDF)
    desk.read()
    before = desk.held()
    desk.fetch(NOTICE, hours=24)
    desk.read(hours=24)
    assert before is not None
    assert desk.held() == before
    asked_again = desk.resource()
    assert (asked_again.state, asked_again.etag) == (ResourceState.HELD, None), "asked for the body, not whether it is"
    assert is_in_vain_due(asked_again, NOW + timedelta(hours=25))
    assert not is_in_vain_due(asked_again, NOW + timedelta(hours=24, minutes=30))


def test_a_failure_is_counted_once_a_run_and_ends_with_the_document(desk: Desk) -> None:
    desk.fetch(NOTICE)
    desk.read()
    desk.fetch(NOTICE + b"\n", hours=3)
    desk.read(hours=3)
    [failure] = load_failures(desk.db, desk.source)
    assert (failure.name, failure.runs, failure.since) == (f"{SYMBOL} (en)", 2, NOW)
    desk.fetch(PDF, hours=9)
    desk.read(hours=9)
    assert load_failures(desk.db) == []
    assert (desk.resource().state, desk.resource().attempts) == (ResourceState.HELD, 0)


def test_a_body_that_cannot_be_read_is_announced_and_not_held(desk: Desk) -> None:
    desk.fetch(PDF[: len(PDF) // 2] + b"\n%%EOF\n")
    desk.read()
    assert desk.resource().state is ResourceState.ANNOUNCED
    assert desk.resource().next_attempt_at == NOW + timedelta(hours=1)
    assert len(load_failures(desk.db)) == 1


def test_an_xml_without_the_hash_of_its_listing_is_not_compared_with_the_held_text(library: Desk) -> None:
    library.fetch(XML, listed=git_blob_id(XML))
    library.fetch(OTHER, url=f"{URL}/2", listed=git_blob_id(OTHER))
    library.read()
    library.fetch(OLDER, listed="0" * 40, hours=6)
    report = library.read(hours=6)
    assert [failure.code for failure in report.failures] == ["unvouched-body"]
    held = library.held()
    assert held is not None
    assert len(held.versions) == 1


def test_on_a_first_crawl_an_unvouched_body_waits_until_another_shows_that_names_are_hashes(library: Desk) -> None:
    library.fetch(OLDER, listed="0" * 40)
    assert library.read(is_over=False).failures == []
    assert library.held() is None
    library.fetch(OTHER, url=f"{URL}/2", listed=git_blob_id(OTHER))
    assert "unvouched-body" in {failure.code for failure in library.read(is_over=False).failures}
    assert library.held() is None


def test_names_of_a_mirror_with_which_no_body_agrees_say_nothing(library: Desk) -> None:
    library.fetch(OLDER, listed="0" * 40)
    library.read(is_over=True)
    assert library.held() is not None


def test_a_body_damaged_in_the_archive_is_asked_for_without_conditions(desk: Desk) -> None:
    desk.fetch(PDF)
    desk.read()
    [path] = (desk.data / BODIES).glob("*/*.z")
    path.write_bytes(b"damaged")
    report = reparse(desk.db, desk.data, NOW, symbol=SYMBOL)
    assert [failure.code for failure in report.failures] == ["body-damaged"]
    assert desk.held() is not None
    assert (desk.resource().state, desk.resource().etag) == (ResourceState.HELD, None)
