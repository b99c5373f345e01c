"""Doubts about a whole document read from print: signs that part of its text is not there, or was not read as text."""

import re
from collections.abc import Iterator, Sequence

from storage.models import Aside, DocumentKind, Paragraph, ParseWarning, Part

# "annex A to this resolution", "see annex)", "(Annex A)", "adopt the attached declaration", "the annexed document"; not
# "Annex A, Chapter 9.1, of the Lusaka Ceasefire Agreement"
_NAMES_ANNEX = re.compile(
    r"""
      \b[Aa]nnex(?:es)?(?:\ (?:[A-Z]|[IVX]{1,4}|\d))?(?:\ and\ (?:[A-Z]|[IVX]{1,4}))?
        \ (?:to|of)\ (?:this|the\ present)\ resolution
    | \b(?:annexed|attached)\ (?:to\ (?:this|the\ present)\ resolution|hereto|herewith|document|declaration|statute)\b
    | \((?:annex|Annex\ [A-H])\) | hereby\ annexed
    | \b(?:in|see|to|with)\ (?:the\ )?[Aa]nnex(?:\ (?:[A-Z]|[IVX]{1,4}))?
        (?:[,.](?!\ [Cc]hapter)|[;)]|\ hereto|\ below)
    """,
    re.VERBOSE,
)
_ENDS = re.compile(r"[.!?:;”’»\"')\]*]\s*$")
_TABLE_SHARE = 2.0  # times as much text in tables as in paragraphs: a letter was taken for tables (S/2025/354)
_MOST_TABLES = 300  # characters: fewer are a small table beside a short letter
_ENDED_KINDS = frozenset(
    {DocumentKind.RESOLUTION, DocumentKind.DRAFT, DocumentKind.MISSION_REPORT, DocumentKind.REPORT}
)


def doubts_about(
    kind: DocumentKind, paragraphs: Sequence[Paragraph], asides: Sequence[Aside]
) -> Iterator[ParseWarning]:
    """The warnings that concern no single paragraph but what is missing."""
    main = [paragraph for paragraph in paragraphs if paragraph.part is not Part.ANNEX]
    if kind is DocumentKind.RESOLUTION and len(main) == len(paragraphs):
        named = next((one for one in main if _NAMES_ANNEX.search(one.text)), None)
        if named is not None:
            yield ParseWarning("annex-missing", "expected the annex that it names, found none", named.address)
    if kind in _ENDED_KINDS and main and not _ENDS.search(main[-1].text):
        yield ParseWarning(
            "ends-openly", f"expected a stop at its end, found {main[-1].text[-20:]!r}", main[-1].address
        )
    tables = sum(len(aside.text) for aside in asides if aside.kind == "table")
    texts = sum(len(paragraph.text) for paragraph in paragraphs)
    if tables > _MOST_TABLES and tables > _TABLE_SHARE * texts:
        yield ParseWarning("mostly-tables", f"expected text, found {texts} letters of it and {tables} in tables")
