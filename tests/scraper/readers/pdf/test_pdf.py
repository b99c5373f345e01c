from collections import Counter

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper.errors import NotADocument, Unreadable
from scraper.readers.block import BlockKind, Furniture
from scraper.readers.pdf.document import read_pdf
from tests.paths import TESTS

CASES = sorted((TESTS / "cases" / "pdf").glob("*/input.pdf"))
NOT_TEXT = set("-\u2010\u2011\u00ad\x02\ufffe")  # hyphens at line ends are pdfium's to mark and ours to decide


def letters(text):
    return Counter(letter for letter in text if not letter.isspace() and letter not in NOT_TEXT)


def texts(document, kind=BlockKind.TEXT):
    return [block.text for block in document.of_kind(kind)]


def test_a_web_page_is_no_pdf():
    with pytest.raises(NotADocument) as caught:
        read_pdf(b"<!doctype html><title>Just a moment...</title>")
    assert caught.value.code == "not-a-pdf"


def test_a_pdf_without_its_end_is_truncated(make_pdf, printed):
    body = make_pdf([printed("Decides to remain actively seized of the matter.")])
    with pytest.raises(Unreadable) as caught:
        read_pdf(body[:-20])
    assert caught.value.code == "truncated-pdf"


def test_a_real_pdf_cut_in_half_is_truncated():
    body = CASES[0].read_bytes()
    with pytest.raises(Unreadable) as caught:
        read_pdf(body[: len(body) // 2])
    assert caught.value.code == "truncated-pdf"


def test_a_linearized_pdf_shorter_than_it_says_is_truncated(make_pdf, printed):
    body = make_pdf([printed("Decides to remain actively seized of the matter.")])
    with pytest.raises(Unreadable) as caught:
        read_pdf(body.replace(b"%PDF-1.4\n", b"%PDF-1.4\n% << /Linearized 1 /L 999999 >>\n"))
    assert caught.value.code == "truncated-pdf"


def test_a_pdf_that_asks_for_a_password_is_encrypted(make_pdf, printed):
    encryption = (
        b"/ID [(0123456789abcdef) (0123456789abcdef)] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
    )
    body = make_pdf([printed("Secret words, more than twenty.")], trailer=encryption % (b"41" * 32, b"42" * 32))
    with pytest.raises(Unreadable) as caught:
        read_pdf(body)
    assert caught.value.code == "encrypted-pdf"


def test_a_page_without_text_is_a_scan(make_pdf):
    with pytest.raises(Unreadable) as caught:
        read_pdf(make_pdf([]))
    assert caught.value.code == "no-text"


def test_bytes_that_only_look_like_a_pdf_are_damaged():
    with pytest.raises(Unreadable) as caught:
        read_pdf(b"%PDF-1.7\nnothing of the kind\n%%EOF")
    assert caught.value.code == "damaged-pdf"


def test_lines_of_one_paragraph_are_joined_and_paragraphs_kept_apart(make_pdf, printed):
    page = [
        printed("1. Decides to extend until 15 May the mandate of the whole", 147, 600),
        printed("Mission, and calls upon all;", 123, 588),
        printed("2. Decides to remain actively seized of the matter.", 147, 570),
    ]
    assert texts(read_pdf(make_pdf(page))) == [
        "1. Decides to extend until 15 May the mandate of the whole Mission, and calls upon all;",
        "2. Decides to remain actively seized of the matter.",
    ]


def test_a_number_at_the_beginning_of_a_line_opens_no_paragraph_in_mid_sentence(make_pdf, printed):
    page = [
        printed("7. Affirms the measures that are set out for all States in paragraph", 147, 600),
        printed("8. above, and in any other resolution that it may adopt;", 123, 588),
    ]
    assert texts(read_pdf(make_pdf(page))) == [
        "7. Affirms the measures that are set out for all States in paragraph 8. above, and in any other resolution "
        "that it may adopt;"
    ]


def test_a_hyphen_at_a_line_end_stays_with_its_word_in_english(make_pdf, printed):
    page = [
        printed("1. Requests the report of the Secretary-", 147, 600),
        printed("General on troop-", 123, 588),
        printed("and police-contributing countries;", 123, 576),
    ]
    assert texts(read_pdf(make_pdf(page))) == [
        "1. Requests the report of the Secretary-General on troop- and police-contributing countries;"
    ]


def test_a_paragraph_goes_on_behind_the_page_end_and_its_furniture(make_pdf, printed):
    first = [
        printed("1. Demands that all parties cooperate with it and all of its", 147, 90),
        printed("organs in all of the matters set out above, which are many,", 123, 78),
        printed("25-07317 (E)", 65, 44),
        printed("*2507317*", 65, 30),
    ]
    second = [
        printed("S/RES/2779 (2025)", 60, 733, 8.5, is_bold=True),
        printed("2/2 25-07317", 60, 37, 8.5),
        printed("and with the Panel;", 123, 709),
        printed("2. Decides to remain actively seized of the matter.", 147, 691),
    ]
    document = read_pdf(make_pdf(first, second))
    assert texts(document) == [
        "1. Demands that all parties cooperate with it and all of its organs in all of the matters set out above, "
        "which are many, and with the Panel;",
        "2. Decides to remain actively seized of the matter.",
    ]
    assert [block.furniture for block in document.of_kind(BlockKind.FURNITURE)] == [
        Furniture.JOB_NUMBER,
        Furniture.JOB_NUMBER,
        Furniture.RUNNING_HEAD,
        Furniture.PAGE_NUMBER,
    ]


def test_a_heading_at_the_top_of_a_page_is_no_end_of_the_paragraph_before(make_pdf, printed):
    first = [
        printed("1. Decides to extend until 15 May the mandate of it,", 147, 90),
        printed("and of all others.", 123, 78),
    ]
    second = [printed("Recommendation", 123, 709), printed("2. Decides to remain actively seized of it.", 147, 691)]
    assert texts(read_pdf(make_pdf(first, second)))[1] == "Recommendation"


def test_notes_under_a_rule_are_footnotes_and_their_marks_leave_the_text(make_pdf, printed):
    page = [
        printed("1. Affirms the list of items as set out in this paragraph", 123, 600),
        printed("1", 380, 603, 6),
        printed("__________________", 100, 94, 8),
        printed("1", 117, 84, 5.5),
        printed("Not applicable to the Government.", 123, 81, 8.5),
    ]
    document = read_pdf(make_pdf(page))
    (text,) = document.of_kind(BlockKind.TEXT)
    assert text.text == "1. Affirms the list of items as set out in this paragraph"
    assert text.marks == ("1",)
    assert texts(document, BlockKind.FOOTNOTE) == ["1 Not applicable to the Government."]


def test_small_print_within_the_text_is_a_table(make_pdf, printed):
    page = [
        printed("1. The strength of the Mission is shown in the table.", 123, 600),
        printed("Bangladesh 1 200 34", 123, 570, 8.5),
        printed("2. It has increased since the previous report to all.", 123, 540),
    ]
    assert texts(read_pdf(make_pdf(page)), BlockKind.TABLE) == ["Bangladesh 1 200 34"]


def test_text_set_in_one_point_and_enlarged_keeps_its_paragraphs(make_pdf, printed):
    page = [
        printed("The first line of a paragraph that goes on and on", 147, 600, 10, scale=10),
        printed("here.", 123, 588, 10, scale=10),
    ]
    (block,) = read_pdf(make_pdf(page)).of_kind(BlockKind.TEXT)
    assert block.size == pytest.approx(10, abs=0.2)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_blocks_add_up_to_the_text_of_the_pages(path):
    body = path.read_bytes()
    document = pypdfium2.PdfDocument(body)
    printed_letters = Counter()
    for page in document:
        printed_letters += letters(page.get_textpage().get_text_range())
    document.close()
    read_letters = Counter()
    for block in read_pdf(body).blocks:
        read_letters += letters(block.text + "".join(block.marks))
    assert read_letters == printed_letters


WORDS = st.text(st.sampled_from("abcdefgh ABC 0123456789 .,;:()-*"), min_size=1, max_size=60).filter(str.strip)
PAGES = st.lists(
    st.lists(
        st.tuples(WORDS, st.sampled_from([60, 123, 147, 171]), st.integers(20, 770), st.sampled_from([7, 8.5, 10, 12])),
        max_size=12,
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PAGES)
def test_no_character_of_any_page_is_lost(make_pdf, printed, pages):
    head = [printed("Words enough that it is no scan.", 123, 700)]
    body = make_pdf(head, *([printed(*line) for line in page] for page in pages))
    document = pypdfium2.PdfDocument(body)
    expected = sum((letters(page.get_textpage().get_text_range()) for page in document), Counter())
    document.close()
    read = read_pdf(body)
    assert sum((letters(block.text + "".join(block.marks)) for block in read.blocks), Counter()) == expected
