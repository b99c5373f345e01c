"""The fields of a document from what stands above its text: symbol, kind, dates, meeting, subject, language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scraper.council.dates import find_date
from scraper.council.fixed_phrases import KINDS, PHRASES
from scraper.council.language import language_of
from scraper.council.symbol import (
    base_of,
    find_other_body,
    find_symbol,
    find_title,
    is_same,
    kind_of,
    parse_symbol,
    resolution_number,
)
from scraper.readers.block import Block, BlockKind, Furniture, ReadDocument
from scraper.structure.printed.block_roles import is_signature
from storage.models import DocumentKind, ParseWarning

# "Resolution 242 (1967) of 22 November 1967", "54 (1948). Resolution of 15 July 1948", up to the date; "Resolution 883
# (1993) 11 November 1993"; and "Resolution 1445 (2002)Adopted by", a line end lost
_TITLE = re.compile(
    r"""Resolution\s*\d{1,4}\s*(?:\([^)]*\))?\s*(?:[oe][fr]\b|(?=\d{1,2}\s[A-Z])|(?=Adopted))
    |\d{1,4}\s*\(\d{4}\)[.,]?\s*Resolution\s+of\b""",
    re.IGNORECASE | re.VERBOSE,
)
_LANGUAGE_LETTERS = 5_000  # of the text: enough to tell its language
_LANGUAGE_LEAST = 400  # of one page: enough, too


@dataclass(frozen=True, slots=True)
class Head:
    """What a document's head says. `published_on` is the date of the masthead: when it was distributed."""

    symbol: str | None
    kind: DocumentKind
    language: str
    adopted_on: date | None
    published_on: date | None
    meeting: int | None
    subject: str | None
    warnings: tuple[ParseWarning, ...]


def read_head(read: ReadDocument, title: Sequence[Block], closing: int | None = None) -> Head:
    """Read the fields; `title` holds the text blocks between masthead and text, or the first ones where none is known.

    `closing` is the meeting that a line below the text names, None when there is no such line.

    A document's symbol is the one above it; one that is mentioned in its text does not count.
    """
    above = [block.text for block in read.blocks if block.furniture in (Furniture.MASTHEAD, Furniture.RUNNING_HEAD)]
    printed = _printed_symbol(read)
    named = (block.text for block in title if parse_symbol(block.text) or _TITLE.match(block.text))
    titled = next((symbol for text in named if (symbol := find_title(text))), None)
    warnings = []
    if printed and titled and is_same(base_of(printed) or "", titled):
        titled = printed  # a corrigendum's title is that of what it corrects
    if printed and titled and not is_same(printed, titled):
        warnings.append(ParseWarning("symbols-differ", f"the masthead says {printed}, the title {titled}"))
    symbol = titled or printed
    words = " ".join(block.text for block in title)
    language = language_of(_sample(read))
    meeting, adopted_on = _adoption(words, language, closing)
    kind = _kind(symbol, words, language)
    if kind is DocumentKind.RESOLUTION and adopted_on is None:
        warnings.append(ParseWarning("no-adoption-date", "no line says when and at which meeting it was adopted"))
    number = None if symbol is None else resolution_number(symbol)
    if number and number.year and adopted_on and number.year != adopted_on.year:
        message = f"{symbol} is said to be adopted on {adopted_on.isoformat()}: one of the two years is misprinted"
        warnings.append(ParseWarning("years-differ", message))
    return Head(
        symbol=symbol,
        kind=kind,
        language=language,
        adopted_on=adopted_on,
        published_on=next((day for text in above if (day := find_date(text))), None),
        meeting=meeting,
        subject=None if kind in (DocumentKind.RESOLUTION, DocumentKind.DRAFT) or not title else title[0].text,
        warnings=tuple(warnings),
    )


def _printed_symbol(read: ReadDocument) -> str | None:
    """The symbol that the masthead prints, or the running heads where it has none.

    A joint document bears two, the General Assembly's first: "A/53/568 / S/1998/1025". It is the Council's too.
    """
    for place in (Furniture.MASTHEAD, Furniture.RUNNING_HEAD):
        texts = [block.text for block in read.blocks if block.furniture is place]
        for find in (find_symbol, find_other_body):
            found = next((symbol for text in texts if (symbol := find(text))), None)
            if found is not None:
                return found
    return None


def is_title(text: str) -> bool:
    """Whether a text is a resolution's title or adoption line."""
    is_adoption = any(phrases.adoption.match(text) for phrases in PHRASES.values())
    return is_adoption or bool(_TITLE.match(text)) or find_title(text) == parse_symbol(text) is not None


def _adoption(title: str, language: str, closing: int | None) -> tuple[int | None, date | None]:
    """Meeting and date of the adoption line, whatever stands between its two printed lines.

    Texts before 1992 have the date in their title and the meeting below the text.
    """
    phrases = PHRASES.get(language)
    found = phrases.adoption.search(title) if phrases else None
    if found is not None:
        return int(found["meeting"]), find_date(title, found.end())
    dated = _TITLE.search(title)
    return closing, None if dated is None else find_date(title, dated.end())


def _kind(symbol: str | None, title: str, language: str) -> DocumentKind:
    kind = DocumentKind.UNKNOWN if symbol is None else kind_of(symbol)
    if kind is not DocumentKind.UNKNOWN:
        return kind
    phrases = PHRASES.get(language)
    if symbol is None and phrases is not None and phrases.adoption.search(title):
        return DocumentKind.RESOLUTION  # its head is lost but for the line that says when it was adopted
    return next((kind for pattern, kind in KINDS if pattern.search(title)), DocumentKind.UNKNOWN)


def _sample(read: ReadDocument) -> str:
    """As much of the text as tells its language; an annex behind a letter's page or signature may be in another one."""
    sample, length, page = [], 0, 0
    for block in read.of_kind(BlockKind.TEXT):
        if is_signature(block.text) or (block.page > page and length > _LANGUAGE_LEAST):
            break
        page = block.page
        sample.append(block.text)
        length += len(block.text)
        if length > _LANGUAGE_LETTERS:
            break
    return " ".join(sample)
