"""Reads one archived body in a worker process with limits on memory and time, and answers with a value, never an error.

A hostile or broken body costs at most its own worker: the pool kills it and starts another.
"""

import gc
import resource
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import TimeoutError as TaskTimeout
from dataclasses import dataclass, replace
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from scraper.facts.told import FactReading
from scraper.ingest.judge import Doubt, judge
from scraper.pages.unxml.blob_name import has_name
from scraper.readers.wholeness import ends_as_it_should
from storage.models import Fact
from storage.texts.prepared.rows import TextRows, rows_of

if TYPE_CHECKING:
    from pebble import ProcessFuture, ProcessPool

    from scraper.situations.placing import Placement
    from storage.fetched.remote_bodies import BodyPlace

MEMORY_BYTES = 2 * 1024**3  # all readers together: each has its share, and a body that needs more is read alone
SECONDS_PER_BODY = 60
OBJECTS_PER_COLLECTION = 20_000  # Python's own 700 look for garbage many times in each document
BODIES_PER_WORKER = 32  # with fewer a single worker is done before a second one has started
BODIES_TOGETHER = 8  # handed to a worker at once: to pass a message costs as much as to read a short body
LACKING = frozenset({"too-much-memory", "reader-died", "reader-defect"})  # what a lack of memory may look like
WAITING_PER_WORKER = 8  # messages handed out ahead: workers read on while a batch is stored; each holds some 100 kB


@dataclass(frozen=True, slots=True)
class ReadingTask:
    """One body to read: where it lies, what it was fetched as, and the name by which its listing vouches for it."""

    snapshot: int
    bodies: "BodyPlace"
    body_hash: str
    url: str
    media_type: str
    symbol: str | None
    language: str | None
    revision: str | None = None


@dataclass(frozen=True, slots=True)
class BodyReading:
    """What reading a body gave: a text as rows, or facts of many documents.

    Where there is neither, `code` and `message` say why. `placement` is where the document's own words put it, `facts`
    are what they tell besides. `is_vouched` says whether the body has the hash that its listing names, None where it
    names none. `doubt` is what speaks against the text where nobody vouches for it, whatever else is held, and
    `doubt_if_vouched` what does where its listing does. `decided` is what an English resolution decides of
    mandates, None of other texts.
    """

    snapshot: int
    rows: TextRows | None
    code: str | None = None
    message: str | None = None
    told: FactReading | None = None
    placement: "Placement | None" = None
    facts: tuple[Fact, ...] = ()
    decided: str | None = None
    is_vouched: bool | None = None
    doubt: Doubt | None = None
    doubt_if_vouched: Doubt | None = None


def read_task(task: ReadingTask) -> BodyReading:
    """Read one body to the end of the pure path; every way a body can fail becomes part of the answer.

    Raises:
        BodiesUnreachable: the copy of the bodies does not answer, or lacks one: no word on the body itself.
    """
    from storage.errors import BodiesUnreachable, StorageError
    from storage.fetched.remote_bodies import open_bodies

    try:
        body = open_bodies(task.bodies).load(task.body_hash)
    except BodiesUnreachable:
        raise  # says nothing of this body, and holds for all
    except StorageError as error:
        return BodyReading(task.snapshot, None, code="body-damaged", message=str(error))
    except MemoryError:
        return _too_large(task)
    return replace(_read(task, body), is_vouched=has_name(body, task.revision))


def _too_large(task: ReadingTask) -> BodyReading:
    return BodyReading(task.snapshot, None, code="too-much-memory", message="needs more memory than a reader may have")


def _read(task: ReadingTask, body: bytes) -> BodyReading:
    from scraper.errors import BodyError
    from scraper.facts.bodies import is_metadata, read_metadata_body
    from scraper.facts.of_texts import facts_of_document
    from scraper.ingest.extraction import extract
    from scraper.mandates.decided import decided_in, decided_text
    from scraper.situations.placing import place_by_text
    from scraper.themes.extract import extracts_of

    try:
        if is_metadata(task.url):
            return BodyReading(task.snapshot, None, told=read_metadata_body(body, task.url))
        document = extract(body, url=task.url, media_type=task.media_type, symbol=task.symbol, language=task.language)
    except BodyError as error:
        return BodyReading(task.snapshot, None, code=error.code, message=str(error))
    except MemoryError:
        return _too_large(task)
    except RecursionError:
        return BodyReading(task.snapshot, None, code="too-deep", message="is nested deeper than any document we know")
    try:
        "".join(paragraph.text for paragraph in document.paragraphs).encode()
    except UnicodeEncodeError as error:  # half a letter, which a damaged PDF may hold and no database takes
        return BodyReading(task.snapshot, None, code="not-text", message=f"holds what is no text: {error}")
    named = document if document.symbol else replace(document, symbol=task.symbol)
    is_whole = ends_as_it_should(body, document.media_type)
    placement = place_by_text(named)
    decided = decided_in(named, placement.bodies if placement else ())
    return BodyReading(
        task.snapshot,
        rows_of(document, extracts_of(document)),
        placement=placement,
        facts=tuple(facts_of_document(named, decided)),
        decided=None if decided is None else decided_text(decided),
        doubt=judge(document, symbol=task.symbol, is_vouched=None, is_whole=is_whole),
        doubt_if_vouched=judge(document, symbol=task.symbol, is_vouched=True),
    )


