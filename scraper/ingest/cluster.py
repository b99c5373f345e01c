"""Has bodies read on other machines, or by more processes, through Dask distributed: the same function, the same rows.

The machines read and this process stores, in the order of the tasks; so whatever is read twice, because a worker died,
is stored once, and what is stored stays when the scheduler goes. A worker of another wpswatch is never asked.
"""

import logging
import tempfile
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from scraper.errors import ClusterError
from scraper.ingest.workers import (
    BODIES_TOGETHER,
    SECONDS_PER_BODY,
    WAITING_PER_WORKER,
    BodyReading,
    ReadingTask,
    read_tasks,
)
from storage.errors import BodiesUnreachable
from storage.fetched.remote_bodies import BodyPlace

if TYPE_CHECKING:
    from distributed import Client, Future

LOCAL: Final = "local:"
CONNECT_SECONDS: Final = 15.0
TOGETHER: Final = 2 * BODIES_TOGETHER  # a message to another machine costs more than one to a process of this one


@dataclass(frozen=True, slots=True)
class _Waiting:
    tasks: Sequence[ReadingTask]
    future: "Future"


@cache
def reader_version() -> str:
    """What must be the same on each machine, so that each gives the same rows for the same body."""
    from importlib.metadata import version

    from scraper.ingest.extraction import PARSER_VERSION

    return f"wpswatch {version('wpswatch')}, parser {PARSER_VERSION}"


def read_as(version: str, tasks: Sequence[ReadingTask]) -> list[BodyReading]:
    """Read several bodies on a machine that must have this version: one that came later may have another."""
    if reader_version() != version:
        raise another_version(reader_version(), version)
    return read_tasks(tasks)


def another_version(found: str, expected: str) -> ClusterError:
    """The error about a worker of another wpswatch."""
    return ClusterError(
        "cluster-of-another-version",
        f"expected workers with {expected}, found one with {found}; "
        "install the same wpswatch on all, and start them again",
    )


