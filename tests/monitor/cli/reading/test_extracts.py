"""`extracts`, `show` and `search`: what a person reads, and the records of the contract."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., Any]
SYMBOL = "S/RES/2387 (2017)"
EXTRACT = {
    "symbol", "title", "addresses", "themes", "text", "adopted_on", "url", "first_seen_at", "flagged",
}  # fmt: skip
DOCUMENT = {
    "symbol", "kind", "language", "adopted_on", "published_on", "meeting", "subject", "media_type", "reader",
    "parser_version", "warnings", "paragraphs",
}  # fmt: skip
PARAGRAPH = {"address", "part", "heading", "chapeau", "text", "themes", "citations", "citation"}


def test_extracts_are_records_of_the_contract_newest_first(ask: Ask) -> None:
    records = ask("extracts", "--json").json

    assert records[0].keys() >= EXTRACT
    assert [record["adopted_on"] for record in (records[0], records[1], records[-1])] == [
        None,  # the letter, published in 2025
        "2017-11-15",
        "2000-10-31",
    ]
    assert {record["symbol"] for record in records} >= {SYMBOL, "S/RES/2386 (2017)", "S/RES/1325 (2000)"}


@pytest.mark.parametrize(
    ("options", "symbols"),
    [
        (("--symbol", "2387"), {SYMBOL}),
        (("--until", "2001-01-01"), {"S/RES/1325 (2000)"}),
        (("--since", "2017-11-15", "--until", "2017-11-15"), {SYMBOL, "S/RES/2386 (2017)"}),
        (("--since", "7d"), set()),
        (("--new",), {SYMBOL}),
        (("--theme", "sgbv", "--symbol", "1325"), {"S/RES/1325 (2000)"}),
        (("--symbol", "1325", "--symbol", "2387"), {SYMBOL, "S/RES/1325 (2000)"}),
        (("--symbol", "S/RES/23*"), {SYMBOL, "S/RES/2386 (2017)"}),
        (("--symbol", "23*"), {SYMBOL, "S/RES/2386 (2017)"}),
        (("--since", "2017", "--until", "2017"), {SYMBOL, "S/RES/2386 (2017)"}),
        (("--until", "Oct 2000"), {"S/RES/1325 (2000)"}),
        (("--kind", "letter"), {"S/2025/1"}),
        (("--kind", "letters", "--kind", "resolution", "--until", "2000"), {"S/RES/1325 (2000)"}),
        (("--lang", "fr"), set()),
        (("--seen-since", "2025-11-24", "--symbol", "1325"), {"S/RES/1325 (2000)"}),
        (("--seen-since", "2025-11-25"), set()),
    ],
)
def test_extracts_are_chosen_by_symbol_time_theme_and_flag(
    ask: Ask, options: tuple[str, ...], symbols: set[str]
) -> None:
    answer = ask("extracts", "--json", *options)

    assert answer.code == 0
    assert {record["symbol"] for record in answer.json} == symbols


def test_no_extract_is_an_empty_list_for_a_program_and_a_word_for_a_person(ask: Ask) -> None:
    assert ask("extracts", "--json", "--since", "7d").json == []
    assert ask("extracts", "--since", "7d").stdout == ""
    assert ask("extracts", "--since", "7d").stderr.startswith("No extracts.")
    assert ask("-q", "extracts", "--since", "7d").stderr == ""


def test_an_empty_answer_says_which_condition_emptied_it_and_what_would_find_something(ask: Ask) -> None:
    lines = ask("extracts", "--since", "2025-11-01", "--symbol", "1325", "--theme", "gbv").stderr.splitlines()

    assert lines[0] == "No extracts. Something is found:"
    assert lines[1].startswith("  with --seen-since 2025-11-01 instead of --since, which is about the day of adoption:")
    assert lines[2].startswith("  without --since: ")
    assert len(lines) == 3  # without the theme or the symbol there would be nothing either


def test_where_two_conditions_exclude_each_other_each_is_counted_alone(ask: Ask) -> None:
    told = ask("extracts", "--since", "2030", "--kind", "draft", "--theme", "gbv").stderr

    assert "with --theme alone: " in told
    assert "--kind alone" not in told


def test_a_list_that_is_cut_says_so_and_json_is_cut_only_when_asked(ask: Ask) -> None:
    total = len(ask("extracts", "--json").json)
    cut = ask("extracts", "--limit", "2", "--json")

    assert len(cut.json) == 2
    assert cut.stderr == f"2 of {total} extracts shown; --limit {total} shows all.\n"
    assert ask("extracts", "--json").stderr == ""


@pytest.mark.parametrize("line", ["extracts --symbol 2387", "search women --symbol 2387", "show 2387 42"])
def test_people_are_led_to_the_un_s_page_and_programs_to_the_file_too(ask: Ask, line: str) -> None:
    answer = ask(*line.split(), "--json").json
    record = answer[0] if isinstance(answer, list) else answer

    assert record["url"] == "https://docs.un.org/en/S/RES/2387(2017)"
    assert record["source_url"].startswith("https://example.org/")
    assert "resolution 2387 (2017), " in record["citation"]


def test_the_page_of_an_extract_leads_to_the_un_and_the_table_has_its_citation(ask: Ask) -> None:
    rows = list(csv.DictReader(io.StringIO(ask("extracts", "--csv", "--symbol", "1325").stdout, newline="")))

    assert "https://docs.un.org/en/S/RES/1325(2000)" in ask("extracts", "--symbol", "1325").stdout
    assert {row["url"] for row in rows} == {"https://docs.un.org/en/S/RES/1325(2000)"}
    assert all(row["citation"].startswith("Security Council resolution 1325 (2000), ") for row in rows)


def test_the_oldest_can_come_first(ask: Ask) -> None:
    found = ask("extracts", "--json", "--sort", "oldest", "--kind", "resolution").json
    days = [one["adopted_on"] for one in found]

    assert days == sorted(days)
    assert days[0] == "2000-10-31"


def test_a_person_reads_the_title_the_place_the_themes_and_the_words(ask: Ask) -> None:
    answer = ask("extracts", "--symbol", "2387", "--limit", "1")

    lines = answer.stdout.splitlines()
    assert lines[0] == "Security Council Resolution 2387: Para. 42 [new]"
    assert lines[1].startswith(f"  {SYMBOL}, adopted 2017-11-15: OP 42 (a) (iii)")
    assert "    [...]" in lines
    assert all(len(line) <= 80 for line in lines)


def test_a_spreadsheet_gets_the_same_fields_and_no_formula(ask: Ask) -> None:
    rows = list(csv.DictReader(io.StringIO(ask("extracts", "--csv").stdout, newline="")))

    assert rows[0].keys() >= EXTRACT
    assert len(rows) == len(ask("extracts", "--json").json)
    assert next(row for row in rows if row["symbol"] == SYMBOL)["flagged"] == "true"
    assert next(row for row in rows if row["symbol"] == "S/2025/1")["text"].startswith("'=cmd")


@pytest.mark.parametrize("typed", ["2387", "res/2387", "s/res/2387", "S/RES/2387(2017)", "Resolution 2387 (2017)"])
def test_a_symbol_is_read_as_people_type_it(ask: Ask, typed: str) -> None:
    assert ask("show", typed, "--json").json["symbol"] == SYMBOL


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("42(a)(iii)", "OP 42 (a) (iii)"),
        ("OP 42 (a) (iii)", "OP 42 (a) (iii)"),
        ("op42 (a)(iii)", "OP 42 (a) (iii)"),
        ("para. 42 a iii", "OP 42 (a) (iii)"),
        ("pp1", "PP 1"),
        ("44", "OP 44"),
    ],
)
def test_an_address_is_read_as_people_type_it(ask: Ask, typed: str, address: str) -> None:
    assert ask("show", "2387", typed, "--json").json["address"] == address


def test_a_document_is_a_record_of_the_contract_with_its_proof(ask: Ask) -> None:
    record = ask("show", "2387", "--json").json

    assert record.keys() >= DOCUMENT
    assert all(paragraph.keys() == PARAGRAPH for paragraph in record["paragraphs"])
    assert record["url"] == "https://docs.un.org/en/S/RES/2387(2017)"
    assert record["first_seen_at"] == "2025-11-24T09:00:00+00:00"
    (version,) = record["versions"]
    assert (version["source"], version["current"], len(version["body_hash"])) == ("unxml", True, 64)


def test_evidence_names_the_very_words_it_stands_on(ask: Ask) -> None:
    record = ask("show", "1325", "--json").json

    found = 0
    for paragraph in record["paragraphs"]:
        for theme in paragraph["themes"]:
            for each in theme["evidence"]:
                words = paragraph[each.get("in", "text")]
                assert words[each["start"] : each["end"]] == each["phrase"]
                assert each["rule"]
                found += 1
    assert found


def test_one_paragraph_comes_with_a_citation_to_copy(ask: Ask) -> None:
    record = ask("show", "2387", "42(a)(iii)", "--json").json
    page = ask("show", "2387", "42(a)(iii)").stdout

    assert record.keys() >= PARAGRAPH
    assert record["citation"] == "Security Council resolution 2387 (2017), para. 42 (a) (iii)"
    assert record["citation"] in page.splitlines()
    assert record["version"]["body_hash"] in page
    assert f"“{record['themes'][0]['evidence'][0]['phrase']}”" in page


def test_a_person_sees_the_paragraphs_indented_by_degree_and_what_is_about_women_marked(ask: Ask) -> None:
    lines = ask("show", "2387").stdout.splitlines()

    assert lines[0] == SYMBOL
    assert "Operative part" in lines
    assert any(line.startswith("  42.   Decides") for line in lines)
    assert any(line.startswith("*             (iii) ") for line in lines)
    assert "                    [OP 42 (a) (iii)]" in lines
    assert all(len(line) <= 80 or "://" in line for line in lines)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("2388",), "S/RES/2388 is not held; the highest known is S/RES/2387 (2017)"),
        (("2387", "OP 99"), "the document has no paragraph OP 99"),
        (("2387", "--language", "fr"), "not held in 'fr'"),
    ],
)
def test_what_is_not_held_is_told_with_exit_code_1(ask: Ask, arguments: tuple[str, ...], words: str) -> None:
    answer = ask("show", *arguments)

    assert (answer.code, answer.stdout) == (1, "")
    assert words in answer.stderr


@pytest.mark.parametrize("arguments", [("show", "S/2025/1"), ("extracts", "--symbol", "S/2025/1"), ("search", "calc")])
def test_a_hostile_text_is_harmless_on_a_terminal(ask: Ask, arguments: tuple[str, ...]) -> None:
    answer = ask(*arguments)

    assert "women" in answer.stdout
    assert not set(answer.stdout) & set("\x1b\x07\x9b\u202e\r")


def test_json_keeps_a_hostile_text_as_it_was_printed(ask: Ask) -> None:
    assert "\u202e" in ask("show", "S/2025/1", "--json").json["paragraphs"][0]["text"]
