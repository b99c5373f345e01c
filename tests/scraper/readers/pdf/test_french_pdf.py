"""A French resolution as a PDF, set by hand from the words of the UN's own XML, in the layout of the UN's PDFs."""

import textwrap
from collections.abc import Iterator, Sequence

import pytest

from scraper.ingest.extraction import extract
from scraper.structure.akn.document import read_akoma_ntoso
from storage.models import ParsedDocument
from tests.paths import ROOT

SITE = ROOT / "monitor/demo/site/raw.githubusercontent.com/UNxml/SCresolutions/main"
FRENCH = SITE / "2025/French/S_RES_2777-2504360F.xml"
MARGIN, INDENT, LEADING, STEP = 123.0, 147.0, 12.0, 18.0
TOP, BOTTOM, LINE = 530.0, 80.0, 84
MASTHEAD = ("Nations Unies S/RES/2777 (2025)", "Conseil de sécurité", "Distr. générale", "17 mars 2025")
TITLE = ("Résolution 2777 (2025)", "Adoptée par le Conseil de sécurité à sa 9880e séance,", "le 17 mars 2025")


@pytest.fixture
def xml():
    return read_akoma_ntoso(FRENCH.read_bytes())


def paragraphs_of(document: ParsedDocument) -> Iterator[str]:
    yield "Le Conseil de sécurité,"
    for paragraph in document.paragraphs:
        number = paragraph.address.removeprefix("OP ") + ". " if paragraph.address.startswith("OP") else ""
        yield number + paragraph.text


def set_in_pages(printed, texts: Sequence[str]):
    pages = [[printed(text, y=735 - 12 * place) for place, text in enumerate(MASTHEAD)]]
    pages[0] += [printed(text, y=590 - 16 * place, size=12, is_bold=True) for place, text in enumerate(TITLE)]
    height = TOP
    for text in texts:
        for place, line in enumerate(textwrap.wrap(text, LINE, break_long_words=False, break_on_hyphens=False)):
            if height < BOTTOM:
                pages.append([printed("S/RES/2777 (2025)", y=750, size=10)])
                height = 715.0
            pages[-1].append(printed(line, x=MARGIN if place else INDENT, y=height))
            height -= LEADING
        height -= STEP - LEADING
    pages[0].append(printed("25-04360 (F)", y=40, size=9))
    for number, page in enumerate(pages[1:], 2):
        page.append(printed(f"{number}/{len(pages)} 25-04360", y=40, size=8))
    return pages


def test_a_french_pdf_has_the_fields_of_its_xml(make_pdf, printed, xml):
    document = extract(make_pdf(*set_in_pages(printed, list(paragraphs_of(xml)))), symbol="S/RES/2777 (2025)")
    assert (document.reader, document.language, document.warnings) == ("pdf", "fr", ())
    assert (document.adopted_on, document.meeting, document.published_on) == (xml.adopted_on, 9880, xml.published_on)


def test_a_french_pdf_has_the_addresses_and_words_of_its_xml(make_pdf, printed, xml):
    document = extract(make_pdf(*set_in_pages(printed, list(paragraphs_of(xml)))))
    found = {paragraph.address: paragraph.text for paragraph in document.paragraphs}
    assert found == {paragraph.address: paragraph.text for paragraph in xml.paragraphs}


def test_the_only_french_paragraph_without_a_number_is_operative(make_pdf, printed, xml):
    recital, decision = xml.paragraphs[0].text, xml.paragraphs[-1].text
    texts = ["Le Conseil de sécurité,", recital, decision]
    document = extract(make_pdf(*set_in_pages(printed, texts)))
    assert [(one.address, one.text) for one in document.paragraphs] == [("PP 1", recital), ("OP 1", decision)]
