"""Runs the cases under tests/cases/akoma_ntoso: one file each, what must be read of it, or how it must be refused.

A folder holds `input.xml`, `meta.toml` and `expected.json`; a new one needs no code. Without `expected.json` the run
writes it and fails: read it beside the print before it is committed. A failure names the field that differs.
"""

import json
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import BodyError
from scraper.structure.akn.document import read_akoma_ntoso
from storage.models import Paragraph, ParsedDocument
from tests.paths import TESTS

CASES = sorted(path.parent for path in (TESTS / "cases" / "akoma_ntoso").glob("*/meta.toml"))
SECONDS_PER_CASE = 0.25  # the longest resolution takes 10 milliseconds: a case that takes this long is a failing one


def outcome(body: bytes) -> dict[str, Any]:
    try:
        return told(read_akoma_ntoso(body))
    except BodyError as error:
        return {"error": {"kind": type(error).__name__, "code": error.code}}


def told(document: ParsedDocument) -> dict[str, Any]:
    return {
        "symbol": document.symbol,
        "kind": document.kind.value,
        "language": document.language,
        "adopted_on": document.adopted_on and document.adopted_on.isoformat(),
        "published_on": document.published_on and document.published_on.isoformat(),
        "meeting": document.meeting,
        "subject": document.subject,
        "paragraphs": {paragraph.address: told_of(paragraph) for paragraph in document.paragraphs},
        "warnings": [[warning.code, warning.address, warning.message] for warning in document.warnings],
        "asides": [[aside.kind, aside.address, aside.text] for aside in document.asides],
    }


def told_of(paragraph: Paragraph) -> dict[str, str]:
    values = {
        "part": paragraph.part.value,
        "heading": paragraph.heading,
        "chapeau": paragraph.chapeau,
        "text": paragraph.text,
    }
    return {name: value for name, value in values.items() if value is not None}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_is_read_as_its_case_says(case: Path) -> None:
    meta = tomllib.loads((case / "meta.toml").read_text(encoding="utf-8"))
    assert meta.keys() == {"why", "origin", "recorded"}
    body = (case / "input.xml").read_bytes()
    started = time.process_time()
    found = outcome(body)
    assert time.process_time() - started < SECONDS_PER_CASE
    path = case / "expected.json"
    if not path.exists():
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"wrote {path}: read it beside the print, then run again")
    expected = json.loads(path.read_text(encoding="utf-8"))
    assert found.keys() == expected.keys()
    for name, value in expected.items():
        if name == "paragraphs":
            assert list(found[name]) == list(value), "addresses"
            for address, paragraph in value.items():
                assert found[name][address] == paragraph, address
        else:
            assert found[name] == value, name


def test_every_case_folder_is_complete() -> None:
    folders = {path for path in CASES[0].parent.iterdir() if path.is_dir()}
    assert {path for path in folders if not (path / "input.xml").exists()} == set()
    assert folders == set(CASES)
