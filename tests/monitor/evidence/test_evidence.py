"""Evidence is checked without wpswatch; whatever is changed in it is found and named."""

import hashlib
import io
import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from scraper.ingest.extraction import extract
from scraper.themes.extract import extracts_of
from storage.fetched.bodies import BodyStore
from storage.fetched.runs import open_run
from storage.fetched.snapshots import save_snapshot
from storage.records import ArchiveMember, Exchange, Snapshot
from storage.sqlite.database import DATABASE_NAME, open_database, transaction
from storage.texts.saving import save_version
from tests.conftest import UNWATCHED
from tests.paths import TESTS

pytestmark = pytest.mark.long

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
CASES = TESTS / "cases" / "akoma_ntoso"
BODY = (CASES / "lists-headings-and-tasks-2387" / "input.xml").read_bytes()
OTHER = (CASES / "labels-inside-the-text-2386" / "input.xml").read_bytes()
EXCHANGE = Exchange(
    "http://mirror.example.org/2387.xml",
    (("Accept", "application/xml"),),
    (("Content-Encoding", "gzip"), ("Via", "1.1 a"), ("Via", "1.1 b")),
)
MEMBERS = (
    f"bodies/{hashlib.sha256(BODY).hexdigest()}.xml",
    "exchanges.warc.gz",
    "reading.json",
    "chain.jsonl",
    "public-key.pem",
    "README.txt",
    "manifest.json",
    "SHA256SUMS",
    "SHA256SUMS.sig",
)


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    def verdicts(self) -> dict[str, str]:
        return {each["check"]: each["verdict"] for each in json.loads(self.out)}

    def found(self, check: str) -> str:
        return next(str(each["found"]) for each in json.loads(self.out) if each["check"] == check)


