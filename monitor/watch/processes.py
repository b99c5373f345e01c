"""The processes that the watch has started: which run, which have ended, and which must be told to end."""

import logging
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from monitor.watch.signals import Wait

log = logging.getLogger(__name__)

SECONDS_TO_END: Final = 30.0
LOOK_SECONDS: Final = 0.5


class Process(Protocol):
    """A process that was started."""

    def poll(self) -> int | None:
        """Its exit code, None while it runs."""

    def terminate(self) -> None:
        """Tell it to end."""

    def kill(self) -> None:
        """End it and what it started."""


@dataclass(slots=True)
class _Running:
    """A process under way. `limit` is the time, on the clock that only goes forward, by which it has to have ended."""

    process: Process
    limit: float
    is_told: bool = False
    is_killed: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that has ended; `code` is None for one that had to be killed."""

    name: str
    code: int | None


@dataclass(slots=True)
class Processes:
    """What runs, by name. `uptime` tells seconds that only go forward: a clock that is set ends no process."""

    uptime: Callable[[], float]
    _running: dict[str, _Running] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Those that run, in the order of their start."""
        return tuple(self._running)

    def add(self, name: str, process: Process, limit_seconds: float) -> None:
        """Look after a process that was just started and may take so long."""
        self._running[name] = _Running(process, self.uptime() + limit_seconds)

    def reap(self) -> list[Ended]:
        """Those that have ended since the last time; they are no longer looked after."""
        ended = []
        for name, running in list(self._running.items()):
            code = running.process.poll()
            if code is not None:
                del self._running[name]
                ended.append(Ended(name, None if running.is_killed else code))
        return ended

    def limit(self) -> None:
        """Tell what is over its time to end, and kill it when it does not."""
        for name, running in self._running.items():
            late = self.uptime() - running.limit
            if late > SECONDS_TO_END and running.is_told:
                log.error("%s did not end when it was told to; it is killed", name)
                running.process.kill()
                running.is_killed = True
            elif late > 0 and not running.is_told:
                log.error("%s has taken too long; it is told to end", name)
                running.process.terminate()
                running.is_told = True

    def end(self, wait: Wait, *, is_hard: bool) -> bool:
        """Tell all that run to end, and wait for it; whether all have ended by themselves.

        What has not within half a minute, or at a second signal, is killed; with `is_hard` at once.
        """
        for running in self._running.values():
            running.process.terminate()
        deadline = self.uptime() + SECONDS_TO_END
        is_clean = True
        while self._running:
            if is_hard or self.uptime() > deadline:
                is_clean = False
                for running in self._running.values():
                    running.process.kill()
            came = wait(LOOK_SECONDS)
            is_hard = is_hard or signal.SIGTERM in came or signal.SIGINT in came
            self.reap()
        return is_clean
