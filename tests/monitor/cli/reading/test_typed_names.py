"""Symbols and addresses as people write them, on the command line."""

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., Any]


@pytest.mark.parametrize(
    "typed",
    [
        ("2387 para 42 (a)",),
        ("resolution 2387 (2017), para. 42 (a)",),
        ("https://docs.un.org/en/S/RES/2387(2017)", "42.a"),
        ("Security Council Resolution 2387: Para. 42 (a)",),
    ],
    ids=" ".join,
)
def test_show_takes_a_whole_citation(ask: Ask, typed: tuple[str, ...]) -> None:
    assert ask("show", *typed, "--json").json["address"] == "OP 42 (a)"


def test_a_number_that_nobody_knows_is_told_with_the_highest_that_is_known(ask: Ask) -> None:
    assert "the highest known is S/RES/2387 (2017)" in ask("show", "9999").stderr
    assert "resolution 1325 is of 2000: S/RES/1325 (2000)" in ask("changes", "--symbol", "S/RES/1325 (2001)").stderr


def test_a_link_is_a_symbol_in_every_list(ask: Ask) -> None:
    found = ask("extracts", "--symbol", "https://undocs.org/S/RES/1325(2000)", "--json").json

    assert {one["symbol"] for one in found} == {"S/RES/1325 (2000)"}
