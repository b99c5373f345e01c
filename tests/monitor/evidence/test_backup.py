"""A backup is one moment with every body it names, whatever is written meanwhile and whenever the program is killed."""

import json
import os
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.evidence.backup import Backup, BackupWish, write_backup
from monitor.evidence.restore import restore_backup
from monitor.evidence.sealed_zip import WrongFile
from monitor.settings.config import load_config
from monitor.watch.lock import AlreadyRunning, only_one
from storage.fetched.bodies import BodyStore
from storage.fetched.runs import open_run
from storage.fetched.snapshots import list_snapshots, save_snapshot
from storage.records import Snapshot
from storage.sqlite.database import DATABASE_NAME, open_database, open_readonly, transaction
from storage.told.site_addresses import SiteAddress, keep_addresses
from tests.paths import ROOT

pytestmark = pytest.mark.long

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}


def fill(data: Path, first: int, count: int) -> None:
    """Keep bodies as a crawl does: the body first, then the row that names it."""
    bodies = BodyStore(data / "bodies")
    with closing(open_database(data / DATABASE_NAME)) as db:
        for number in range(first, first + count):
            body = b"the words of the Council " * 40 + str(number).encode()
            body_hash = bodies.save(body)
            bodies.flush()
            with transaction(db):
                run = open_run(db, "unxml", NOW)
                url = f"https://example.org/{number}.xml"
                fetched = Snapshot(
                    "unxml",
                    run,
                    url,
                    url,
                    200,
                    None,
                    None,
                    "application/xml",
                    body_hash,
                    len(body),
                    NOW,
                    None,
                    None,
                    None,
                )
                save_snapshot(db, fetched)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    fill(tmp_path / "data", 0, 30)
    return tmp_path / "data"


def back_up(data: Path, target: Path, *, with_secrets: bool = False, may_replace: bool = False) -> Backup:
    settings = data.parent / "wpswatch.toml"
    if not settings.exists():
        settings.write_text("[network]\ncontact = 'desk@example.org'\n")
    wanted = BackupWish(data, settings, load_config(settings), with_secrets)
    return write_backup(target, wanted, NOW, may_replace=may_replace)


