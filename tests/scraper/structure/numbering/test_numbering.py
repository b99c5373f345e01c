import string

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from scraper.structure.numbering.label_run import Entry, Oddity, OpenList, depth_among, level_of, place_labels
from scraper.structure.numbering.labels import label_named, split_label

ROMANS = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]


def places(*labels, lefts=None):
    entries = []
    for number, printed in enumerate(labels):
        label, _ = split_label(f"{printed} Text")
        assert label is not None, printed
        entries.append(Entry(label, lefts[number] if lefts else None))
    return [" ".join(place.degrees) for place in place_labels(entries)]


def oddities(*labels):
    entries = [Entry(label) for printed in labels if (label := split_label(f"{printed} Text")[0])]
    return [place.odd for place in place_labels(entries)]


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("8. Decides", "8", "Decides"),
        ("12.\tDecides", "12", "Decides"),
        ("1.Decides", "1", "Decides"),
        ("(a) To ensure", "a", "To ensure"),
        ("(b). Tetryl", "b", "Tetryl"),
        ("a) de veiller", "a", "de veiller"),
        ("iv. the list", "iv", "the list"),
        ("(xiv) To support", "xiv", "To support"),
        ("(aa) To support", "aa", "To support"),
        ("1.10 Funds", "1.10", "Funds"),
        ("• To prevent", "•", "To prevent"),
        ("– To prevent", "–", "To prevent"),
    ],
)
def test_what_opens_a_paragraph_is_its_label(text, name, rest):
    label, words = split_label(text)
    assert label is not None
    assert (label.name, words) == (name, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Decides that",
        "12.7 mm and more",
        "i.e. the list",
        "No. 5",
        "25 May 2025",
        "(2023) concerning",
        "e.g. this",
        "Dr. Roe",
        "(GFRS) and",
        "",
    ],
)
def test_what_only_looks_like_a_label_is_text(text):
    assert split_label(text) == (None, text)


def test_sub_paragraph_i_after_h_is_the_ninth_letter():
    assert places("1.", *(f"({letter})" for letter in "abcdefghij"))[-2:] == ["1 i", "1 j"]


def test_sub_paragraph_i_that_opens_a_list_is_the_first_roman_numeral():
    assert places("1.", "(a)", "(i)", "(ii)", "(b)") == ["1", "1 a", "1 a i", "1 a ii", "1 b"]


def test_i_under_h_is_roman_when_ii_follows():
    assert places("1.", *(f"({letter})" for letter in "abcdefgh"), "(i)", "(ii)", "(i)", "(j)")[8:] == [
        "1 h",
        "1 h i",
        "1 h ii",
        "1 i",
        "1 j",
    ]


def test_i_after_h_is_the_letter_when_a_second_i_opens_the_list():
    labels = ["6.", *(f"({letter})" for letter in "abcdefgh"), "(i)", "(i)", "(ii)", "7."]
    assert places(*labels)[-4:] == ["6 i", "6 i i", "6 i ii", "7"]


def test_the_last_i_after_h_is_roman_only_when_it_stands_deeper():
    labels = ["1.", *(f"({letter})" for letter in "abcdefgh"), "(i)"]
    assert places(*labels, lefts=[147.0] * 10)[-1] == "1 i"
    assert places(*labels, lefts=[147.0] * 9 + [171.0])[-1] == "1 h i"


def test_v_after_iv_is_roman_and_after_u_a_letter():
    assert places("1.", *(f"({roman})" for roman in ROMANS[:5]))[-1] == "1 v"
    letters = [f"({letter})" for letter in string.ascii_lowercase[:23]]
    assert places("1.", *letters)[-2:] == ["1 v", "1 w"]
    assert oddities("1.", *letters) == [None] * 24


def test_letters_go_on_behind_z_with_aa():
    letters = [f"({letter})" for letter in [*string.ascii_lowercase, "aa", "bb"]]
    assert oddities("1.", *letters) == [None] * 29


def test_letters_run_on_under_the_next_roman_numeral():
    labels = ["36.", "(i)", *(f"({letter})" for letter in "abcdefgh"), "(ii)", "(i)", "(j)", "(iii)", "(k)"]
    assert places(*labels)[10:] == ["36 ii", "36 ii i", "36 ii j", "36 iii", "36 iii k"]
    assert oddities(*labels)[1:] == [None] * (len(labels) - 1)


def test_four_degrees_and_bullets():
    assert places("3.", "(a)", "(i)", "•", "•", "(ii)", "(b)", "4.", "•") == [
        "3",
        "3 a",
        "3 a i",
        "3 a i •1",
        "3 a i •2",
        "3 a ii",
        "3 b",
        "4",
        "4 •1",
    ]


