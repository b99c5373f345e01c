"""Schedules of sources: two written forms, and the next time each gives."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.schedule import ScheduleError, parse_schedule

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_every_counts_from_the_last_run() -> None:
    schedule = parse_schedule("every 6 hours")
    assert schedule.next_run(NOON - timedelta(hours=2), NOON) == NOON + timedelta(hours=4)


def test_a_source_that_never_ran_is_due_now() -> None:
    assert parse_schedule("every day").next_run(None, NOON) == NOON


def test_an_overdue_source_is_due_now() -> None:
    assert parse_schedule("every 6 hours").next_run(NOON - timedelta(days=3), NOON) == NOON


def test_a_cron_line_is_read_in_utc() -> None:
    assert parse_schedule("0 */6 * * *").next_run(NOON - timedelta(minutes=5), NOON) == NOON
    assert parse_schedule("30 7 * * *").next_run(NOON, NOON) == datetime(2026, 11, 25, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize("words", ["", "hourly", "every 0 hours", "every six hours", "* * * *", "61 * * * *"])
def test_other_words_are_refused(words: str) -> None:
    with pytest.raises(ScheduleError, match="expected a"):
        parse_schedule(words)
