"""Search: a person's words, never FTS5's grammar; current words, never old ones."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.texts.finding.chosen import Chosen, Order
from storage.texts.finding.query import LoneNot
from storage.texts.search import count_hits, search

SYMBOL = "S/RES/2387 (2017)"
TEXTS = (
    "Condemns sexual violence against women and girls in armed conflict;",
    "Recalls violence, sexual or other, and peacebuilding by women;",
    "Welcomes the peacebuilders' efforts for disarmament;",
)


@pytest.fixture
def filled(shelf, parsed_of):
    shelf.save(parsed_of(*TEXTS, themes=("Protection", "Participation")))
    return shelf


def found(db, query: str, **options: object) -> set[str]:
    return {hit.address for hit in search(db, query, **options)}


@pytest.mark.parametrize(
    ("query", "addresses"),
    [
        ("sexual violence", {"OP 1", "OP 2"}),
        ('"sexual violence"', {"OP 1"}),
        ("“sexual violence”", {"OP 1"}),
        ('"sexual violence', {"OP 1"}),
        ("peacebuild*", {"OP 2", "OP 3"}),
        ('"by wom"*', {"OP 2"}),
        ("WOMEN", {"OP 1", "OP 2"}),
        ("woman", set()),
        ("condemn", {"OP 1"}),
        ("women peacebuilding", {"OP 2"}),
        ("women & peacebuilding -- ;", {"OP 2"}),
        ("women OR disarmament", {"OP 1", "OP 2", "OP 3"}),
        ("(women OR disarmament) AND sexual", {"OP 1", "OP 2"}),
        ("girls NEAR/1 conflict", set()),
        ("girls NEAR/3 conflict", {"OP 1"}),
        ("NEAR(girls conflict, 3)", {"OP 1"}),
        ("women AND", {"OP 1", "OP 2"}),
        ("women and", {"OP 1", "OP 2"}),
        ("near disarmament", set()),
        ("disarmament NOT women", {"OP 3"}),
        ("women NOT girls NOT peace*", set()),
        ("text:women", set()),
        ("", set()),
        ("   ", set()),
        ('"" * - ( )', set()),
    ],
)
def test_a_query_finds(filled, query: str, addresses: set[str]) -> None:
    assert found(filled.db, query) == addresses


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(alphabet=st.sampled_from("women\"*()^:+-.{}\\\0 '“” ORANDNOTNEAR,à\ud800")))
def test_no_query_is_a_syntax_error(filled, query: str) -> None:
    with suppress(LoneNot):
        search(filled.db, query)


@pytest.mark.parametrize("query", ["NOT women", "girls OR NOT women", "(NOT women)"])
def test_a_not_that_takes_away_from_nothing_is_said(filled, query: str) -> None:
    with pytest.raises(LoneNot, match="women NOT girls"):
        search(filled.db, query)


def test_a_hit_names_its_document_themes_and_marked_words(filled) -> None:
    (hit,) = search(filled.db, '"sexual violence"', marks=("<b>", "</b>"))

    assert (hit.symbol, hit.language, hit.address) == (SYMBOL, "en", "OP 1")
    assert hit.snippet == "Condemns <b>sexual violence</b> against women and girls in armed conflict;"
    assert hit.themes == ("Protection", "Participation")
    assert hit.adopted_on == date(2017, 11, 15)
    assert hit.url == f"https://example.org/unxml/{SYMBOL}"


def test_hits_come_best_first_and_are_limited(filled) -> None:
    hits = search(filled.db, "women")

    assert [hit.rank for hit in hits] == sorted(hit.rank for hit in hits)
    assert search(filled.db, "women", limit=1) == hits[:1]


def test_a_theme_keeps_only_paragraphs_that_carry_it(shelf, parsed_of) -> None:
    shelf.save(parsed_of("women one", themes=("Protection",)))
    shelf.save(parsed_of("women two", themes=("Participation",), symbol="S/RES/1325 (2000)"))

    assert [hit.symbol for hit in search(shelf.db, "women", theme="Participation")] == ["S/RES/1325 (2000)"]
    assert search(shelf.db, "women", theme="Disarmament") == []


def test_only_the_current_version_is_found(filled, parsed_of) -> None:
    filled.save(parsed_of("Condemns violence against girls;"))

    assert found(filled.db, "women") == set()
    assert found(filled.db, "girls") == {"OP 1"}


def test_nothing_is_found_in_an_empty_database(shelf) -> None:
    assert search(shelf.db, "women") == []


def test_of_more_matches_than_are_ranked_the_best_of_the_newest_are_given(
    shelf, parsed_of, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(2000, 2040):
        shelf.save(parsed_of("Women and peace.", symbol=f"S/RES/{number} (2010)"))
    everywhere = {hit.symbol for hit in search(shelf.db, "women", limit=100)}
    assert len(everywhere) == count_hits(shelf.db, "women") == 40
    monkeypatch.setattr("storage.texts.search.MOST_RANKED", 10)
    newest = {hit.symbol for hit in search(shelf.db, "women", limit=100)}
    assert newest == {f"S/RES/{number} (2010)" for number in range(2030, 2040)}
    assert count_hits(shelf.db, "women") == 40, "all are counted"
    assert len(search(shelf.db, "women", limit=100, order=Order.OLDEST)) == 40, "no order leaves any out"
    chosen = Chosen(symbols=["S/RES/2001 (2010)"])
    assert [hit.symbol for hit in search(shelf.db, "women", chosen=chosen)] == ["S/RES/2001 (2010)"]
