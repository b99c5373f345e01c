"""Makes a small PDF of lines of text, for documents that tests need under a symbol of their own."""

import ctypes
import io
from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw as pdfium

A4 = (595, 842)
LEFT, TOP, LEADING, SIZE = 72, 770, 18, 11


def pdf_of(lines: Sequence[str]) -> bytes:
    """One page with the lines one below the other."""
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(*A4)
    for number, line in enumerate(lines):
        text = pdfium.FPDFPageObj_NewTextObj(document, b"Times-Roman", SIZE)
        encoded = (line + "\0").encode("utf-16-le")
        pdfium.FPDFText_SetText(text, ctypes.cast(encoded, ctypes.POINTER(ctypes.c_ushort)))
        pdfium.FPDFPageObj_Transform(text, 1, 0, 0, 1, LEFT, TOP - LEADING * number)
        pdfium.FPDFPage_InsertObject(page, text)
    pdfium.FPDFPage_GenerateContent(page)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()
