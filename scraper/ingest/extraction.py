"""The whole pure path as one function: a saved body in, a parsed document with citations and theme labels out.

It decides which reader a body needs and whether the document is the one that was asked for. It fetches nothing, stores
nothing, and gives the same answer for the same bytes.
"""

from dataclasses import replace
from typing import Final

from scraper.citations.find import cite_paragraphs
from scraper.council.fixed_phrases import REISSUED
from scraper.council.symbol import find_other_body, is_same, kind_of, year_in_symbol
from scraper.errors import BodyError, NotADocument, OtherDocument, Unreadable
from scraper.readers import media_type as kinds
from scraper.readers.media_type import old_word_error
from scraper.themes.labeller import VOCABULARY_VERSION, label_paragraphs
from storage.models import DocumentKind, ParsedDocument, ParseWarning

STRUCTURE_VERSION: Final = "2026.11.11"
"""Changes whenever the same bytes give other fields, addresses or words."""

PARSER_VERSION: Final = f"{STRUCTURE_VERSION}+{VOCABULARY_VERSION}"
"""The version of everything between a body and its labelled paragraphs."""

_NAMES = {
    kinds.HTML: "a web page",
    kinds.ZIP: "a ZIP archive",
    kinds.UNKNOWN: "bytes of no known format",
}


def extract(
    body: bytes,
    *,
    url: str | None = None,
    media_type: str | None = None,
    symbol: str | None = None,
    language: str | None = None,
) -> ParsedDocument:
    """Read one body to its labelled paragraphs.

    `symbol` and `language` are what it was fetched as, None when nobody said; `media_type` is what the server declared,
    and only a hint.

    Raises:
        NotADocument: `html-for-pdf`, `unknown-format`, `not-the-document`, or another code of a reader.
        OtherDocument: `other-symbol`, `other-body`, `other-language`.
        Unreadable: `empty`, `truncated-pdf`, `encrypted-pdf`, `no-text`, `not-well-formed`, `xml-bomb`, and the like.
    """
    where = f" at {url}" if url else ""
    try:
        document = _read(body, kinds.media_type_of(body, media_type), is_pdf_due=_is_pdf_due(url, media_type))
        document = _with_doubted_date(_checked(document, symbol, language))
    except BodyError as error:
        if not where:
            raise
        raise type(error)(error.code, f"{error.message}{where}") from error
    paragraphs = label_paragraphs(
        cite_paragraphs(document.paragraphs, symbol=document.symbol, kind=document.kind, language=document.language),
        symbol=document.symbol,
        kind=document.kind,
        language=document.language,
    )
    asides = tuple(replace(one, kind="reissued") if REISSUED.match(one.text) else one for one in document.asides)
    return replace(document, paragraphs=paragraphs, asides=asides, parser_version=PARSER_VERSION)


def _is_pdf_due(url: str | None, media_type: str | None) -> bool:
    path = (url or "").partition("?")[0].lower()
    return path.endswith(".pdf") or (media_type or "").partition(";")[0].strip().lower() == kinds.PDF


def _read(body: bytes, kind: str, *, is_pdf_due: bool) -> ParsedDocument:
    """Hand a body to the reader of its kind; each is imported when it is first needed."""
    if kind == kinds.EMPTY:
        raise Unreadable("empty", f"expected a document, found {len(body)} bytes without content")
    if kind == kinds.PDF:
        from scraper.readers.pdf.document import read_pdf
        from scraper.structure.printed.document import parse_resolution

        return parse_resolution(read_pdf(body), media_type=kinds.PDF, reader="pdf", parser_version=PARSER_VERSION)
    if kind in (kinds.AKN, kinds.XML):
        from scraper.structure.akn.document import read_akoma_ntoso

        return read_akoma_ntoso(body)
    if kind == kinds.DOCX:
        from scraper.readers.word.document import read_docx
        from scraper.structure.printed.document import parse_resolution

        return parse_resolution(read_docx(body), media_type=kinds.DOCX, reader="docx", parser_version=PARSER_VERSION)
    if kind == kinds.DOC:
        raise old_word_error(body)
    if kind == kinds.TEXT:
        from scraper.readers.text.document import read_text
        from scraper.structure.printed.document import parse_resolution

        document = parse_resolution(
            read_text(body), media_type=kinds.TEXT, reader="text", parser_version=PARSER_VERSION
        )
        if document.symbol is None and document.kind is DocumentKind.UNKNOWN:  # any server's message is plain text too
            raise NotADocument(
                "unknown-format", "expected a document of the Council, found plain text without a symbol"
            )
        return document
    if kind == kinds.HTML and is_pdf_due:
        raise NotADocument("html-for-pdf", "expected a PDF, found a web page")
    raise NotADocument("unknown-format", f"expected a PDF, a Word file or the UN's XML, found {_NAMES.get(kind, kind)}")


def _with_doubted_date(document: ParsedDocument) -> ParsedDocument:
    """Say of a resolution or statement that it bears a day of another year than its symbol, unless that is said."""
    year, day = year_in_symbol(document.symbol or ""), document.adopted_on
    is_dated_by_symbol = document.kind in (DocumentKind.RESOLUTION, DocumentKind.PRESIDENTIAL_STATEMENT)
    if not is_dated_by_symbol or day is None or year in (None, day.year):
        return document
    message = f"expected a day of {year} by the symbol {document.symbol}, found {day}"
    return replace(document, warnings=(*document.warnings, ParseWarning("dates-disagree", message)))


def _checked(document: ParsedDocument, symbol: str | None, language: str | None) -> ParsedDocument:
    """Make sure that a document is the one it was fetched as: a wrong one is never stored under another's name."""
    found = document.symbol
    if found is not None and find_other_body(found):
        raise OtherDocument("other-body", f"expected {symbol or 'a document of the Security Council'}, found {found}")
    is_xml = document.reader == "akn"
    if symbol is not None and found is not None and is_xml and symbol.startswith(f"{found}/Corr."):
        # UNxml's file of S/PRST/2000/27/Corr.1 names what it corrects
        warning = ParseWarning("symbol-disagrees", f"expected the symbol {symbol} in the document, found {found}")
        warnings = (*document.warnings, warning)
        document, found = replace(document, symbol=symbol, kind=kind_of(symbol), warnings=warnings), symbol
    if symbol is not None and found is not None and not is_same(symbol, found):
        raise OtherDocument("other-symbol", f"expected {symbol}, found {found}")
    if language is not None and document.language not in (language, "und"):
        raise OtherDocument(
            "other-language", f"expected {symbol or found} in {language!r}, found {document.language!r}"
        )
    if symbol is not None and found is None:
        warning = ParseWarning("no-symbol", f"expected the symbol {symbol} in the document, found none")
        return replace(document, symbol=symbol, warnings=(*document.warnings, warning))
    return document
