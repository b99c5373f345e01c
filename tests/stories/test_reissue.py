"""A PDF reissued under its symbol is one change with its words, though the XML is held, current and never changes."""

import ctypes
import io

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from monitor.demo import catalogue
from tests.site.late_xml import with_xml

pytestmark = pytest.mark.long

LINE = "and participation in decision"  # in the last line of its paragraph, which leaves no gap


def without_line(body: bytes, words: str) -> bytes:
    """The same PDF without the printed line that holds these words."""
    document = pypdfium2.PdfDocument(body)
    for page in document:
        texts = page.get_textpage()
        for line in list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])):
            length = pdfium.FPDFTextObj_GetText(line.raw, texts.raw, None, 0)
            buffer = ctypes.create_string_buffer(length)
            pdfium.FPDFTextObj_GetText(
                line.raw, texts.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length
            )
            if words in buffer.raw.decode("utf-16-le"):
                page.remove_obj(line)
                page.gen_content()
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_a_reissued_pdf_is_told_once_though_the_xml_never_changes(desk, monkeypatch) -> None:
    desk.ask("crawl", "unxml", "un-resolutions", "--json")
    [late] = [each for each in desk.server.site.documents if each.xml_day != each.day and each.xml]
    desk.server.site = with_xml(desk.server.site, late.symbol)
    desk.ask("crawl", "unxml", "un-resolutions", "--json")
    reissued = without_line(catalogue.pdf_body(late.pdf), LINE)
    bodies = catalogue.pdf_body
    monkeypatch.setattr(catalogue, "pdf_body", lambda path: reissued if path == late.pdf else bodies(path))

    [run] = desk.ask("crawl", "un-resolutions", "--full", "--json")

    assert run["changed"] == 1
    [change] = [one for one in desk.ask("changes", "--json") if one["cause"] == "source"]
    assert (change["symbol"], change["kind"], LINE in change["before"]) == (late.symbol, "modified", True)
    assert LINE not in change["after"]
    [alert] = desk.ask("alerts", "--json")
    assert alert["event"] == "extract.changed"
