"""The verdict on a run."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.noticing.verdict import Verdict, judge_run
from storage.records import CrawlRun, Outcome, RunCounts


def run(finish_reason: str | None, reason: str | None = None, **counts: int) -> CrawlRun:
    started_at = datetime(2025, 5, 1, tzinfo=UTC)
    return CrawlRun(1, "unxml", started_at, None, None, reason, RunCounts(**counts), finish_reason)


def test_a_run_that_finished_with_what_was_expected_is_complete() -> None:
    assert judge_run(run("finished", listed=12, fetched=12), 10, 12) == Verdict(Outcome.COMPLETE, None)


def test_a_run_that_fetched_nothing_because_all_is_held_is_complete() -> None:
    assert judge_run(run("finished", listed=12, unchanged=12), 10, 12).outcome is Outcome.COMPLETE


def test_what_the_fetching_said_stays_the_reason_of_a_complete_run() -> None:
    verdict = judge_run(run("finished", "budget: 3 left for later runs", listed=12, fetched=9), 10, 9)

    assert verdict == Verdict(Outcome.COMPLETE, "budget: 3 left for later runs")


@pytest.mark.parametrize("finish_reason", ["shutdown", "interrupted", "disk-full", "memusage_exceeded", None])
def test_a_run_that_was_cut_short_is_partial(finish_reason: str | None) -> None:
    verdict = judge_run(run(finish_reason, listed=12, fetched=5), 10, 5)

    assert verdict.outcome is Outcome.PARTIAL
    assert (verdict.reason or "").startswith("interrupted")


def test_a_listing_that_could_not_be_read_is_failed_with_its_reason() -> None:
    verdict = judge_run(run("listing-failed", "unexpected-page: expected a table, found none"), 10, 12)

    assert verdict == Verdict(Outcome.FAILED, "unexpected-page: expected a table, found none")


def test_an_end_nobody_knows_is_no_success() -> None:
    assert judge_run(run("a-new-word", listed=12, fetched=12), 10, 12) == Verdict(Outcome.FAILED, "a-new-word")


def test_a_source_that_refused_everything_is_failed_and_blocked() -> None:
    assert judge_run(run("blocked", blocked=1), 10, 0) == Verdict(
        Outcome.FAILED, "blocked: the source refused 1 of 1 requests"
    )
    assert judge_run(run("finished", listed=12, blocked=3), 10, 0).outcome is Outcome.FAILED


def test_a_source_that_refused_from_some_point_on_is_suspect_and_blocked() -> None:
    verdict = judge_run(run("blocked", listed=12, fetched=4, blocked=3), 10, 4)

    assert verdict == Verdict(Outcome.SUSPECT, "blocked after 4 documents")


def test_a_source_that_refused_some_requests_is_suspect() -> None:
    verdict = judge_run(run("finished", listed=12, fetched=9, blocked=3), 10, 9)

    assert verdict == Verdict(Outcome.SUSPECT, "3 of 12 requests were blocked")


def test_a_listing_shorter_than_declared_is_suspect() -> None:
    verdict = judge_run(run("finished", listed=3, fetched=3), 10, 12)

    assert verdict == Verdict(Outcome.SUSPECT, "expected at least 10 listed, found 3")


def test_an_empty_listing_is_suspect_even_where_nothing_is_declared() -> None:
    assert judge_run(run("finished"), 0, 12).outcome is Outcome.SUSPECT


def test_listed_documents_none_of_which_could_be_held_are_suspect() -> None:
    assert judge_run(run("finished", listed=12, fetched=12), 10, 0).outcome is Outcome.SUSPECT


def test_one_broken_document_fails_alone() -> None:
    assert judge_run(run("finished", listed=12, fetched=1, failed=2), 10, 9).outcome is Outcome.COMPLETE


def test_many_failures_are_suspect() -> None:
    verdict = judge_run(run("finished", listed=12, fetched=9, failed=3), 10, 9)

    assert verdict == Verdict(Outcome.SUSPECT, "expected few failures, found 3 of 12 documents failed")


COUNTS = st.integers(0, 5)


@given(st.sampled_from(["finished", "blocked", "shutdown", None]), COUNTS, COUNTS, COUNTS, COUNTS, COUNTS)
def test_nothing_is_never_success(
    finish_reason: str | None, listed: int, fetched: int, failed: int, blocked: int, held: int
) -> None:
    verdict = judge_run(run(finish_reason, listed=listed, fetched=fetched, failed=failed, blocked=blocked), 1, held)

    if verdict.outcome is Outcome.COMPLETE:
        assert listed > 0
        assert held > 0
        assert blocked == 0
    else:
        assert verdict.reason


def test_a_source_of_which_one_listing_has_another_shape_is_suspect_though_others_went_on() -> None:
    verdict = judge_run(run("listing-lost", "page: other-columns: found 4", listed=12, fetched=2), 1, 12)

    assert verdict == Verdict(Outcome.SUSPECT, "one of the listings has another shape (page: other-columns: found 4)")
