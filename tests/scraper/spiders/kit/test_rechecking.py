"""When a held body is asked for again: at growing times after it came, and only while its document is new."""

from datetime import UTC, date, datetime, timedelta

import pytest

from scraper.spiders.kit.asking_again import is_recheck_due, next_recheck, was_new
from storage.records import HeldBody, Resource, ResourceState

HELD = datetime(2026, 3, 1, 12, tzinfo=UTC)
SYMBOL = "S/RES/2810 (2026)"


def body(symbol: str = SYMBOL, dated: date | None = date(2026, 2, 27)) -> HeldBody:
    return HeldBody(symbol, HELD, "https://documents.un.org/doc/a.pdf", dated)


def resource(state: ResourceState = ResourceState.HELD, again: datetime | None = None) -> Resource:
    return Resource("un-resolutions", "https://example.org/a", SYMBOL, "en", state, next_attempt_at=again)


def asked_on(last_day: int, every: timedelta = timedelta(hours=6)) -> list[int]:
    """The days after the first on which a document is asked for again, where each run asks for what is due."""
    known, now, days = resource(), HELD, []
    while now <= HELD + timedelta(days=last_day):
        if is_recheck_due(known, body(), now):
            days.append((now - HELD).days)
            known = resource(again=next_recheck(HELD, now))
        now += every
    return days


def test_a_new_document_is_asked_for_again_after_growing_times_and_then_no_more() -> None:
    assert asked_on(400) == [1, 3, 7, 14, 30, 60, 120]


def test_runs_that_come_seldom_ask_once_for_all_times_that_passed() -> None:
    assert asked_on(400, every=timedelta(days=20)) == [20, 40, 60, 120]


def test_a_body_held_before_there_were_rechecks_is_asked_for_at_once_while_it_is_young() -> None:
    assert is_recheck_due(resource(), body(), HELD + timedelta(days=100))
    assert not is_recheck_due(resource(), body(), HELD + timedelta(days=121))


@pytest.mark.parametrize("state", [state for state in ResourceState if state is not ResourceState.HELD])
def test_only_held_bodies_are_rechecked(state: ResourceState) -> None:
    assert not is_recheck_due(resource(state), body(), HELD + timedelta(days=2))


@pytest.mark.parametrize(
    ("symbol", "dated", "is_new"),
    [
        (SYMBOL, date(2026, 2, 27), True),
        (SYMBOL, date(2025, 11, 1), True),
        (SYMBOL, date(2025, 10, 31), False),
        ("S/2013/173", None, False),
        ("S/2026/257", None, True),
        ("S/2025/860/Corr.1", None, True),  # by the last day of 2025
        ("S/25700", None, False),  # before 1994 symbols bore no year
    ],
)
def test_a_document_is_new_by_its_date_or_by_the_year_in_its_symbol(
    symbol: str, dated: date | None, is_new: bool
) -> None:
    assert was_new(body(symbol, dated)) is is_new
