"""`search`: full text over the paragraphs, with the conditions that `extracts` has."""

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., Any]


def test_found_words_are_marked_without_colour(ask: Ask) -> None:
    hits = ask("search", "peace", "women", "--json").json
    page = ask("search", "peace women").stdout

    assert hits[0].keys() >= {"symbol", "address", "snippet", "themes", "adopted_on", "url"}
    assert "[women]" in hits[0]["snippet"]
    assert "[women]" in page
    assert f"{hits[0]['symbol']}, {hits[0]['address']}" in page


def test_a_search_can_be_kept_to_a_theme_and_a_number(ask: Ask) -> None:
    hits = ask("search", "women", "--theme", "protection", "--limit", "2", "--json").json

    assert len(hits) == 2
    assert all("Protection" in hit["themes"] for hit in hits)


def test_nothing_found_is_no_failure(ask: Ask) -> None:
    answer = ask("search", "zzzz")

    assert (answer.code, answer.stdout, answer.stderr) == (0, "", "Nothing found.\n")
    assert ask("search", "AND ) zzzz", "--json").json == []


@pytest.mark.parametrize(
    ("options", "symbols"),
    [
        (("--symbol", "1325"), {"S/RES/1325 (2000)"}),
        (("--until", "2001"), {"S/RES/1325 (2000)"}),
        (("--kind", "letter"), {"S/2025/1"}),
        (("--kind", "letter", "--symbol", "1325"), set()),
    ],
)
def test_a_search_is_kept_to_documents_as_extracts_are(ask: Ask, options: tuple[str, ...], symbols: set[str]) -> None:
    assert {hit["symbol"] for hit in ask("search", "women", *options, "--json").json} == symbols


def test_json_has_every_hit_and_a_page_says_how_many_there_are(ask: Ask) -> None:
    hits = ask("search", "women", "--json").json
    page = ask("search", "women")

    assert len(hits) > 20
    assert page.stderr == f"20 of {len(hits)} paragraphs shown; --limit {len(hits)} shows all.\n"


def test_words_are_joined_by_and_or_and_not(ask: Ask) -> None:
    def count(query: str) -> int:
        return len(ask("search", query, "--json").json)

    assert count("women OR girls") == count("women") + count("girls") - count("women AND girls")
    assert count("women NOT girls") == count("women") - count("women girls")
    assert ask("search", "NOT women").code == 2


def test_british_and_american_spellings_find_each_other_and_it_is_said(ask: Ask) -> None:
    british, american = ask("search", "programmes"), ask("search", "programs")

    assert "[programmes]" in american.stdout
    assert "program" in british.stdout
    assert "Found in the other spelling, too: programmes for programs." in american.stderr


def test_who_said_it_first_is_one_paragraph_of_each_kind_the_earliest(ask: Ask) -> None:
    hits = ask("search", "women", "--first", "--json").json

    assert [hit["symbol"] for hit in hits] == ["S/RES/1325 (2000)", "S/2025/1"]
    assert ask("search", "women", "--first", "--sort", "newest").code == 2


def test_nothing_found_says_which_condition_hid_it(ask: Ask) -> None:
    told = ask("search", "women", "--since", "2030").stderr

    assert told.startswith("Nothing found. Something is found:\n")
    assert "without --since: " in told


@pytest.mark.parametrize("query", ["", "***", '""', "()"])
def test_what_holds_no_word_is_no_question(ask: Ask, query: str) -> None:
    answer = ask("search", query)

    assert (answer.code, answer.stdout) == (2, "")
    assert "expected words to look for" in answer.stderr
