"""Where the body of an answer goes that is too large for memory: into a file without a name, gone with the crawl."""

import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final, cast

TO_DISK: Final = "wpswatch_to_disk"
"""The key in a request's `meta` under which a `Sink` stands that takes the body; the answer's own is empty then."""

TAKES_REFUSALS: Final = "wpswatch_takes_refusals"
"""The key under which True stands where a refusal is an answer like others: nobody waits, and asks again."""


class Sink:
    """Takes a body into a file in a folder, as it comes. `error` says why the disk did not take it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: BinaryIO | None = None
        self._hash = hashlib.sha256()
        self.error: OSError | None = None
        self.size = 0
        self.give_up: Callable[[], None] = lambda: None

    def restart(self) -> None:
        """Be empty: an answer comes from its beginning. Raises OSError when no file can be made."""
        self.close()
        self.error, self.size, self._hash = None, 0, hashlib.sha256()
        try:
            # it lives as long as the crawl needs it
            self._file = cast("BinaryIO", tempfile.TemporaryFile(dir=self._folder))  # noqa: SIM115
        except OSError as error:
            self.error = error
            raise

    def write(self, data: bytes) -> int:
        """Take a piece; where the disk takes no more, the answer is given up."""
        if self.error is None and self._file is not None:
            try:
                self._file.write(data)
                self._hash.update(data)
                self.size += len(data)
            except OSError as error:
                self.error = error
                self.give_up()
        return len(data)

    def read_back(self) -> BinaryIO:
        """The file, at its beginning. Raises OSError when the last bytes could not be written."""
        if self._file is None:
            raise OSError("nothing was written")
        self._file.flush()
        self._file.seek(0)
        return self._file

    @property
    def sha256(self) -> str:
        """The hash of all that was written."""
        return self._hash.hexdigest()

    def getvalue(self) -> bytes:
        """Nothing: the body is in the file."""
        return b""

    def truncate(self, size: int) -> int:
        """Leave the file as it is: what is too large is given up as a whole."""
        return size

    def close(self) -> None:
        """Free the room that the file takes."""
        if self._file is not None:
            self._file.close()
            self._file = None
