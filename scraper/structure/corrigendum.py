"""Reads what a corrigendum says: each correction, its place and its words together, as one paragraph.

A corrigendum names a place of the document that it corrects, and on the next line what is replaced by what ("Paragraph
4, second line" / "For "women" read "women and girls""). Apart neither can be understood, so they are one paragraph, in
the words as printed. A correction opens with its number; where none has one, with its place.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scraper.readers.block import Block, BlockKind
from scraper.structure.numbering import Label, split_label
from scraper.structure.section import Output, Section
from storage.models import Part

# "Corrigendum", "Corrigendum 2", "Rectificatif", "Corrección", "Исправление"
_TITLE = re.compile(r"(?:Corrigendum|Rectificatif|Corrección|Correcciones|Исправление)(?: \d)?", re.IGNORECASE)
# "Page 3, paragraph 14", "Operative paragraph 4", "Annex II, paragraph 2", "Third preambular paragraph", "Footnote 3"
_PLACE = re.compile(
    r"(?:Pages?|Paragraphs?|Paras?\.|(?:\w+ )?(?:Operative|Preambular)|Annex(?:es)?|Appendix|Enclosure|Title|Cover|Sections?"
    r"|Tables?|Figures?|Footnotes?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Correction:
    """One correction: its number where it has one, its blocks, and their words behind the number."""

    label: Label | None
    blocks: tuple[Block, ...]
    words: str


def parse_corrigendum(blocks: Sequence[Block], output: Output) -> None:
    """Adds each correction as a numbered or counted paragraph; what is no text is kept as an aside."""
    section = Section(Part.BODY)
    for block in blocks:
        if block.kind is not BlockKind.TEXT:
            output.put_aside(block)
        elif _TITLE.fullmatch(block.text):
            output.put_aside(block, "heading")
    lines = [block for block in blocks if block.kind is BlockKind.TEXT and not _TITLE.fullmatch(block.text)]
    for count, one in enumerate(_corrections(lines), 1):
        address = section.root(one.label.name) if one.label else section.root(None).unnumbered(count)
        output.add(address, one.words, None, None, one.blocks[0])
        for block in one.blocks[1:]:
            output.keep_marks(block)


def _corrections(lines: Sequence[Block]) -> Iterator[_Correction]:
    numbers = [label if label and label.is_number else None for label in (split_label(line.text)[0] for line in lines)]
    opens = [bool(number) for number in numbers]
    if not any(opens):
        opens = [bool(_PLACE.match(line.text)) for line in lines]
    if not any(opens):
        opens = [True] * len(lines)
    starts = sorted({0, *(at for at, is_first in enumerate(opens) if is_first)}) if lines else []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        number = numbers[start]
        first = split_label(lines[start].text)[1] if number else lines[start].text
        words = " ".join([first, *(line.text for line in lines[start + 1 : end])])
        yield _Correction(number, tuple(lines[start:end]), words)
