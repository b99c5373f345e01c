import pytest

from monitor.renewals.wording.terms import load_terms, qualifiers_in, scope_uses, series_in, spelled_out, term_uses


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the full, equal, meaningful and safe participation of women", "full, equal and meaningful participation"),
        ("women’s full, safe, equal, effective and meaningful role", "full, equal and meaningful participation"),
        ("full, effective and meaningful participation", "full, effective and meaningful participation"),
        ("full and equal participation", "full and equal participation"),
        ("sexual- and gender-based violence", "sexual and gender-based violence"),
        ("gender based violence", "gender-based violence"),
        ("conflict-related sexual violence", "conflict-related sexual violence"),
        ("a survivor-centered approach", "survivor-centred"),
        ("a victim‑centred approach", "survivor-centred"),
        ("Women and Child Protection Advisors", "women protection advisers"),
        ("a 30 percent quota", "quotas"),
        ("women-led civil society", "women-led organizations"),
        ("resolution 1325 (2000)", "1325 and its series"),
    ],
)
def test_a_term_is_found_however_it_is_written(text: str, name: str) -> None:
    assert name in {use.name for use in term_uses(text)}


def test_the_longer_term_is_meant_where_two_overlap() -> None:
    assert [use.name for use in term_uses("sexual and gender-based violence")] == ["sexual and gender-based violence"]


def test_one_qualifier_is_no_term() -> None:
    assert term_uses("their full support") == ()


def test_qualifiers_are_those_of_participation() -> None:
    assert qualifiers_in("full support for the equal and safe participation of women") == {"equal", "safe"}


def test_a_year_is_no_resolution() -> None:
    assert series_in("resolution 1325 (2000), in 2106 villages") == {"1325"}


def test_a_scope_is_found() -> None:
    assert [use.name for use in scope_uses("at all levels of decision-making")] == ["at all levels", "leadership"]


def test_every_phrase_of_a_term_is_found_as_that_term_or_as_a_longer_one() -> None:
    for term in load_terms():
        for phrase in term.phrases:
            words = phrase.replace("*", "")
            assert term_uses(words), f"{term.name}: {phrase}"


def test_alternatives_are_spelled_out() -> None:
    assert sorted(spelled_out("advis(e|o)r(s|)")) == ["adviser", "advisers", "advisor", "advisors"]