def ask(data: Path, *arguments: str, program: str = "from monitor.cli.main import main; main()") -> Answer:
    command = [sys.executable, "-c", program, "--data", str(data), *arguments]
    done = subprocess.run(command, cwd=data.parent, env=UNWATCHED, capture_output=True, text=True, check=False)
    return Answer(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two documents, a key, and evidence of a paragraph of the first."""
    folder = tmp_path_factory.mktemp("made")
    data = folder / "data"
    bodies = BodyStore(data / "bodies")
    with closing(open_database(data / DATABASE_NAME)) as db, transaction(db):
        run = open_run(db, "unxml", NOW)
        for body, exchange in ((BODY, EXCHANGE), (OTHER, None)):
            document = extract(body)
            url = f"https://example.org/{(document.symbol or '')[6:10]}.xml"
            body_hash = bodies.save(body)
            fetched = Snapshot(
                "unxml", run, url, url, 200, '"e1"', None, "application/xml", body_hash, len(body), NOW,
                document.symbol, "en", None, exchange=exchange,
            )  # fmt: skip
            save_version(db, document, save_snapshot(db, fetched), extracts_of(document), NOW)
    assert ask(data, "key", "--new").code == 0
    for asked in (["2387", "43 (d) (ii)", "-o", "proof.zip"], ["2386", "-o", "older.zip"]):
        answer = ask(data, "evidence", *asked)
        assert answer.code == 0, answer.err
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "desk")
    return tmp_path / "desk"


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a document that came out of an archive of many files, and evidence of it."""
    folder = tmp_path_factory.mktemp("archived")
    data = folder / "data"
    url = "https://raw.githubusercontent.com/UNxml/SCresolutions/main/Pre-2020/2017/S_RES_2387.xml"
    archive = Exchange(
        "http://mirror.example.org/codeload.github.com/x", (("Accept", "application/gzip"),), (("ETag", '"a"'),),
        ArchiveMember("UNxml-SCresolutions-6c4072a/Pre-2020/2017/S_RES_2387.xml", "ab" * 32, "https://codeload.github.com/x"),
    )  # fmt: skip
    bodies = BodyStore(data / "bodies")
    with closing(open_database(data / DATABASE_NAME)) as db, transaction(db):
        document = extract(BODY)
        fetched = Snapshot(
            "unxml", open_run(db, "unxml", NOW), url, url, 200, None, None, "text/plain; charset=utf-8",
            bodies.save(BODY), len(BODY), NOW, document.symbol, "en", None, exchange=archive,
        )  # fmt: skip
        save_version(db, document, save_snapshot(db, fetched), extracts_of(document), NOW)
    assert ask(data, "key", "--new").code == 0
    answer = ask(data, "evidence", "2387", "-o", "proof.zip")
    assert answer.code == 0, answer.err
    return folder


def test_a_body_out_of_an_archive_is_shown_with_the_archives_exchange_and_its_path(archived: Path) -> None:
    answer = ask(archived / "data", "verify", "proof.zip", "--json")
    assert (answer.code, set(answer.verdicts().values())) == (0, {"holds"})
    members = members_of(archived / "proof.zip")
    (snapshot,) = json.loads(members["manifest.json"])["snapshots"]
    path = "UNxml-SCresolutions-6c4072a/Pre-2020/2017/S_RES_2387.xml"
    assert snapshot["archive"] == {"path": path, "sha256": "ab" * 32}
    assert snapshot["answered_by"] == "https://codeload.github.com/x"
    assert path in members["README.txt"].decode()
    records = [
        (record.rec_type, record.rec_headers, record.content_stream().read())
        for record in ArchiveIterator(io.BytesIO(members["exchanges.warc.gz"]))
    ]
    assert [kind for kind, _, _ in records] == ["response", "request", "resource"]
    (_, answer_headers, cut), _, (_, resource, body) = records
    assert (answer_headers.get_header("WARC-Target-URI"), cut) == ("https://codeload.github.com/x", b"")
    assert answer_headers.get_header("WARC-Truncated") == "length"
    assert resource.get_header("WARC-Target-URI") == snapshot["url"]
    assert resource.get_header("WARC-Concurrent-To") == answer_headers.get_header("WARC-Record-ID")
    assert resource.get_header("X-Wpswatch-Archive-Path") == path
    assert body == BODY
    assert path in members["chain.jsonl"].decode()


def members_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_all_of_it_holds_where_it_was_made(desk: Path) -> None:
    answer = ask(desk / "data", "verify", "proof.zip", "--json")
    assert answer.code == 0
    assert set(answer.verdicts().values()) == {"holds"}
    assert tuple(members_of(desk / "proof.zip")) == MEMBERS
    assert stat.S_IMODE((desk / "proof.zip").stat().st_mode) == 0o600


def test_elsewhere_the_key_is_open_until_it_is_named(desk: Path) -> None:
    elsewhere = desk / "elsewhere"
    answer = ask(elsewhere, "verify", "proof.zip", "--json")
    assert (answer.code, answer.verdicts()["key"], answer.verdicts()["own chain"]) == (3, "open", "open")
    (desk / "pub.pem").write_text(ask(desk / "data", "key").out)
    assert ask(elsewhere, "verify", "proof.zip", "--key", "pub.pem", "--json").verdicts()["key"] == "holds"
    (desk / "other.pem").write_text(ask(desk / "third", "key", "--new").out)
    answer = ask(elsewhere, "verify", "proof.zip", "--key", "other.pem", "--json")
    assert (answer.code, answer.verdicts()["key"]) == (1, "fails")


def commands_of(page: str) -> list[str]:
    return [
        line.strip() for line in page.splitlines() if line.startswith("    ") and ("openssl" in line or "sum" in line)
    ]


def run(command: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, text=True, check=False)


def test_the_commands_of_the_readme_check_it_without_wpswatch(desk: Path) -> None:
    with zipfile.ZipFile(desk / "proof.zip") as archive:
        archive.extractall(desk / "unpacked")
    page = (desk / "unpacked/README.txt").read_text()
    signature, sums, key, head = commands_of(page)
    assert run(signature, desk / "unpacked").stdout.strip() == "Signature Verified Successfully"
    assert run(sums, desk / "unpacked").returncode == 0
    for command in (key, head):
        assert f"must print {run(command, desk / 'unpacked').stdout.split()[0]}" in page
    (desk / "unpacked/reading.json").write_text("{}")
    assert run(sums, desk / "unpacked").returncode == 1
    (desk / "unpacked/SHA256SUMS").write_text(f"{(desk / 'unpacked/SHA256SUMS').read_text()}\n")
    assert run(signature, desk / "unpacked").returncode == 1


@pytest.mark.parametrize("name", MEMBERS)
@pytest.mark.parametrize("change", ["changed", "renamed", "missing"])
def test_a_changed_byte_a_changed_name_and_a_missing_member_are_found_and_named(
    made: Path, name: str, change: str, tmp_path: Path
) -> None:
    members = members_of(made / "proof.zip")
    content = members.pop(name)
    if change == "changed":
        members[name] = content[:40] + bytes([content[40] ^ 1]) + content[41:]
    elif change == "renamed":
        members[f"{name}x"] = content
    answer = ask(made / "data", "verify", str(write(tmp_path / "bad.zip", members)), "--json")
    assert answer.code == 1
    if change == "missing" or change == "renamed":
        assert f"{name} is missing" in answer.found("members")
    elif name.startswith("SHA256SUMS"):
        assert "SHA256SUMS" in answer.found("signature")
    else:
        assert answer.found("hashes") == f"{name} was changed"


def test_a_member_more_and_one_twice_are_named(desk: Path) -> None:
    members = members_of(desk / "proof.zip")
    write(desk / "more.zip", members | {"../evil": b"x"})
    assert ask(desk / "data", "verify", "more.zip", "--json").found("members") == "../evil does not belong to it"
    shutil.copy(desk / "proof.zip", desk / "twice.zip")
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(desk / "twice.zip", "a") as archive:
        archive.writestr("README.txt", members["README.txt"])
    answer = ask(desk / "data", "verify", "twice.zip", "--json")
    assert (answer.code, answer.found("members")) == (1, "README.txt stands in it twice")


def test_a_cut_end_of_the_chain_is_found_by_the_head_that_evidence_knows(desk: Path) -> None:
    with closing(open_database(desk / "data" / DATABASE_NAME)) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("DELETE FROM snapshots WHERE id = 2")
        db.execute("DELETE FROM snapshot_chain WHERE snapshot = 2")
    answer = ask(desk / "data", "verify", "proof.zip", "--json")
    assert (answer.code, answer.verdicts()["own chain"]) == (1, "fails")


def test_the_warc_holds_the_body_and_the_exchange_as_it_was(desk: Path) -> None:
    (desk / "x.warc.gz").write_bytes(members_of(desk / "proof.zip")["exchanges.warc.gz"])
    with (desk / "x.warc.gz").open("rb") as file:
        records: list[Any] = [
            (
                each.rec_type,
                each.rec_headers.get_header("X-Wpswatch-Asked"),
                each.http_headers.headers,
                each.content_stream().read(),
            )
            for each in ArchiveIterator(file)
        ]
    assert [(kind, asked) for kind, asked, _, _ in records] == [("response", EXCHANGE.asked_url), ("request", None)]
    assert records[0][3] == BODY
    assert records[0][2] == [("X-Archive-Orig-Content-Encoding", "gzip"), ("Via", "1.1 a"), ("Via", "1.1 b")]
    assert records[1][2] == [("Accept", "application/xml")]


def test_of_older_bodies_it_says_that_the_exchange_was_not_recorded(desk: Path) -> None:
    members = members_of(desk / "older.zip")
    snapshot = json.loads(members["manifest.json"])["snapshots"][0]
    assert (snapshot["asked"], snapshot["headers"], snapshot["etag"]) == ("not recorded", "not recorded", '"e1"')
    assert "headers: not recorded" in members["README.txt"].decode()
    assert ask(desk / "data", "verify", "older.zip").code == 0


def test_a_forged_reading_that_is_signed_anew_is_found_by_todays_parser(desk: Path) -> None:
    program = (
        "import monitor.evidence.bundle as b; real = b.reading_record\n"
        "def forged(*a):\n    r = real(*a); r['paragraphs'][3]['text'] = 'Decides nothing'; return r\n"
        "b.reading_record = forged; from monitor.cli.main import main; main()"
    )
    assert ask(desk / "data", "evidence", "2386", "-o", "forged.zip", program=program).code == 0
    answer = ask(desk / "data", "verify", "forged.zip", "--json")
    assert (answer.code, answer.verdicts()["signature"]) == (1, "holds")
    assert answer.found("reading").startswith("today's parser reads other words in PP ")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"manifest.json": b'{"schema": "wpswatch.evidence/2"}'}, "a newer wpswatch has written it: upgrade"),
        (
            {"manifest.json": b'{"schema": "wpswatch.backup/1"}'},
            "expected wpswatch.evidence/1, found wpswatch.backup/1",
        ),
        ({"holiday.jpg": b"x"}, "expected evidence of wpswatch, found another file"),
    ],
)
def test_a_file_of_another_kind_or_version_is_said(desk: Path, content: dict[str, bytes], said: str) -> None:
    answer = ask(desk / "data", "verify", str(write(desk / "other.zip", content)))
    assert answer.code == 1
    assert said in answer.err


