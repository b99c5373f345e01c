import pytest

from scraper.structure.printed.doubts import doubts_about
from storage.models import Aside, DocumentKind, Paragraph, Part

END = Paragraph("OP 2", Part.OPERATIVE, "Decides to remain seized of the matter.", None, None)


def codes(text: str, *behind: Paragraph, kind: DocumentKind = DocumentKind.RESOLUTION) -> list[str]:
    first = Paragraph("OP 1", Part.OPERATIVE, text, None, None)
    return [warning.code for warning in doubts_about(kind, (first, *behind), ())]


@pytest.mark.parametrize(
    "text",
    [
        "Adopts the measures set out in annex A to this resolution;",
        "Decides to adopt the attached declaration on ensuring an effective role;",
        "Supports the six-point proposal (annex) of the Envoy;",
        "Takes note of the provisions of the annexed document;",
        "Welcomes the benchmarks in his report of 15 April 2014 (S/2014/279) (Annex A);",
    ],
)
def test_annex_that_is_named_and_not_there_is_doubted(text):
    assert codes(text, END) == ["annex-missing"]


@pytest.mark.parametrize(
    "text",
    [
        "Recalls the armed groups referred to in Annex A, Chapter 9.1, of the Lusaka Ceasefire Agreement;",
        "Recalls his report of 26 March 1993 (S/25479, annex I) and the map in it (Annex III);",
        "Recalls the criteria in the annex to resolution 1730 (2006);",
        "Underlines the importance attached by the Envoy to the process;",
    ],
)
def test_annex_of_another_document_is_not(text):
    assert codes(text, END) == []


def test_annex_that_is_there_is_not():
    annex = Paragraph("Annex, para. 1", Part.ANNEX, "Items", None, None)
    assert codes("Adopts the annex to this resolution.", annex) == []


def test_report_that_breaks_off_is_doubted():
    assert codes("The Taliban leader convened", kind=DocumentKind.REPORT) == ["ends-openly"]


def test_letter_may_end_without_a_stop():
    assert codes("Yours sincerely", kind=DocumentKind.LETTER) == []


def test_letter_that_was_read_as_tables_is_doubted():
    asides = [Aside("table", "On behalf of the Government of the Sudan, I have the honour. " * 10)]
    letter = Paragraph("para. +1", Part.BODY, "Annex.", None, None)
    assert [one.code for one in doubts_about(DocumentKind.LETTER, [letter], asides)] == ["mostly-tables"]
