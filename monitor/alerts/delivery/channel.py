"""Ways to tell an alert: what a channel is, and the two that need no server, file and stdout."""

import fcntl
import os
from datetime import timedelta
from pathlib import Path
from typing import Protocol, TextIO

from monitor.alerts.words.message import render_text
from storage.records import Alert


class DeliveryError(Exception):
    """An alert could not be told now.

    `is_permanent` says that trying again cannot help; `retry_after` is how long the receiver asked to be left alone,
    None when it did not; `is_gone` says that the receiver wants nothing any more, so that its channel is muted.
    """

    def __init__(
        self,
        message: str,
        *,
        is_permanent: bool = False,
        retry_after: timedelta | None = None,
        is_gone: bool = False,
    ) -> None:
        super().__init__(message)
        self.is_permanent = is_permanent or is_gone
        self.retry_after = retry_after
        self.is_gone = is_gone


class Receipts(Protocol):
    """What is known of one delivery's recipients, where a channel has several; kept on disk at once.

    A later attempt asks first, so that nobody who has the alert gets it again because somebody else has not.
    """

    def is_settled(self, recipient: str) -> bool:
        """Whether the recipient has the alert, or refused it for good."""

    def is_told(self) -> bool:
        """Whether anybody has the alert."""

    def accept(self, recipient: str) -> None:
        """The recipient has it."""

    def refuse(self, recipient: str, error: str) -> None:
        """The recipient refused it for good, in these words."""


class Channel(Protocol):
    """One way to tell. `send` returns when the alert is told, and raises DeliveryError when it is not."""

    @property
    def name(self) -> str:
        """What the configuration calls it."""

    def send(self, alert: Alert, receipts: Receipts) -> None:
        """Tell the alert; the same alert may come again after a crash, with the same id."""


class FileChannel:
    """Appends each alert as text to a file."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self._path = path

    def send(self, alert: Alert, receipts: Receipts) -> None:
        """Append the alert in one write, and return when the disk has it; what was written in part is taken back."""
        text = (render_text(alert) + "\n").encode()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
            try:
                _append(descriptor, text)
            finally:
                os.close(descriptor)
        except OSError as error:
            reason = error.strerror or str(error)
            raise DeliveryError(f"expected to append to {self._path}, found: {reason}") from error


class StdoutChannel:
    """Prints each alert."""

    def __init__(self, name: str, stream: TextIO) -> None:
        self.name = name
        self._stream = stream

    def send(self, alert: Alert, receipts: Receipts) -> None:
        """Print the alert; what the stream's encoding lacks is shown by its number."""
        encoding = self._stream.encoding or "utf-8"
        text = (render_text(alert) + "\n").encode(encoding, "backslashreplace").decode(encoding)
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError) as error:  # a closed stream is a ValueError
            raise DeliveryError(f"expected to print, found: {error}") from error


def _append(descriptor: int, text: bytes) -> None:
    # The lock keeps another sender's text out of the gap that taking back would leave.
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    size = os.fstat(descriptor).st_size
    try:
        written = os.write(descriptor, text)
        if written < len(text):
            raise OSError(f"only {written} of {len(text)} bytes were written")
        os.fsync(descriptor)
    except OSError:
        if os.fstat(descriptor).st_size > size:
            os.ftruncate(descriptor, size)
        raise