def test_a_file_that_is_cut_off_is_said(desk: Path) -> None:
    (desk / "cut.zip").write_bytes((desk / "proof.zip").read_bytes()[:-300])
    assert "expected a whole ZIP file" in ask(desk / "data", "verify", "cut.zip").err


def test_without_a_key_or_with_one_that_others_can_read_nothing_is_signed(desk: Path) -> None:
    key = desk / "data/evidence.key"
    key.chmod(0o644)
    answer = ask(desk / "data", "evidence", "2387", "-o", "new.zip")
    assert (answer.code, "expected a key that only its owner can read" in answer.err) == (1, True)
    key.unlink()
    answer = ask(desk / "data", "evidence", "2387", "-o", "new.zip")
    assert (answer.code, "make one: wpswatch key --new" in answer.err) == (1, True)
    assert not (desk / "new.zip").exists()


def test_a_key_is_made_once_and_private(desk: Path) -> None:
    key = desk / "data/evidence.key"
    before = key.read_bytes()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    answer = ask(desk / "data", "key", "--new")
    assert (answer.code, key.read_bytes()) == (1, before)
    assert sorted(each.name for each in (desk / "data").glob("evidence*")) == ["evidence.key"]


@pytest.mark.parametrize("module", ["cryptography", "warcio"])
@pytest.mark.parametrize("command", [["evidence", "2387", "-o", "new.zip"], ["verify", "proof.zip"]])
def test_a_missing_extra_is_named(desk: Path, module: str, command: list[str]) -> None:
    program = f"import sys; sys.modules['{module}'] = None; from monitor.cli.main import main; main()"
    answer = ask(desk / "data", *command, program=program)
    assert answer.code == 1
    assert f"expected the package {module}, found it not installed: pip install 'wpswatch[evidence]'" in answer.err
    assert not (desk / "new.zip").exists()


def test_a_disk_that_fills_leaves_no_evidence_and_no_key_and_is_said(desk: Path) -> None:
    with closing(open_database(desk / "data" / DATABASE_NAME)) as db, transaction(db):
        body = os.urandom(100_000)  # the file of evidence is larger than what SQLite needs beside the database
        url = "https://example.org/2387.xml"
        body_hash = BodyStore(desk / "data/bodies").save(body)
        save_snapshot(
            db,
            Snapshot(
                "unxml", 1, url, url, 200, None, None, "x", body_hash, len(body), NOW, "S/RES/2387 (2017)", "en", None
            ),
        )
    for limit, words in ((80_000, ["evidence", "2387", "-o", "full.zip"]), (50, ["key", "--new"])):
        data = desk / ("data" if words[0] == "evidence" else "empty")
        program = (
            f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
            "from monitor.cli.main import main; main()"
        )
        answer = ask(data, *words, program=program)
        assert answer.code == 1
        assert answer.err.strip() == "Error: the disk takes no more (File too large); make room, then run it again"
    assert not list(desk.glob("full.zip*"))
    assert list((desk / "empty").iterdir()) == []
    assert ask(desk / "data", "evidence", "2387", "-o", "full.zip").code == 0
