"""The recitals of a resolution: counts its preambular paragraphs and tells them from the headings between them."""

import re
from collections.abc import Iterable, Sequence

from scraper.readers.block import Block, BlockKind
from scraper.structure.numbering.labels import Label, Reading, Series, split_label
from scraper.structure.printed.block_roles import is_heading
from scraper.structure.printed.printed_book import PrintedBook
from storage.models import Part

# "Degrading the threat ...": a participle with something behind it
_RECITAL = re.compile(r"[A-Z][a-z]+ing\s+\w+\s+\w")


def parse_preamble(blocks: Iterable[Block], book: PrintedBook, margin: float | None) -> str | None:
    """Counts the preambular paragraphs and answers the heading that stands behind the last of them, if one does."""
    behind = None
    blocks = list(blocks)
    for place, block in enumerate(blocks):
        if block.kind is not BlockKind.TEXT:
            book.put_aside(block)
            continue
        if _goes_on(block.text, book):
            book.go_on(block.text, block)
            continue
        label, words = split_label(block.text)
        is_set_apart = is_heading(block, label, margin)
        if label is not None and _is_lettered(label, book.preambular):
            book.add_preambular(words)
        elif is_set_apart and not _is_recital(block, blocks[place + 1 :], margin):
            book.put_aside(block, "heading")
            book.head(block.text)
            behind = block.text
            continue
        elif label is not None and not label.is_number and words and book.preambular:
            book.add_point("", None if label.is_bullet else label.name, words, 1)
        else:
            behind = None
            address = book.add_preambular(block.text)
            if is_set_apart:
                message = "printed like a heading; counted because it opens like a recital and stands between recitals"
                book.warn("recital-like-heading", message, address)
        book.keep_marks(block)
    return behind


def _is_lettered(label: Label, count: int) -> bool:
    """Whether a label is the letter of a whole recital: S/RES/2005 (2011) prints a. to n. before its recitals."""
    is_letter = label.shape == "_." and not label.is_capital
    return is_letter and any(one == Reading(Series.LETTER, count + 1) for one in label.readings)


def _goes_on(text: str, book: PrintedBook) -> bool:
    """Whether a text is the rest of the recital above: "and welcoming ..." behind a line end.

    Recitals open with a capital; where the first one does not, as in Russian, a small letter says nothing.
    """
    recitals = [paragraph for paragraph in book.paragraphs if paragraph.part is Part.PREAMBLE]
    is_small = text[:1].islower() and split_label(text)[0] is None
    return is_small and bool(recitals) and recitals[0].text[:1].isupper() and recitals[-1] is book.paragraphs[-1]


def _is_recital(block: Block, coming: Sequence[Block], margin: float | None) -> bool:
    """Whether a line printed like a heading is a recital all the same: it opens like one, and others follow.

    "Degrading the threat posed by Al-Shabaab, and the Arms Embargo targeting Al-Shabaab" (S/RES/2776) is bold and has
    no comma; the Organization's own structured text counts it. "AMISOM" (S/RES/2297) is a heading.
    """
    opens_like_one = bool(_RECITAL.match(block.text))
    if block.left is None:  # no place or weight speaks for a heading: it has only lost its comma (S/RES/800)
        return opens_like_one
    return opens_like_one and any(
        later.kind is BlockKind.TEXT and not is_heading(later, split_label(later.text)[0], margin) for later in coming
    )
