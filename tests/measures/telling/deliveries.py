"""Measures the sender: how fast it works off an outbox, and with how much memory.

    python -m tests.measures.telling.deliveries [COUNT]

Fills an outbox with COUNT (10,000) pending deliveries of a real resolution's size and sends them through a channel that
takes everything at once. Before and after it, in the same folder, a bare loop that only commits a row, COUNT times in
all with the same durability: that is what the disk allows.
"""

import resource
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from monitor.alerts.delivery.channel import Receipts
from monitor.alerts.delivery.sender import deliver_due
from monitor.alerts.news.payload import ExtractNews, news_of, payload_of
from monitor.alerts.news.sample import sample_alert
from storage.fetched.runs import open_run
from storage.outbox.outbox import enqueue
from storage.records import Alert, Event
from storage.sqlite.database import open_database, transaction

NOW = datetime(2026, 3, 27, 12, 0, tzinfo=UTC)
EXTRACTS = 8


@dataclass
class Taker:
    """A channel that takes everything, and counts."""

    name: str
    taken: int = 0

    def send(self, alert: Alert, receipts: Receipts) -> None:
        self.taken += 1


def fill(db: sqlite3.Connection, count: int) -> int:
    """Put so many alerts of a usual size into the outbox; the size of one in characters."""
    sample = news_of(sample_alert("desk", NOW).payload)
    if not isinstance(sample, ExtractNews):
        raise TypeError(f"expected extracts in the sample, found {type(sample)}")
    payload = payload_of(replace(sample, event=Event.EXTRACT_NEW, extracts=sample.extracts * EXTRACTS))
    with transaction(db):
        run = open_run(db, "unxml", NOW)
        for number in range(count):
            enqueue(db, Alert(f"wps-{number:06}", Event.EXTRACT_NEW, run, "news", NOW, payload), ["desk"])
    return len(payload)


def bare_commits(path: Path, count: int) -> float:
    """How many seconds a loop takes that commits one changed row so many times."""
    with closing(open_database(path)) as db:
        db.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, state TEXT)")
        db.execute("INSERT INTO bare VALUES (1, 'pending')")
        started_at = time.perf_counter()
        for number in range(count):
            with transaction(db):
                db.execute("UPDATE bare SET state = ? WHERE id = 1", (str(number),))
        return time.perf_counter() - started_at


def memory() -> float:
    """The most memory this process ever had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Measure, and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        floor = bare_commits(Path(folder) / "before.db", count // 2)
        with closing(open_database(Path(folder) / "wpswatch.db")) as db:
            size = fill(db, count)
            before = memory()
            taker = Taker("desk")
            started_at = time.perf_counter()
            report = deliver_due(db, [taker], NOW)
            seconds = time.perf_counter() - started_at
        floor += bare_commits(Path(folder) / "after.db", count - count // 2)
    if (report.sent, taker.taken) != (count, count):
        print(f"expected {count} sent, found {report}")
        return 1
    print(f"{count} deliveries of {size} characters in {seconds:.1f} s: {count / seconds:.0f} a second")
    print(f"a bare loop of {count} commits: {floor:.1f} s, {count / floor:.0f} a second; ratio {seconds / floor:.2f}")
    print(f"memory: {memory():.0f} MiB at most, {before:.0f} MiB before the first was sent")
    return 0


if __name__ == "__main__":
    sys.exit(main())