def test_dashes_under_bullets_are_a_degree_of_their_own():
    assert places("1.", "•", "–", "–", "•") == ["1", "1 •1", "1 •1 •1", "1 •1 •2", "1 •2"]


def test_bullets_that_stand_deeper_are_a_degree_of_their_own():
    assert places("1.", "•", "•", "•", lefts=[147.0, 141.0, 158.0, 141.0]) == ["1", "1 •1", "1 •1 •1", "1 •2"]


def test_a_numbered_list_within_a_paragraph_does_not_end_the_run():
    assert places("3.", "(f)", "(iii)", "1.", "2.", "4.")[-3:] == ["3 f iii 1", "3 f iii 2", "4"]


def test_a_number_that_repeats_jumps_or_falls_back_is_kept_and_reported():
    assert places("1.", "2.", "2.", "5.", "4.") == ["1", "2", "2", "5", "4"]
    assert oddities("1.", "2.", "2.", "5.", "4.") == [None, None, Oddity.REPEATS, Oddity.JUMPS, Oddity.FALLS_BACK]


def test_a_run_that_does_not_begin_with_one_is_reported():
    assert oddities("4.", "5.") == [Oddity.JUMPS, None]


PRINTED = st.one_of(
    st.integers(0, 120).map(lambda number: f"{number}."),
    st.sampled_from([f"({name})" for name in [*string.ascii_lowercase, *ROMANS]]),
    st.sampled_from(["•", "–", "a.", "ii.", "(1)", "1.2", "B."]),
)


@given(st.lists(st.tuples(PRINTED, st.one_of(st.none(), st.sampled_from([123.0, 147.0, 171.0])))))
def test_every_label_of_any_run_gets_a_place_that_ends_in_it(run):
    entries = [Entry(label, left) for printed, left in run if (label := split_label(f"{printed} Text")[0])]
    for entry, place in zip(entries, place_labels(entries), strict=True):
        assert place.degrees[-1].startswith("•") if entry.label.is_bullet else place.degrees[-1] == entry.label.name


@given(st.text())
def test_no_character_is_lost_by_splitting_off_a_label(text):
    label, words = split_label(text)
    printed = "" if label is None else label.printed
    assert text.startswith(printed)
    assert "".join((printed + words).split()) == "".join(text.split())


# how many romans stand under each letter from (a) on: none, or a list of two and more
LISTS = st.lists(st.one_of(st.just(0), st.integers(2, 12)), min_size=1, max_size=26)


@given(LISTS)
@example([0] * 26)  # (h), (i), (j)
@example([0] * 7 + [2, 0, 0])  # (h), its (i) and (ii), then (i), (j)
@example([0] * 8 + [2, 0])  # (h), (i), its (i) and (ii), then (j)
@example([12] * 21)
def test_letters_and_the_roman_lists_under_them_keep_their_degrees(lists):
    # a print alone does not tell whether (v) behind (u) (iv), or (x) behind (w) (ix), is the next letter or roman
    assume(
        not any(lists[place : place + 1] == [count] and len(lists) > place + 1 for place, count in ((20, 4), (22, 9)))
    )
    labels, expected = ["1."], ["1"]
    for letter, count in zip(string.ascii_lowercase, lists, strict=False):
        labels += [f"({letter})", *(f"({roman})" for roman in ROMANS[:count])]
        expected += [f"1 {letter}", *(f"1 {letter} {roman}" for roman in ROMANS[:count])]
    assert places(*labels) == expected


def test_a_run_that_begins_with_zero_goes_on_with_one():
    assert places("0.", "1.") == ["0", "1"]


def test_a_list_of_romans_may_hold_a_long_list_before_its_second() -> None:
    letters = [f"({letter})" for letter in "abcdefgh"]
    inner = [f"{letter}." for letter in "abcdefghij"]
    found = places("1.", *letters, "(i)", *inner, "(ii)")
    assert (found[9], found[-1]) == ("1 h i", "1 h ii")


def open_lists(*names: str) -> list[OpenList]:
    """The lists that are open behind these labels, each of which opened one below the one before it."""
    return [level_of(label, None) for name in names if (label := label_named(name))]


@pytest.mark.parametrize(
    ("open_labels", "name", "depth"),
    [
        (("a",), "b", 0),
        (("a", "i"), "ii", 1),
        (("a", "i"), "b", 0),
        (("a",), "i", 1),
        (("h",), "i", 0),
        (("a", "a.1"), "a.2", 1),
        (("a", "a.1"), "b", 0),
        (("a",), "4", None),
        (("a",), "b.4", None),
        (("c.2", "c.2.c"), "d", None),
    ],
)
def test_a_label_of_which_only_the_run_is_known_goes_on_or_opens_or_neither(open_labels, name, depth):
    label = label_named(name)
    assert label is not None
    assert depth_among(open_lists(*open_labels), label) == depth
