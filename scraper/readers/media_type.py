"""What a body is, by its first bytes: servers declare PDF for web pages and web pages for PDF.

It tells formats apart; whether the body is the document that was asked for is decided by `scraper.ingest.extraction`.
"""

import re

from scraper.errors import BodyError, NotADocument, Unreadable

PDF = "application/pdf"
AKN = "application/akn+xml"
XML = "application/xml"
HTML = "text/html"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
ZIP = "application/zip"
TEXT = "text/plain"
EMPTY = "application/x-empty"
UNKNOWN = "application/octet-stream"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# a reader must accept a PDF whose mark stands anywhere in the first kilobyte (ISO 32000, annex H of PDF 1.7)
_PDF_REACH = 1024
_HEAD = 4096
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# what may stand before the first element: declaration, comments, a document type
_BEFORE_ROOT = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?\s*>|<\?[^>]*\?>|\s)*", re.DOTALL | re.IGNORECASE
)
_AKN_ROOT = re.compile(rb"<(?:\w+:)?akomaNtoso\b")
_XML_START = re.compile(rb"<\?xml\b|<[A-Za-z_][\w.:-]*[\s/>]|<!--|<!DOCTYPE", re.IGNORECASE)
_HTML_SIGNS = re.compile(rb"<!doctype\s+html|<(?:html|head|body|title|meta|script|table|div|p)[\s>]", re.IGNORECASE)
# bytes that plain text does not hold
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def media_type_of(body: bytes, declared: str | None = None) -> str:
    """The media type of a body by its content; `declared` decides only between kinds of text that look alike.

    >>> media_type_of(b"%PDF-1.7 ...", "text/html")
    'application/pdf'
    """
    if not body.strip():
        return EMPTY
    if b"%PDF-" in body[:_PDF_REACH] and not _HTML_SIGNS.match(body.lstrip()[:64]):
        return PDF
    if body.startswith(_OLE):
        return DOC
    if body.startswith(b"PK\x03\x04"):
        return DOCX if b"word/" in body else ZIP
    return _markup_or_text(_start_of(body), declared)


def _start_of(body: bytes) -> bytes:
    head = body[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace").encode()
    return head.removeprefix(_MARKS[0])


def _markup_or_text(head: bytes, declared: str | None) -> str:
    before = _BEFORE_ROOT.match(head)
    root = head[before.end() :] if before else head
    if _AKN_ROOT.match(root):
        return AKN
    if _HTML_SIGNS.match(root) or re.match(rb"\s*<!doctype\s+html", head, re.IGNORECASE):
        return HTML
    if head.lstrip()[:5].lower() == b"<?xml" or (
        _XML_START.match(root) and (declared or "").partition(";")[0].endswith("xml")
    ):
        return XML
    if _HTML_SIGNS.search(head):
        return HTML
    if _XML_START.match(root):
        return XML
    return UNKNOWN if _BINARY.search(head) else TEXT


# names of streams, as the container writes them
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NO_TEXTS = ("Workbook".encode("utf-16-le"), "PowerPoint Document".encode("utf-16-le"))


def old_word_error(body: bytes) -> BodyError:
    """The error for such a file: `encrypted-docx`, `unknown-format` for tables and slides, else `old-word-format`."""
    if _ENCRYPTED in body:
        return Unreadable("encrypted-docx", "expected a Word file without a password, found one that asks for it")
    if any(name in body for name in _NO_TEXTS):
        return NotADocument("unknown-format", "expected a PDF, a Word file or the UN's XML, found a table or slides")
    return Unreadable(
        "old-word-format", "expected a Word file (.docx), found the .doc of before 2007: save it as .docx, or as PDF"
    )