def rows(data: Path) -> list[Snapshot]:
    with closing(open_readonly(data / DATABASE_NAME)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return list_snapshots(db)


def is_whole(data: Path) -> int:
    """How many rows there are; each body they name is there and sound."""
    found = rows(data)
    bodies = BodyStore(data / "bodies")
    for row in found:
        assert len(bodies.load(row.body_hash)) == row.size
    return len(found)


def test_what_is_restored_is_what_was_backed_up(data: Path, tmp_path: Path) -> None:
    done = back_up(data, tmp_path / "b.zip")
    restored = restore_backup(tmp_path / "b.zip", tmp_path / "fresh", is_dry=False)
    assert rows(tmp_path / "fresh") == rows(data)
    assert is_whole(tmp_path / "fresh") == done.bodies == 30
    assert [each.path.name for each in restored.placed] == ["wpswatch.toml"]
    assert "desk@example.org" in (tmp_path / "fresh/wpswatch.toml").read_text()


def test_only_the_owner_reads_a_backup_and_what_is_restored(data: Path, tmp_path: Path) -> None:
    back_up(data, tmp_path / "b.zip")
    restore_backup(tmp_path / "b.zip", tmp_path / "fresh", is_dry=False)
    for path in (tmp_path / "b.zip", tmp_path / "fresh" / DATABASE_NAME, tmp_path / "fresh/wpswatch.toml"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_backup_made_while_others_write_holds_every_body_it_names(data: Path, tmp_path: Path) -> None:
    writing = threading.Thread(target=fill, args=(data, 1000, 150))
    writing.start()
    counts = []
    while writing.is_alive():
        done = back_up(data, tmp_path / "b.zip", may_replace=True)
        assert done.lost == ()
        fresh = tmp_path / f"fresh{len(counts)}"
        restore_backup(tmp_path / "b.zip", fresh, is_dry=False)
        counts.append(is_whole(fresh))
    writing.join()
    assert counts
    assert counts == sorted(counts)


@pytest.fixture
def settings_with_secrets(data: Path) -> Path:
    (data.parent / "hook").write_text("whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0")
    (data / "evidence.key").write_text("a key")
    settings = data.parent / "wpswatch.toml"
    settings.write_text(
        "[network]\nmirror = 'https://desk:hunter2@example.org/'\n[[channels]]\nname = 'hook'\ntype = 'webhook'\n"
        "url = 'https://example.org/hook'\nsecret_file = 'hook'\n"
    )
    return settings


@pytest.mark.usefixtures("settings_with_secrets")
def test_keys_and_secrets_are_in_it_only_when_asked_for(data: Path, tmp_path: Path) -> None:
    done = back_up(data, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        held = b"".join(archive.read(name) for name in archive.namelist() if not name.startswith("bodies/"))
    assert b"hunter2" not in held
    assert b"whsec_" not in held
    assert b"a key" not in held
    assert [Path(each).name for each in done.withheld] == ["wpswatch.toml", "evidence.key", "hook"]


@pytest.mark.usefixtures("settings_with_secrets")
def test_secrets_that_were_asked_for_come_back_as_private_files(data: Path, tmp_path: Path) -> None:
    back_up(data, tmp_path / "b.zip", with_secrets=True)
    restored = restore_backup(tmp_path / "b.zip", tmp_path / "fresh", is_dry=False)
    assert "hunter2" in (tmp_path / "fresh/wpswatch.toml").read_text()
    assert (tmp_path / "fresh/evidence.key").read_text() == "a key"
    secret = tmp_path / "fresh/secrets/1-hook"
    assert secret.read_text().startswith("whsec_")
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert {each.came_from for each in restored.placed} == {str(tmp_path / "wpswatch.toml"), str(tmp_path / "hook")}


def test_a_body_that_is_lost_is_named_and_the_rest_is_kept(data: Path, tmp_path: Path) -> None:
    lost = next((data / "bodies").rglob("*.z"))
    lost.write_bytes(b"damaged")
    done = back_up(data, tmp_path / "b.zip")
    assert done.lost == (f"{lost.parent.name}{lost.stem}",)
    assert done.bodies == 29


def test_a_file_that_is_there_is_replaced_only_when_asked_for(data: Path, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("the backup of last week")
    with pytest.raises(WrongFile, match="expected no file of this name"):
        back_up(data, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_text() == "the backup of last week"


def test_a_folder_with_a_database_is_never_restored_over(data: Path, tmp_path: Path) -> None:
    back_up(data, tmp_path / "b.zip")
    before = rows(data)
    with pytest.raises(WrongFile, match="expected a folder without a database"):
        restore_backup(tmp_path / "b.zip", data, is_dry=False)
    assert rows(data) == before


def test_a_folder_that_is_crawled_into_is_not_restored_into(data: Path, tmp_path: Path) -> None:
    back_up(data, tmp_path / "b.zip")
    with only_one(tmp_path / "fresh", name="watch.lock"), pytest.raises(AlreadyRunning):
        restore_backup(tmp_path / "b.zip", tmp_path / "fresh", is_dry=False)
    assert not (tmp_path / "fresh" / DATABASE_NAME).exists()


def test_a_dry_run_of_a_restore_writes_nothing(data: Path, tmp_path: Path) -> None:
    back_up(data, tmp_path / "b.zip")
    restore_backup(tmp_path / "b.zip", tmp_path / "fresh", is_dry=True)
    assert not (tmp_path / "fresh").exists()


def rewritten(source: Path, target: Path, changes: dict[str, bytes | None], extra: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = changes.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in extra.items():
            new.writestr(name, content)
    return target


def broken(whole: Path, kind: str) -> Path:
    target = whole.with_name(f"{kind}.zip")
    with zipfile.ZipFile(whole) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        body = next(name for name in archive.namelist() if name.startswith("bodies/"))
    if kind == "cut":
        target.write_bytes(whole.read_bytes()[:-500])
        return target
    if kind == "newer":
        return rewritten(
            whole, target, {"manifest.json": json.dumps(manifest | {"schema": "wpswatch.backup/2"}).encode()}, {}
        )
    if kind == "elsewhere":
        member = {"name": "../evil", "sha256": manifest["members"][0]["sha256"], "size": 1, "came_from": None}
        told = json.dumps(manifest | {"members": [*manifest["members"], member]}).encode()
        return rewritten(whole, target, {"manifest.json": told}, {"../evil": b"x"})
    if kind == "foreign":
        return rewritten(whole, target, {"manifest.json": b"[]"}, {})
    changes: dict[str, dict[str, bytes | None]] = {"changed": {body: b"other"}, "missing": {body: None}, "more": {}}
    return rewritten(whole, target, changes[kind], {"stray": b"x"} if kind == "more" else {})


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("cut", "whole ZIP file"),
        ("changed", "expected the hash"),
        ("missing", "found a difference: bodies/"),
        ("more", "found a difference: stray"),
        ("elsewhere", "expected files of wpswatch, found '../evil'"),
        ("newer", "a newer wpswatch has written it"),
        ("foreign", "expected a backup of wpswatch"),
    ],
)
def test_a_file_that_is_no_whole_backup_restores_nothing(data: Path, tmp_path: Path, kind: str, said: str) -> None:
    back_up(data, tmp_path / "b.zip")
    with pytest.raises(WrongFile, match=said):
        restore_backup(broken(tmp_path / "b.zip", kind), tmp_path / "fresh", is_dry=False)
    assert not (tmp_path / "fresh").exists()


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "monitor.cli.main", *arguments]


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Enough that a kill meets the writing."""
    data = tmp_path / "large"
    fill(data, 0, 1)
    bodies = BodyStore(data / "bodies")
    with closing(open_database(data / DATABASE_NAME)) as db, transaction(db):
        for number in range(600):
            body = os.urandom(20_000)
            url = f"https://example.org/r{number}"
            save_snapshot(
                db,
                Snapshot("unxml", 1, url, url, 200, None, None, "x", bodies.save(body), 20_000, NOW, None, None, None),
            )
    return data


def killed_when(arguments: list[str], folder: Path, is_time: "Iterator[bool]") -> bool:
    """Run a command and kill it without a word at a moment; whether it was still running."""
    with subprocess.Popen(arguments, cwd=folder, env=ENVIRONMENT, stdout=-3, stderr=-3) as process:
        for now in is_time:
            if process.poll() is not None or now:
                break
        process.send_signal(signal.SIGKILL)
        return process.wait() == -signal.SIGKILL


def larger_than(path: Path, size: int) -> Iterator[bool]:
    while True:
        try:
            yield path.stat().st_size > size
        except OSError:
            yield False


def more_than(folder: Path, count: int) -> Iterator[bool]:
    while True:
        yield sum(1 for _ in folder.glob("bodies/*/*.z")) > count


def test_a_backup_that_is_killed_leaves_the_old_one_and_the_next_one_is_whole(large: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.zip"
    back_up(large, target)
    before = target.read_bytes()
    arguments = command("--data", str(large), "backup", str(target), "--replace")
    killed = 0
    for size in (0, 1_000_000, 6_000_000):
        if killed_when(arguments, tmp_path, larger_than(tmp_path / "b.zip.part", size)):
            killed += 1
            assert target.read_bytes() == before
    assert killed
    subprocess.run(arguments, cwd=tmp_path, env=ENVIRONMENT, check=True, capture_output=True)
    restore_backup(target, tmp_path / "fresh", is_dry=False)
    assert is_whole(tmp_path / "fresh") == 601
    assert not list(tmp_path.glob("*.part"))


def test_a_restore_that_is_killed_leaves_no_database_and_is_simply_run_again(large: Path, tmp_path: Path) -> None:
    back_up(large, tmp_path / "b.zip")
    fresh = tmp_path / "fresh"
    arguments = command("--data", str(fresh), "restore", str(tmp_path / "b.zip"))
    for count in (0, 100, 400):
        assert killed_when(arguments, tmp_path, more_than(fresh, count))
        assert not (fresh / DATABASE_NAME).exists()
    subprocess.run(arguments, cwd=tmp_path, env=ENVIRONMENT, check=True, capture_output=True)
    assert is_whole(fresh) == 601


FULL = "Error: the disk takes no more (File too large); make room, then run it again"


def limited() -> None:
    """As a full disk: no file of this process may grow beyond this."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))


def test_a_disk_that_fills_leaves_no_backup_and_is_said(large: Path, tmp_path: Path) -> None:
    arguments = command("--data", str(large), "backup", str(tmp_path / "b.zip"))
    done = subprocess.run(
        arguments, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=False, preexec_fn=limited
    )
    assert done.returncode == 1
    assert done.stderr.strip() == FULL
    assert not list(tmp_path.glob("b.zip*"))


def test_a_disk_that_fills_leaves_no_restored_database_and_is_said(large: Path, tmp_path: Path) -> None:
    with closing(open_database(large / DATABASE_NAME)) as db, transaction(db):
        keep_addresses(db, [SiteAddress(f"a/{number}.html", "x" * 100) for number in range(20_000)], NOW)
    back_up(large, tmp_path / "b.zip")
    arguments = command("--data", str(tmp_path / "fresh"), "restore", str(tmp_path / "b.zip"))
    done = subprocess.run(
        arguments, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=False, preexec_fn=limited
    )
    assert (done.returncode, done.stderr.strip()) == (1, FULL)
    assert not (tmp_path / "fresh" / DATABASE_NAME).exists()
    subprocess.run(arguments, cwd=tmp_path, env=ENVIRONMENT, check=True, capture_output=True)
    assert is_whole(tmp_path / "fresh") == 601


def test_the_ledger_of_published_addresses_is_in_it_and_checked(data: Path, tmp_path: Path) -> None:
    with closing(open_database(data / DATABASE_NAME)) as db, transaction(db):
        keep_addresses(db, [SiteAddress("en/2387.html"), SiteAddress("en/2387.html", "op-1")], NOW)
    made = back_up(data, tmp_path / "b.zip")
    assert made.published is not None
    assert made.published.addresses == 2
    assert restore_backup(tmp_path / "b.zip", tmp_path / "fresh", is_dry=False).backup.published == made.published

    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members["manifest.json"])
    manifest["published"]["addresses"] = 3
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        for name, content in (members | {"manifest.json": json.dumps(manifest).encode()}).items():
            archive.writestr(name, content)
    with pytest.raises(WrongFile, match="expected the ledger of 3 published addresses, found another one of 2"):
        restore_backup(tmp_path / "other.zip", tmp_path / "third", is_dry=False)
    assert not (tmp_path / "third" / DATABASE_NAME).exists()
    assert not list((tmp_path / "third").glob("*.part"))


def test_the_copy_in_a_backup_is_a_database_without_a_journal(data: Path, tmp_path: Path) -> None:
    back_up(data, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        archive.extract(DATABASE_NAME, tmp_path)
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME)) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
