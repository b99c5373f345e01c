"""`parse` and `label`: saved bytes and pieces of text, without a database."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.paths import TESTS

Ask = Callable[..., Any]
CASES = TESTS / "cases" / "akoma_ntoso"
RESOLUTION = str(CASES / "lists-headings-and-tasks-2387" / "input.xml")
OTHER = str(CASES / "labels-inside-the-text-2386" / "input.xml")
ODD = str(CASES / "points-behind-flush-text-2662" / "input.xml")
BOMB = str(CASES / "xml-bomb" / "input.xml")


def test_a_list_is_printed_for_one_file_too(ask: Ask) -> None:
    (record,) = ask("parse", RESOLUTION, "--json").json

    assert (record["file"], record["symbol"]) == (RESOLUTION, "S/RES/2387 (2017)")


def test_each_file_gives_one_line(ask: Ask) -> None:
    answer = ask("parse", "--jsonl", RESOLUTION, OTHER)

    records = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [(record["file"], record["symbol"]) for record in records] == [
        (RESOLUTION, "S/RES/2387 (2017)"),
        (OTHER, "S/RES/2386 (2017)"),
    ]


def test_standard_input_is_read_and_named(ask: Ask) -> None:
    (record,) = ask("parse", "-", "--json", stdin=Path(RESOLUTION).read_bytes()).json

    assert (record["file"], record["symbol"]) == ("-", "S/RES/2387 (2017)")


def test_a_bad_file_costs_only_itself(ask: Ask, tmp_path: Path) -> None:
    page = tmp_path / "page.pdf"
    page.write_text("<!doctype html><html><body>Not found</body></html>", encoding="utf-8")

    answer = ask("parse", "--json", str(page), BOMB, str(tmp_path / "missing.xml"), str(tmp_path), RESOLUTION)

    assert answer.code == 1
    *bad, good = answer.json
    assert [record.keys() for record in bad] == [{"file", "error"}] * 4
    assert all(record["error"].keys() == {"code", "message"} for record in bad)
    assert [record["error"]["code"] for record in bad[2:]] == ["unreadable-file"] * 2
    assert good["symbol"] == "S/RES/2387 (2017)"


def test_a_person_is_told_of_a_bad_file_on_stderr(ask: Ask) -> None:
    answer = ask("parse", BOMB, RESOLUTION)

    assert answer.code == 1
    assert answer.stdout.startswith("S/RES/2387 (2017)")
    assert answer.stderr.startswith(f"{BOMB}: ")


def test_a_file_that_is_another_document_is_refused(ask: Ask) -> None:
    answer = ask("parse", RESOLUTION, "--symbol", "2386", "--json")

    assert answer.code == 1
    assert answer.json[0]["error"]["code"] == "other-symbol"


@pytest.mark.parametrize(("options", "code"), [((), 0), (("--strict",), 3)])
def test_warnings_matter_only_to_the_strict(ask: Ask, options: tuple[str, ...], code: int) -> None:
    answer = ask("parse", ODD, *options, "--json")

    assert answer.json[0]["warnings"][0].keys() == {"code", "message", "address"}
    assert answer.code == code


def test_a_person_sees_warnings_below_the_text(ask: Ask) -> None:
    assert "Warnings" in ask("parse", ODD).stdout.splitlines()


def test_what_is_no_paragraph_is_shown_when_asked_for(ask: Ask) -> None:
    footnoted = str(CASES / "footnotes-1540" / "input.xml")

    assert "Not paragraphs" not in ask("parse", footnoted).stdout
    assert "Not paragraphs" in ask("-v", "parse", footnoted).stdout


def test_a_defect_in_one_file_is_told_and_the_others_are_read(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    from scraper.ingest import extraction

    sound = extraction.extract

    def broken_once(body: bytes, **options: Any) -> Any:
        monkeypatch.setattr(extraction, "extract", sound)
        raise KeyError("x")

    monkeypatch.setattr(extraction, "extract", broken_once)

    answer = ask("parse", RESOLUTION, "--json")

    assert (answer.code, answer.json[0]["error"]["code"]) == (1, "reader-defect")


def test_a_text_is_labelled_with_the_words_that_say_so(ask: Ask) -> None:
    text = "the full participation of women in peace processes"

    record = ask("label", text, "--json").json

    assert record["text"] == text
    assert "Participation" in [theme["theme"] for theme in record["themes"]]
    for theme in record["themes"]:
        assert all(text[each["start"] : each["end"]] == each["phrase"] for each in theme["evidence"])
    assert "Participation: " in ask("label", text).stdout


def test_a_chapeau_is_read_with_the_text_it_introduces(ask: Ask) -> None:
    record = ask("label", "women;", "--chapeau", "ensure the full participation of:", "--json").json

    evidence = [each for theme in record["themes"] for each in theme["evidence"]]
    assert "chapeau" in [each.get("in") for each in evidence]


def test_a_text_comes_from_standard_input_and_may_have_no_theme(ask: Ask) -> None:
    answer = ask("label", "-", stdin="Decides to remain seized of the matter.\n")

    assert (answer.code, answer.stdout) == (0, "No theme of women, peace and security.\n")
    assert ask("label", "--json", stdin="Remains seized.").json["themes"] == []


def test_a_document_that_prints_no_symbol_is_named_by_its_file(ask: Ask, tmp_path: Path) -> None:
    case = CASES / "statement-under-a-resolutions-symbol-2007-22" / "input.xml"
    saved = tmp_path / "S_PRST_2007_22-0739405E.xml"
    saved.write_bytes(case.read_bytes())

    (record,) = ask("parse", str(saved), "--json").json

    assert record["symbol"] == "S/PRST/2007/22"
    assert "no-symbol" in [warning["code"] for warning in record["warnings"]]