def read_tasks(tasks: Sequence[ReadingTask]) -> list[BodyReading]:
    """Read several bodies, one after the other."""
    return [read_task(task) for task in tasks]


class Readers(Protocol):
    """Whoever reads bodies: here, in processes of this machine, or on others. A block, ended when all is read."""

    def __enter__(self) -> Self:
        """Begin."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the readers; at once when the block failed."""
        ...

    def read(self, tasks: Sequence[ReadingTask]) -> Iterator[BodyReading]:
        """Read bodies and give their readings in the order of the tasks."""
        ...


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Bodies that were handed to a worker together, and the readings to come."""

    tasks: Sequence[ReadingTask]
    future: "ProcessFuture[list[BodyReading]]"


class ReaderPool:
    """Worker processes that read bodies, started when the first body comes and ended with the block.

    `memory_bytes` is what they may have together.
    """

    def __init__(self, workers: int, seconds: float = SECONDS_PER_BODY, memory_bytes: int = MEMORY_BYTES) -> None:
        self._workers = workers
        self._seconds = seconds
        self._memory_bytes = memory_bytes
        self._pool: ProcessPool | None = None
        self._size = 0
        self._usual_threshold = gc.get_threshold()

    def __enter__(self) -> "ReaderPool":
        """Nothing is started yet; garbage is looked for less often until the end of the block."""
        gc.set_threshold(OBJECTS_PER_COLLECTION)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the workers; at once when the block failed."""
        gc.set_threshold(*self._usual_threshold)
        if self._pool is None:
            return
        if error is None:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()

    def read(self, tasks: Sequence[ReadingTask]) -> Iterator[BodyReading]:
        """Read bodies and give their readings in the order of the tasks.

        A single body is read in a worker as well: the limits hold for every body. Several are handed over together, and
        where one of them breaks a limit, each is read again by itself.
        """
        self._grow(len(tasks))
        size = max(1, min(BODIES_TOGETHER, len(tasks) // (2 * self._size)))
        waiting: deque[_Waiting] = deque()
        for at in range(0, len(tasks), size):
            together = tasks[at : at + size]
            waiting.append(_Waiting(together, self._schedule(together)))
            if len(waiting) >= self._size * WAITING_PER_WORKER:
                yield from self._readings(waiting)
        while waiting:
            yield from self._readings(waiting)

    def _grow(self, bodies: int) -> None:
        """Have one worker for a few bodies, and all only for many: to start one takes longer than to read ten."""
        wanted = min(self._workers, 1 + bodies // BODIES_PER_WORKER)
        if wanted <= self._size:
            return
        self._end()
        self._size = wanted

    def _schedule(self, tasks: Sequence[ReadingTask]) -> "ProcessFuture[list[BodyReading]]":
        return self._started().schedule(read_tasks, args=[tasks], timeout=self._seconds)

    def _readings(self, waiting: "deque[_Waiting]") -> Iterator[BodyReading]:
        """The readings that are next; what did not fit into a reader's share is read again when the others rest."""
        together = waiting.popleft()
        for task, reading in zip(together.tasks, self._read_of(together), strict=True):
            yield self._alone(task, waiting) if reading.code in LACKING and self._size > 1 else reading

    def _alone(self, task: ReadingTask, waiting: "deque[_Waiting]") -> BodyReading:
        """Read a body by the one reader there is meanwhile, which has all the memory."""
        from concurrent.futures import wait

        wait([one.future for one in waiting])
        self._end()
        size, self._size = self._size, 1
        try:
            return _result(task, self._schedule([task]))
        finally:
            self._end()
            self._size = size

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.close()
            self._pool.join()
            self._pool = None

    def _read_of(self, together: "_Waiting") -> Sequence[BodyReading]:
        tasks, future = together.tasks, together.future
        if len(tasks) == 1:
            return [_result(tasks[0], future)]
        try:
            return future.result()
        except Exception:  # noqa: BLE001 - which of them it was, and why, is told when each is read alone
            return [_result(task, self._schedule([task])) for task in tasks]

    def _started(self) -> "ProcessPool":
        if self._pool is None:
            from multiprocessing import get_context

            from pebble import ProcessPool

            self._pool = ProcessPool(
                max_workers=self._size,
                initializer=_begin_worker,
                initargs=(self._memory_bytes // self._size,),
                context=get_context("spawn"),
            )
        return self._pool


def _result(task: ReadingTask, future: "ProcessFuture[list[BodyReading]]") -> BodyReading:
    from pebble import ProcessExpired

    try:
        return future.result()[0]
    except TaskTimeout:
        return BodyReading(task.snapshot, None, code="too-slow", message="took longer than a body may")
    except ProcessExpired as error:
        return BodyReading(task.snapshot, None, code="reader-died", message=f"ended its reader: {error}")
    except Exception as error:  # noqa: BLE001 - a defect of ours in one reader must not stop the others; it is stored
        return BodyReading(task.snapshot, None, code="reader-defect", message=f"{type(error).__name__}: {error}")


def _begin_worker(memory_bytes: int) -> None:
    """Limit this worker's memory, and let it look for garbage less often than at every few paragraphs."""
    gc.set_threshold(OBJECTS_PER_COLLECTION)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
