"""One part of a document, block by block, to addressed paragraphs; headings, notes and furniture kept as asides.

It knows how paragraphs are numbered in a part, not where the part begins: `resolution` cuts a document into parts.
"""

import re
from collections.abc import Iterable, Sequence

from scraper.readers.block import Block, BlockKind
from scraper.structure.numbering.label_run import Entry, Oddity, Place, place_labels
from scraper.structure.numbering.labels import Label
from scraper.structure.printed.block_roles import Piece, pieces_of, with_numbered_headings
from scraper.structure.printed.printed_book import PrintedBook, Section
from storage.models import Part

_CLOSED = re.compile(r"[.;:,!?)”’»\"\]]$|\s(?:and|or|et|ou|y|o|и|или)$")
_LONE_SECTION = re.compile(r"[IVX]{1,4}|[A-H]")
_SENTENCES = {
    Oddity.JUMPS: "the number {name} does not follow the one before it",
    Oddity.REPEATS: "the number {name} is printed twice",
    Oddity.FALLS_BACK: "the number {name} falls back behind the one before it",
}


def parse_section(
    blocks: Sequence[Block], section: Section, book: PrintedBook, margin: float | None, heading: str | None = None
) -> None:
    """Addresses the paragraphs of an operative part, an annex or a body, and keeps the rest as asides."""
    book.begin_section(section, heading)
    pieces = [piece for block in blocks for piece in pieces_of(block, margin)]
    if section.part is not Part.OPERATIVE:
        pieces = with_numbered_headings(pieces)
    restarts = _restarts(pieces, section.part)
    places = iter(_places(pieces, restarts))
    for at, piece in enumerate(pieces):
        if at in restarts:
            book.restart_labels()
        if piece.block.kind is not BlockKind.TEXT:
            book.put_aside(piece.block)
        elif piece.aside is not None:
            book.put_aside(piece.block, piece.aside)
        elif piece.is_heading:
            book.put_aside(piece.block, "heading")
            book.head(piece.block.text)
        elif piece.label is None:
            _add_unlabelled(piece, book)
        else:
            _add_labelled(piece, piece.label, next(places), book)


def _restarts(pieces: Sequence[Piece], part: Part) -> set[int]:
    """Where counting begins anew: at the first label under a heading of an annex or report, when it is a first one.

    In an operative part numbers run through, but for sections headed by nothing but "A" or "II" (S/RES/101); letters
    restart only under the headings of an annex, and behind unnumbered words of annexes and letters, where lists
    stand without numbers above them.
    """
    restarts = set()
    is_fresh = is_behind_words = has_number = False
    for at, piece in enumerate(pieces):
        if piece.is_heading:
            is_fresh = part is not Part.OPERATIVE or bool(_LONE_SECTION.fullmatch(piece.block.text))
        elif piece.label is not None:
            is_number = piece.label.is_number
            is_due = is_fresh and (is_number or part is Part.ANNEX)
            if part is not Part.OPERATIVE and not has_number:
                is_due = is_due or is_number or is_behind_words
            if is_due and any(reading.ordinal == 1 for reading in piece.label.readings):
                restarts.add(at)
                has_number = False
            has_number = has_number or is_number
            is_fresh = is_behind_words = False
        elif piece.block.kind is BlockKind.TEXT and piece.aside is None:
            is_behind_words = part is not Part.OPERATIVE
    return restarts


def _places(pieces: Sequence[Piece], restarts: set[int]) -> Iterable[Place]:
    """The labels' places, each run for itself."""
    run: list[Entry] = []
    for at, piece in enumerate(pieces):
        if at in restarts:
            yield from place_labels(run)
            run = []
        if piece.label is not None and not piece.is_heading:
            run.append(Entry(piece.label, piece.block.left))
    yield from place_labels(run)


def _add_labelled(piece: Piece, label: Label, place: Place, book: PrintedBook) -> None:
    """Adds a numbered paragraph or sub-paragraph, or goes on with a sentence that only looks like one."""
    if label.is_number and _goes_on(piece.words, book):
        book.go_on(piece.block.text, piece.block)
        return
    degrees = place.degrees
    if label.is_number and len(degrees) == 1:
        address = book.add_numbered(label.name, piece.words)
    else:
        # "(1)" in a text that prints no "1." is its first list
        is_below_number = book.is_numbered and degrees[0] == book.number
        depth = len(degrees) - 1 if is_below_number else len(degrees)
        address = book.add_point("", None if label.is_bullet else label.name, piece.words, depth)
    book.keep_marks(piece.block)
    is_doubled = label.is_number and piece.words.startswith(f"{label.printed} ")  # "40. 40. Since" in S/2025/323
    odd = Oddity.REPEATS if is_doubled else place.odd
    if odd is not None:
        book.warn(odd.value, _SENTENCES[odd].format(name=label.printed), address if piece.words else None)


def _add_unlabelled(piece: Piece, book: PrintedBook) -> None:
    """Adds an unnumbered paragraph, flush text behind a list, or the rest of a sentence cut in two."""
    if _goes_on(piece.words, book):
        book.go_on(piece.words, piece.block)
    else:
        book.add_unnumbered(piece.words, completes=True)
        book.keep_marks(piece.block)


def _goes_on(words: str, book: PrintedBook) -> bool:
    """Whether the paragraph before breaks off in mid-sentence and these words go on with it."""
    last = book.paragraphs[-1] if book.paragraphs else None
    is_beside = last is not None and last.part is book.part
    return is_beside and words[:1].islower() and last is not None and not _CLOSED.search(last.text)
