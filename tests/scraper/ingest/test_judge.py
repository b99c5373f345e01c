"""A body becomes a version when nothing speaks against it; what does is named by its code."""

from dataclasses import replace

import pytest

from monitor.demo.catalogue import pdf_body, xml_body
from scraper.ingest.extraction import extract
from scraper.ingest.judge import Doubt, judge, share_kept
from storage.models import ParsedDocument, Part
from tests.paths import TESTS
from tests.site.made_pdf import pdf_of

SYMBOL = "S/RES/2782 (2025)"
SOUND = extract(pdf_body("doc/undoc/gen/n25/107/06/pdf/n2510706.pdf"), symbol=SYMBOL)
XML = extract(xml_body("Pre-2020/2017/S_RES_2387_1720324E.xml"))


def notice(name: str, symbol: str = SYMBOL) -> ParsedDocument:
    return extract((TESTS / "cases" / "notices" / name / "input.pdf").read_bytes(), symbol=symbol, language="en")


def code(doubt: Doubt | None) -> str | None:
    return doubt and doubt.code


def test_a_sound_resolution_is_believed() -> None:
    assert judge(SOUND, symbol=SYMBOL, is_vouched=None, held=[SOUND]) is None


@pytest.mark.parametrize("name", ["no-symbol", "with-symbol"])
def test_a_notice_in_place_of_a_resolution_is_not_believed_on_a_first_fetch(name: str) -> None:
    assert code(judge(notice(name), symbol=SYMBOL, is_vouched=None)) == "no-symbol"


def test_a_notice_that_bears_the_symbol_has_nothing_of_a_resolution() -> None:
    page = replace(notice("with-symbol"), symbol=SYMBOL, warnings=())  # as if it stood in a masthead
    assert code(judge(page, symbol=SYMBOL, is_vouched=None)) == "nothing-of-its-kind"


HELP_DESK = ("This document is not available.", "Please contact the help desk.")


def test_a_notice_below_the_symbol_as_a_masthead_has_nothing_of_a_resolution() -> None:
    page = extract(pdf_of([SYMBOL, *HELP_DESK]), symbol=SYMBOL)
    assert [paragraph.address for paragraph in page.paragraphs] == ["OP 1", "OP 1 +1"]  # no number is printed
    assert code(judge(page, symbol=SYMBOL, is_vouched=None)) == "nothing-of-its-kind"


def test_a_resolution_whose_first_lines_cannot_be_read_has_its_numbers() -> None:
    page = extract(pdf_of([SYMBOL, "1. Decides to remain seized;", "2. Calls upon all States."]), symbol=SYMBOL)
    assert judge(page, symbol=SYMBOL, is_vouched=None) is None


def test_a_text_that_loses_most_of_the_words_held_is_not_believed() -> None:
    rest = replace(SOUND, paragraphs=SOUND.paragraphs[:1])
    doubt = judge(rest, symbol=SYMBOL, is_vouched=None, held=[SOUND])
    assert code(doubt) == "lost-text"
    assert doubt is not None
    assert "%" in doubt.message


def test_a_text_that_lacks_a_few_paragraphs_is_believed_to_have_lost_them() -> None:
    most = replace(SOUND, paragraphs=SOUND.paragraphs[: len(SOUND.paragraphs) * 3 // 4])
    assert judge(most, symbol=SYMBOL, is_vouched=None, held=[SOUND]) is None


def test_a_held_notice_is_no_measure_for_the_text_that_replaces_it() -> None:
    held = replace(notice("no-symbol"), symbol=SYMBOL)
    assert judge(SOUND, symbol=SYMBOL, is_vouched=None, held=[held]) is None


def test_a_body_without_the_hash_of_its_listing_is_not_believed_whatever_it_says() -> None:
    assert code(judge(XML, symbol=XML.symbol, is_vouched=False)) == "unvouched-body"


def test_a_body_with_the_hash_of_its_listing_may_lack_a_symbol_and_lose_words() -> None:
    """S/PRST/2007/22 names no symbol; what a listing and its file agree on is what the publisher means."""
    named = extract(xml_body("Pre-2020/2017/S_RES_2387_1720324E.xml").replace(b"S/RES/2387", b"(none)"))
    bare = replace(named, symbol=XML.symbol, paragraphs=named.paragraphs[:2])
    assert judge(bare, symbol=XML.symbol, is_vouched=True, held=[XML]) is None


def test_a_file_without_its_end_is_not_believed_unless_its_listing_vouches_for_it() -> None:
    assert code(judge(XML, symbol=XML.symbol, is_vouched=None, is_whole=False)) == "not-whole"
    assert judge(XML, symbol=XML.symbol, is_vouched=True, is_whole=False) is None


def test_a_document_without_paragraphs_is_none_of_any_kind() -> None:
    empty = replace(XML, paragraphs=())
    assert code(judge(empty, symbol=XML.symbol, is_vouched=True)) == "nothing-of-its-kind"


def test_a_statement_names_the_council() -> None:
    symbol = "S/PRST/2025/1"
    words = replace(SOUND.paragraphs[0], address="para. +1", text="Come back tomorrow.")
    page = replace(SOUND, symbol=symbol, paragraphs=(words,))
    assert code(judge(page, symbol=symbol, is_vouched=None)) == "nothing-of-its-kind"
    said = replace(page, paragraphs=(replace(words, text="The Security Council welcomes the report."),))
    assert judge(said, symbol=symbol, is_vouched=None) is None


def test_annexes_do_not_count_among_the_words_to_be_kept() -> None:
    assert share_kept(SOUND, SOUND) == 1.0
    long = tuple(replace(one, part=Part.ANNEX) for one in XML.paragraphs)
    assert share_kept(replace(SOUND, paragraphs=(*SOUND.paragraphs, *long)), SOUND) == 1.0
