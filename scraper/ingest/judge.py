"""Judges what was read of a body before it becomes a version: may it be believed to be the document (pure)?

A body is believed when nothing speaks against it, in this order: the listing's own hash, the symbol it bears, that it
is whole, that it has what its kind has, and that it keeps most of the text that is held. What is not believed is kept
as evidence and asked for again. Whether a body can be read at all is for `scraper.ingest.extraction` to say.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from scraper.council.fixed_phrases import PHRASES
from scraper.council.symbol import kind_of
from storage.models import DocumentKind, Paragraph, ParsedDocument, Part

LEAST_KEPT: Final = 0.5
"""A text that keeps less of the words held is another text. Reissues and corrections keep nearly all."""

LEAST_WORDS: Final = 20
"""A held text of fewer words is too short to measure another one by."""

# One letter of Chinese stands for a word; all other languages put blanks between theirs.
_WORD: Final = re.compile(r"[一-鿿]|[^\W_一-鿿]+")

# "1.", "12 (b)", "OP 3": the address of a paragraph that bears a number
_NUMBERED: Final = re.compile(r"(?:OP|para\.) \d")

# "OP 2", "OP 1 (a)": not the address that any first paragraph gets, be it of a notice
_PRINTED_NUMBER: Final = re.compile(r"(?:OP|para\.) (?:[2-9]|\d{2}|1 \()")

# The line above every resolution since 1946 and the words that open it: a notice under its symbol has neither.
_BARE: Final = frozenset({"no-adoption-date", "no-enacting-words"})

# How a statement of the President names who speaks.
_COUNCIL: Final = {"ar": "مجلس الأمن", "zh": "安全理事会"}
_COUNCIL_WORDS: Final = re.compile(
    r"Security\s+Council|Conseil\s+de\s+sécurité|Consejo\s+de\s+Seguridad|Совет\w*\s+Безопасности", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a body is not believed: a code, and a sentence that says what was expected and what was found."""

    code: str
    message: str


def judge(
    document: ParsedDocument,
    *,
    symbol: str | None,
    is_vouched: bool | None,
    is_whole: bool = True,
    held: Sequence[ParsedDocument] = (),
) -> Doubt | None:
    """Why a document as read is not believed; None where it is.

    `symbol` is what the body was fetched as. `is_vouched` says whether the body has the hash that its listing names,
    None where no listing names one. `is_whole` says that the body ends as its kind does.
    `held` are the texts held of the same document and language.
    """
    if is_vouched is False:
        return unvouched(symbol or document.symbol)
    doubt = None
    if not is_vouched:
        doubt = _not_whole(document, symbol, is_whole=is_whole) or _without_symbol(document, symbol)
    doubt = doubt or without_its_kind(document, symbol)
    return doubt if doubt or is_vouched else lost(document, held)


def unvouched(name: str | None) -> Doubt:
    """The doubt about a body that has not the hash which its listing names."""
    return Doubt("unvouched-body", f"expected {name or 'the file'} with the hash that its listing names, found another")


def without_its_kind(document: ParsedDocument, symbol: str | None) -> Doubt | None:
    """The doubt about a text that has nothing of what its kind has; None where it has some of it.

    A resolution has the enacting words, a numbered paragraph, or a recital or operative paragraph; one that says
    neither when it was adopted nor by whom has a printed number or a recital. A statement of the President names the
    Council; a report has numbers. Every document has words.
    """
    named = document.symbol or symbol or ""
    kind = kind_of(named) if kind_of(named) is not DocumentKind.UNKNOWN else document.kind
    if not any(paragraph.text.strip() for paragraph in document.paragraphs):
        return Doubt("nothing-of-its-kind", f"expected {named or 'a document'} with paragraphs, found none")
    if kind is DocumentKind.RESOLUTION and not _has_of_a_resolution(document):
        found = "neither a number, the enacting words nor an operative paragraph"
        return Doubt("nothing-of-its-kind", f"expected a resolution in {named}, found {found}")
    if kind is DocumentKind.PRESIDENTIAL_STATEMENT and not _names_council(document):
        return Doubt("nothing-of-its-kind", f"expected a statement in {named}, found no word of the Council")
    if kind is DocumentKind.UNKNOWN and not _is_numbered(document.paragraphs) and document.symbol is None:
        return Doubt("nothing-of-its-kind", f"expected a document of the Council in {named}, found nothing of one")
    return None


def lost(document: ParsedDocument, held: Sequence[ParsedDocument]) -> Doubt | None:
    """The doubt about a text that keeps too little of what is held of it; None where it keeps most."""
    for before in held:
        if without_its_kind(before, None) or _words(_main(before)).total() < LEAST_WORDS:
            continue
        kept = share_kept(before, document)
        if kept < LEAST_KEPT:
            name = document.symbol or before.symbol
            return Doubt("lost-text", f"expected most of the words held of {name}, found {kept:.0%} of them")
    return None


def share_kept(before: ParsedDocument, after: ParsedDocument) -> float:
    """How much of the words of one text stand in another, annexes left out: they are not in every edition."""
    held, new = _words(_main(before)), _words(after.paragraphs)
    return 1.0 if not held else sum((held & new).values()) / held.total()


def _without_symbol(document: ParsedDocument, symbol: str | None) -> Doubt | None:
    if symbol is None or not any(warning.code == "no-symbol" for warning in document.warnings):
        return None
    return Doubt("no-symbol", f"expected the symbol {symbol} in the document, found none")


def _not_whole(document: ParsedDocument, symbol: str | None, *, is_whole: bool) -> Doubt | None:
    if is_whole:
        return None
    return Doubt(
        "not-whole", f"expected all of {document.symbol or symbol or 'the file'}, found a file without its end"
    )


def _has_of_a_resolution(document: ParsedDocument) -> bool:
    if {warning.code for warning in document.warnings} >= _BARE:
        return any(
            paragraph.part is Part.PREAMBLE or _PRINTED_NUMBER.match(paragraph.address)
            for paragraph in document.paragraphs
        )
    if _is_numbered(document.paragraphs):
        return True
    phrases = PHRASES.get(document.language)
    if phrases is None:
        return any(paragraph.part in (Part.PREAMBLE, Part.OPERATIVE) for paragraph in document.paragraphs)
    return any(
        paragraph.part in (Part.PREAMBLE, Part.OPERATIVE) or phrases.enacting.match(paragraph.text)
        for paragraph in document.paragraphs
    )


def _names_council(document: ParsedDocument) -> bool:
    name = _COUNCIL.get(document.language)
    texts = [paragraph.text for paragraph in document.paragraphs]
    return any(name in text for text in texts) if name else any(_COUNCIL_WORDS.search(text) for text in texts)


def _is_numbered(paragraphs: Iterable[Paragraph]) -> bool:
    return any(_NUMBERED.match(paragraph.address) for paragraph in paragraphs)


def _main(document: ParsedDocument) -> list[Paragraph]:
    main = [paragraph for paragraph in document.paragraphs if paragraph.part is not Part.ANNEX]
    return main or list(document.paragraphs)


def _words(paragraphs: Iterable[Paragraph]) -> "Counter[str]":
    return Counter(word for paragraph in paragraphs for word in _WORD.findall(paragraph.text.casefold()))
