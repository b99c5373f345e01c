"""When nothing new is a silence: measured by the gaps that a source has had."""

from datetime import UTC, datetime, timedelta
from itertools import accumulate

import pytest

from monitor.noticing.silence import longest_usual_days, silent_days

FIRST = datetime(2026, 1, 1, 6, tzinfo=UTC)


def arriving(*gaps: int) -> list[datetime]:
    return [FIRST + timedelta(days=days) for days in accumulate(gaps, initial=0)]


@pytest.mark.parametrize(
    ("gaps", "declared", "usual"),
    [
        ((), 60, 120),  # nothing is known: twice what the source declares
        ((1,) * 9, 60, 120),  # nine gaps are too few
        ((1,) * 10, 60, 14),  # never less than two weeks
        ((5,) * 10, 60, 15),
        ((2,) * 9 + (20,), 60, 14),  # one long gap in ten is not the measure
        ((2,) * 8 + (20, 20), 60, 60),  # two are
        ((0,) * 30, 60, 120),  # many on one day are one arrival
    ],
)
def test_the_longest_usual_silence(gaps: tuple[int, ...], declared: int, usual: int) -> None:
    assert longest_usual_days(arriving(*gaps), declared) == usual


def test_a_silence_begins_after_the_longest_usual_one() -> None:
    assert silent_days(FIRST, FIRST + timedelta(days=14), 14) is None
    assert silent_days(FIRST, FIRST + timedelta(days=14, seconds=1), 14) == 14
    assert silent_days(FIRST, FIRST + timedelta(days=40), 14) == 40


def test_a_source_that_never_gave_anything_or_was_never_asked_is_not_silent() -> None:
    assert silent_days(None, FIRST, 14) is None
    assert silent_days(FIRST, None, 14) is None


def test_a_clock_set_back_makes_no_silence() -> None:
    assert silent_days(FIRST, FIRST - timedelta(days=400), 14) is None
