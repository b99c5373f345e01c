"""ZIP files that are private, and whole or not there; and members that are read with a limit.

A file is written beside its place under `NAME.part` and takes its name when all of it is on the disk: a kill or a full
disk leaves nothing under that name, and what was there stays.
"""

import fcntl
import os
import zipfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from storage.private_files import open_private

MOST_BYTES: Final = 4 * 1024**3
"""No member that is read back is larger: a file that claims more is none of ours."""

_BLOCK: Final = 1 << 20
_OLDEST: Final = (1980, 1, 1, 0, 0, 0)


class WrongFile(Exception):  # noqa: N818 - the name says what is the case
    """A file can't be written, or is not what it should be; the message says what was expected, found and to do."""


@contextmanager
def new_zip(path: Path, *, may_replace: bool = False) -> Generator[zipfile.ZipFile]:
    """A ZIP file to write; it stands at `path` when the block has ended well, and not at all otherwise.

    Raises:
        WrongFile: something stands at `path` already, or another process is writing it.
        OSError: the folder can't be written, or the disk is full.
    """
    if not may_replace and (path.exists() or path.is_symlink()):
        raise WrongFile(f"expected no file of this name, found one at {path}; choose another, or give --replace")
    part = path.with_name(f"{path.name}.part")
    with os.fdopen(open_private(part, os.O_RDWR), "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WrongFile(f"expected to be alone, found another process writing {part}; wait for it") from error
        try:
            file.truncate(0)
            with zipfile.ZipFile(file, "w") as archive:
                yield archive
            file.flush()
            os.fsync(file.fileno())
            part.replace(path)
            sync_folder(path.parent)
        except BaseException:
            with suppress(FileNotFoundError):
                part.unlink()
            raise


def add(archive: zipfile.ZipFile, name: str, content: bytes | Path, *, is_packed: bool = False) -> None:
    """Write a member, from memory or from a file; what is compressed already is not compressed again."""
    entry = zipfile.ZipInfo(name, _OLDEST)
    entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    if isinstance(content, bytes):
        archive.writestr(entry, content)
        return
    with content.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
        while block := source.read(_BLOCK):
            target.write(block)


@contextmanager
def opened_zip(path: Path) -> Generator[zipfile.ZipFile]:
    """A ZIP file to read.

    Raises:
        WrongFile: there is none, it is no ZIP file or cut off, or it is damaged where the block reads it.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except FileNotFoundError as error:
        raise WrongFile(f"expected a file, found none at {path}; check its name") from error
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError) as error:
        raise WrongFile(f"expected a whole ZIP file, found: {error} at {path}; take another copy of it") from error


def blocks_of(archive: zipfile.ZipFile, name: str) -> Generator[bytes]:
    """The bytes of a member in blocks; raises WrongFile when there are more than any file of ours has."""
    told = archive.getinfo(name).file_size
    if told > MOST_BYTES:
        raise WrongFile(f"expected at most {MOST_BYTES} bytes, found {told} in {name!r}; the file is none of ours")
    with archive.open(name) as member:
        while block := member.read(_BLOCK):
            yield block


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
