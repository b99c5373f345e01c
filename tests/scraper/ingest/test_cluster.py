"""Other machines read, this one stores: whoever reads, the rows are the same, and what dies costs nothing."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from scraper.errors import ClusterError
from scraper.ingest.cluster import ClusterReaders
from scraper.ingest.ingest import BODIES, ingest
from scraper.ingest.workers import ReadingTask
from storage.errors import BodiesUnreachable
from storage.fetched.bodies import BodyStore
from storage.fetched.snapshots import unread_snapshots
from storage.sqlite.database import DATABASE_NAME, open_database
from tests.measures.speed.benchmark_reading import NOW, InThisProcess
from tests.paths import ROOT
from tests.scraper.ingest.test_ingest import PDF, archive
from tests.scraper.ingest.test_same_rows import XML, hashes, made_by

pytest.importorskip("distributed", reason="reading on a cluster needs the extra: pip install 'wpswatch[cluster]'")
pytestmark = [pytest.mark.long, pytest.mark.filterwarnings("ignore")]  # Dask leaves sockets to the collector

TASKS = 60


@contextmanager
def dask(*command: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A program of Dask's own, as a person starts it on a machine, ended with the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{command[0]}", *command[1:]],
        stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        cwd=environment.get("PYTHONPATH", ROOT),
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stderr is not None
        process.stderr.close()


def said(process: subprocess.Popen[str], words: str) -> str:
    """The line in which a program says that it is ready; what it says later is read away."""
    assert process.stderr is not None
    stream = process.stderr
    line = next(line for line in stream if words in line)
    threading.Thread(target=lambda: [None for _ in stream], daemon=True).start()
    return line


@contextmanager
def scheduler() -> Iterator[tuple[str, subprocess.Popen[str]]]:
    with dask("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard") as process:
        yield said(process, "Scheduler at:").split()[-1], process


@contextmanager
def worker(address: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    options = ("--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")
    with dask("dask_worker", address, *options, **environment) as process:
        said(process, "Registered to:")
        yield process


def tasks(data: Path) -> list[ReadingTask]:
    store = BodyStore(data / BODIES)
    bodies = [store.save(XML.replace(b"2387", str(number).encode())) for number in range(2300, 2300 + TASKS)]
    return [
        ReadingTask(number, data / BODIES, body, "https://example.org/a.xml", "application/xml", None, "en")
        for number, body in enumerate(bodies)
    ]


def test_workers_of_a_cluster_make_the_same_database_as_one_process(tmp_path: Path) -> None:
    numbers = range(2350, 2400)
    one = made_by(tmp_path / "one", InThisProcess(1), numbers)
    assert made_by(tmp_path / "cluster", ClusterReaders("local:2"), numbers) == one


def test_a_worker_that_dies_costs_nothing(tmp_path: Path) -> None:
    expected = [(reading.snapshot, reading.rows) for reading in InThisProcess(1).read(tasks(tmp_path))]
    with scheduler() as (address, _), worker(address), worker(address) as other, ClusterReaders(address) as readers:
        readings = readers.read(tasks(tmp_path))
        first = next(readings)
        nanny_and_its_worker = subprocess.run(
            ["pgrep", "-P", str(other.pid)], capture_output=True, text=True, check=False
        )
        for number in nanny_and_its_worker.stdout.split():
            os.kill(int(number), signal.SIGKILL)
        other.kill()
        assert [(one.snapshot, one.rows) for one in [first, *readings]] == expected


def test_when_the_scheduler_goes_what_was_read_is_stored_and_the_next_one_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scraper.ingest.cluster.CONNECT_SECONDS", 3.0)  # so long is it looked for
    numbers = range(2300, 2450)  # more than one batch that is stored in one go
    one = made_by(tmp_path / "one", InThisProcess(1), numbers)
    data = tmp_path / "lost"
    data.mkdir()
    with closing(open_database(data / DATABASE_NAME)) as db:
        archive(db, data, "res.pdf", PDF, "application/pdf", "S/RES/2782 (2025)")
        for number in numbers:
            body = XML.replace(b"2387", str(number).encode())
            archive(db, data, f"{number}.xml", body, "application/xml", f"S/RES/{number} (2017)")
        archive(db, data, "broken.pdf", PDF[:5000], "application/pdf", "S/RES/2783 (2025)")
        archive(db, data, "again.xml", XML.replace(b"women", b"girls"), "application/xml", "S/RES/2387 (2017)")
        with scheduler() as (address, process), worker(address):

            def kill(done: int, _: int) -> None:
                process.kill()

            with (
                pytest.raises(ClusterError, match="has gone; what was read before is stored") as told,
                ClusterReaders(address) as readers,
            ):
                ingest(db, data, readers, NOW, progress=kill)
        assert told.value.code == "cluster-lost"
        waiting = len(unread_snapshots(db))
        assert 0 < waiting < len(numbers)
        ingest(db, data, InThisProcess(1), NOW)
        assert hashes(db) == one


def test_a_worker_of_another_wpswatch_is_not_asked(tmp_path: Path) -> None:
    for name in ("scraper", "storage", "monitor"):
        shutil.copytree(ROOT / name, tmp_path / "other" / name, ignore=shutil.ignore_patterns("__pycache__"))
    file = tmp_path / "other/scraper/ingest/extraction.py"
    file.write_text(
        file.read_text("utf-8").replace('STRUCTURE_VERSION: Final = "', 'STRUCTURE_VERSION: Final = "9'), "utf-8"
    )
    with (
        scheduler() as (address, _),
        worker(address, PYTHONPATH=str(tmp_path / "other")),
        pytest.raises(ClusterError, match="install the same wpswatch on all") as told,
        ClusterReaders(address),
    ):
        pass
    assert told.value.code == "cluster-of-another-version"


def test_without_a_scheduler_or_a_worker_it_is_said_what_to_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.ingest.cluster.CONNECT_SECONDS", 1.0)
    with pytest.raises(ClusterError, match="start one: dask scheduler"), ClusterReaders("tcp://127.0.0.1:9"):
        pass
    with (
        scheduler() as (address, _),
        pytest.raises(ClusterError, match=f"dask worker {address}"),
        ClusterReaders(address),
    ):
        pass
    with pytest.raises(ClusterError, match="local: and a number"), ClusterReaders("local:many"):
        pass


def test_a_body_that_takes_too_long_ends_its_worker_alone(tmp_path: Path) -> None:
    with ClusterReaders("local:1", seconds=0.001) as readers:
        assert [reading.code for reading in readers.read(tasks(tmp_path)[:1])] == ["too-slow"]
    with ClusterReaders("local:1") as readers:
        assert [reading.code for reading in readers.read(tasks(tmp_path)[:2])] == [None, None]


def test_workers_read_bodies_from_a_store_like_s3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("s3fs", reason="bodies in an S3-like store need the extra: pip install 'wpswatch[cluster]'")
    server = pytest.importorskip(
        "moto.server", reason="the store of this test is moto's server: pip install 'moto[s3,server]'"
    )
    import s3fs

    store = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    store.start()
    try:
        host, port = store.get_host_and_port()
        for name, value in {
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_ACCESS_KEY_ID": "desk",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_DEFAULT_REGION": "us-east-1",
        }.items():
            monkeypatch.setenv(name, value)
        numbers = range(2380, 2384)
        one = made_by(tmp_path / "one", InThisProcess(1), numbers)
        bucket = s3fs.S3FileSystem(skip_instance_cache=True)
        bucket.mkdir("desk")
        bucket.put(str(tmp_path / "one" / BODIES), "desk/bodies", recursive=True)
        data = tmp_path / "away"
        made_by_store = made_by(data, ClusterReaders("local:1"), numbers, bodies="s3://desk/bodies")
        assert made_by_store == one
        with pytest.raises(BodiesUnreachable, match="copy the folder bodies there first"):
            made_by(tmp_path / "empty", ClusterReaders("local:1"), numbers, bodies="s3://desk/nothing")
    finally:
        store.stop()
