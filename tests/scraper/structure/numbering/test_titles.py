import pytest

from scraper.structure.numbering.address_book import AddressBook
from scraper.structure.numbering.titles import Headings, is_title
from storage.models import Part


@pytest.mark.parametrize(
    "words",
    [
        "Protection of civilians",
        "Supporting the Implementation of the Agreement:",
        "Facilitate the creation of a secure environment for the immediate, full, safe and unhindered delivery of aid",
    ],
)
def test_words_that_end_openly_are_a_title(words):
    assert is_title(words)


@pytest.mark.parametrize(
    "words",
    [
        "To protect civilians under threat of physical violence;",
        "to protect civilians",
        "To extend the terms of office of the following permanent judges of the Tribunal, who sit in it, until:",
        "",
    ],
)
def test_clause_is_no_title(words):
    assert not is_title(words)


def book_with(*points: tuple[str, str]) -> AddressBook:
    book = AddressBook()
    book.add_numbered("1", "Decides that the mandate shall include the following tasks:")
    for label, text in points:
        book.add_labelled(f"({label})", label, text)
    return book


def told(book: AddressBook) -> list[tuple[str, str | None]]:
    return [(one.address, one.chapeau) for one in book.paragraphs]


def test_text_below_a_title_belongs_to_it_and_keeps_the_titles_as_its_chapeau():
    book = book_with(("a", "Humanitarian assistance"))
    book.add_unnumbered("To contribute to a secure environment;")
    book.add_unnumbered("To coordinate with partners;")
    chapeau = "Decides that the mandate shall include the following tasks: Humanitarian assistance"
    assert told(book)[2:] == [("OP 1 (a) +1", chapeau), ("OP 1 (a) +2", chapeau)]


def test_list_goes_on_behind_text_below_a_title():
    book = book_with(("a", "Humanitarian assistance"))
    book.add_unnumbered("To contribute to a secure environment;")
    book.add_labelled("(b)", "b", "Protection")
    assert [address for address, _ in told(book)][-1] == "OP 1 (b)"
    assert not book.warnings


def test_flush_text_behind_a_clause_closes_the_list():
    book = book_with(("a", "To protect civilians;"))
    book.add_unnumbered("Further requests the Secretary-General to report;")
    assert told(book)[-1] == ("OP 1 +1", None)


def test_flush_text_in_small_letters_goes_on_with_no_title():
    book = book_with(("a", "Humanitarian assistance"))
    book.add_unnumbered("and requests the Secretary-General to report;")
    assert told(book)[-1][0] == "OP 1 +1"


def test_bullets_below_a_title_are_its_own():
    book = book_with(("a", "Protection of civilians"))
    book.add_labelled("–", None, "To protect civilians,")
    book.add_labelled("−", None, "To monitor violations,")
    book.add_labelled("(b)", "b", "Support for elections,")
    book.add_labelled("–", None, "To provide assistance;")
    assert [address for address, _ in told(book)][2:] == [
        "OP 1 (a) (•1)",
        "OP 1 (a) (•2)",
        "OP 1 (b)",
        "OP 1 (b) (•1)",
    ]


def test_heading_among_the_points_of_a_list_ends_with_the_list():
    headings = Headings("Mandate")
    headings.begin_whole()
    headings.set("Rule of law:")
    headings.begin_point()
    assert headings.current == "Rule of law:"
    headings.begin_whole()
    assert headings.current == "Mandate"


def test_heading_before_a_whole_paragraph_stays_for_those_behind_it():
    headings = Headings()
    headings.begin_whole()
    headings.set("Reporting")
    headings.begin_whole()
    headings.begin_point()
    headings.begin_whole()
    assert headings.current == "Reporting"


def test_points_of_a_recital_are_preamble():
    book = AddressBook()
    book.add_preambular("Emphasizing that deployment should be based on the following:")
    book.add_labelled("(a)", "a", "that the parties respect the Agreement;")
    assert [(one.address, one.part) for one in book.paragraphs][-1] == ("PP 1 (a)", Part.PREAMBLE)


def test_recital_that_opens_in_lower_case_is_the_rest_of_the_one_above():
    book = AddressBook()
    book.add_preambular("Noting the opening of crossing points, and")
    book.add_preambular("welcoming the agreement,")
    assert [(one.address, one.text) for one in book.paragraphs] == [
        ("PP 1", "Noting the opening of crossing points, and welcoming the agreement,")
    ]
    assert [(one.code, one.address) for one in book.warnings] == [("split-paragraph", "PP 1")]


def test_recitals_that_all_open_in_lower_case_are_recitals():
    book = AddressBook()
    book.add_preambular("ссылаясь на свои резолюции,")
    book.add_preambular("подтверждая свою приверженность,")
    assert [one.address for one in book.paragraphs] == ["PP 1", "PP 2"]


def test_number_of_parts_within_a_list_names_its_own_place():
    book = AddressBook(Part.BODY)
    book.open_annex("Annex IV")
    book.add_numbered("2.1", "The Commission will perform the following functions:")
    for label in ("2.1.1", "2.1.2", "3"):
        book.add_point(f"{label}.", label, f"Review {label};", 1)
    assert [(one.address, one.chapeau is None) for one in book.paragraphs] == [
        ("Annex IV, para. 2.1", True),
        ("Annex IV, para. 2.1.1", False),
        ("Annex IV, para. 2.1.2", False),
        ("Annex IV, para. 3", True),
    ]
