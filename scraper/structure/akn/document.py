"""Reads the UN's Akoma Ntoso XML of Council documents: bytes in, a parsed document without theme labels out.

Akoma Ntoso is the one format that brings its own structure; `akn_tree` walks it. This module parses safely, reads the
fields and decides what kind of document it is. It resolves no entity, loads no document type and asks no network.
"""

from lxml import etree

from scraper.council.printed_label import label_of
from scraper.council.symbol import kind_of
from scraper.errors import NotADocument, Unreadable
from scraper.readers.media_type import AKN
from scraper.readers.safe_xml import refuse_declarations, safe_parser
from scraper.structure.akn.fields import complete_from_text, read_fields
from scraper.structure.akn.repairs import mend_tags
from scraper.structure.akn.text import NAMESPACE, Footnotes, words_of
from scraper.structure.akn.tree import TreeWalk
from scraper.structure.numbering.address_book import AddressBook
from storage.models import Aside, DocumentKind, ParsedDocument, ParseWarning, Part

VERSION = "2"
"""Changes when this reader gives other words or addresses for the same bytes."""

_PREAMBLE, _BODY = NAMESPACE + "preamble", NAMESPACE + "mainBody"
_PARAGRAPH, _NUM = NAMESPACE + "paragraph", NAMESPACE + "num"
_META_NOTE = f"{NAMESPACE}note"
_ATTACHMENTS = NAMESPACE + "attachments"
_READ_ELSEWHERE = frozenset({NAMESPACE + "meta", NAMESPACE + "coverPage", _PREAMBLE})
_KINDS = {
    "resolution": DocumentKind.RESOLUTION,
    "presidentialStatement": DocumentKind.PRESIDENTIAL_STATEMENT,
    "draftResolution": DocumentKind.DRAFT,
}


def read_akoma_ntoso(body: bytes) -> ParsedDocument:
    """Read one Akoma Ntoso file. Files that are not well-formed are read as far as they go, with a warning.

    Raises:
        Unreadable: `xml-bomb` for entities or a document type, `not-well-formed` when nothing can be read, `not-text`
            where a file that is not well-formed names half a letter (`&#xD800;`).
        NotADocument: `not-a-document` when it is XML but no Council document.
    """
    root, warnings = _parse(body)
    statement = root.find(NAMESPACE + "statement")
    if statement is None:
        raise NotADocument("not-a-document", f"expected <akomaNtoso> with a <statement>, found <{root.tag}>")
    try:
        return _read_statement(statement, warnings)
    except UnicodeDecodeError as error:
        raise Unreadable("not-text", f"expected letters, found a reference to half a letter: {error.reason}") from error


def _parse(body: bytes) -> tuple[etree._Element, list[ParseWarning]]:
    refuse_declarations(body)
    try:
        return etree.fromstring(body, safe_parser()), []
    except etree.XMLSyntaxError as error:
        message = f"expected well-formed XML, found: {error.msg}"
        if "depth" in message or "huge" in message.lower():
            raise Unreadable("xml-bomb", message) from error
    mended = mend_tags(body)
    for text, recover in ((mended, False), (mended, True)):
        try:
            root = etree.fromstring(text, safe_parser(recover=recover))
        except etree.XMLSyntaxError:
            continue
        if root is not None:
            return root, [ParseWarning("not-well-formed", message)]
    raise Unreadable("not-well-formed", message)


def _read_statement(statement: etree._Element, warnings: list[ParseWarning]) -> ParsedDocument:
    fields = read_fields(statement)
    kind = _kind(statement, fields.symbol)
    body = statement.find(_BODY)
    if body is None:
        raise Unreadable("no-operative-part", f"expected a <mainBody> in {fields.symbol}, found none")
    has_parts = kind in (DocumentKind.RESOLUTION, DocumentKind.DRAFT)
    book = AddressBook(Part.OPERATIVE if has_parts else Part.BODY, is_numbered=_prints_numbers(body))
    for line in fields.cover:
        book.aside("furniture", line)
    if fields.draft:
        book.aside("draft", fields.draft)
    if fields.vote:
        book.aside("vote", fields.vote)
    walk = TreeWalk(book, Footnotes(statement))
    if (preamble := statement.find(_PREAMBLE)) is not None:
        walk.read_preamble(preamble)
    book.begin_body()
    walk.read_body(body)
    _read_rest(statement, body, walk, book)
    told = {aside.text for aside in book.asides}
    for note in statement.iter(_META_NOTE):  # "* Reissued for technical reasons on 21 July 2010." of S/PRST/2010/11
        if (words := words_of(note)) and words not in told:
            book.asides.append(Aside("footnote", words))
    if not any(paragraph.part in (Part.OPERATIVE, Part.BODY) for paragraph in book.paragraphs):
        raise Unreadable("no-operative-part", f"expected at least one paragraph in {fields.symbol}, found none")
    if kind is DocumentKind.PRESIDENTIAL_STATEMENT:
        complete_from_text(fields, book.paragraphs[0].text)
    return ParsedDocument(
        symbol=fields.symbol,
        kind=kind,
        language=fields.language,
        adopted_on=fields.adopted_on,
        published_on=fields.published_on,
        meeting=fields.meeting,
        subject=fields.subject,
        media_type=AKN,
        reader="akn",
        parser_version=VERSION,
        paragraphs=tuple(book.paragraphs),
        warnings=(*warnings, *fields.warnings, *book.warnings),
        asides=tuple(book.asides),
    )


def _read_rest(statement: etree._Element, body: etree._Element, walk: TreeWalk, book: AddressBook) -> None:
    """Read what stands beside preamble and body: annexes, a second body (S/PRST/2005/46 has one), title and end."""
    for element in statement:
        if element is body or element.tag in _READ_ELSEWHERE:
            continue
        if element.tag == _BODY:
            walk.read_annex(element)
        elif element.tag == _ATTACHMENTS:
            for attached in element.iter(_BODY):
                walk.read_annex(attached)
        elif text := words_of(element):
            book.aside("furniture", text)


def _kind(statement: etree._Element, symbol: str | None) -> DocumentKind:
    """The kind that the symbol tells, else the one that the file declares: a statement may call itself a resolution."""
    kind = kind_of(symbol) if symbol else DocumentKind.UNKNOWN
    return _KINDS.get(statement.get("name") or "", kind) if kind is DocumentKind.UNKNOWN else kind


def _prints_numbers(body: etree._Element) -> bool:
    """Whether any paragraph of the top level prints a number."""
    for paragraph in body.iter(_PARAGRAPH):
        number = paragraph.find(_NUM)
        if number is not None and (label_of(words_of(number)) or "").isdecimal():
            return True
    return False
