"""Schedules of sources: two written forms, and the next time each gives."""

from datetime import UTC, datetime, timedelta

import pytest

from scraper.sources.schedule import BusySpan, Hurried, ScheduleError, parse_schedule

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_every_counts_from_the_last_run() -> None:
    schedule = parse_schedule("every 6 hours")
    assert schedule.next_run(NOON - timedelta(hours=2), NOON) == NOON + timedelta(hours=4)


@pytest.mark.parametrize("words", ["every day", "30 7 * * *"])
def test_a_source_that_never_ran_is_due_now(words: str) -> None:
    assert parse_schedule(words).next_run(None, NOON) == NOON


def test_an_overdue_source_is_due_now() -> None:
    assert parse_schedule("every 6 hours").next_run(NOON - timedelta(days=3), NOON) == NOON


def test_a_cron_line_is_read_in_utc() -> None:
    assert parse_schedule("0 */6 * * *").next_run(NOON - timedelta(minutes=5), NOON) == NOON
    assert parse_schedule("30 7 * * *").next_run(NOON, NOON) == datetime(2026, 11, 25, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("weekday", "days"),
    [
        ("0", "29"),
        ("7", "29"),
        ("1", "30"),
        ("tue", "24"),
        ("1-5", "24 25 26 27 30"),
        ("0,6", "28 29"),
        ("0-6/2", "24 26 28 29"),
        ("5-7", "27 28 29"),
        ("*/2", "24 26 28 29"),
        ("*/3", "25 28 29"),
    ],
)
def test_weekdays_count_from_sunday_as_in_crontab(weekday: str, days: str) -> None:
    schedule, moment = parse_schedule(f"0 13 * * {weekday}"), NOON  # a Tuesday
    found = []
    while (moment := schedule.next_run(moment, moment)) < NOON + timedelta(days=7):
        found.append(f"{moment:%d}")
    assert " ".join(found) == days


def test_a_leap_day_comes_every_four_years() -> None:
    assert parse_schedule("0 0 29 2 *").next_run(NOON, NOON) == datetime(2028, 2, 29, tzinfo=UTC)


@pytest.mark.parametrize("words", ["every 6 hours", "0 */6 * * *"])
def test_after_a_clock_was_set_back_nothing_runs_twice(words: str) -> None:
    assert parse_schedule(words).next_run(NOON, NOON - timedelta(hours=20)) == NOON + timedelta(hours=6)


@pytest.mark.parametrize("words", ["every 6 hours", "0 */6 * * *"])
def test_a_run_recorded_by_a_clock_that_was_days_ahead_holds_up_nothing(words: str) -> None:
    assert parse_schedule(words).next_run(NOON + timedelta(days=400), NOON) == NOON


@pytest.mark.parametrize(
    "words",
    [
        "",
        "hourly",
        "every 0 hours",
        "every six hours",
        "* * * *",
        "61 * * * *",
        "0 0 30 2 *",  # never comes
        "0 0 1 * 1",  # either, or both?
        "0 0 * * 5-1",
    ],
)
def test_other_words_are_refused(words: str) -> None:
    with pytest.raises(ScheduleError, match="expected a"):
        parse_schedule(words)


HURRIED = Hurried(
    parse_schedule("every 6 hours"),
    timedelta(minutes=30),
    (BusySpan(datetime(2026, 4, 23, tzinfo=UTC), datetime(2026, 5, 3, tzinfo=UTC)),),
)


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (datetime(2026, 4, 22, 6, tzinfo=UTC), datetime(2026, 4, 22, 12, tzinfo=UTC)),
        (datetime(2026, 4, 22, 23, tzinfo=UTC), datetime(2026, 4, 23, tzinfo=UTC)),
        (datetime(2026, 4, 25, 6, tzinfo=UTC), datetime(2026, 4, 25, 6, 30, tzinfo=UTC)),
        (datetime(2026, 5, 2, 23, 50, tzinfo=UTC), datetime(2026, 5, 3, 5, 50, tzinfo=UTC)),
    ],
    ids=["before the span", "into the span", "in the span", "out of the span"],
)
def test_a_hurried_source_is_due_sooner_in_a_span_of_time(last: datetime, due: datetime) -> None:
    assert HURRIED.next_run(last, last + timedelta(seconds=1)) == due
