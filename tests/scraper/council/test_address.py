import string
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.council.address import Address, annexed, numbered, operative, parse, preambular
from scraper.council.citation_form import cite, ordinal
from scraper.council.printed_label import is_bullet, label_of
from scraper.council.typed.address import read_address
from storage.models import Part

COUNTS = st.integers(1, 99).map(str)
LABELS = st.sampled_from([*string.ascii_lowercase, "ii", "iii", "xiv", "aa", "1", "12", "A", "IV"])
DEGREES = st.lists(
    LABELS | COUNTS.map(lambda count: f"•{count}") | COUNTS.map(lambda count: f"+{count}"), max_size=4
).map(tuple)
ATTACHMENTS = st.sampled_from(["Annex", "Annex II", "Annex A", "Annex 1", "Appendix", "Enclosure III"])


@st.composite
def addresses(draw: st.DrawFn) -> Address:
    part = draw(st.sampled_from(Part))
    degrees = draw(DEGREES)
    must_count = part in (Part.PREAMBLE, Part.OPERATIVE) or not degrees
    number = draw(COUNTS if must_count else st.none() | COUNTS)
    attachment = draw(ATTACHMENTS) if part is Part.ANNEX else None
    return Address(part, number, degrees, attachment, draw(st.integers(1, 5)))


@given(addresses())
def test_an_address_is_read_back_as_it_was_written(address):
    assert parse(str(address)) == address


@given(addresses().filter(lambda address: address.part is not Part.BODY))
def test_what_is_written_can_also_be_typed(address):
    assert read_address(str(address)) == address


@given(st.text(max_size=40) | st.text(alphabet="OPAnnex ipar.()+•#0123456789,", max_size=40))
def test_any_text_is_an_address_or_refused(text):
    with suppress(ValueError):
        assert str(parse(text)) == text


@given(st.text(max_size=40) | st.text(alphabet="OPannex ipar.()+•#0123456789,", max_size=40))
def test_anything_typed_is_an_address_or_refused(text):
    with suppress(ValueError):
        typed = read_address(text)
        assert parse(str(typed)) == typed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "OP",
        "OP x",
        "PP 3 ",
        " PP 3",
        "OP 8(a)",
        "OP 8 (a",
        "OP 8 #1",
        "OP 8 #0",
        "Annex II",
        "para.",
        "op 8",
        "OP 8\n",
    ],
)
def test_only_the_canonical_form_is_parsed(text):
    with pytest.raises(ValueError, match="expected"):
        parse(text)


def test_children_are_named_behind_their_parent():
    paragraph = operative(8).child("a").child("ii")
    assert str(paragraph) == "OP 8 (a) (ii)"
    assert str(paragraph.bullet(2)) == "OP 8 (a) (ii) (•2)"
    assert str(operative(7).unnumbered(1)) == "OP 7 +1"
    assert str(preambular(3)) == "PP 3"
    assert str(annexed("Annex II", 3).child("b")) == "Annex II, para. 3 (b)"
    assert str(annexed("Annex II").unnumbered(4)) == "Annex II +4"
    assert str(numbered(41).child("a")) == "para. 41 (a)"
    assert str(numbered().unnumbered(5)) == "para. +5"


def test_the_second_of_an_address_gets_its_count():
    assert str(operative(4).distinct(set())) == "OP 4"
    assert str(operative(4).distinct({"OP 4"})) == "OP 4 #2"
    assert str(operative(4).distinct({"OP 4", "OP 4 #2"})) == "OP 4 #3"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("43(d)(ii)", "OP 43 (d) (ii)"),
        ("OP43 (d) (ii)", "OP 43 (d) (ii)"),
        ("para. 43 d ii", "OP 43 (d) (ii)"),
        ("43 d. (ii)", "OP 43 (d) (ii)"),
        ("paragraph 5", "OP 5"),
        ("5a", "OP 5 (a)"),
        ("PP3", "PP 3"),
        ("preambular paragraph 3", "PP 3"),
        ("op 4 •2", "OP 4 (•2)"),
        ("7 +1", "OP 7 +1"),
        ("OP 1 #2", "OP 1 #2"),
        ("annex II, 3(b)", "Annex II, para. 3 (b)"),
        ("Annex, para. 3", "Annex, para. 3"),
        ("annex +4", "Annex +4"),
    ],
)
def test_people_type_paragraphs_in_many_ways(typed, meant):
    assert str(read_address(typed)) == meant


def test_a_bare_number_is_a_paragraph_of_anything_but_a_resolution():
    assert str(read_address("41 (a)", resolution=False)) == "para. 41 (a)"


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("(a)", "a"),
        ("a.", "a"),
        ("a)", "a"),
        ("1)", "1"),
        ("(1)", "1"),
        ("12.", "12"),
        ("(xiv)", "xiv"),
        ("(aa)", "aa"),
        ("1.10.", "1.10"),
        ("c.2.a.", "c.2.a"),
        ("1 -", "1"),
        ("(أ)", "a"),
        ("(هـ)", "e"),
        ("’2‘", "ii"),
        ("㈡", "ii"),
        ("с)", "c"),  # Cyrillic
    ],
)
def test_printed_labels_lose_their_brackets_and_stops(printed, label):
    assert label_of(printed) == label


@pytest.mark.parametrize("printed", ["•", "–", "-", "", "H.E.", "Y.A.S.", "N.I.T.C.", "Annex", "to"])
def test_bullets_and_names_are_no_labels(printed):
    assert label_of(printed) is None


def test_bullets_and_dashes_are_bullets():
    assert [is_bullet(mark) for mark in ("•", "–", "-", "(a)", "")] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("OP 42 (a) (iii)", "Security Council resolution 2387 (2017), para. 42 (a) (iii)"),
        ("PP 7", "Security Council resolution 2387 (2017), seventh preambular paragraph"),
        ("OP 4 (•2)", "Security Council resolution 2387 (2017), para. 4, second bullet"),
        ("OP 7 +1", "Security Council resolution 2387 (2017), para. 7, first unnumbered paragraph"),
        ("Annex II, para. 3 (b)", "Security Council resolution 2387 (2017), annex II, para. 3 (b)"),
        ("OP 4 #2", "Security Council resolution 2387 (2017), para. 4 (second of that number)"),
    ],
)
def test_a_paragraph_is_cited_as_the_council_cites_it(address, words):
    assert cite("S/RES/2387 (2017)", parse(address)) == words


def test_a_paragraph_of_a_statement_is_cited_by_its_symbol():
    assert cite("S/PRST/2014/21", parse("para. +5")) == (
        "statement by the President of the Security Council (S/PRST/2014/21), fifth paragraph"
    )


@given(st.integers(1, 999))
def test_ordinals_differ(count):
    assert ordinal(count) != ordinal(count + 1)


def test_ordinals_are_words_up_to_a_hundred():
    assert [ordinal(count) for count in (1, 9, 12, 20, 21, 40, 99)] == [
        "first", "ninth", "twelfth", "twentieth", "twenty-first", "fortieth", "ninety-ninth",
    ]  # fmt: skip
    assert [ordinal(count) for count in (100, 101, 112, 123)] == ["100th", "101st", "112th", "123rd"]
