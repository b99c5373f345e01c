"""One crawl at a time on a data folder, also across processes: a lock that the system lets go when its holder dies."""

import fcntl
import os
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from storage.private_files import open_private, private_folder

LOCK_NAME = "crawl.lock"
WATCH_LOCK = "watch.lock"
PATIENCE_SECONDS = 5.0


class AlreadyRunning(Exception):  # noqa: N818 - the word says what is the case
    """Another process is crawling or re-reading on this data folder."""


@contextmanager
def only_one(
    data: Path,
    patience_seconds: float = PATIENCE_SECONDS,
    name: str = LOCK_NAME,
    on_wait: Callable[[str], None] | None = None,
) -> Generator[None]:
    """Hold the folder's lock of this name for the block; waits a little for a holder that is just ending.

    `on_wait` is told once, in words, that the lock is held by another and is waited for.

    Raises:
        AlreadyRunning: another process holds it; the message names the process.
    """
    private_folder(data)
    with os.fdopen(open_private(data / name, os.O_RDWR | os.O_APPEND), "a+", encoding="ascii") as file:
        if on_wait is not None and not _locked(file, 0):
            on_wait(f"{data} is in use by process {_holder(file)}; waiting up to {patience_seconds / 60:g} minutes")
        if not _locked(file, patience_seconds):
            raise AlreadyRunning(_refusal(data, name, _holder(file)))
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def is_held(data: Path, name: str = LOCK_NAME) -> bool:
    """Whether a process holds the folder's lock of this name now."""
    try:
        with (data / name).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _refusal(data: Path, name: str, holder: str) -> str:
    if name == WATCH_LOCK:
        return (
            f"expected nobody to watch {data}, found it watched by process {holder}; two would crawl and send twice: "
            "stop that one first, or name another folder: wpswatch --data DIR watch"
        )
    return (
        f"expected the data folder to be free, found it in use by process {holder} at {data}; wait for it to end, or "
        "stop it; wpswatch crawl --wait MINUTES waits by itself"
    )


def _holder(file: TextIO) -> str:
    file.seek(0)
    return file.read().strip() or "unknown"


def _locked(file: TextIO, patience_seconds: float) -> bool:
    deadline = time.monotonic() + patience_seconds
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.05)
        else:
            return True
