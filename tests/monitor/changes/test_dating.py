"""How old a document is: by the youngest day that it can be of, since dates are typed by hand."""

from datetime import date

import pytest

from monitor.changes.dating import Dates, age_of, doubts, year_end, youngest_day
from monitor.changes.news import Age

SEEN = date(2026, 6, 10)
WATCH = date(2026, 6, 1)
NEW = "S/RES/2822 (2026)"


def age(printed: date | None, symbol: str = NEW, **more: object) -> Age:
    return age_of(Dates(symbol, printed, SEEN, **more), WATCH, 120)  # type: ignore[arg-type]


def test_a_sure_date_says_how_old_a_document_is() -> None:
    assert age(date(2026, 6, 1)) is Age.SINCE
    assert age(date(2026, 5, 31)) is Age.BEFORE
    assert age(date(2026, 2, 10)) is Age.BEFORE  # exactly 120 days
    assert age(date(2026, 2, 9)) is Age.OLD


def test_a_date_of_another_year_than_the_symbols_is_doubted() -> None:
    typed = Dates(NEW, date(2025, 11, 20), SEEN)
    assert doubts(typed) == ("its symbol is of 2026",)
    assert age(date(2025, 11, 20)) is Age.UNSURE


def test_a_symbol_of_an_old_year_makes_old_whatever_is_printed() -> None:
    assert age(date(2024, 9, 9), "S/RES/1244 (1999)") is Age.OLD
    assert age(None, "S/RES/1244 (1999)") is Age.OLD
    assert age(None, "S/2013/173") is Age.OLD
    assert age(None, "S/25700") is Age.OLD


def test_a_document_without_a_date_may_be_of_these_days() -> None:
    assert age(None) is Age.UNSURE
    assert age(None, "S/2026/257") is Age.UNSURE


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"not_before": date(2026, 6, 2)}, "the number or meeting before it is of 2026-06-02"),
        ({"others": (("un-resolutions", date(2026, 6, 4)),)}, "un-resolutions says 2026-06-04"),
        ({"warnings": ("expected one day, found two",)}, "expected one day, found two"),
    ],
)
def test_neighbours_other_witnesses_and_its_own_mark_up_make_an_old_date_doubtful(more: object, words: str) -> None:
    old = date(2026, 1, 4)
    assert age(old) is Age.OLD
    assert doubts(Dates(NEW, old, SEEN, **more)) == (words,)  # type: ignore[arg-type]
    assert age(old, **more) is Age.UNSURE  # type: ignore[arg-type]


def test_the_number_after_it_and_the_day_of_fetching_contradict_a_date_to_come() -> None:
    assert doubts(Dates(NEW, date(2026, 7, 1), SEEN)) == ("it was fetched on 2026-06-10",)
    late = Dates(NEW, date(2026, 6, 8), SEEN, not_after=date(2026, 5, 5))
    assert doubts(late) == ("the number or meeting after it is of 2026-05-05",)
    assert age_of(late, WATCH, 120) is Age.BEFORE  # for all that is typed, it can't be later than that


def test_where_two_witnesses_differ_and_nothing_denies_either_the_later_counts() -> None:
    both_old = Dates(NEW, date(2026, 1, 4), SEEN, others=(("un-resolutions", date(2026, 1, 5)),))
    assert youngest_day(both_old) == date(2026, 1, 5)
    assert age_of(both_old, WATCH, 120) is Age.OLD


def test_letters_and_reports_may_bear_a_day_around_the_turn_of_their_year() -> None:
    assert doubts(Dates("S/2026/1", date(2025, 12, 30), SEEN)) == ()
    assert doubts(Dates("S/2026/257", date(2025, 3, 31), SEEN)) == ("its symbol is of 2026",)


def test_a_corrigendum_may_come_years_after_what_it_corrects() -> None:
    assert year_end("S/RES/2779 (2025)/Corr.1") is None
    assert doubts(Dates("S/RES/2779 (2025)/Corr.1", date(2026, 6, 9), SEEN)) == ()
    assert age(None, "S/RES/2779 (2025)/Corr.1") is Age.UNSURE
