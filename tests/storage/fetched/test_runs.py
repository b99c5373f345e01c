"""Runs as records: opened, counted, closed once."""

from datetime import datetime, timedelta

import pytest

from storage.errors import RunIsClosed, UnknownRecord
from storage.fetched.runs import (
    abandon_open_runs,
    close_run,
    has_baseline,
    last_good_run,
    list_runs,
    load_run,
    open_run,
    record_fetch,
)
from storage.records import CrawlRun, Outcome, RunCounts

COUNTS = RunCounts(listed=3, fetched=2, not_modified=1, new=2, alerts=1)


@pytest.fixture
def now() -> datetime:
    return datetime.fromisoformat("2026-11-24T09:00:00+00:00")


def test_an_open_run_has_no_verdict(shelf, now) -> None:
    run = open_run(shelf.db, "unxml", now)

    assert load_run(shelf.db, run) == CrawlRun(run, "unxml", now, None, None, None, RunCounts())


def test_a_closed_run_comes_back_as_it_was_closed(shelf, now) -> None:
    run = open_run(shelf.db, "unxml", now)
    record_fetch(shelf.db, run, COUNTS, "finished", None)
    close_run(shelf.db, run, Outcome.COMPLETE, "as expected", COUNTS, now + timedelta(minutes=1), is_baseline=True)

    assert load_run(shelf.db, run) == CrawlRun(
        run, "unxml", now, now + timedelta(minutes=1), Outcome.COMPLETE, "as expected", COUNTS, "finished", True
    )


def test_the_same_verdict_twice_writes_nothing(shelf, now) -> None:
    run = open_run(shelf.db, "unxml", now)
    record_fetch(shelf.db, run, COUNTS, "finished")
    close_run(shelf.db, run, Outcome.COMPLETE, None, COUNTS, now)

    def again() -> None:
        record_fetch(shelf.db, run, COUNTS, "finished")
        close_run(shelf.db, run, Outcome.COMPLETE, None, COUNTS, now + timedelta(hours=1))

    assert shelf.writes(again) == 0


def test_another_verdict_on_a_closed_run_is_refused(shelf, now) -> None:
    run = open_run(shelf.db, "unxml", now)
    close_run(shelf.db, run, Outcome.COMPLETE, None, COUNTS, now)

    with pytest.raises(RunIsClosed, match="found it closed as complete"):
        close_run(shelf.db, run, Outcome.SUSPECT, "too few", COUNTS, now)
    with pytest.raises(RunIsClosed, match="found it closed as complete"):
        record_fetch(shelf.db, run, COUNTS, "blocked")


def test_interrupted_runs_are_closed_as_partial_and_named(shelf, now) -> None:
    closed, cut, other = (open_run(shelf.db, source, now) for source in ("unxml", "unxml", "un-resolutions"))
    close_run(shelf.db, closed, Outcome.COMPLETE, None, COUNTS, now)

    assert abandon_open_runs(shelf.db, now) == [cut, other]
    assert abandon_open_runs(shelf.db, now) == []
    assert [(run.outcome, run.reason) for run in list_runs(shelf.db)] == [
        (Outcome.PARTIAL, "interrupted"),
        (Outcome.PARTIAL, "interrupted"),
        (Outcome.COMPLETE, None),
    ]


def test_runs_are_listed_newest_first_by_source_and_number(shelf, now) -> None:
    first, second, third = (open_run(shelf.db, source, now) for source in ("unxml", "un-resolutions", "unxml"))

    assert [run.run for run in list_runs(shelf.db)] == [third, second, first]
    assert [run.run for run in list_runs(shelf.db, source="unxml")] == [third, first]
    assert [run.run for run in list_runs(shelf.db, limit=1)] == [third]


@pytest.mark.parametrize("outcome", [Outcome.PARTIAL, Outcome.SUSPECT, Outcome.FAILED])
def test_a_run_that_is_not_complete_is_no_baseline_and_not_good(shelf, now, outcome: Outcome) -> None:
    run = open_run(shelf.db, "unxml", now)
    close_run(shelf.db, run, outcome, "cut short", COUNTS, now, is_baseline=True)

    assert not has_baseline(shelf.db, "unxml")
    assert last_good_run(shelf.db, "unxml") is None


def test_a_complete_baseline_counts_for_its_own_source_only(shelf, now) -> None:
    run = open_run(shelf.db, "unxml", now)
    close_run(shelf.db, run, Outcome.COMPLETE, None, COUNTS, now, is_baseline=True)
    later, other = open_run(shelf.db, "unxml", now), open_run(shelf.db, "un-resolutions", now)
    for run in (later, other):
        close_run(shelf.db, run, Outcome.COMPLETE, None, COUNTS, now)

    assert has_baseline(shelf.db, "unxml")
    assert not has_baseline(shelf.db, "un-resolutions")
    assert last_good_run(shelf.db, "unxml") == load_run(shelf.db, later)


def test_an_unknown_run_is_an_error(shelf) -> None:
    with pytest.raises(UnknownRecord, match="expected run 7"):
        load_run(shelf.db, 7)


def test_a_naive_time_is_refused(shelf) -> None:
    with pytest.raises(ValueError, match="expected an aware time"):
        open_run(shelf.db, "unxml", datetime(2026, 1, 1))  # noqa: DTZ001 -- the mistake itself
