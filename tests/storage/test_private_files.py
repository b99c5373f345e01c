"""What is kept on the disk is its owner's alone, and is never written through a link."""

import os
from pathlib import Path

import pytest

from storage.credentials import without_credentials
from storage.errors import UnreadableDatabase
from storage.fetched.bodies import BodyStore
from storage.private_files import is_private, make_private, open_private, private_folder
from storage.sqlite.database import open_database


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_new_database_and_its_folder_are_private(tmp_path: Path) -> None:
    open_database(tmp_path / "data/wpswatch.db").close()
    assert (mode(tmp_path / "data"), mode(tmp_path / "data/wpswatch.db")) == (0o700, 0o600)


def test_a_database_that_others_could_read_is_made_private_and_that_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "data/wpswatch.db"
    open_database(path).close()
    path.chmod(0o644)
    path.parent.chmod(0o755)

    open_database(path).close()
    open_database(path).close()

    assert (mode(path.parent), mode(path)) == (0o700, 0o600)
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_a_new_database_is_not_made_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "wpswatch.db").symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(UnreadableDatabase):
        open_database(tmp_path / "wpswatch.db")
    assert not (tmp_path / "elsewhere.db").exists()


def test_bodies_are_private(tmp_path: Path) -> None:
    store = BodyStore(tmp_path / "bodies")
    body_hash = store.save(b"words")
    kept = tmp_path / "bodies" / body_hash[:2] / f"{body_hash[2:]}.z"
    assert (mode(kept), mode(kept.parent), mode(tmp_path / "bodies")) == (0o600, 0o700, 0o700)


def test_a_file_behind_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with pytest.raises(OSError, match="link"):
        open_private(tmp_path / "link", os.O_WRONLY | os.O_TRUNC)
    assert (tmp_path / "target").read_text() == "mine"


def test_a_folder_that_exists_keeps_its_mode_and_can_be_tightened(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o755)
    private_folder(folder)
    assert not is_private(folder)
    assert make_private(folder)
    assert is_private(folder)
    assert not make_private(folder)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://desk:secret@mirror.example.org/a?b=1", "https://mirror.example.org/a?b=1"),
        ("http://token@10.0.0.1:8080", "http://10.0.0.1:8080"),
        ("at https://a:b@c@host/x and http://d:e@host/y", "at https://host/x and http://host/y"),
        ("desk@example.org wrote", "desk@example.org wrote"),
        ("https://host/path@version", "https://host/path@version"),
        ("https://host?to=desk@example.org", "https://host?to=desk@example.org"),
        ("HTTPS://Desk:Secret@Host", "HTTPS://Host"),
        ("invalid hostname: desk:se%40cret@10.0.0.1 at https://host/x", "invalid hostname: 10.0.0.1 at https://host/x"),
        ("mailto:desk@example.org?subject=x", "mailto:desk@example.org?subject=x"),
        ("at 12:30 desk@example.org wrote", "at 12:30 desk@example.org wrote"),
    ],
)
def test_credentials_leave_an_address_and_nothing_else(text: str, shown: str) -> None:
    assert without_credentials(text) == shown
