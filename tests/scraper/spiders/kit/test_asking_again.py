"""How long an announced text is waited for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scraper.spiders.kit.asking_again import delay_after, is_due, put_off
from storage.records import Resource, ResourceState

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
RESOURCE = Resource("un-resolutions", "https://example.org/", "S/RES/1 (2026)", "en", ResourceState.LISTED)


@pytest.mark.parametrize(
    ("attempts", "hours"),
    [(1, 1), (2, 3), (3, 12), (4, 24), (33, 24), (34, 30 * 24), (500, 30 * 24)],
)
def test_the_delay_grows_to_a_day_and_after_thirty_of_them_to_a_month(attempts: int, hours: int) -> None:
    assert delay_after(attempts) == timedelta(hours=hours)


def test_no_attempt_has_no_delay() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        delay_after(0)


def test_each_attempt_in_vain_puts_off_the_next() -> None:
    first = put_off(RESOURCE, NOW, "not-yet: nothing there")
    second = put_off(first, NOW + timedelta(hours=1), "not-yet: nothing there")
    assert (first.state, first.attempts, first.next_attempt_at) == (
        ResourceState.ANNOUNCED,
        1,
        NOW + timedelta(hours=1),
    )
    assert (second.attempts, second.next_attempt_at) == (2, NOW + timedelta(hours=4))


def test_a_text_is_due_at_its_time_and_when_it_has_none() -> None:
    waiting = put_off(RESOURCE, NOW, "not-yet: nothing there")
    assert not is_due(waiting, NOW + timedelta(minutes=59))
    assert is_due(waiting, NOW + timedelta(hours=1))
    assert is_due(replace(waiting, next_attempt_at=None), NOW)
