"""Keeps a whole exchange with a server within one time limit and one size, however slowly or much it answers."""

import io
import socket
import threading
import time
from collections.abc import Callable
from typing import Any, Final, TypeVar

_T = TypeVar("_T")

_PIECE: Final = 16_384


class Deadline:
    """A moment that is not passed: what is done until then shares the time that is left."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds left; raises TimeoutError when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError(f"not done within {self._seconds:g} seconds")
        return left


def call_within(deadline: Deadline, call: Callable[[], _T]) -> _T:
    """What the call gives. One that takes longer is left behind in its thread: a look-up of a name can't be stopped."""
    done: list[_T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(call())
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(deadline.left())
    if failed:
        raise failed[0]
    if not done:
        deadline.left()
        raise TimeoutError("the call gave nothing in time")
    return done[0]


class DeadlineSocket:
    """A connected socket whose every read and write must end before the deadline, and that gives only so many bytes.

    It has what `http.client` asks of a socket, and no more.
    """

    def __init__(self, connection: socket.socket, deadline: Deadline, most: int) -> None:
        self._connection = connection
        self._deadline = deadline
        self._most = most

    def sendall(self, data: bytes) -> None:
        """Send all, piece by piece, for a TLS socket counts its time limit anew for each record."""
        view = memoryview(data)
        for start in range(0, len(view), _PIECE):
            self._connection.settimeout(self._deadline.left())
            self._connection.sendall(view[start : start + _PIECE])

    def makefile(self, mode: str) -> io.BufferedReader:
        """What the other side sends, as a file."""
        if mode != "rb":
            raise ValueError(f"expected to be read as 'rb', found {mode!r}")
        return io.BufferedReader(_Reader(self._connection, self._deadline, self._most))

    def close(self) -> None:
        """Do nothing: `http.client` closes before the answer's words are read; whoever connected closes in the end."""


class _Reader(io.RawIOBase):
    def __init__(self, connection: socket.socket, deadline: Deadline, most: int) -> None:
        self._connection = connection
        self._deadline = deadline
        self._left = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what is there; 0 at the end, or when as much was read as is wanted."""
        view = memoryview(buffer)[: self._left]
        if not view:
            return 0
        self._connection.settimeout(self._deadline.left())
        count = self._connection.recv_into(view)
        self._left -= count
        return count
