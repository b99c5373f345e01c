"""Reads what a corrigendum says: each correction, its place and its words together, as one paragraph.

A corrigendum names a place of the document that it corrects, and on the next line what is replaced by what ("Paragraph
4, second line" / "For "women" read "women and girls""). Apart neither can be understood, so they are one paragraph, in
the words as printed. A correction opens with its number; where none has one, with its place.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scraper.errors import Unreadable
from scraper.readers.block import Block, BlockKind
from scraper.structure.numbering.labels import Label, split_label
from scraper.structure.printed.printed_book import PrintedBook, Section
from storage.models import Part

# short lines without a stop, such as "For 2024 read 2025", may have been read as a table; and tables are corrected too
_WORDS = frozenset({BlockKind.TEXT, BlockKind.TABLE})
# "Corrigendum", "Corrigendum 2", "Rectificatif", "Corrección", "Исправление"
_TITLE = re.compile(r"(?:Corrigendum|Rectificatif|Corrección|Correcciones|Исправление)(?: \d)?", re.IGNORECASE)
# "Page 3, paragraph 14", "Operative paragraph 4", "Annex II, paragraph 2", "Third preambular paragraph", "Footnote 3"
_PLACE = re.compile(
    r"(?:Pages?|Paragraphs?|Paras?\.|(?:\w+ )?(?:Operative|Preambular)|Annex(?:es)?|Appendix|Enclosure|Title|Cover"
    r"|Sections?|Tables?|Figures?|Footnotes?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Correction:
    """One correction: its number where it has one, its blocks, and their words behind the number."""

    label: Label | None
    blocks: tuple[Block, ...]
    words: str


def parse_corrigendum(blocks: Sequence[Block], begins: int, book: PrintedBook) -> None:
    """Adds each correction behind the word Corrigendum as a paragraph; what is no correction is kept as an aside.

    `begins` is where the text begins if that word is not there.

    Raises:
        Unreadable: `no-correction`.
    """
    book.begin_section(Section(Part.BODY))
    begins = next((at + 1 for at, block in enumerate(blocks) if _is_title(block)), begins)
    for at, block in enumerate(blocks):
        if _is_title(block):
            book.put_aside(block, "heading")
        elif block.kind not in _WORDS or at < begins:
            book.put_aside(block, "furniture" if block.kind is BlockKind.TEXT else None)
    lines = [block for block in blocks[begins:] if block.kind in _WORDS and not _is_title(block)]
    if not lines:
        raise Unreadable("no-correction", f"expected corrections below the title, found none in {len(blocks)} blocks")
    for one in _corrections(lines):
        if one.label:
            book.add_numbered(one.label.name, one.words)
        else:
            book.add_unnumbered(one.words)
        for block in one.blocks:
            book.keep_marks(block)


def _is_title(block: Block) -> bool:
    return block.kind in _WORDS and _TITLE.fullmatch(block.text) is not None


def _corrections(lines: Sequence[Block]) -> Iterator[_Correction]:
    numbers = [label if label and label.is_number else None for label in (split_label(line.text)[0] for line in lines)]
    opens = [bool(number) for number in numbers]
    if not any(opens):
        opens = [bool(_PLACE.match(line.text)) for line in lines]
    if not any(opens):
        opens = [True] * len(lines)
    starts = sorted({0, *(at for at, is_first in enumerate(opens) if is_first)})
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        number = numbers[start]
        first = split_label(lines[start].text)[1] if number else lines[start].text
        words = " ".join([first, *(line.text for line in lines[start + 1 : end])])
        yield _Correction(number, tuple(lines[start:end]), words)
