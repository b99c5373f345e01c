"""Bodies on disk: whole or not at all, and never given back when damaged."""

import errno
import hashlib
import os
from pathlib import Path

import pytest

from storage.fetched.bodies import BodyDamaged, BodyMissing, BodyStore

BODY = b"<akomaNtoso>" + b"women and girls " * 200


def files_of(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "bodies"


def test_a_saved_body_comes_back_under_its_hash(root: Path) -> None:
    body_hash = BodyStore(root).save(BODY)

    assert body_hash == hashlib.sha256(BODY).hexdigest()
    assert BodyStore(root).load(body_hash) == BODY
    assert files_of(root) == [root / body_hash[:2] / f"{body_hash[2:]}.z"]


def test_a_body_is_kept_compressed(root: Path) -> None:
    BodyStore(root).save(BODY)

    assert files_of(root)[0].stat().st_size < len(BODY) / 10


def test_an_empty_body_is_a_body(root: Path) -> None:
    store = BodyStore(root)

    assert store.load(store.save(b"")) == b""


def test_saving_a_body_twice_leaves_the_first_file_alone(root: Path) -> None:
    store = BodyStore(root)
    store.save(BODY)
    before = files_of(root)[0].stat()

    store.save(BODY)

    after = files_of(root)[0].stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_body_that_was_never_saved_is_missing(root: Path) -> None:
    with pytest.raises(BodyMissing, match="expected the body 00"):
        BodyStore(root).load("00" * 32)


@pytest.mark.parametrize(
    "content", [b"", b"no zlib", b"x\x9c\x03\x00\x00\x00\x00\x01"], ids=["empty", "foreign", "other"]
)
def test_a_damaged_body_is_not_given_back(root: Path, content: bytes) -> None:
    body_hash = BodyStore(root).save(BODY)
    files_of(root)[0].write_bytes(content)

    with pytest.raises(BodyDamaged, match=body_hash):
        BodyStore(root).load(body_hash)


def test_saving_again_mends_a_file_that_a_power_cut_left_empty(root: Path) -> None:
    body_hash = BodyStore(root).save(BODY)
    files_of(root)[0].write_bytes(b"")

    BodyStore(root).save(BODY)

    assert BodyStore(root).load(body_hash) == BODY


def test_a_full_disk_raises_and_leaves_no_half_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write

    def write_ten_bytes_then_fail(descriptor: int, data: memoryview) -> int:
        if len(data) < 20:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(descriptor, data[:10])

    monkeypatch.setattr(os, "write", write_ten_bytes_then_fail)
    with pytest.raises(OSError, match="No space left"):
        BodyStore(root).save(BODY)

    assert files_of(root) == []


def test_a_write_that_takes_a_few_bytes_at_a_time_still_keeps_all(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:7]))

    store = BodyStore(root)

    assert store.load(store.save(BODY)) == BODY


def test_flush_brings_each_new_file_and_folder_to_the_disk_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(Path(f"/proc/self/fd/{descriptor}").readlink()))
    store = BodyStore(root)
    body_hash = store.save(BODY)
    store.save(BODY)

    store.flush()
    store.flush()

    folder = root / body_hash[:2]
    assert synced == [folder / f"{body_hash[2:]}.z", folder, root]
