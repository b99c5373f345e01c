"""What is told of a paragraph without a theme: the vocabulary's phrases in it, words that look like one, or nothing."""

from scraper.themes.labeller import label_text
from scraper.themes.nearest import Nearest, nearest
from storage.models import Place


def test_phrases_of_the_vocabulary_that_make_no_theme_are_named_with_their_place() -> None:
    text = "Stresses the protection of civilians;"

    found = nearest(text)

    assert label_text(text) == ()
    assert [(text[term.start : term.end], term.place, term.is_subject) for term in found.terms] == [
        ("protection of civilians", Place.TEXT, False)
    ]
    assert "civilians" in found.terms[0].concepts


def test_women_in_a_chapeau_that_does_not_run_on_are_the_nearest_though_no_rule_holds() -> None:
    text, chapeau = "Decides to remain seized of the matter;", "Recognizes the work of women, and"

    found = nearest(text, chapeau)

    assert label_text(text, chapeau) == ()
    assert [(term.phrase, term.place) for term in found.subjects] == [("women", Place.CHAPEAU)]
    assert chapeau[found.subjects[0].start : found.subjects[0].end] == "women"


def test_a_heading_is_read_too() -> None:
    found = nearest("Decides to remain seized of the matter;", heading="Sexual violence in conflict")

    assert [(term.phrase, term.place) for term in found.subjects] == [("Sexual violence in conflict", Place.HEADING)]


def test_a_misprinted_word_is_told_with_the_word_it_looks_like() -> None:
    text = "Calls for measures for wommen and gir1s;"

    found = nearest(text)

    assert [(text[one.start : one.end], one.like) for one in found.lookalikes] == [("wommen", "women")]


def test_words_that_only_happen_to_be_spelled_alike_are_not_told() -> None:
    assert nearest("Others render material to the general members of other agencies;").lookalikes == ()


def test_lookalikes_are_not_sought_where_the_vocabulary_speaks_of_women() -> None:
    assert nearest("wommen", "Recognizes the work of women, and").lookalikes == ()


def test_nothing_is_said_where_nothing_is_near() -> None:
    assert nearest("Decides to remain seized of the matter.") == Nearest((), ())
    assert nearest("") == Nearest((), ())


def test_the_verb_that_opens_a_clause_is_near_to_nothing() -> None:
    assert nearest("Requests that this be so;").terms == ()


def test_a_curly_quotation_mark_or_a_hard_hyphen_moves_no_span() -> None:
    text = "The Council’s peace\u2011building and the protection of civilians"

    assert [text[term.start : term.end] for term in nearest(text).terms][-1] == "protection of civilians"
