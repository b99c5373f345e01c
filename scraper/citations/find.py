"""Which documents a paragraph cites, and which paragraphs of them: symbols, addresses and where the words stand.

It finds resolutions, by number and with or without year, and the paragraphs that are named of them, in the six
languages of the UN; and every printed symbol (`S/PRST/2014/21`, `S/2013/173`, `A/RES/46/182`). A letter or report
that is named without its symbol is no citation: nobody could look it up. It changes no word and knows no format.
"""

from collections.abc import Sequence

from scraper.citations.reading import CitationReading
from storage.models import Citation, DocumentKind, Paragraph, Part

TRANSLATED = frozenset({"ar", "es", "ru", "zh"})
"""Languages whose words are data; any other text is read with the words of English and French."""

_PARTS_WITH_OWN = frozenset({Part.PREAMBLE, Part.OPERATIVE})


def cite_paragraphs(
    paragraphs: Sequence[Paragraph], *, symbol: str | None, kind: DocumentKind, language: str = "en"
) -> tuple[Paragraph, ...]:
    """Return the same paragraphs with their citations.

    "Paragraph 5 above" is a citation of the document itself, in the preamble and operative part of a resolution alone:
    elsewhere the number may be one of an annex.
    """
    is_own_certain = symbol is not None and kind in (DocumentKind.RESOLUTION, DocumentKind.DRAFT)
    cited = []
    for paragraph in paragraphs:
        own = symbol if is_own_certain and paragraph.part in _PARTS_WITH_OWN else None
        citations = find_citations(paragraph.text, own, language)
        cited.append(_with(paragraph, citations) if citations else paragraph)
    return tuple(cited)


def find_citations(text: str, own: str | None = None, language: str = "en") -> tuple[Citation, ...]:
    """All citations in a text, in printed order. `own` is the document's symbol, for "paragraph 5 above".

    `language` is that of the text, an ISO code.

    >>> [(one.symbol, one.addresses) for one in find_citations("paragraphs 3 (a) and 5 of resolution 1970 (2011)")]
    [('S/RES/1970 (2011)', ('OP 3 (a)', 'OP 5'))]
    """
    if language in TRANSLATED:
        from scraper.citations.translated import find_translated

        return find_translated(text, own, language)
    has_bracket, has_symbol = "(" in text, "/" in text
    has_resolution = "solution" in text
    has_places = "aragraph" in text or "OP" in text
    if not (has_bracket or has_symbol or has_resolution or has_places):
        return ()
    reading = CitationReading(text)
    if has_places:
        reading.read_places(own)
    if has_bracket:
        reading.read_numbers()
    if has_symbol:
        reading.read_symbols()
    if has_resolution:
        reading.read_yearless()
        if has_symbol:
            reading.read_assembly()
    if has_places:
        reading.read_same()
    return reading.citations


def _with(paragraph: Paragraph, citations: tuple[Citation, ...]) -> Paragraph:
    """The same paragraph with citations; written out, since `replace` takes longer than to find them."""
    return Paragraph(
        paragraph.address,
        paragraph.part,
        paragraph.text,
        paragraph.heading,
        paragraph.chapeau,
        paragraph.labels,
        citations,
    )
