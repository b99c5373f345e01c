"""`completion`: what a shell is given, and what it completes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.shell_completion import ShellComplete

from monitor.cli.main import cli

Ask = Callable[..., Any]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_is_given_a_script_that_asks_this_program(ask: Ask, shell: str) -> None:
    script = ask("completion", shell).stdout

    assert "_WPSWATCH_COMPLETE" in script
    assert "wpswatch" in script


@pytest.mark.parametrize(
    ("line", "incomplete", "expected"),
    [
        ([], "mand", ["mandates"]),
        (["extracts", "--theme"], "gb", ["gbv"]),
        (["extracts", "--symbol"], "23", ["2386", "2387"]),
        (["show"], "13", ["1325"]),
        (["crawl"], "unx", ["unxml"]),
        (["test-alert"], "", []),
    ],
)
def test_words_are_completed_with_what_there_is(
    data: Path, line: list[str], incomplete: str, expected: list[str]
) -> None:
    completer = ShellComplete(cli, {}, "wpswatch", "_WPSWATCH_COMPLETE")

    found = completer.get_completions(["--data", str(data), *line], incomplete)

    assert [one.value for one in found] == expected


def test_without_a_database_nothing_is_completed_and_nothing_fails(tmp_path: Path) -> None:
    completer = ShellComplete(cli, {}, "wpswatch", "_WPSWATCH_COMPLETE")

    assert completer.get_completions(["--data", str(tmp_path), "show"], "1") == []