class ClusterReaders:
    """Workers of Dask at an address (`tcp://host:8786`), or as many started here (`local:2`)."""

    def __init__(self, address: str, seconds: float = SECONDS_PER_BODY) -> None:
        self._address = address
        self._seconds = seconds
        self._ending = ExitStack()
        self._connected: Client | None = None

    def __enter__(self) -> Self:
        """Connect, and see that there are workers, all with this wpswatch.

        Raises:
            ClusterError: there is no scheduler, no worker, or one of another version.
        """
        with ExitStack() as stack:
            self._connected = self._connect(stack)
            self._check(self._connected)
            self._ending = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the cluster, and end it where it was started here."""
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # it tells of each connection that ends
        with suppress(OSError):  # there may be nobody left to take leave of
            self._ending.close()

    def read(self, tasks: Sequence[ReadingTask]) -> Iterator[BodyReading]:
        """Read bodies and give their readings in the order of the tasks.

        Raises:
            ClusterError: the scheduler has gone, or a worker of another version came. What was given before stays.
            BodiesUnreachable: the copy of the bodies does not answer, or is not whole.
        """
        try:
            yield from self._in_order(tasks)
        except OSError as error:  # a connection that ended is one
            raise self._gone() from error

    def _in_order(self, tasks: Sequence[ReadingTask]) -> Iterator[BodyReading]:
        waiting: deque[_Waiting] = deque()
        for at in range(0, len(tasks), TOGETHER):
            waiting.append(self._handed(tasks[at : at + TOGETHER]))
            if len(waiting) >= WAITING_PER_WORKER * self._workers():
                yield from self._readings(waiting.popleft())
        while waiting:
            yield from self._readings(waiting.popleft())

    @property
    def _client(self) -> "Client":
        if self._connected is None:
            raise RuntimeError("expected a block of these readers, found none begun")
        return self._connected

    def _connect(self, stack: ExitStack) -> "Client":
        import dask
        from distributed import Client, LocalCluster

        where: Any = self._address
        dask.config.set({"distributed.comm.timeouts.connect": f"{CONNECT_SECONDS:.0f}s"})
        if self._address.startswith(LOCAL):
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="wpswatch-cluster-"))
            where = stack.enter_context(
                LocalCluster(
                    n_workers=_count(self._address),
                    threads_per_worker=1,
                    dashboard_address=None,
                    local_directory=folder,
                    silence_logs=logging.CRITICAL,
                )
            )
        try:
            return stack.enter_context(Client(where, timeout=CONNECT_SECONDS))
        except (OSError, ValueError) as error:
            raise ClusterError(
                "cluster-unreachable",
                f"expected a scheduler of Dask at {self._address}, found: {error}; start one: dask scheduler",
            ) from error

    def _check(self, client: "Client") -> None:
        try:
            client.wait_for_workers(1, timeout=CONNECT_SECONDS)
            found = client.run(reader_version)
        except TimeoutError as error:
            raise ClusterError(
                "cluster-empty",
                f"expected workers, found none at {self._address}; start some: dask worker {self._address}",
            ) from error
        except (ImportError, AttributeError) as error:
            raise another_version(f"none, or an older one ({error})", reader_version()) from error
        for other in found.values():
            if other != reader_version():
                raise another_version(other, reader_version())

    def _workers(self) -> int:
        return max(1, int(sum(self._client.nthreads().values())))

    def _handed(self, tasks: Sequence[ReadingTask]) -> _Waiting:
        reachable = [replace(task, bodies=_address_of(task.bodies)) for task in tasks]
        return _Waiting(tasks, self._client.submit(read_as, reader_version(), reachable, pure=False))

    def _readings(self, together: _Waiting) -> Iterator[BodyReading]:
        answer = self._answer(together)
        if isinstance(answer, list):
            yield from answer
        elif len(together.tasks) == 1:
            yield BodyReading(together.tasks[0].snapshot, None, code=answer[0], message=answer[1])
        else:  # which of them it was, and why, is told when each is read alone
            for task in together.tasks:
                yield from self._readings(self._handed([task]))

    def _answer(self, together: _Waiting) -> list[BodyReading] | tuple[str, str]:
        """The readings, or why there are none: a code and a sentence."""
        from concurrent.futures import CancelledError

        from distributed import KilledWorker

        future = together.future
        try:
            return list(future.result(timeout=self._seconds * len(together.tasks)))
        except TimeoutError:
            if self._client.status != "running":
                raise self._gone() from None
            self._end_reader_of(future)
            return ("too-slow", "took longer than a body may")
        except KilledWorker as error:
            return ("reader-died", f"ended its reader: {error}")
        except (ClusterError, BodiesUnreachable):
            raise
        except CancelledError as error:
            raise self._gone() from error
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001 - a defect of ours in one reader must not stop the others; it is stored
            return ("reader-defect", f"{type(error).__name__}: {error}")
        finally:
            future.release()

    def _end_reader_of(self, future: "Future") -> None:
        """Start the worker anew that does not come to an end: its thread cannot be told to leave a body."""
        busy = [worker for worker, keys in self._client.processing().items() if future.key in keys]
        future.cancel(force=True)
        if busy:
            self._client.restart_workers(busy, timeout=CONNECT_SECONDS, raise_for_error=False)

    def _gone(self) -> ClusterError:
        return ClusterError(
            "cluster-lost",
            f"the scheduler at {self._address} has gone; what was read before is stored, and the same command goes on",
        )


def _count(address: str) -> int:
    number = address.removeprefix(LOCAL)
    if not number.isdecimal() or not 1 <= int(number) <= 256:
        raise ClusterError("cluster-unreachable", f"expected local: and a number of workers, found {address!r}")
    return int(number)


def _address_of(bodies: BodyPlace) -> str:
    """A folder by its address as well: that it is not on another machine must not look like a body that is lost."""
    return bodies if isinstance(bodies, str) else f"file://{bodies.absolute()}"
