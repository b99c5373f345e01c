"""The table of news, cell by cell: stage of the run × who gave the document before × its age → what becomes of it."""

import pytest

from monitor.changes.news import RULE, Age, NewsVerdict, Seen, Stage, asks_for_age, decide, stage_of

# old, before, since, unsure; written out once more, by hand, from docs/explanation/what-counts-as-news.md
WAIT, QUIET, TELL, RECORD, COMPARE = "wait", "quiet", "tell", "record", "compare"
CELLS = {
    ("doubted", "nobody"): (WAIT, WAIT, WAIT, WAIT),
    ("doubted", "another"): (WAIT, WAIT, WAIT, WAIT),
    ("doubted", "itself"): (WAIT, WAIT, WAIT, WAIT),
    ("doubted", "untold"): (WAIT, WAIT, WAIT, WAIT),
    ("before-watch", "nobody"): (WAIT, WAIT, WAIT, WAIT),
    ("before-watch", "another"): (WAIT, WAIT, WAIT, WAIT),
    ("before-watch", "itself"): (WAIT, WAIT, WAIT, WAIT),
    ("before-watch", "untold"): (WAIT, WAIT, WAIT, WAIT),
    ("begins-watch", "nobody"): (QUIET, QUIET, QUIET, QUIET),
    ("begins-watch", "another"): (QUIET, QUIET, QUIET, QUIET),
    ("begins-watch", "itself"): (QUIET, QUIET, QUIET, QUIET),
    ("begins-watch", "untold"): (QUIET, QUIET, QUIET, QUIET),
    ("incomplete", "nobody"): (WAIT, WAIT, TELL, TELL),
    ("incomplete", "another"): (WAIT, WAIT, WAIT, WAIT),
    ("incomplete", "itself"): (COMPARE, COMPARE, COMPARE, COMPARE),
    ("incomplete", "untold"): (WAIT, WAIT, WAIT, WAIT),
    ("first", "nobody"): (QUIET, QUIET, TELL, TELL),
    ("first", "another"): (QUIET, QUIET, QUIET, QUIET),
    ("first", "itself"): (COMPARE, COMPARE, COMPARE, COMPARE),
    ("first", "untold"): (QUIET, QUIET, QUIET, QUIET),
    ("later", "nobody"): (QUIET, TELL, TELL, TELL),
    ("later", "another"): (RECORD, RECORD, RECORD, RECORD),
    ("later", "itself"): (COMPARE, COMPARE, COMPARE, COMPARE),
    ("later", "untold"): (COMPARE, COMPARE, COMPARE, COMPARE),
}


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("seen", list(Seen))
@pytest.mark.parametrize("age", list(Age))
def test_each_cell_is_as_written(stage: Stage, seen: Seen, age: Age) -> None:
    assert decide(stage, seen, age) == CELLS[stage, seen][list(Age).index(age)]


def test_the_table_has_every_cell_and_no_other() -> None:
    cells = {(stage, seen, age) for stage, row in RULE.items() for seen, ages in row.items() for age in ages}
    assert cells == {(stage, seen, age) for stage in Stage for seen in Seen for age in Age}


def test_dates_are_looked_for_only_where_they_decide() -> None:
    asked = {(stage, seen) for stage in Stage for seen in Seen if asks_for_age(stage, seen)}
    assert asked == {(stage, Seen.NOBODY) for stage in (Stage.INCOMPLETE, Stage.FIRST, Stage.LATER)}


def test_a_date_that_is_doubted_makes_nothing_old() -> None:
    for stage in (Stage.INCOMPLETE, Stage.FIRST, Stage.LATER):
        assert decide(stage, Seen.NOBODY, Age.UNSURE) is NewsVerdict.TELL


@pytest.mark.parametrize(
    ("is_believed", "is_whole", "had_complete", "is_watching", "stage"),
    [
        (False, True, True, True, Stage.DOUBTED),
        (False, False, False, False, Stage.DOUBTED),
        (True, False, False, False, Stage.BEFORE_WATCH),
        (True, True, False, False, Stage.BEGINS_WATCH),
        (True, False, False, True, Stage.INCOMPLETE),
        (True, True, False, True, Stage.FIRST),
        (True, True, True, True, Stage.LATER),
        (True, False, True, True, Stage.LATER),
    ],
)
def test_what_a_run_is_follows_from_itself_its_source_and_the_watch(
    is_believed: bool, is_whole: bool, had_complete: bool, is_watching: bool, stage: Stage
) -> None:
    found = stage_of(is_believed=is_believed, is_whole=is_whole, had_complete=had_complete, is_watching=is_watching)
    assert found is stage
