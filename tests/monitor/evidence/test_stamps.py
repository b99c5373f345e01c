"""Time stamps of the chain's head, from a local server made with openssl: kept, shown, checked, and missed."""

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.app.checking.health import Health
from monitor.evidence.bundle import Subject, gather
from monitor.evidence.findings import judge_stamps
from monitor.evidence.key import make_key
from monitor.evidence.readme import README
from monitor.evidence.stamps import NoStamp, load_roots, stamp_head
from monitor.evidence.verify import Check, CheckVerdict, KnownHere, Opened, verify
from monitor.settings.config import Config, EvidenceSettings
from scraper.ingest.extraction import extract
from scraper.themes.extract import extracts_of
from storage.fetched.bodies import BodyStore
from storage.fetched.chain_stamps import list_stamps
from storage.fetched.runs import open_run
from storage.fetched.snapshot_chain import chain_head
from storage.fetched.snapshots import save_snapshot
from storage.records import Snapshot
from storage.sqlite.database import DATABASE_NAME, open_database, transaction
from storage.texts.documents import load_document
from storage.texts.saving import save_version
from tests.paths import TESTS
from tests.servers.stamping_server import StampingServer, stamping_server

pytest.importorskip("rfc3161_client", reason="the package rfc3161-client, of the extra evidence, is not installed")
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a time-stamping server with"),
]

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
BODY = (TESTS / "cases/akoma_ntoso/lists-headings-and-tasks-2387/input.xml").read_bytes()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StampingServer]:
    with stamping_server(tmp_path_factory.mktemp("tsa")) as server:
        yield server


@dataclass(frozen=True)
class Held:
    """A data folder with one document, and its database."""

    data: Path
    db: sqlite3.Connection

    def fetch(self, body: bytes) -> None:
        """One more snapshot of the document's address."""
        with transaction(self.db):
            run = open_run(self.db, "unxml", NOW)
            url = "https://example.org/2387.xml"
            body_hash = BodyStore(self.data / "bodies").save(body)
            fetched = Snapshot(
                "unxml", run, url, url, 200, None, None, "application/xml", body_hash, len(body), NOW,
                "S/RES/2387 (2017)", "en", None,
            )  # fmt: skip
            number = save_snapshot(self.db, fetched)
            document = extract(body)
            save_version(self.db, document, number, extracts_of(document), NOW)

    def evidence(self) -> dict[str, bytes]:
        held = load_document(self.db, "S/RES/2387 (2017)", "en")
        key = make_key(self.data)
        return dict(gather(self.db, BodyStore(self.data / "bodies"), Subject(held, None), key, NOW, "wpswatch").members)


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Held]:
    with closing(open_database(tmp_path / DATABASE_NAME)) as db:
        held = Held(tmp_path, db)
        held.fetch(BODY)
        yield held


def checks_of(members: dict[str, bytes], root: Path | None) -> dict[str, Check]:
    roots = load_roots(str(root)) if root else ()
    return {each.check: each for each in verify(Opened(members, ()), KnownHere({}, None, None, roots))}


def test_the_head_is_stamped_once_and_again_when_it_has_moved(held: Held, server: StampingServer) -> None:
    roots = load_roots(str(server.root))
    first = stamp_head(held.db, server.url, roots)
    head = chain_head(held.db)
    assert first is not None
    assert head is not None
    assert first.head == head.hash
    assert abs((datetime.now(UTC) - first.stamped_at).total_seconds()) < 600
    assert stamp_head(held.db, server.url, roots) is None
    held.fetch(BODY + b"\n")
    assert stamp_head(held.db, server.url, roots) is not None
    assert [stamp.snapshot for stamp in list_stamps(held.db)] == [1, 2]


def test_evidence_holds_the_stamp_and_openssl_checks_it_by_the_readme(held: Held, server: StampingServer) -> None:
    stamp_head(held.db, server.url, load_roots(str(server.root)))
    members = held.evidence()
    assert checks_of(members, server.root)["stamps/1.tsr"].verdict is CheckVerdict.HOLDS
    assert checks_of(members, None)["stamps/1.tsr"].verdict is CheckVerdict.OPEN
    (held.data / "stamps").mkdir()
    (held.data / "stamps/1.tsr").write_bytes(members["stamps/1.tsr"])
    shutil.copy(server.root, held.data / "root.pem")
    (command,) = [line.strip() for line in members[README].decode().splitlines() if line.startswith("    openssl ts")]
    done = subprocess.run(["sh", "-c", command], cwd=held.data, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr


def test_a_stamp_by_another_server_or_of_another_head_fails(
    held: Held, server: StampingServer, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    stamp_head(held.db, server.url, load_roots(str(server.root)))
    members = held.evidence()
    with stamping_server(tmp_path_factory.mktemp("other")) as other:
        check = checks_of(members, other.root)["stamps/1.tsr"]
        assert (check.verdict, check.found) == (CheckVerdict.FAILS, "it is not signed under the named certificates")
        stranger = tmp_path / "stranger"
        stranger.mkdir()
        with closing(open_database(stranger / DATABASE_NAME)) as db:
            strange = Held(stranger, db)
            strange.fetch(BODY + b"\n\n")
            stamp = stamp_head(db, server.url, ())
    assert stamp is not None
    check = checks_of(members | {"stamps/1.tsr": stamp.answer}, server.root)["stamps/1.tsr"]
    assert (check.verdict, check.found) == (CheckVerdict.FAILS, "it is about a link that the chain does not hold")
    check = checks_of(members | {"stamps/1.tsr": b"junk"}, server.root)["stamps/1.tsr"]
    assert check.verdict is CheckVerdict.FAILS


def test_a_cut_tail_is_noticed_where_a_stamp_knows_its_head(held: Held, server: StampingServer) -> None:
    config = Config(evidence=EvidenceSettings(server.url, str(server.root)))
    assert list(judge_stamps(held.db, config)) == []
    held.fetch(BODY + b"\n")
    stamp_head(held.db, server.url, load_roots(str(server.root)))
    (finding,) = judge_stamps(held.db, config)
    assert finding.health is Health.OK
    held.db.execute("PRAGMA foreign_keys = OFF")
    held.db.executescript("DELETE FROM snapshot_chain WHERE snapshot = 2; DELETE FROM snapshots WHERE id = 2")
    (finding,) = judge_stamps(held.db, config)
    assert finding.health is Health.FAIL
    assert finding.found.startswith("the chain does not hold the head that was stamped at ")


@pytest.mark.parametrize("answers", ["junk", "fails", "endless"])
def test_a_server_that_gives_no_stamp_leaves_none(held: Held, server: StampingServer, answers: str) -> None:
    server.answers = answers
    try:
        with pytest.raises(NoStamp, match="expected a time stamp") as raised:
            stamp_head(held.db, server.url, load_roots(str(server.root)))
    finally:
        server.answers = "stamps"
    assert "<" not in str(raised.value)
    assert list_stamps(held.db) == []


def test_a_server_that_is_away_leaves_no_stamp(held: Held) -> None:
    with pytest.raises(NoStamp, match=r"Connection refused at http://127\.0\.0\.1:9/"):
        stamp_head(held.db, "http://127.0.0.1:9/", ())


def test_a_stamp_that_is_not_under_the_named_certificates_is_not_kept(
    held: Held, server: StampingServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with (
        stamping_server(tmp_path_factory.mktemp("third")) as third,
        pytest.raises(NoStamp, match="not signed under the named certificates"),
    ):
        stamp_head(held.db, server.url, load_roots(str(third.root)))
    assert list_stamps(held.db) == []
