"""Fetches everything the corpus has through a local mirror, whole and then killed on the way, and prints what it costs.

    python -m tests.measures.sources.backfill CORPUS [KILLS]

All resolutions in all six languages, the statements, the yearly metadata and the mission reports. The first round is
left alone: time, processor, the largest process, and the share of the time that was spent on reading after the last
body had come. The second round, in another data folder, is killed without a word KILLS times (3) and goes on each time:
what was asked for more than once is counted. A body counts as fetched twice when the archive had it and it was asked
for all the same; what was under way when the process died has to be asked again. Exits with 1 when the two rounds do
not hold the same, or a held body was asked for again.
"""

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.servers.corpus_server import RAW, Handler, answers
from tests.site.missions_site import Answers

SETTINGS = """
[network]
mirror = "{mirror}"
delay_seconds = 0
[sources.unxml]
languages = ["en", "fr", "es", "ru", "ar", "zh"]
[sources.unxml.expect]
min_listed = 1
[sources.mission-reports]
budget = 1000
[sources.mission-reports.expect]
min_listed = 1
"""
SOURCES = ("unxml", "mission-reports")
HELD = "SELECT d.symbol, d.language, v.text_hash FROM documents d JOIN versions v ON v.document = d.id ORDER BY 1, 2, 3"


@dataclass
class Mirror:
    """The corpus as a site on loopback, that counts what it was asked for."""

    url: str
    asked: Counter[str] = field(default_factory=Counter)


class CountingHandler(Handler):
    """Answers, and counts the addresses of bodies."""

    def __init__(self, mirror: Mirror, site: Answers, *arguments: object) -> None:
        self.mirror = mirror
        super().__init__(site, *arguments)

    def do_GET(self) -> None:  # noqa: N802 - what the server calls
        """Answer one request."""
        if self.path.startswith(RAW) or self.path.casefold().endswith(".pdf"):
            self.mirror.asked["/" + unquote(self.path).split("/", 2)[2]] += 1  # without the host
        super().do_GET()


class PatientServer(ThreadingHTTPServer):
    """Takes no notice of a client that was killed."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Tell of anything but a connection that was cut."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextlib.contextmanager
def mirror_of(corpus: Path) -> Iterator[Mirror]:
    """Serve the corpus while the block runs."""
    mirror = Mirror("")
    site = answers(corpus, is_whole=True)
    server = PatientServer(("127.0.0.1", 0), partial(CountingHandler, mirror, site))
    mirror.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield mirror
    finally:
        server.shutdown()
        server.server_close()


def crawl(folder: Path, mirror: Mirror) -> subprocess.Popen[bytes]:
    """Start a crawl of all sources that the mirror has, in a session of its own."""
    (folder / "wpswatch.toml").write_text(SETTINGS.format(mirror=mirror.url))
    options = ["--data", str(folder / "data"), "--config", str(folder / "wpswatch.toml"), "--quiet"]
    command = [sys.executable, "-m", "monitor.cli.main", *options, "crawl", *SOURCES]
    return subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)


def held(folder: Path) -> list[tuple[str, ...]]:
    """Every version held; the database must be sound."""
    with contextlib.closing(sqlite3.connect(folder / "data/wpswatch.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return db.execute(HELD).fetchall()


def archived(folder: Path) -> set[str]:
    """The addresses whose bodies the archive has, as the mirror is asked for them."""
    path = folder / "data/wpswatch.db"
    if not path.exists():
        return set()
    with contextlib.closing(sqlite3.connect(path)) as db:
        return {unquote(urlsplit(row[0]).path) for row in db.execute("SELECT final_url FROM snapshots")}


def share_of_reading(folder: Path) -> float:
    """The share of the runs' time that passed after their last body had come."""
    with contextlib.closing(sqlite3.connect(folder / "data/wpswatch.db")) as db:
        rows = db.execute(
            "SELECT r.started_at, r.ended_at, max(s.fetched_at) FROM runs r JOIN snapshots s ON s.run = r.run "
            "GROUP BY r.run"
        ).fetchall()
    spans = [[datetime.fromisoformat(text) for text in row] for row in rows]
    whole = sum((ended - started).total_seconds() for started, ended, _ in spans)
    return sum((ended - last).total_seconds() for _, ended, last in spans) / whole


def whole_round(folder: Path, mirror: Mirror) -> float:
    """Fetch everything undisturbed; print what it took, and return the seconds."""
    started = time.perf_counter()
    process = crawl(folder, mirror)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    versions = held(folder)
    languages = Counter(language for _, language, _ in versions)
    print(f"undisturbed: exit code {process.returncode}, {len(mirror.asked)} bodies, {len(versions)} versions held")
    print("  " + ", ".join(f"{language} {count}" for language, count in sorted(languages.items())))
    print(f"  {seconds:.1f} s by the clock, {usage.ru_utime + usage.ru_stime:.1f} s of processor")
    print(f"  largest process {usage.ru_maxrss / 1024:.0f} MB")
    print(f"  {share_of_reading(folder):.0%} of the time passed after the last body, waiting for readers")
    return seconds


def killed_round(folder: Path, mirror: Mirror, moments: Sequence[float]) -> int:
    """Fetch everything, killed at these moments after each start; return how many held bodies were asked for again."""
    mirror.asked.clear()
    again = 0
    for moment in [*moments, None]:
        kept, asked_before = archived(folder), Counter(mirror.asked)
        process = crawl(folder, mirror)
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        repeated = {path for path, count in mirror.asked.items() if count > asked_before[path] > 0}
        held_before = sum(path in kept for path in repeated)
        again += held_before
        lost = len(repeated) - held_before
        print(f"  {'killed' if moment else 'ended'}: {len(archived(folder))} bodies held;", end=" ")
        print(f"asked for again: {held_before} held, {lost} under way or not written yet when the one before died")
    return again


def main() -> int:
    """Print both rounds."""
    corpus, kills = Path(sys.argv[1]).absolute(), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as name, mirror_of(corpus) as mirror:
        whole, killed = Path(name) / "whole", Path(name) / "killed"
        whole.mkdir(), killed.mkdir()
        seconds = whole_round(whole, mirror)
        chance = random.Random(1325)  # noqa: S311 - moments, no secrets
        moments = [seconds * chance.uniform(0.08, 0.35) for _ in range(kills)]
        print(f"killed after {', '.join(f'{moment:.1f}' for moment in moments)} s:")
        again = killed_round(killed, mirror, moments)
        is_same = held(whole) == held(killed)
    print(f"the same is held: {'yes' if is_same else 'NO'}; held bodies asked for again: {again}")
    return int(again > 0 or not is_same)


if __name__ == "__main__":
    sys.exit(main())
