"""Calls a function for one value after another in a process of its own, with limits on memory and time.

The process is a fork of this one, which takes some milliseconds and no second start of Python: it fits a command that
reads one small file as well as a thousand. A call that breaks a limit, or ends the process, costs only its own answer:
a new process goes on behind it. It must not be used where other threads run, since a fork has none of them.
"""

import gc
import os
import pickle
import resource
import select
import signal
import struct
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import NoReturn, TypeVar

A = TypeVar("A")
B = TypeVar("B")
MEMORY_BYTES = 2 * 1024**3
SECONDS = 60.0
_OBJECTS_PER_COLLECTION = (
    20_000  # as in the workers of a crawl: Python's own 700 look for garbage many times a document
)
_LENGTH = struct.Struct("!Q")
_PIECE = 1024**2


@dataclass(frozen=True, slots=True)
class Lost:
    """Why a call has no answer: `code` is `too-slow` or `reader-died`."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class _Process:
    """The other process, as this one sees it: its number, and the pipe by which it answers."""

    number: int
    pipe: int


def guarded(
    function: Callable[[A], B], values: Sequence[A], *, seconds: float = SECONDS, memory_bytes: int = MEMORY_BYTES
) -> Iterator[B | Lost]:
    """What the function answers for each value, in their order, or why it could not.

    `seconds` is the longest wait for one answer. The function must answer with a value in every case: an error that
    leaves it ends its process.
    """
    process: _Process | None = None
    try:
        for place in range(len(values)):
            if process is None:
                process = _started(function, values[place:], memory_bytes)
            answer = _answer(process, monotonic() + seconds)
            if isinstance(answer, bytes):
                yield pickle.loads(answer)  # noqa: S301 - written by our own function
                continue
            ended, process = process, None
            status = _end(ended)
            yield _too_slow(seconds) if answer is _LATE else _died(status)
    finally:
        if process is not None:
            _end(process)


class _Late:
    """Stands for an answer that did not come in time."""


_LATE = _Late()


def _too_slow(seconds: float) -> Lost:
    return Lost("too-slow", f"expected a document, found one that takes longer than {seconds:g} seconds to read")


def _died(status: int) -> Lost:
    code = os.waitstatus_to_exitcode(status)
    how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return Lost("reader-died", f"expected a document, found one that ended its reader ({how})")


def _started(function: Callable[[A], B], values: Sequence[A], memory_bytes: int) -> _Process:
    sys.stdout.flush()  # what is buffered would be written by both
    sys.stderr.flush()
    reading, writing = os.pipe()
    number = os.fork()
    if number == 0:
        os.close(reading)
        _serve(function, values, writing, memory_bytes)
    os.close(writing)
    return _Process(number, reading)


def _serve(function: Callable[[A], B], values: Sequence[A], pipe: int, memory_bytes: int) -> NoReturn:
    """Answer for each value; never goes back into the program that was forked."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program that asks is told, and ends this one
        gc.set_threshold(_OBJECTS_PER_COLLECTION)
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
        for value in values:
            _write(pipe, pickle.dumps(function(value), pickle.HIGHEST_PROTOCOL))
        status = 0
    except BaseException:  # noqa: BLE001 - told here, since nothing may leave this process
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(status)


def _write(pipe: int, answer: bytes) -> None:
    rest = memoryview(_LENGTH.pack(len(answer)) + answer)
    while rest:
        rest = rest[os.write(pipe, rest) :]


def _answer(process: _Process, until: float) -> bytes | _Late | None:
    """Wait for an answer; None when the process ends before."""
    head = _read(process.pipe, _LENGTH.size, until)
    return _read(process.pipe, _LENGTH.unpack(head)[0], until) if isinstance(head, bytes) else head


def _read(pipe: int, length: int, until: float) -> bytes | _Late | None:
    found = bytearray()
    while len(found) < length:
        if not select.select([pipe], [], [], max(0.0, until - monotonic()))[0]:
            return _LATE
        piece = os.read(pipe, min(_PIECE, length - len(found)))
        if not piece:
            return None
        found += piece
    return bytes(found)


def _end(process: _Process) -> int:
    """End the process at once, whatever it does; how it ended, as `waitpid` says it."""
    os.close(process.pipe)
    ended, status = os.waitpid(process.number, os.WNOHANG)
    if not ended:
        os.kill(process.number, signal.SIGKILL)
        _, status = os.waitpid(process.number, 0)
    return status
