"""Kills crawls at random moments and checks that running again leads to the state that nobody disturbed.

    python -m tests.kills [ROUNDS [SEED]]

Each round: a first crawl killed up to three times, then run; one resolution added and one paragraph corrected; the
second crawl killed as often, then run. The database must be sound, the documents, changes and alerts those of an
undisturbed run, and each alert told: more than once only with the same id. Prints a line a round that failed, and the
counts at the end; exits with 1 when one failed.
"""

import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.conftest import Desk, open_desk

LONGEST_SECONDS = 3.0
MOST_KILLS = 3

State = dict[str, list[tuple[Any, ...]]]


def two_days(desk: Desk, moments: Sequence[Sequence[float]]) -> State:
    """The state after two days, on each of which crawls were killed at these moments."""
    for day, seconds in enumerate(moments):
        if day:
            desk.second_day(is_wps=False)
        for moment in seconds:
            desk.kill_crawl(moment)
        desk.crawl()
    return desk.state()


def told(desk: Desk) -> set[str]:
    """The ids of the alerts that reached the file."""
    return {line.split()[1] for line in desk.alerts_told() if line.startswith("Alert ")}


def main() -> int:
    """Run the rounds."""
    rounds, seed = (int(sys.argv[n]) if len(sys.argv) > n else default for n, default in ((1, 200), (2, 1325)))
    chance = random.Random(seed)  # noqa: S311 - moments to kill at, no secrets
    with tempfile.TemporaryDirectory() as folder, open_desk(Path(folder)) as desk:
        expected = two_days(desk, ((), ()))
    failed = repeated = kills = 0
    for number in range(rounds):
        moments = [
            [chance.uniform(0.1, LONGEST_SECONDS) for _ in range(chance.randint(1, MOST_KILLS))] for _ in range(2)
        ]
        kills += sum(map(len, moments))
        with tempfile.TemporaryDirectory() as folder, open_desk(Path(folder)) as desk:
            found = two_days(desk, moments)
            wrong = [name for name, rows in expected.items() if found[name] != rows]
            if {row[0] for row in found["alerts"]} != told(desk):
                wrong.append("alerts told")
            repeated += sum(line.startswith("Alert ") for line in desk.alerts_told()) - len(told(desk))
        if wrong:
            failed += 1
            print(f"round {number}, killed after {moments}: other {', '.join(wrong)}", flush=True)
        elif sys.stderr.isatty():
            sys.stderr.write(f"\rround {number + 1} of {rounds}")
    print(f"{rounds} rounds, {kills} kills: {rounds - failed} passed, {failed} failed, {repeated} alerts told twice")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
