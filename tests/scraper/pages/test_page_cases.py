"""Every folder below tests/cases that holds a page of a source: what its parser must make of it, or how it must refuse.

A new case is a folder with `input.*` and `meta.toml`; the first run writes `expected.json` and fails: read it then.
"""

import json
import time
import tomllib
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import ScraperError
from scraper.pages.challenge import Answer, Expected, check_answer, is_whole_pdf
from scraper.pages.council_site.documents_feed import parse_feed
from scraper.pages.council_site.missions_table import find_missions_page, parse_missions
from scraper.pages.council_site.resolutions_table import parse_resolutions
from scraper.pages.library.marc_records import read_catalogue
from scraper.pages.library.meetings_table import parse_meetings
from scraper.pages.library.oai import parse_oai
from scraper.pages.peacewomen.page import read_page, read_saved_text
from scraper.pages.unxml.file_tree import parse_tree
from scraper.pages.unxml.metadata import parse_metadata
from tests.paths import TESTS

CASES = TESTS / "cases"
SECONDS = 2.0  # a parser that takes longer for one page is a failing one
ORIGINS = ("recorded", "made by hand")


def table(body: bytes, meta: dict[str, Any]) -> Any:
    return asdict(parse_resolutions(body, meta["url"]))


def missions(body: bytes, meta: dict[str, Any]) -> Any:
    page = parse_missions(body, meta["url"])
    return {"reports": page.reports, "strange": [row.symbol for row in page.strange], **asdict(page)}


def menu(body: bytes, meta: dict[str, Any]) -> Any:
    return {"address": find_missions_page(body, meta["url"])}


def feed(body: bytes, meta: dict[str, Any]) -> Any:
    found = parse_feed(body, meta["url"])
    return {"newest": found.newest, **asdict(found)}


def tree(body: bytes, meta: dict[str, Any]) -> Any:
    found = parse_tree(body, meta["url"])
    symbols = [file.symbol for file in found.resolutions]
    return {"paths": found.paths, "symbols": symbols, **asdict(found)}


def published(body: bytes, meta: dict[str, Any]) -> Any:
    is_page = body.lstrip().startswith(b"<")
    return asdict(read_page(body, meta["url"]) if is_page else read_saved_text(body.decode(), meta["url"]))


def challenge(body: bytes, meta: dict[str, Any]) -> Any:
    expected = Expected[meta["expected"]]
    check_answer(Answer(meta["url"], meta["status"], meta["headers"], body), expected)
    return {"accepted": expected, "is_whole": is_whole_pdf(body) if expected is Expected.PDF else None}


def metadata(body: bytes, meta: dict[str, Any]) -> Any:
    return asdict(parse_metadata(body, meta["url"]))


def meetings(body: bytes, meta: dict[str, Any]) -> Any:
    return asdict(parse_meetings(body, meta["url"]))


def oai(body: bytes, meta: dict[str, Any]) -> Any:
    page = parse_oai(body, meta["url"])
    told = {name: getattr(page, name) for name in ("deleted", "token", "complete_list", "error", "message")}
    return {"listed": len(page.records), **told, **asdict(read_catalogue(page.records))}


PARSERS: dict[str, Callable[[bytes, dict[str, Any]], Any]] = {
    "un_resolutions_table": table,
    "un_year_table": table,
    "unxml_tree": tree,
    "missions_page": missions,
    "missions_menu": menu,
    "documents_feed": feed,
    "unxml_metadata": metadata,
    "challenge": challenge,
    "peacewomen": published,
    "meetings_table": meetings,
    "oai_page": oai,
}
FOLDERS = [folder for parser in PARSERS for folder in sorted((CASES / parser).iterdir()) if folder.is_dir()]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_a_page_is_read_as_its_case_says(folder: Path) -> None:
    meta = tomllib.loads((folder / "meta.toml").read_text(encoding="utf-8"))
    assert meta["origin"] in ORIGINS
    assert meta["why"]
    [source] = folder.glob("input.*")
    started = time.process_time()
    found = outcome(PARSERS[folder.parent.name], source.read_bytes(), meta)
    assert time.process_time() - started < SECONDS
    expected = folder / "expected.json"
    if not expected.exists():
        expected.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        pytest.fail(f"wrote {expected}: read it, and keep it if it is right")
    wanted = json.loads(expected.read_text(encoding="utf-8"))
    assert found.keys() == wanted.keys()
    for name, value in wanted.items():
        assert found[name] == value, name


def outcome(parser: Callable[[bytes, dict[str, Any]], Any], body: bytes, meta: dict[str, Any]) -> dict[str, Any]:
    try:
        found = parser(body, meta)
    except ScraperError as error:
        found = {"error": type(error).__name__, "code": error.code, "message": str(error)}
    made: dict[str, Any] = json.loads(json.dumps(found, default=lambda day: day.isoformat()))
    return made
