"""Runs the cases under tests/cases/pdf, docx and text (a whole file) and tests/cases/blocks (what a reader saw, cut).

A folder holds `input.pdf`, `input.docx`, `input.txt` or `input.blocks.json`, `meta.toml` and `expected.json`. Without
the last one the run writes it and fails: read it beside the print before it is committed.
"""

import json
import time
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from scraper.errors import BodyError
from scraper.readers.block import Block, BlockKind, Furniture, ReadDocument
from scraper.readers.pdf.document import read_pdf
from scraper.readers.text.document import read_text
from scraper.readers.word.document import read_docx
from scraper.structure.printed.document import parse_resolution
from storage.models import ParsedDocument
from tests.paths import TESTS

CASES = sorted(
    path.parent for kind in ("pdf", "docx", "blocks", "text") for path in (TESTS / "cases" / kind).glob("*/meta.toml")
)
SECONDS_PER_CASE = 5.0  # a report of 34 pages takes a fifth of a second: this allows for a busy machine
NAMES = {field.name for field in fields(Block)}


def read(case: Path) -> ReadDocument:
    if (case / "input.pdf").exists():
        return read_pdf((case / "input.pdf").read_bytes())
    if (case / "input.docx").exists():
        return read_docx((case / "input.docx").read_bytes())
    if (case / "input.txt").exists():
        return read_text((case / "input.txt").read_bytes())
    blocks = json.loads((case / "input.blocks.json").read_text(encoding="utf-8"))
    return ReadDocument(tuple(_block(one) for one in blocks), max(one.get("page", 1) for one in blocks))


def _block(recorded: dict[str, object]) -> Block:
    assert recorded.keys() <= NAMES
    values = dict(recorded)
    values["kind"] = BlockKind(recorded.get("kind", "text"))
    values["furniture"] = Furniture(recorded["furniture"]) if "furniture" in recorded else None
    values["marks"] = tuple(recorded.get("marks", ()))
    return Block(**values)


def result(case: Path) -> dict[str, object]:
    try:
        document = parse_resolution(read(case), media_type="application/pdf", reader="pdf", parser_version="1")
    except BodyError as error:
        return {"error": error.code}
    return told(document)


def told(document: ParsedDocument) -> dict[str, object]:
    """What a case records of a document: everything but the furniture, which is the same on every page."""
    return {
        "symbol": document.symbol,
        "kind": document.kind.value,
        "language": document.language,
        "adopted_on": document.adopted_on and document.adopted_on.isoformat(),
        "published_on": document.published_on and document.published_on.isoformat(),
        "meeting": document.meeting,
        "subject": document.subject,
        "paragraphs": [
            {
                key: value
                for key, value in {
                    "address": paragraph.address,
                    "part": paragraph.part.value,
                    "heading": paragraph.heading,
                    "chapeau": paragraph.chapeau,
                    "text": paragraph.text,
                }.items()
                if value is not None
            }
            for paragraph in document.paragraphs
        ],
        "warnings": [[warning.code, warning.address] for warning in document.warnings],
        "asides": [[aside.kind, aside.address, aside.text] for aside in document.asides if aside.kind != "furniture"],
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_case(case):
    meta = tomllib.loads((case / "meta.toml").read_text(encoding="utf-8"))
    assert meta.keys() >= {"why", "origin", "recorded"}
    started = time.process_time()
    found = result(case)
    assert time.process_time() - started < SECONDS_PER_CASE
    path = case / "expected.json"
    if not path.exists():
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"wrote {path}: read it beside the print, then run again")
    expected = json.loads(path.read_text(encoding="utf-8"))
    assert found.keys() == expected.keys()
    for field, value in expected.items():
        assert found[field] == value, field
