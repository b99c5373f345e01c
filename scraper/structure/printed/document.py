"""Blocks to a parsed document: finds head, preamble, operative part and annexes, whatever format the blocks came from.

Resolutions and drafts have all four; a report or letter has a head and a body, and its annexes. It never guesses: what
it cannot place stays in printed order as an unnumbered paragraph, and what is odd is reported as a warning.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scraper.council.fixed_phrases import NOT_HELD, PHRASES, Phrases
from scraper.council.title_case import in_mixed_case
from scraper.errors import NotADocument, Unreadable
from scraper.readers.block import Block, BlockKind, ReadDocument
from scraper.structure.numbering.labels import split_label
from scraper.structure.printed.attachments import annex_name, attachments_of, transmitted_mission_report
from scraper.structure.printed.block_roles import is_heading
from scraper.structure.printed.corrigendum import parse_corrigendum
from scraper.structure.printed.doubts import doubts_about
from scraper.structure.printed.head import read_head
from scraper.structure.printed.preamble import parse_preamble
from scraper.structure.printed.printed_book import PrintedBook, Section
from scraper.structure.printed.run_together import part_blocks
from scraper.structure.printed.section import parse_section
from scraper.structure.printed.title import title_end
from storage.models import DocumentKind, ParsedDocument, Part

_NOTICE_BLOCKS = 4
_ENACTED = frozenset({DocumentKind.RESOLUTION, DocumentKind.DRAFT})
# no recital opens so, whatever its end: "Decides to extend the mandate ..., and to ..." ends in a comma in S/RES/1588
_DECIDES = re.compile(r"Decides\b")
_OPERATIVE_END = re.compile(r"[;.:](?:\s+and)?$")


def parse_resolution(read: ReadDocument, *, media_type: str, reader: str, parser_version: str) -> ParsedDocument:
    """Parse the blocks of one document into fields, addressed paragraphs, asides and warnings.

    Raises:
        NotADocument: `not-the-document`, the server's page that says it has none.
        Unreadable: `no-operative-part`, a resolution in which nothing is decided.
    """
    blocks = part_blocks(read.blocks)
    if any(NOT_HELD.search(block.text) for block in blocks[:_NOTICE_BLOCKS]):
        raise NotADocument("not-the-document", f"expected a document, found the notice {blocks[0].text[:60]!r}")
    text_begins = title_end(blocks, _enacting(blocks))
    closing = _closing(blocks)
    title = [block for block in blocks[:text_begins] if _is_text(block)]
    head = read_head(read, title, None if closing is None else closing.meeting)
    book = PrintedBook(head.warnings)
    margin = _margin(blocks)
    enacting = _enacting(blocks) if head.kind in _ENACTED else None
    if enacting is not None:
        _parse_enacted(blocks if closing is None else closing.set_apart(blocks), enacting, book, margin)
        if not any(paragraph.part is Part.OPERATIVE for paragraph in book.paragraphs):
            raise Unreadable("no-operative-part", f"expected an operative part in {head.symbol}, found none")
    elif head.kind is DocumentKind.CORRIGENDUM:
        parse_corrigendum(blocks, text_begins, book)
    else:
        for block in blocks[:text_begins]:
            book.put_aside(block, "furniture" if _is_text(block) else None)
        if head.kind is DocumentKind.RESOLUTION:
            verb = PHRASES.get(head.language, PHRASES["en"]).verb
            body = (blocks if closing is None else closing.set_apart(blocks))[text_begins:]
            _parse_clauses(body, book, margin, verb)
            book.warn("no-enacting-words", "no line says The Security Council")
        else:
            _parse_rest(blocks[text_begins:], Section(Part.BODY), book, margin)
    kind, subject = head.kind, head.subject
    if kind is DocumentKind.LETTER and (report := transmitted_mission_report(blocks[text_begins:])):
        kind, subject = DocumentKind.MISSION_REPORT, report
    return ParsedDocument(
        symbol=head.symbol,
        kind=kind,
        language=head.language,
        adopted_on=head.adopted_on,
        published_on=head.published_on,
        meeting=head.meeting,
        subject=None if subject is None else in_mixed_case(subject),
        media_type=media_type,
        reader=reader,
        parser_version=parser_version,
        paragraphs=tuple(book.paragraphs),
        warnings=(*book.warnings, *doubts_about(kind, book.paragraphs, book.asides)),
        asides=tuple(book.asides),
    )


def _parse_enacted(blocks: Sequence[Block], enacting: int, book: PrintedBook, margin: float | None) -> None:
    """Head, preamble and operative part of a text that the Council enacts, or is asked to."""
    for block in blocks[:enacting]:
        book.put_aside(block, "furniture" if _is_text(block) else None)
    words = _enacting_words(blocks[enacting])
    rest = blocks[enacting].text[len(words) :].strip()
    book.put_aside(replace(blocks[enacting], text=words.strip()), "furniture")
    body = blocks[enacting + 1 :]
    if rest:
        body = (replace(blocks[enacting], text=rest, marks=()), *body)
    _parse_clauses(body, book, margin, _language_of(words).verb)


def _parse_clauses(body: Sequence[Block], book: PrintedBook, margin: float | None, verb: re.Pattern[str]) -> None:
    """Preamble, operative part and annexes: what follows the enacting words, or the title where these are lost."""
    begins, is_numbered = _operative_begins(body, margin, verb)
    heading = parse_preamble(body[:begins], book, margin)
    _parse_rest(body[begins:], Section(Part.OPERATIVE, None, is_numbered), book, margin, heading)


def _parse_rest(
    blocks: Sequence[Block], section: Section, book: PrintedBook, margin: float | None, heading: str | None = None
) -> None:
    """The main section, and behind it the annexes, each a section of its own."""
    attached = attachments_of(blocks)
    parse_section(blocks[: attached[0].start if attached else len(blocks)], section, book, margin, heading)
    for one in attached:
        for block in blocks[one.start : one.text_begins]:
            book.put_aside(block, "heading" if _is_text(block) else None)
        title = next((block.text for block in reversed(blocks[one.start : one.text_begins]) if _is_text(block)), None)
        parse_section(blocks[one.text_begins : one.end], Section(Part.ANNEX, one.name), book, margin, title)


@dataclass(frozen=True, slots=True)
class _Closing:
    """Where "Adopted unanimously at the 1382nd meeting." stands, and which meeting it names: None when misread."""

    place: int
    meeting: int | None

    def set_apart(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """The blocks with this line as furniture, and as notes what stands behind it and before an annex."""
        end = next((at for at in range(self.place, len(blocks)) if annex_name(blocks[at]) is not None), len(blocks))
        behind = (
            replace(one, kind=BlockKind.FOOTNOTE) if _is_text(one) else one for one in blocks[self.place + 1 : end]
        )
        line = replace(blocks[self.place], kind=BlockKind.FURNITURE)
        return (*blocks[: self.place], line, *behind, *blocks[end:])


def _closing(blocks: Sequence[Block]) -> _Closing | None:
    """The last line that closes a resolution as those before 1992 are closed, if there is one."""
    for place in reversed(range(len(blocks))):
        for phrases in PHRASES.values():
            found = phrases.closing and _is_text(blocks[place]) and phrases.closing.match(blocks[place].text)
            if found:
                return _Closing(place, int(found["meeting"]) if found["meeting"] else None)
    return None


def _enacting(blocks: Sequence[Block]) -> int | None:
    """Where "The Security Council," stands."""
    return next((place for place, block in enumerate(blocks) if _is_text(block) and _enacting_words(block)), None)


def _enacting_words(block: Block) -> str:
    """The enacting words that open a block, or nothing.

    They stand alone, or before the first recital ("The Security Council, Recalling ..."); "The Security Council
    mission" and a sentence of a report do not count.
    """
    for phrases in PHRASES.values():
        found = phrases.enacting.match(block.text)
        if found and (found.end() == len(block.text) or "," in found[0]):
            return found[0]
    return ""


def _language_of(enacting: str) -> Phrases:
    """The fixed words of the language in which the enacting words are."""
    return next(phrases for phrases in PHRASES.values() if phrases.enacting.match(enacting))


def _operative_begins(blocks: Sequence[Block], margin: float | None, verb: re.Pattern[str]) -> tuple[int, bool]:
    """Where the operative part begins, and whether it is numbered.

    Recitals end in a comma; the only paragraph of an unnumbered operative part ends in a full stop (S/RES/2770).
    """
    labels = [split_label(block.text)[0] if _is_text(block) else None for block in blocks]
    first = next((place for place, label in enumerate(labels) if label is not None and label.is_number), None)
    ends = next((place for place, block in enumerate(blocks) if annex_name(block) is not None), len(blocks))
    is_numbered = first is not None and first < ends
    verbs = []
    for place, block in enumerate(blocks[: first if is_numbered else ends]):
        label, words = split_label(block.text)
        is_lettered = label is not None and not label.is_bullet
        is_plain = _is_text(block) and (label is None or (is_lettered and not is_numbered))
        if is_plain and verb.match(words):
            if _DECIDES.match(words):
                return place, is_numbered
            if _OPERATIVE_END.search(words) and not is_heading(block, label, margin):
                return place, is_numbered
            verbs.append(place)
    if is_numbered and first is not None:
        return first, True
    # "Forwards the following nominations: ... Mr. Karam Chand Vohrah (Malaysia)" (S/RES/1340): no stop at its end
    return (verbs[-1], False) if verbs else (ends, False)


def _margin(blocks: Sequence[Block]) -> float | None:
    """Where most lines of the text begin, None when the format does not say."""
    places = Counter(block.hang for block in blocks if _is_text(block) and block.hang is not None)
    return places.most_common(1)[0][0] if places else None


def _is_text(block: Block) -> bool:
    return block.kind is BlockKind.TEXT
