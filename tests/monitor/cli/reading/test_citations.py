"""`show --citations` and `show --cited-by`: what a document cites, what cites it; and the draft it came from."""

from collections.abc import Callable
from typing import Any

Ask = Callable[..., Any]


def test_a_paragraph_record_has_its_citations(ask: Ask) -> None:
    paragraphs = ask("show", "2387", "--json").json["paragraphs"]
    cited = [(one, paragraph) for paragraph in paragraphs for one in paragraph["citations"]]

    assert cited
    assert all(one.keys() == {"symbol", "addresses", "start", "end", "text"} for one, _ in cited)
    assert all(paragraph["text"][one["start"] : one["end"]] == one["text"] for one, paragraph in cited)
    assert "S/RES/2149 (2014)" in {one["symbol"] for one, _ in cited}


def test_citations_are_listed_under_the_paragraphs_where_asked(ask: Ask) -> None:
    assert "cites S/RES/2339 (2017): OP 1" in ask("show", "2387", "--citations").stdout
    assert "cites " not in ask("show", "2387").stdout


def test_who_cites_a_document_is_told_whether_it_is_held_or_not(ask: Ask) -> None:
    held = ask("show", "1325", "--cited-by", "--json").json
    not_held = ask("show", "S/RES/2149 (2014)", "--cited-by", "--json").json

    assert {record["symbol"] for record in held} == {"S/RES/2386 (2017)"}
    assert held[0].keys() == {"symbol", "address", "language", "adopted_on", "citation", "text"}
    assert "S/RES/2387 (2017)" in {record["symbol"] for record in not_held}
    assert ask("show", "2149", "--cited-by", "--json").json == not_held


def test_who_cites_one_paragraph_is_told_apart(ask: Ask) -> None:
    records = ask("show", "2127", "57", "--cited-by", "--json").json
    everything = ask("show", "2127", "--cited-by", "--json").json

    assert 0 < len(records) < len(everything)
    assert all("OP 57" in record["citation"]["addresses"] for record in records)


def test_a_person_reads_the_words_with_what_stands_around_them(ask: Ask) -> None:
    shown = ask("show", "2127", "--cited-by").stdout

    assert shown.startswith("S/RES/2127 (2013) is cited ")
    assert "S/RES/2387 (2017), adopted 2017-11-15" in shown
    assert "cites OP 57" in shown


def test_nothing_that_cites_is_an_empty_list_and_a_word(ask: Ask) -> None:
    assert ask("show", "S/1999/1", "--cited-by", "--json").json == []
    assert ask("show", "S/1999/1", "--cited-by").stderr == "No held paragraph cites S/1999/1.\n"


def test_what_is_no_symbol_is_refused(ask: Ask) -> None:
    assert ask("show", "women", "--cited-by").code == 2


def test_the_vote_and_the_draft_stand_under_the_subject(ask: Ask) -> None:
    assert "Adopted unanimously, 8102nd meeting; draft S/2017/957, submitted by France" in ask("show", "2387").stdout
