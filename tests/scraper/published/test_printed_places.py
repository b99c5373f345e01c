"""The places of an extract as others print them: labels in every style that was seen, and lines without any."""

import pytest

from scraper.published.printed_places import PublishedPiece, printed_address, read_pieces


@pytest.mark.parametrize(
    ("printed", "address"),
    [
        ("Para.42", "OP 42"),
        ("para. 14.", "OP 14"),
        ("Para 10", "OP 10"),
        ("Paragraph 9", "OP 9"),
        ("para.6(a)", "OP 6 (a)"),
        ("(Operative Clause 31)", "OP 31"),
        ("Preamble", "PP"),
        ("Preambular.", "PP"),
        ("PP1", "PP 1"),
        ("Annex", "Annex"),
        ("SGBV", None),
        ("paras 4 to 9", None),
    ],
)
def test_a_printed_place_is_read_whatever_its_style(printed: str, address: str | None) -> None:
    assert printed_address(printed) == address


def test_a_paragraph_of_a_report_is_no_operative_paragraph() -> None:
    assert printed_address("para 41 (a)", resolution=False) == "para. 41 (a)"


def addresses(text: str, paragraph: str | None) -> list[str | None]:
    return [piece.address for piece in read_pieces(text, paragraph)]


def test_the_labels_of_the_lines_go_on_from_one_another() -> None:
    text = (
        "42. Decides:\n\na. (iii)  To protect;\n\n[...]\n\nb. (ii)  To assist;\n\n(iii)  To provide;\n\n"
        "(iv) To support;\n\n[...]\n\nd. (ii) To monitor;"
    )
    places = ["", " (a) (iii)", " (b) (ii)", " (b) (iii)", " (b) (iv)", " (d) (ii)"]
    assert addresses(text, "Para.42") == [f"OP 42{place}" for place in places]


def test_i_after_h_is_a_letter_and_i_that_opens_a_list_a_number() -> None:
    text = "5. Decides:\n(h) Women;\n(i) Girls;\n(j) Boys;\n6. Urges:\n(i) Women;\n(ii) Girls;"
    places = ["OP 5", "OP 5 (h)", "OP 5 (i)", "OP 5 (j)", "OP 6", "OP 6 (i)", "OP 6 (ii)"]
    assert addresses(text, "Paragraph 5") == places


def test_a_line_without_a_label_stays_where_the_one_before_was_and_the_first_where_the_title_says() -> None:
    assert addresses("Emphasizes women;\nand girls;", "(Operative Clause 31)") == ["OP 31", "OP 31"]
    assert addresses("(a) Urges women;\nand girls;", "para.6(a)") == ["OP 6 (a)", "OP 6 (a)"]
    assert addresses("Recalling;\nStressing;", "Preamble") == ["PP", "PP"]
    assert addresses("PP1: Recalling;\nPP18: Stressing;", "Preamble") == ["PP 1", "PP 18"]
    assert addresses("Paragraph 6: Condemns;\nParagraph 25: Urges;", "SGBV") == ["OP 6", "OP 25"]
    assert addresses("Condemns;", None) == [None]


def test_the_words_between_marks_of_omission_are_fragments() -> None:
    [piece] = read_pieces("42. Decides [...] to protect (…) women;", "Para 42")
    assert piece == PublishedPiece("OP 42", "Decides [...] to protect (…) women;")
    assert piece.fragments == ("Decides", "to protect", "women;")
