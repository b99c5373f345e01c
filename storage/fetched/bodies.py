"""Fetched bodies as files, kept by the SHA-256 of their bytes: `bodies/ab/cdef….z`, compressed. No SQL."""

import hashlib
import os
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Final

from storage.errors import BodyDamaged, BodyError, BodyMissing
from storage.private_files import open_private, private_folder

__all__ = ["BodyDamaged", "BodyError", "BodyMissing", "BodyStore"]

# Measured on 35 MB of the UN's XML: level 1 takes 0.21 s and leaves 8.9 MB, 3 0.26 s and 8.3, 6 0.59 s and 7.5.
_LEVEL: Final = 1


class BodyStore:
    """The folder of bodies. Saving is idempotent; `flush` makes what was saved outlast a power cut."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._unflushed: list[Path] = []

    def save(self, body: bytes) -> str:
        """Keep a body and return its hash; a damaged copy of it is replaced.

        Raises OSError when the disk is full or can't be written; no half file is left then.
        """
        body_hash = hashlib.sha256(body).hexdigest()
        path = self._path(body_hash)
        if not self._holds(path, body_hash):
            private_folder(self._root)
            private_folder(path.parent)
            _write_atomically(path, zlib.compress(body, _LEVEL))
            self._unflushed.append(path)
        return body_hash

    def load(self, body_hash: str) -> bytes:
        """Return the body kept under a hash.

        Raises:
            BodyMissing: none is kept.
            BodyDamaged: what is kept does not have this hash.
        """
        path = self._path(body_hash)
        try:
            packed = path.read_bytes()
        except FileNotFoundError as error:
            raise BodyMissing(
                f"expected the body {body_hash}, found no file {path}; restore it from a backup, or crawl with --full"
            ) from error
        return unpacked(packed, str(path), body_hash)

    def packed(self, body_hash: str) -> bytes:
        """Return a body as its file holds it, compressed, once it is known to be sound; raises as `load` does."""
        self.load(body_hash)
        return self._path(body_hash).read_bytes()

    def bytes_taken(self) -> int:
        """How much the files of all bodies hold, packed as they lie."""
        return sum(path.stat().st_size for path in self._root.glob("*/*") if path.is_file())

    def flush(self) -> None:
        """Bring what was saved since the last flush to the disk, files and folders.

        Called before the rows that name the bodies are committed, so that no row ever names a lost body.
        """
        folders = {path.parent for path in self._unflushed}
        for path in self._unflushed:
            _fsync(path)
        if folders:
            for folder in (*sorted(folders), self._root):
                _fsync(folder)
        self._unflushed.clear()

    def _path(self, body_hash: str) -> Path:
        return self._root / place_of(body_hash)

    def _holds(self, path: Path, body_hash: str) -> bool:
        """Whether a sound copy is there: one that a power cut left empty must not count as kept."""
        if not path.exists():
            return False
        try:
            self.load(body_hash)
        except BodyDamaged:
            return False
        return True


def _write_atomically(path: Path, content: bytes) -> None:
    """Write a file under a name of this process's own, then give it its name: it is there whole or not at all."""
    unfinished = path.with_suffix(f".{os.getpid()}.tmp")
    descriptor = open_private(unfinished, os.O_WRONLY | os.O_TRUNC)
    try:
        try:
            _write_all(descriptor, content)
        finally:
            os.close(descriptor)
        unfinished.replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            unfinished.unlink()
        raise


def _write_all(descriptor: int, content: bytes) -> None:
    """Write all bytes: the system may take fewer than it is given."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def place_of(body_hash: str) -> str:
    """Where a body lies, below the folder or the address of all bodies."""
    return f"{body_hash[:2]}/{body_hash[2:]}.z"


def unpacked(packed: bytes, where: str, body_hash: str) -> bytes:
    """Return the body that was kept; raises BodyDamaged when it does not have its hash."""
    try:
        body = zlib.decompress(packed)
    except zlib.error as error:
        raise _damaged(where, body_hash, str(error)) from error
    found = hashlib.sha256(body).hexdigest()
    if found != body_hash:
        raise _damaged(where, body_hash, f"a body of hash {found}")
    return body


def _damaged(where: str, body_hash: str, found: str) -> BodyDamaged:
    return BodyDamaged(
        f"expected a body of hash {body_hash}, found {found} in {where}; restore it from a backup, or crawl with --full"
    )
