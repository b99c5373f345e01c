"""`themes`, `situations`, `bodies`, `mandates`: what can be asked for, with counts."""

from collections.abc import Callable
from typing import Any

import pytest

from storage.models import THEMES

Ask = Callable[..., Any]


def test_every_theme_is_listed_in_its_order_with_what_extracts_finds_of_it(ask: Ask) -> None:
    records = ask("themes", "--json").json

    assert [one["theme"] for one in records] == list(THEMES)
    of_protection = next(one for one in records if one["theme"] == "Protection")
    held = {one["symbol"] for one in ask("extracts", "--theme", "protection", "--json").json}
    assert of_protection["documents"] == len(held)
    assert ask("themes").stdout.splitlines()[0].split() == ["theme", "paragraphs", "documents", "newest"]


@pytest.mark.parametrize("command", ["situations", "bodies", "mandates"])
def test_a_list_without_entries_is_empty_and_no_failure(ask: Ask, command: str) -> None:
    assert ask(command).code == 0
    assert isinstance(ask(command, "--json").json, list)
