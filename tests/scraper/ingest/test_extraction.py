import pytest

from monitor.demo.catalogue import xml_body
from scraper.errors import BodyError, NotADocument, OtherDocument, Unreadable
from scraper.ingest.extraction import PARSER_VERSION, extract
from storage.models import DocumentKind
from tests.paths import TESTS

CASES = TESTS / "cases"
XML = (CASES / "akoma_ntoso" / "women-peace-and-security-1325" / "input.xml").read_bytes()
TEXT = (CASES / "text" / "windows-1252-and-a-bar-code" / "input.txt").read_bytes()
STATEMENT = "raw.githubusercontent.com/UNxml/SCresolutions/main/2020/English/S_PRST_2020_11.xml"
PDF = (CASES / "pdf" / "one-unnumbered-operative-paragraph" / "input.pdf").read_bytes()


def refusal(body: bytes, **asked: str) -> BodyError:
    with pytest.raises(BodyError) as caught:
        extract(body, **asked)
    return caught.value


def test_xml_is_read_to_labelled_paragraphs():
    document = extract(XML, symbol="S/RES/1325 (2000)", language="en")
    assert (document.symbol, document.kind, document.reader) == ("S/RES/1325 (2000)", DocumentKind.RESOLUTION, "akn")
    assert document.parser_version == PARSER_VERSION
    assert next(paragraph for paragraph in document.paragraphs if paragraph.address == "OP 1").is_wps


def test_a_pdf_is_read_whatever_was_declared():
    document = extract(PDF, media_type="text/html")
    assert (document.symbol, document.reader, document.parser_version) == ("S/RES/2770 (2025)", "pdf", PARSER_VERSION)


def test_text_is_read_whatever_was_declared():
    document = extract(TEXT, media_type="application/pdf", symbol="S/RES/1727 (2006)", language="en")
    assert (document.symbol, document.reader, document.media_type) == ("S/RES/1727 (2006)", "text", "text/plain")
    assert "Côte d'Ivoire" in document.paragraphs[0].text


@pytest.mark.parametrize(
    "body", [b"429 Too Many Requests", b"Please try again later.\nYour request has been logged.\n"]
)
def test_a_message_in_plain_text_is_never_stored_as_the_document_asked_for(body):
    assert refusal(body, symbol="S/RES/1727 (2006)").code == "unknown-format"


def test_the_same_bytes_give_the_same_answer():
    assert extract(XML) == extract(XML)


def test_a_web_page_in_place_of_a_pdf_is_named_so():
    found = refusal(b"<!DOCTYPE html><html><body>Please wait", url="https://docs.un.org/x.pdf")
    assert isinstance(found, NotADocument)
    assert found.code == "html-for-pdf"
    assert "https://docs.un.org/x.pdf" in str(found)


@pytest.mark.parametrize("body", [b"plain words", b"<html><body>a page"])
def test_formats_without_a_reader_are_refused(body):
    assert refusal(body).code == "unknown-format"


@pytest.mark.parametrize("body", [b"", b" \n"])
def test_an_empty_body_is_refused(body):
    assert refusal(body).code == "empty"


def test_a_truncated_pdf_is_refused():
    found = refusal(PDF[: len(PDF) // 2])
    assert isinstance(found, Unreadable)
    assert found.code == "truncated-pdf"


def test_another_symbol_than_the_one_asked_for_is_refused():
    found = refusal(XML, symbol="S/RES/1820 (2008)")
    assert isinstance(found, OtherDocument)
    assert found.code == "other-symbol"
    assert "S/RES/1820 (2008)" in str(found)
    assert "S/RES/1325 (2000)" in str(found)


def test_a_correction_may_bear_the_symbol_of_what_it_corrects():
    path = CASES.parent.parent / "monitor/demo/site" / STATEMENT
    document = extract(path.read_bytes(), symbol="S/PRST/2020/11/Corr.1")
    assert document.symbol == "S/PRST/2020/11/Corr.1"
    assert "symbol-disagrees" in {warning.code for warning in document.warnings}


def test_a_symbol_without_its_year_is_the_same_symbol():
    assert extract(XML, symbol="S/RES/1325").symbol == "S/RES/1325 (2000)"


def test_another_language_than_the_one_asked_for_is_refused():
    assert refusal(XML, language="fr").code == "other-language"


def test_a_document_of_another_body_is_refused_even_when_nobody_asked_for_a_symbol():
    body = XML.replace(b"S/RES/1325 (2000)</docNumber>", b"CEDAW/C/CAF/CO/6</docNumber>")
    assert refusal(body).code == "other-body"


def test_a_body_without_a_symbol_takes_the_one_asked_for_with_a_warning():
    body = XML.replace(b"S/RES/1325 (2000)</docNumber>", b"</docNumber>").replace(b"Resolution 1325 (2000)", b"")
    document = extract(body, symbol="S/RES/1325 (2000)")
    assert document.symbol == "S/RES/1325 (2000)"
    assert "no-symbol" in [warning.code for warning in document.warnings]
    assert extract(body).symbol is None


def test_a_day_of_another_year_than_the_symbols_is_kept_with_a_warning():
    printed = TEXT.replace(b"2006", b"2005").replace(b"(2005)", b"(2006)")
    document = extract(printed, symbol="S/RES/1727 (2006)", language="en")
    assert document.adopted_on is not None
    assert document.adopted_on.year == 2005
    assert [warning.message for warning in document.warnings if warning.code == "dates-disagree"] == [
        f"expected a day of 2006 by the symbol S/RES/1727 (2006), found {document.adopted_on}"
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_xml_with_a_mark_is_read_as_without_one(encoding: str) -> None:
    body = xml_body("Pre-2020/2017/S_RES_2387_1720324E.xml")
    text = body.decode("utf-8-sig").replace('encoding="UTF-8"', f'encoding="{encoding.removesuffix("-sig")}"')
    assert extract(text.encode(encoding)).paragraphs == extract(body).paragraphs
