"""Runs the cases under tests/cases/bodies: a body as it was fetched, and what it was fetched as: the whole path.

Most are what is not the document that was asked for, or no document at all: it must be refused by its own code, and
then nothing of it is stored. A folder holds `meta.toml`, `expected.json` and the body as `input.*`; `input` in the meta
file names another case's body instead, `bytes` how much of it arrived.
"""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import BodyError
from scraper.ingest.extraction import extract
from tests.paths import TESTS

CASES = sorted(path.parent for path in (TESTS / "cases" / "bodies").glob("*/meta.toml"))
ASKED = ("url", "symbol", "language", "media_type")


def body_of(case: Path, meta: dict[str, Any]) -> bytes:
    path = case / meta["input"] if "input" in meta else next(case.glob("input.*"))
    body = path.read_bytes()
    return body[: meta["bytes"]] if "bytes" in meta else body


def outcome(body: bytes, asked: dict[str, str]) -> dict[str, Any]:
    try:
        document = extract(body, **asked)
    except BodyError as error:
        return {"error": type(error).__name__, "code": error.code}
    return {
        "symbol": document.symbol,
        "kind": document.kind.value,
        "language": document.language,
        "paragraphs": [paragraph.address for paragraph in document.paragraphs],
        "warnings": [[warning.code, warning.address] for warning in document.warnings],
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_body_is_read_or_refused_as_its_case_says(case: Path) -> None:
    meta = tomllib.loads((case / "meta.toml").read_text(encoding="utf-8"))
    assert meta.keys() >= {"why", "origin", "recorded"}
    found = outcome(body_of(case, meta), {name: meta[name] for name in ASKED if name in meta})
    path = case / "expected.json"
    if not path.exists():
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"wrote {path}: read it beside the document, then run again")
    assert found == json.loads(path.read_text(encoding="utf-8"))
