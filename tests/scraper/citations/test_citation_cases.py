"""Runs the cases under tests/cases/citations: one real paragraph each, and all that it cites.

A folder holds `input.txt`, `meta.toml` and `expected.json`; a new one needs no code. Without `expected.json` the run
writes it and fails: read it beside the paragraph before it is committed.
"""

import json
import tomllib
from pathlib import Path

import pytest

from scraper.citations.find import find_citations
from tests.paths import TESTS

CASES = sorted(path.parent for path in (TESTS / "cases" / "citations").glob("*/meta.toml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_paragraph_cites_what_its_case_says(case: Path) -> None:
    meta = tomllib.loads((case / "meta.toml").read_text(encoding="utf-8"))
    assert meta.keys() == {"why", "origin", "recorded", "symbol", "language"}
    text = (case / "input.txt").read_text(encoding="utf-8").rstrip("\n")
    found = [[one.text, one.symbol, *one.addresses] for one in find_citations(text, meta["symbol"], meta["language"])]
    path = case / "expected.json"
    if not path.exists():
        lines = ",\n".join(" " + json.dumps(one, ensure_ascii=False) for one in found)
        path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
        pytest.fail(f"wrote {path}: read it beside the paragraph, then run again")
    assert found == json.loads(path.read_text(encoding="utf-8"))
