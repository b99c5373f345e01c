"""Renewals aligned by hand. Two rules were read off UNIOGBIS and MINUSTAH; four were aligned afterwards, three fresh.

The fresh ones were aligned when all rules were made; one rule was mended since, so that a lost "full, equal,
meaningful, and safe" counts. Before that they had pairs 0.92 · 0.97, status 0.81, direction 0.96.
"""

import pytest

from monitor.renewals.comparison import Line
from monitor.renewals.lines import compare_texts
from tests.measures.renewal_figures import Case, figures, read_cases, readings

ALIGNED = [case for case in read_cases() if case.by_hand and not case.is_fresh]
FRESH = [case for case in read_cases() if case.is_fresh]


def lines_of(case: Case) -> tuple[Line, ...]:
    return compare_texts(case.old, case.new, case.old_symbol).lines


def test_there_are_six_of_them_and_three_fresh_ones() -> None:
    assert (len(ALIGNED), len(FRESH)) == (6, 3)


@pytest.mark.parametrize("case", ALIGNED, ids=lambda case: case.name)
def test_each_paragraph_is_paired_as_by_hand(case: Case) -> None:
    said = {line.key for line in lines_of(case)}
    allowed = {key for row in case.by_hand for key, _ in readings(row)}
    missing = [row["what"] for row in case.by_hand if not said & {key for key, _ in readings(row)}]
    assert missing == []
    assert said - allowed == set()


def test_what_is_gone_is_found_and_nothing_else() -> None:
    found = figures([(case.by_hand, lines_of(case)) for case in ALIGNED])
    assert (found["dropped_recall"], found["silence_recall"], found["silence_precision"]) == (1.0, 1.0, 1.0)


def test_most_statuses_and_directions_are_those_of_a_person_and_none_is_the_opposite() -> None:
    found = figures([(case.by_hand, lines_of(case)) for case in ALIGNED])
    assert (found["status"] or 0) >= 0.93
    assert (found["direction"] or 0) >= 0.88
    assert found["opposite_direction"] == 0


def test_of_fresh_renewals_most_is_as_by_hand_and_nothing_is_called_gone_that_is_not() -> None:
    found = figures([(case.by_hand, lines_of(case)) for case in FRESH])
    assert (found["pairing_recall"] or 0) >= 0.91
    assert (found["pairing_precision"] or 0) >= 0.97
    assert (found["status"] or 0) >= 0.8
    assert (found["direction"] or 0) >= 0.96
    assert (found["opposite_direction"], found["silence_precision"]) == (0, None)  # nothing is gone in any of them
