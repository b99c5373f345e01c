"""Waits for signals: the process sleeps until one comes or the time is up, and loses none that came between.

A handler that takes a lock could wait for the very code it interrupted; so the handlers here do nothing, and the
signals' numbers come through a pipe that Python's own handler writes (`signal.set_wakeup_fd`).
"""

import os
import select
import signal
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from types import FrameType

WATCHED = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)

Wait = Callable[[float], Sequence[int]]
"""Waits at most so many seconds and returns the numbers of the signals that came, in their order."""


@contextmanager
def signals() -> Generator[Wait]:
    """Take the signals over for the block, which must be the main thread's; yields what waits for them."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    held_wakeup = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    held = {number: signal.signal(number, _nothing) for number in WATCHED}

    def wait(seconds: float) -> Sequence[int]:
        ready, _, _ = select.select([reading], [], [], max(seconds, 0))
        return list(os.read(reading, 4096)) if ready else []

    try:
        yield wait
    finally:
        for number, handler in held.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(held_wakeup)
        os.close(reading)
        os.close(writing)


def _nothing(number: int, frame: FrameType | None) -> None:
    """The pipe has the number already."""
