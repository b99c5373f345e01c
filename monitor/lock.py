"""One crawl at a time on a data folder, also across processes: a lock that the system lets go when its holder dies."""

import fcntl
import os
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

LOCK_NAME = "crawl.lock"
PATIENCE_SECONDS = 5.0


class AlreadyRunning(Exception):  # noqa: N818 - the word says what is the case
    """Another process is crawling or re-reading on this data folder."""


@contextmanager
def only_one(data: Path, patience_seconds: float = PATIENCE_SECONDS, name: str = LOCK_NAME) -> Generator[None]:
    """Hold the folder's lock of this name for the block; waits a little for a holder that is just ending.

    Raises:
        AlreadyRunning: another process holds it; the message names the process.
    """
    data.mkdir(parents=True, exist_ok=True)
    with (data / name).open("a+", encoding="ascii") as file:
        if not _locked(file, patience_seconds):
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise AlreadyRunning(
                f"expected the data folder to be free, found it in use by process {holder} at {data}; "
                "wait for it to end, or stop it"
            )
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


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
