import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.council.phrase_pattern import trie_pattern
from scraper.themes.folding import fold
from scraper.themes.phrases import PhraseBook, PhraseError, spelled_out, trigger_pattern

words = st.text(alphabet="abcde", min_size=1, max_size=5)


def found(phrases: list[str], text: str) -> list[str]:
    return [match.group() for match in re.finditer(r"\b" + trie_pattern(phrases), text)]


@pytest.mark.parametrize(
    ("written", "phrases"),
    [
        ("women", ["women"]),
        ("advis(e|o)r(s|)", ["adviser", "advisers", "advisor", "advisors"]),
        ("1325 (2000)", ["1325 (2000)"]),
        ("gender-based", ["gender based"]),
        ("girl((s|)'|)", ["girl", "girl'", "girls'"]),
    ],
)
def test_a_phrase_is_spelled_out(written: str, phrases: list[str]) -> None:
    assert sorted(set(spelled_out(written))) == phrases


@pytest.mark.parametrize("written", ["", " ", "Women", "par*ty", "(a|b", "*", "-"])
def test_a_phrase_that_cannot_be_read_is_refused(written: str) -> None:
    with pytest.raises(PhraseError):
        list(spelled_out(written))


def test_the_longest_phrase_wins() -> None:
    assert found(["sex", "sex offender"], "sex offender, sex") == ["sex offender", "sex"]


def test_a_phrase_ends_at_the_end_of_a_word() -> None:
    assert found(["girl"], "girls girl") == ["girl"]


def test_a_phrase_that_ends_in_a_bracket_needs_no_word_behind_it() -> None:
    assert found(["1325", "1325 (2000)"], "1325 (2000)") == ["1325 (2000)"]


def test_a_star_takes_the_rest_of_the_word() -> None:
    assert found(["participat*"], "participation, participates") == ["participation", "participates"]


@given(st.lists(words, min_size=1), st.text(alphabet="abcde ", max_size=40))
def test_the_trie_finds_what_single_searches_find(phrases: list[str], text: str) -> None:
    singly = {match.start() for phrase in phrases for match in re.finditer(rf"\b{phrase}\b", text)}

    assert {match.start() for match in re.finditer(r"\b" + trie_pattern(phrases), text)} == singly


@given(st.lists(words, min_size=1), st.text(alphabet="abcde ", max_size=40))
def test_the_trigger_finds_a_text_that_holds_one_of_its_words(triggers: list[str], text: str) -> None:
    assert bool(re.search(trigger_pattern(triggers), text)) == any(trigger in text for trigger in triggers)


def test_a_found_piece_tells_its_concepts() -> None:
    book = PhraseBook([("women", "women"), ("women", "subject"), ("participat*", "part")])

    assert book.concepts_of("women")[0] == ("women", "subject")
    assert book.concepts_of("participation")[0] == ("part",)
    assert book.concepts_of(";") == ((), 0)


@given(st.text())
def test_folding_moves_no_character(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Women’s", "women's"),
        ("gender‑based", "gender based"),
        ("İ Rape", "İ rape"),
        ("sexual\u00a0violence", "sexual violence"),
    ],
)
def test_folding_makes_plain(text: str, folded: str) -> None:
    assert fold(text) == folded
