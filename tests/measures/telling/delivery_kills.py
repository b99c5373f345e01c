"""Kills senders at random moments and checks that every alert arrives.

    python -m tests.measures.telling.delivery_kills [ROUNDS [SEED]]

Each round: two senders at a time drain an outbox of instant channels and digests to a receiver on loopback that refuses
now and then, and are killed up to six times; then one is let work to the end. Every alert must arrive at every
recipient; a repeat only with the same id and payload, and never more repeats than senders were killed. The database
must be sound after each kill. Prints a line for each round that failed, and the counts; exits with 1 when one failed.
"""

import logging
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

from monitor.alerts.delivery.addressing import Addressed, put_into_outbox
from monitor.alerts.news.payload import DigestNews, news_of
from monitor.alerts.news.sample import sample_alert
from storage.fetched.runs import open_run
from storage.records import Alert, Event
from storage.sqlite.database import open_database, transaction
from tests.measures.telling.killed_sender import CHANNELS, RECIPIENTS, Receiver, send

LONGEST_SECONDS = 0.3
MOST_POSTS = 30
MOST_KILLS = 6
ALERTS = 16
PROCESSES = get_context("forkserver")  # real processes, without a start of Python for each
PROCESSES.set_forkserver_preload(["tests.measures.telling.killed_sender"])
NOW = datetime(2026, 3, 27, 12, 0, tzinfo=UTC)  # a Friday; summer time begins on the Sunday


@dataclass(frozen=True)
class Moment:
    """When a sender is killed: after so many seconds, and so many posts that the receiver has seen since it began."""

    seconds: float
    posts: int

    @classmethod
    def at_random(cls, chance: random.Random) -> "Moment":
        """Either anywhere, the start included, or in the middle of the sending."""
        if chance.random() < 0.25:
            return cls(chance.uniform(0.0, LONGEST_SECONDS), 0)
        return cls(0.0, chance.randint(1, MOST_POSTS))

    def has_come(self, seconds: float, posts: int) -> bool:
        """Whether both have passed."""
        return seconds >= self.seconds and posts >= self.posts


def check_soundness(path: Path) -> None:
    """Raise when SQLite finds a database that is there damaged."""
    if path.exists():
        with closing(sqlite3.connect(path)) as db:
            found = db.execute("PRAGMA integrity_check").fetchone()
        if found != ("ok",):
            raise RuntimeError(f"expected a sound database, found {found} at {path}")


def delivery_round(chance: random.Random) -> tuple[list[str], int, int]:
    """What is wrong after a round of senders that were killed, how often something came again, and the kills."""
    with tempfile.TemporaryDirectory() as folder, Receiver(random.Random(chance.random())) as receiver:  # noqa: S311
        path = Path(folder) / "wpswatch.db"
        ids = fill(path)
        now, kills = NOW, 0
        for _ in range(chance.randint(1, MOST_KILLS)):
            kills += run_senders(path, receiver, now, [Moment.at_random(chance) for _ in range(2)])
            check_soundness(path)
            now += timedelta(minutes=11)  # the leases of the killed have run out
        while waiting(path):
            now += timedelta(hours=12)
            run_senders(path, receiver, now, [None])
        wrong = [
            f"{channel} {recipient}: other alerts"
            for channel in CHANNELS
            for recipient in (RECIPIENTS if channel.name == "many" else ("-",))
            if arrived(receiver, channel.name, recipient) != ids
        ]
        if any(len(payloads) > 1 for payloads in receiver.payloads.values()):
            wrong.append("another payload under the same id")
        repeats = sum(count - 1 for count in receiver.accepted.values())
        if repeats > kills:
            wrong.append(f"{repeats} repeats after {kills} kills")
        return wrong, repeats, kills


def fill(path: Path) -> set[str]:
    """An outbox with the alerts of one run on all channels; their ids."""
    payload = sample_alert("desk", NOW).payload.replace('"event":"test"', f'"event":"{Event.EXTRACT_NEW}"')
    with closing(open_database(path)) as db, transaction(db):
        run = open_run(db, "unxml", NOW)
        alerts = [Alert(f"wps-{n:03}", Event.EXTRACT_NEW, run, "news", NOW, payload) for n in range(ALERTS)]
        put_into_outbox(db, [Addressed(alert, CHANNELS) for alert in alerts], NOW)
    return {alert.id for alert in alerts}


def run_senders(path: Path, receiver: Receiver, now: datetime, moments: Sequence[Moment | None]) -> int:
    """Let several senders work at once, each killed at a moment, None for never; how many were killed."""
    senders = [(PROCESSES.Process(target=send, args=(path, receiver.host, now)), moment) for moment in moments]
    started_at, posts, kills = time.monotonic(), receiver.posts, 0
    for sender, _ in senders:
        sender.start()
    while senders:
        for sender, moment in list(senders):
            if sender.exitcode is not None:
                senders.remove((sender, moment))
                if sender.exitcode:
                    raise RuntimeError(f"expected a sender to end well, found exit code {sender.exitcode}")
            elif moment is not None and moment.has_come(time.monotonic() - started_at, receiver.posts - posts):
                sender.kill()
                sender.join()
                senders.remove((sender, moment))
                kills += 1
        time.sleep(0.001)
    return kills


def waiting(path: Path) -> bool:
    """Whether anything is still to be sent."""
    with closing(sqlite3.connect(path)) as db:
        return bool(db.execute("SELECT count(*) FROM deliveries WHERE state = 'pending'").fetchone()[0])


def arrived(receiver: Receiver, channel: str, recipient: str) -> set[str]:
    """The ids of the alerts that one recipient was told, alone or in a digest."""
    found: set[str] = set()
    for to_channel, to_recipient, alert in receiver.accepted:
        if (to_channel, to_recipient) == (channel, recipient):
            (payload,) = list(receiver.payloads[alert])[:1]
            news = news_of(payload.decode())
            found |= {item.alert for item in news.items} if isinstance(news, DigestNews) else {alert}
    return found


def main() -> int:
    """Run the rounds."""
    logging.disable()
    rounds, seed = (int(sys.argv[n]) if len(sys.argv) > n else default for n, default in ((1, 200), (2, 1325)))
    chance = random.Random(seed)  # noqa: S311 - moments to kill at, no secrets
    failed = repeated = senders = 0
    for number in range(1, rounds + 1):
        wrong, repeats, kills = delivery_round(chance)
        senders += kills
        repeated += repeats
        if wrong:
            failed += 1
            print(f"round {number}: {', '.join(wrong)}", flush=True)
        if number % 20 == 0 or number == rounds:
            print(
                f"{number} rounds, {senders} senders killed: {number - failed} passed, {failed} failed; "
                f"{repeated} messages came again, each with the same id",
                flush=True,
            )
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
