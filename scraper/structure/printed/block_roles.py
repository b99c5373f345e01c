"""What each block of a part is: a heading, a caption, a signature, or text behind the label that opens it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from scraper.council.dates import find_date
from scraper.council.fixed_phrases import names_person
from scraper.readers.block import Block, BlockKind
from scraper.structure.numbering.labels import Label, split_label

_HEADING_LENGTH = 250
_PLACELESS_HEADING = 100  # where no place or weight sets a heading apart, a long text without a stop has only lost it
_SAME_PLACE = 3.0
_STOPPED = re.compile(r"[.;:,!?]\s?[”’»\"')\]]*(?:\s+(?:and|or|et|ou|y|o|и|или),?)?$")
# "Figure II Number of Force patrols carried out per month", "Table 1 ...", "Map Expansion of territory held by ..."
_CAPTION = re.compile(r"(?:(?:Figure|Table|Chart|Map|Tableau|Carte)\s+(?:[IVX]{1,5}|\d{1,2})|Map|Carte)\s+[^\W\d_a-z]")
# "(Signed) António Guterres", in the six languages
_SIGNATURE = re.compile(r"\((?:Signed|Signé|Firmado|Подпись|توقيع|签名)\)\s")
# "18 August 2025", "New York, 18 August 2025"
_DATED = re.compile(r"(?:[^\W\d_]+(?: [^\W\d_]+)?, )?\d{1,2} [^\W\d_]+ \d{4}\.?")


def is_stopped(text: str) -> bool:
    """Whether a text ends as a sentence or a clause does, not as a heading."""
    return bool(_STOPPED.search(text))


def is_signature(text: str) -> bool:
    """Whether a text is the signature of a letter: "(Signed) ..."."""
    return bool(_SIGNATURE.match(text))


def is_day(text: str) -> bool:
    """Whether a text is the day, with or without the place, of a letter or note verbale: "New York, 18 August 2025"."""
    return bool(_DATED.fullmatch(text)) and find_date(text) is not None


@dataclass(frozen=True, slots=True)
class Piece:
    """A text block, or what stands behind one of two labels in a block ("3. (a) Decides").

    `aside` names what a text is that is no paragraph: a signature, or the day of a letter.
    """

    block: Block
    label: Label | None
    words: str
    is_heading: bool
    aside: str | None = None


def is_heading(block: Block, label: Label | None, margin: float | None) -> bool:
    """Whether a block is a heading: bold, or at the margin, and without a full stop.

    "UNMISS Mandate", "A. Targeted sanctions", "Reporting:" in bold are, and so is a bold "1. Repatriation efforts";
    "(a) Protection of civilians:" is not.
    """
    if len(block.text) > _HEADING_LENGTH or (label is not None and label.is_bullet) or names_person(block.text):
        return False
    is_stopped = bool(_STOPPED.search(block.text))
    if label is not None and not label.is_capital:
        return block.is_bold and not is_stopped
    if block.is_bold or (label is not None and not is_stopped) or (block.is_italic and not is_stopped):
        return True
    if block.left is None and len(block.text) > _PLACELESS_HEADING:
        return False
    is_at_margin = block.left is None or margin is None or block.left < margin + _SAME_PLACE
    return is_at_margin and not is_stopped and not block.text[:1].islower()


def is_caption(block: Block) -> bool:
    """Whether a block is the title of a figure, table or map: no heading, since what follows is under it no longer."""
    return bool(_CAPTION.match(block.text)) and not _STOPPED.search(block.text)


def pieces_of(block: Block, margin: float | None) -> Iterable[Piece]:
    """The piece that a block is, or the two into which its second label cuts it."""
    if block.kind is BlockKind.TEXT and is_caption(block):
        block = replace(block, kind=BlockKind.TABLE)
    if block.kind is not BlockKind.TEXT:
        yield Piece(block, None, block.text, is_heading=False)
        return
    if is_signature(block.text):
        yield Piece(block, None, block.text, is_heading=False, aside="signature")
        return
    label, words = split_label(block.text)
    if is_heading(block, label, margin):
        yield Piece(block, None, block.text, is_heading=True)
        return
    if label is None and is_day(words):
        yield Piece(block, None, block.text, is_heading=False, aside="furniture")
        return
    inner, rest = split_label(words)
    if label is not None and inner is not None and _opens_within(label, inner):
        yield Piece(replace(block, marks=()), label, "", is_heading=False)
        label, words = inner, rest
    yield Piece(block, label, words, is_heading=False)


def with_numbered_headings(pieces: Sequence[Piece]) -> list[Piece]:
    """The same pieces, numbered headings among numbered paragraphs told from them where no weight tells them.

    "4. Women and peace and security" has no stop, and the paragraph behind it goes on with the paragraphs' own count:
    18, heading 4, 19 (S/2016/511). Where a number without a stop is the one that is due, it is a paragraph.
    """
    told = list(pieces)
    due = 1
    for at, piece in enumerate(pieces):
        if not _is_numbered(piece) or piece.label is None:
            continue
        number = piece.label.readings[0].ordinal
        if _may_head(piece) and _next_number(pieces[at + 1 :]) == due:
            told[at] = Piece(piece.block, None, piece.block.text, is_heading=True)
        else:
            due = number + 1
    return told


def _is_numbered(piece: Piece) -> bool:
    is_number = piece.label is not None and piece.label.is_number and piece.label.shape == "_."
    return is_number and not piece.is_heading and piece.block.left is None


def _may_head(piece: Piece) -> bool:
    words = piece.words
    return words[:1].isupper() and len(words) < _PLACELESS_HEADING and not is_stopped(words)


def _next_number(pieces: Sequence[Piece]) -> int | None:
    """The number of the next paragraph that cannot be a heading."""
    found = (piece.label for piece in pieces if _is_numbered(piece) and not _may_head(piece))
    label = next(found, None)
    return None if label is None else label.readings[0].ordinal


def _opens_within(label: Label, inner: Label) -> bool:
    """Whether a second label follows at once, as in "3. (a) Decides": the first has no words of its own.

    French and Spanish print "3. a) Décide".
    """
    is_other = inner.shape in ("(_)", "_)") and label.shape not in ("(_)", "_)")
    return not inner.is_bullet and is_other and any(one.ordinal == 1 for one in inner.readings)
