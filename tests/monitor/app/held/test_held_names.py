"""Which paragraph of a document a person means."""

import pytest

from monitor.app.held.held_names import find_address
from monitor.app.questions import NothingFound, WrongQuestion

STATEMENT = ["para. +1", "para. +2", "para. +2 (a)", "para. +13"]
NUMBERED = ["para. +1", "para. 1", "para. 2", "para. 13"]
RESOLUTION = ["PP 1", "PP 7", "OP 1", "OP 8", "OP 8 (a)", "OP 68", "Annex B, para. 3 (b)", "Annex B +3"]


@pytest.mark.parametrize("typed", ["13", "para. 13", "thirteenth paragraph", "para. +13", "13th paragraph"])
def test_of_a_statement_that_numbers_nothing_the_count_is_meant(typed: str) -> None:
    assert find_address(typed, STATEMENT, is_resolution=False) == "para. +13"


def test_a_printed_number_wins_over_the_count() -> None:
    assert find_address("13", NUMBERED, is_resolution=False) == "para. 13"
    assert find_address("1", NUMBERED, is_resolution=False) == "para. 1"


def test_a_sub_paragraph_of_a_counted_one_is_found() -> None:
    assert find_address("2 (a)", STATEMENT, is_resolution=False) == "para. +2 (a)"


@pytest.mark.parametrize("typed", ["annex b 3 b", "Annex B, para. 3 (b)", "annex B, 3(b)"])
def test_a_paragraph_of_an_annex_is_found(typed: str) -> None:
    assert find_address(typed, RESOLUTION, is_resolution=True) == "Annex B, para. 3 (b)"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("99", "no paragraph OP 99; the last is OP 68"),
        ("9", "no paragraph OP 9; the nearest by number are OP 8 and OP 68"),
        ("pp 3", "no paragraph PP 3; the nearest by number are PP 1 and PP 7"),
    ],
)
def test_a_number_that_is_not_there_is_told_with_the_nearest(typed: str, words: str) -> None:
    with pytest.raises(NothingFound) as caught:
        find_address(typed, RESOLUTION, is_resolution=True)
    assert words in str(caught.value)


def test_several_paragraphs_at_once_are_no_address() -> None:
    with pytest.raises(WrongQuestion, match="found several"):
        find_address("para. 8 (a) and para. 1", RESOLUTION, is_resolution=True)
