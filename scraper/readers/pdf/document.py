"""PDF bytes to blocks, with pdfium: text in the order in which the file draws it, furniture and notes kept apart.

Reads no structure tree: the tags of United Nations documents are there only in recent years, and add nothing that
place and size do not say.
"""

import re
from contextlib import closing

import pypdfium2
import pypdfium2.raw as pdfium

from scraper.errors import NotADocument, TooLarge, Unreadable
from scraper.readers.block import ReadDocument
from scraper.readers.pdf.furniture import name_furniture
from scraper.readers.pdf.lines import PageText
from scraper.readers.pdf.page import Page
from scraper.readers.pdf.paragraphs import join_lines

_MAX_PAGES = 2_000
_HEADER_WITHIN = 1_024  # the standard lets junk stand before the header, up to here
_TRAILER_WITHIN = 4_096
_LEAST_LETTERS = 20  # of a whole document: less is a picture with a stamp
# "<</Linearized 1/L 190386/H[...": the file's own length
_LINEARIZED = re.compile(rb"/Linearized[^>]{0,200}?/L\s+(\d+)")


def read_pdf(body: bytes) -> ReadDocument:
    """Reads a PDF's pages into blocks.

    Raises:
        NotADocument: `not-a-pdf`.
        TooLarge: `too-many-pages`.
        Unreadable: `truncated-pdf`, `damaged-pdf`, `encrypted-pdf`, or `no-text` for a scan without a text layer.
    """
    _check_ends(body)
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise Unreadable(
                "encrypted-pdf", "expected a PDF that opens without a password, found one that asks"
            ) from error
        raise Unreadable("damaged-pdf", f"expected a PDF that pdfium can open, found {error}") from error
    with closing(document):
        if len(document) > _MAX_PAGES:
            raise TooLarge("too-many-pages", f"expected at most {_MAX_PAGES} pages, found {len(document)}")
        pages = [_read_page(document, number) for number in range(len(document))]
        is_tagged = bool(document.is_tagged())
        title = document.get_metadata_value("Title").strip() or None
    letters = sum(len(line.text) for page in pages for line in page.lines)
    if letters < _LEAST_LETTERS:
        raise Unreadable("no-text", f"expected text, found {letters} characters on {len(pages)} pages: perhaps a scan")
    return ReadDocument(join_lines(pages, name_furniture(pages)), len(pages), is_tagged, title)


def _check_ends(body: bytes) -> None:
    """Refuses what is no PDF and what breaks off: pdfium would mend a broken file and lose pages in silence."""
    if b"%PDF-" not in body[:_HEADER_WITHIN]:
        raise NotADocument("not-a-pdf", f"expected a body that begins with %PDF-, found {body[:16]!r}")
    declared = _LINEARIZED.search(body[: 2 * _HEADER_WITHIN])
    last_trailer = body[-_TRAILER_WITHIN:].rpartition(b"startxref")[2]
    is_whole = b"%%EOF" in last_trailer and (declared is None or int(declared[1]) <= len(body))
    if not is_whole:
        found = f"{len(body)} bytes" + (f" of {int(declared[1])}" if declared else "")
        raise Unreadable("truncated-pdf", f"expected a PDF with its end, found {found} without %%EOF at the end")


def _read_page(document: pypdfium2.PdfDocument, number: int) -> Page:
    try:
        page = document[number]
        with closing(page), closing(page.get_textpage()) as text_page:
            return Page(number + 1, page.get_height(), list(PageText(text_page).lines()), page.get_width())
    except pypdfium2.PdfiumError as error:
        raise Unreadable("damaged-pdf", f"expected text on page {number + 1}, found {error}") from error
