"""Kills the program at random moments and checks that running again leads to the state that nobody disturbed.

    python -m tests.measures.kills [ROUNDS [SEED]]

Each round: a first crawl killed up to three times, then run; one resolution added and one paragraph corrected; the
second crawl killed as often, then run. The database must be sound after each kill, the documents, changes and alerts
those of an undisturbed run, and each alert told at once on one channel and in a daily digest on another: more than once
only with the same id. Then a round of killed senders, as `tests.measures.telling.delivery_kills` describes it.

Prints a line for each round that failed, the counts so far every ten rounds, and the counts at the end; exits with 1
when one failed. Each round and its seconds are told on standard error.
"""

import logging
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from monitor.alerts.delivery.channel import FileChannel
from monitor.alerts.delivery.sender import deliver_due
from monitor.settings.config import load_config
from storage.outbox.outbox import list_alerts
from storage.records import DeliveryState, Event
from storage.sqlite.database import open_database
from tests.conftest import Desk, open_desk
from tests.measures.telling.delivery_kills import check_soundness, delivery_round

MOST_KILLS = 3
DIGEST_CHANNEL = """
[[channels]]
name = "daily"
type = "file"
path = "{path}"
schedule = "daily 07:00"
"""

State = dict[str, list[tuple[Any, ...]]]


def two_days(desk: Desk, moments: Sequence[Sequence[float]]) -> State:
    """The state after two days, on each of which crawls were killed at these moments, and all was sent in the end."""
    with (desk.folder / "wpswatch.toml").open("a") as settings:
        settings.write(DIGEST_CHANNEL.format(path=desk.folder / "daily.txt"))
    for day, seconds in enumerate(moments):
        if day:
            desk.second_day(is_wps=False)
        for moment in seconds:
            desk.kill_crawl(moment)
            check_soundness(desk.folder / "data/wpswatch.db")
        desk.crawl()
    drain(desk)
    state = desk.state()
    state["alerts"] = [row for row in state["alerts"] if row[1] != Event.DIGEST]
    return state


def drain(desk: Desk) -> None:
    """Send what is due two days later, when the leases of the killed have run out and the daily digest is due."""
    config = load_config(desk.folder / "wpswatch.toml")
    channels = [FileChannel(channel.name, Path(channel.path)) for channel in config.channels]
    with closing(open_database(desk.folder / "data/wpswatch.db")) as db:
        deliver_due(db, channels, datetime.now(UTC) + timedelta(days=2), addressees=config.channels)


def told(path: Path) -> list[str]:
    """The ids of the alerts that reached a file, in order."""
    lines = path.read_text().splitlines() if path.exists() else []
    return [line.split()[1] for line in lines if line.startswith("Alert ")]


def crawl_round(expected: State, moments: Sequence[Sequence[float]]) -> tuple[list[str], int]:
    """What is wrong after a round of crawls killed at these moments, and how many alerts were told more than once."""
    with tempfile.TemporaryDirectory() as folder, open_desk(Path(folder)) as desk:
        found = two_days(desk, moments)
        wrong = [f"other {name}" for name, rows in expected.items() if found[name] != rows]
        with closing(open_database(desk.folder / "data/wpswatch.db")) as db:
            alerts = list_alerts(db)
        instant, daily = told(desk.folder / "alerts.txt"), told(desk.folder / "daily.txt")
        news = {alert.id for alert in alerts if alert.event is not Event.DIGEST}
        if set(instant) != news:
            wrong.append("other alerts told at once")
        if set(daily) != {alert.id for alert in alerts if alert.event is Event.DIGEST}:
            wrong.append("other digests told")
        if any(each.state is not DeliveryState.SENT for alert in alerts for each in alert.deliveries):
            wrong.append("deliveries not sent")
        return wrong, len(instant) - len(set(instant)) + len(daily) - len(set(daily))


def main() -> int:
    """Run the rounds."""
    logging.disable()  # a refusal of the receiver is part of the play
    rounds, seed = (int(sys.argv[n]) if len(sys.argv) > n else default for n, default in ((1, 200), (2, 1325)))
    chance = random.Random(seed)  # noqa: S311 - moments to kill at, no secrets
    with tempfile.TemporaryDirectory() as folder, open_desk(Path(folder)) as desk:
        started_at = time.monotonic()
        expected = two_days(desk, ((), ()))
        longest = (
            time.monotonic() - started_at
        ) / 2  # a kill may come at any moment of a crawl, however slow it is here
    failed = repeated = crawls = senders = 0
    for number in range(1, rounds + 1):
        moments = [[chance.uniform(0.1, longest) for _ in range(chance.randint(1, MOST_KILLS))] for _ in range(2)]
        crawls += sum(map(len, moments))
        wrong, twice = crawl_round(expected, moments)
        wrong_deliveries, repeats, kills = delivery_round(chance)
        senders += kills
        sys.stderr.write(f"round {number} of {rounds}, {time.monotonic() - started_at:.0f} s since the start\n")
        sys.stderr.flush()
        repeated += twice + repeats
        if wrong or wrong_deliveries:
            failed += 1
            print(f"round {number}, killed after {moments}: {', '.join(wrong + wrong_deliveries)}", flush=True)
        if number % 10 == 0 or number == rounds:
            print(
                f"{number} rounds, {crawls} crawls and {senders} senders killed: {number - failed} passed, "
                f"{failed} failed; {repeated} messages came again, each with the same id",
                flush=True,
            )
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
