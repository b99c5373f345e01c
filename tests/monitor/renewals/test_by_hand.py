"""Renewals aligned by hand. Two rules were read off UNIOGBIS and MINUSTAH; the other four were aligned afterwards."""

import pytest

from monitor.renewals.comparison import Line
from monitor.renewals.lines import compare_texts
from tests.measures.renewal_figures import Case, figures, read_cases, readings

ALIGNED = [case for case in read_cases() if case.by_hand]


def lines_of(case: Case) -> tuple[Line, ...]:
    return compare_texts(case.old, case.new, case.old_symbol).lines


def test_there_are_six_of_them() -> None:
    assert len(ALIGNED) == 6


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
