"""A notice that is served as a PDF takes the place of no resolution: readers are told nothing, and the run says so."""

import pytest

from monitor.demo import catalogue
from tests.paths import TESTS

pytestmark = pytest.mark.long

NOTICES = [(TESTS / "cases" / "notices" / name / "input.pdf").read_bytes() for name in ("no-symbol", "with-symbol")]


def test_a_notice_in_place_of_a_held_text_is_said_and_tells_readers_nothing(desk, monkeypatch) -> None:
    desk.ask("crawl", "un-resolutions", "--json")
    document = next(each for each in desk.server.site.documents if each.pdf)
    before = desk.ask("show", document.symbol, "--json")["paragraphs"]
    bodies = catalogue.pdf_body
    runs = []
    for answer in (*NOTICES, bodies(document.pdf)):
        monkeypatch.setattr(
            catalogue, "pdf_body", lambda path, answer=answer: answer if path == document.pdf else bodies(path)
        )
        runs += desk.ask("crawl", "un-resolutions", "--full", "--json")
        assert desk.ask("show", document.symbol, "--json")["paragraphs"] == before
    assert [f"1 document failed: {document.symbol}" in (run["reason"] or "") for run in runs] == [True, True, False]
    assert [run["changed"] for run in runs] == [0, 0, 0]
    assert desk.ask("changes", "--json") == []
    assert desk.ask("alerts", "--json") == []
    [source] = [one for one in desk.ask("sources", "--json") if one["source"] == "un-resolutions"]
    assert source["failing"] == []


def test_a_notice_on_a_first_fetch_is_not_held_and_shows_in_sources(desk, monkeypatch) -> None:
    document = next(each for each in desk.server.site.documents if each.pdf)
    bodies = catalogue.pdf_body
    monkeypatch.setattr(catalogue, "pdf_body", lambda path: NOTICES[0] if path == document.pdf else bodies(path))
    desk.ask("crawl", "un-resolutions", "--json")
    [source] = [one for one in desk.ask("sources", "--json") if one["source"] == "un-resolutions"]
    [failing] = source["failing"]
    assert (failing["symbol"], failing["runs"], failing["reason"][:9]) == (document.symbol, 1, "no-symbol")
