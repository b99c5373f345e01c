"""`--cite`: references to copy, and for reference managers."""

import json
from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., Any]


@pytest.mark.parametrize(
    ("style", "line"),
    [
        ("un", "Security Council resolution 2387 (2017), para. 42 (a)"),
        ("oscola", "UNSC Res 2387 (15 November 2017) UN Doc S/RES/2387, para 42(a)"),
        ("bluebook", "S.C. Res. 2387, ¶ 42(a), U.N. Doc. S/RES/2387 (Nov. 15, 2017)"),
        ("chicago", "UN Security Council, Resolution 2387 (2017), S/RES/2387, November 15, 2017, para. 42(a)"),
    ],
)
def test_a_paragraph_is_cited_in_the_style_that_is_asked_for_and_read_again(ask: Ask, style: str, line: str) -> None:
    assert ask("show", "2387", "42 (a)", "--cite", style).stdout == f"{line}\n"
    assert ask("show", line, "--json").json["address"] == "OP 42 (a)"


def test_a_document_is_given_to_reference_managers(ask: Ask) -> None:
    assert ask("show", "1325", "--cite", "ris").stdout.startswith("TY  - GOVDOC")
    assert ask("show", "1325", "--cite", "bibtex").stdout.startswith("@techreport{S-RES-1325-2000,")
    assert json.loads(ask("show", "1325", "--cite", "csl").stdout)[0]["number"] == "S/RES/1325 (2000)"


def test_extracts_become_a_line_for_each_paragraph_or_an_entry_for_each_document(ask: Ask) -> None:
    lines = ask("extracts", "--symbol", "1325", "--cite", "un").stdout.splitlines()
    entries = json.loads(ask("extracts", "--kind", "resolution", "--cite", "csl").stdout)

    assert "Security Council resolution 1325 (2000), para. 8 (a)" in lines
    assert len(lines) == len(set(lines)) > 10
    assert sorted(one["number"] for one in entries) == ["S/RES/1325 (2000)", "S/RES/2386 (2017)", "S/RES/2387 (2017)"]


def test_a_search_is_cited_paragraph_by_paragraph(ask: Ask) -> None:
    lines = ask("search", "women", "--symbol", "1325", "--cite", "un").stdout.splitlines()

    assert lines
    assert all(line.startswith("Security Council resolution 1325 (2000), ") for line in lines)
    assert ask("search", "women", "--cite", "ris", "--json").stderr.startswith("Error: --json and --cite")
