"""`show SYMBOL ADDRESS`: a paragraph comes with what stands below it; "no theme" only where none has one."""

from collections.abc import Callable
from typing import Any

import pytest

from scraper.council.address import is_below

Ask = Callable[..., Any]


def test_a_chapeau_is_shown_with_its_sub_paragraphs_and_their_themes(ask: Ask) -> None:
    page = ask("show", "1325", "OP 8").stdout

    below = page.partition("Below it")[2]
    assert all(f"[OP 8 ({label})]" in below for label in "abc")
    assert "Participation" in below
    assert "No theme" not in page


def test_a_record_of_a_paragraph_holds_what_stands_below_it_in_printed_order(ask: Ask) -> None:
    record = ask("show", "1325", "8", "--json").json

    assert [one["address"] for one in record["below"]] == ["OP 8 (a)", "OP 8 (b)", "OP 8 (c)"]
    assert ask("show", "1325", "8 (a)", "--json").json["below"] == []


def test_a_chapeau_without_a_theme_over_tasks_with_themes_is_not_said_to_have_none(ask: Ask) -> None:
    record = ask("show", "2387", "42", "--json").json
    page = ask("show", "2387", "42").stdout

    assert not record["themes"]
    assert any(one["themes"] for one in record["below"])
    assert "No theme of its own; what stands below it has some." in page


def test_a_paragraph_over_which_nothing_has_a_theme_says_so(ask: Ask) -> None:
    assert "No theme of women, peace and security." in ask("show", "2387", "44").stdout


@pytest.mark.parametrize(
    ("address", "above", "is_under"),
    [
        ("OP 3 (a)", "OP 3", True),
        ("OP 3 +1", "OP 3", True),
        ("OP 3 (a) #2", "OP 3", True),
        ("OP 3 #2", "OP 3", False),
        ("OP 31 (a)", "OP 3", False),
        ("Annex II, para. 3", "Annex II", False),
    ],
)
def test_what_stands_below_an_address(address: str, above: str, is_under: bool) -> None:
    assert is_below(address, above) is is_under
