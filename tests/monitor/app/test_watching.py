"""Which runs of a source count as first ones that failed."""

from datetime import UTC, datetime

import pytest

from monitor.app.watching import first_failures_of
from storage.records import CrawlRun, Outcome, RunCounts

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def run(outcome: Outcome | None, reason: str = "", fetched: int = 0) -> CrawlRun:
    ended_at = NOW if outcome else None
    return CrawlRun(1, "unxml", NOW, ended_at, outcome, reason, RunCounts(fetched=fetched))


@pytest.mark.parametrize(
    ("runs", "failures"),
    [
        ([], 0),
        ([run(Outcome.FAILED), run(Outcome.FAILED)], 2),
        ([run(Outcome.PARTIAL, "interrupted")], 1),
        ([run(Outcome.FAILED), run(Outcome.COMPLETE)], 0),
        ([run(Outcome.FAILED, "blocked: the source refused the listing")], 0),
        ([run(Outcome.PARTIAL, fetched=30)], 0),
        ([run(None), run(Outcome.FAILED)], 0),
    ],
    ids=["never ran", "failed twice", "cut short", "had a complete one", "refused", "goes on", "running"],
)
def test_only_first_runs_that_brought_nothing_count(runs: list[CrawlRun], failures: int) -> None:
    assert first_failures_of(runs) == failures
