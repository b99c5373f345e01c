"""The furniture of three templates, told from lines as they stand on the page."""

import pytest

from scraper.readers.block import BlockKind, Furniture
from scraper.readers.pdf.furniture import name_furniture
from scraper.readers.pdf.lines import Line
from scraper.readers.pdf.page import Page
from scraper.readers.pdf.paragraphs import join_lines

HEIGHT = 792.0


def line(text: str, top: float, left: float = 123.0, right: float = 488.0, size: float = 10.0) -> Line:
    return Line(text, left, right, HEIGHT - top, size, is_bold=False, ends_in_hyphen=False)


def named(*lines: Line, number: int = 2) -> list[Furniture | None]:
    found = name_furniture([Page(number, HEIGHT, lines)])
    return [found.get((number, place)) for place in range(len(lines))]


@pytest.mark.parametrize("foot", ["2 13-27781", "13-27781 3", "2/22 14-28968", "2 /4 25-05368"])
def test_running_head_and_foot_of_the_wide_margins(foot):
    kinds = named(line("S/2013/220", 66), line("Words of the text.", 97), line(foot, 721))
    assert kinds == [Furniture.RUNNING_HEAD, None, Furniture.PAGE_NUMBER]


def test_head_of_the_1990s_goes_on_under_the_symbol():
    head = [line("A/53/568", 43), line("S/1998/1025", 55), line("English", 66), line("Page 2", 78)]
    kinds = named(*head, line("illegal settlement activities.", 112), line("/...", 731))
    assert kinds == [Furniture.RUNNING_HEAD] * 4 + [None, Furniture.PAGE_NUMBER]


def test_head_and_foot_of_a_page_laid_sideways_stand_in_its_side_margins():
    lines = [line("S/2025/204", 652, left=740), line("2", 640, left=39), line("/4 25-05368", 630, left=40)]
    words = [line("7", 600, left=64), line("A/79/847", 600, left=501)]
    found = name_furniture([Page(2, 612.0, [*lines, *words], width=HEIGHT)])
    assert found == {
        (2, 0): Furniture.RUNNING_HEAD,
        (2, 1): Furniture.PAGE_NUMBER,
        (2, 2): Furniture.PAGE_NUMBER,
    }


def test_page_word_that_follows_no_symbol_is_text():
    assert named(line("Page 2", 78), line("of the agreement.", 112)) == [None, None]


def test_number_alone_at_the_height_of_the_wide_foot_is_text():
    assert named(line("Words", 97), line("2", 721)) == [None, None]


def test_job_number_with_the_sign_of_another_page():
    assert named(line("Words", 300), line("96-03387 (E) 140296 /...", 717)) == [None, Furniture.JOB_NUMBER]


MASTHEAD = [line("United Nations A/79/797-S/2025/109", 58), line("Distr.: General", 87), line("Original: English", 122)]


def test_columns_of_a_joint_document_end_where_a_gap_begins():
    columns = [line("General Assembly", 222, 60, 143), line("Security Council", 222, 348, 424)]
    columns += [line("Agenda item 36", 234, 60), line("The situation in Afghanistan", 246, 60)]
    title = line("The situation in Afghanistan and its implications", 279, size=14.0)
    kinds = named(*MASTHEAD, *columns, title, number=1)
    assert kinds == [Furniture.MASTHEAD] * 3 + [Furniture.AGENDA] * 4 + [None]


def test_text_that_names_the_general_assembly_is_no_column():
    kinds = named(*MASTHEAD, line("Report of the Secretary-General", 222), line("General Assembly", 234), number=1)
    assert kinds[3:] == [None, None]


def kinds_of(*lines: Line) -> list[tuple[BlockKind, str]]:
    pages = [Page(1, HEIGHT, lines)]
    return [(block.kind, block.text) for block in join_lines(pages, name_furniture(pages))]


def test_note_typed_like_the_text_stands_below_its_rule():
    told = kinds_of(
        line("I should be grateful.", 401), line("________________", 670), line("* A/49/50/Rev.1.", 694), line("Z", 300)
    )
    assert (BlockKind.FOOTNOTE, "* A/49/50/Rev.1.") in told


def test_letter_in_ten_points_before_an_annex_in_eleven_is_text():
    letter = Page(1, HEIGHT, [line("On behalf of the Government I have the honour.", 275)])
    annex = Page(2, HEIGHT, [line("Words of the annex. " * 6, 100 + 20 * at, size=11.0) for at in range(9)])
    blocks = join_lines([letter, annex], name_furniture([letter, annex]))
    assert blocks[0].kind is BlockKind.TEXT


def over_a_page_end(last: Line, first: Line) -> list[str]:
    body = [line("A full line of text that reaches the margin and goes on with", 600)]
    pages = [Page(1, HEIGHT, [*body, last]), Page(2, HEIGHT, [first, *body])]
    return [block.text for block in join_lines(pages, {})]


@pytest.mark.parametrize("first", ["72. In August, the Council discussed the closure", "Responses were calibrated"])
def test_point_without_a_stop_ends_with_its_page(first):
    told = over_a_page_end(line("• Sabha – Zuruk (North Darfur)", 620, 140, 276), line(first, 84))
    assert "• Sabha – Zuruk (North Darfur)" in told


def test_point_whose_words_go_on_in_small_letters_goes_on():
    told = over_a_page_end(line("• Sabha – Zuruk (North Darfur)", 620, 140, 276), line("and the border zone", 84, 152))
    assert any("(North Darfur) and the border zone" in text for text in told)


def test_signature_ends_with_its_page():
    told = over_a_page_end(line("(Signed) Detlev GRAF ZU RANTZAU", 620, 355, 547), line("ANNEX", 112, 291, 321))
    assert "(Signed) Detlev GRAF ZU RANTZAU" in told
