"""Where annexes, appendices and enclosures begin, what they are called, and where their text does."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from scraper.council.dates import find_date
from scraper.council.fixed_phrases import PHRASES
from scraper.council.language import language_of
from scraper.readers.block import Block, BlockKind
from scraper.structure.numbering.labels import split_label
from scraper.structure.printed.block_roles import is_signature, is_stopped

_ANNEX_HEADING = 400  # letters: "Annex to the letter dated ... from the representatives of ..." names them all
_OTHER_ATTACHMENTS = frozenset({"Appendix", "Enclosure"})
_TITLE_BLOCKS = 3
_TITLE_LENGTH = 250
_LEAST_LETTERS = 200  # of a text: fewer do not tell its language
# scripts whose word for an annex is not looked for, since their letters come out of a PDF in no sure order
_UNREAD = frozenset({"ar"})
# "Report of the Security Council mission to Burundi on 10 and 11 February 1995"
_MISSION_REPORT = re.compile(
    r"(?:first |second |final )?report of the Security Council (?:special )?mission\b", re.IGNORECASE
)
_DATE_LINE = 60  # characters: "New York, 20 August 2025" above a letter is no title


@dataclass(frozen=True, slots=True)
class Attachment:
    """One annex: its name ("Annex II"), the place of its heading, where its text begins and where it ends."""

    name: str
    start: int
    text_begins: int
    end: int


def annex_name(block: Block) -> str | None:
    """The name of the annex that a block opens ("Annex A"), or None."""
    if block.kind is not BlockKind.TEXT or len(block.text) > _ANNEX_HEADING:
        return None
    for phrases in PHRASES.values():
        found = phrases.annex.match(block.text)
        if found and (block.is_bold or found.end() == len(block.text) or found["word"].isupper()):
            word = found["word"].capitalize()
            word = word if word in _OTHER_ATTACHMENTS else "Annex"
            return f"{word} {found['name']}" if found["name"] else word
    return None


def attachments_of(blocks: Sequence[Block]) -> tuple[Attachment, ...]:
    """The annexes in printed order; a letter's text in another script, behind its signature, is its annex too."""
    named = [(place, name) for place, block in enumerate(blocks) if (name := annex_name(block)) is not None]
    if not named and (foreign := _foreign_annex(blocks)) is not None:
        return (Attachment("Annex", foreign, foreign, len(blocks)),)
    places = [*(place for place, _ in named), len(blocks)]
    return tuple(
        Attachment(name, start, _text_begins(blocks, start, end), end)
        for (_, name), (start, end) in zip(named, pairwise(places), strict=True)
    )


def transmitted_mission_report(blocks: Sequence[Block]) -> str | None:
    """The title of the report of a Council mission that a letter transmits as its annex, or None."""
    attached = attachments_of(blocks)
    behind = blocks[attached[0].start + 1 : attached[0].start + 1 + _TITLE_BLOCKS] if attached else ()
    return next((block.text for block in behind if _MISSION_REPORT.match(block.text)), None)


def _text_begins(blocks: Sequence[Block], start: int, end: int) -> int:
    """Behind the heading of an annex, and the lines without a stop under it that are its title.

    They are no title where nothing else follows, or more of their kind: a list.
    """
    at = start + 1
    titles = 0
    while at < end:
        block = blocks[at]
        if block.kind is BlockKind.TEXT:
            if not _is_title(block):
                return at if titles <= _TITLE_BLOCKS else start + 1
            titles += 1
        elif block.kind is not BlockKind.FURNITURE:
            return at if titles <= _TITLE_BLOCKS else start + 1
        at += 1
    return start + 1


def _is_title(block: Block) -> bool:
    text = block.text
    if len(text) > _TITLE_LENGTH or is_stopped(text) or text[:1].islower() or split_label(text)[0] is not None:
        return False
    is_date_line = len(text) < _DATE_LINE and find_date(text) is not None
    return not text.startswith("[") and not is_date_line  # "[Original: English]"


def _foreign_annex(blocks: Sequence[Block]) -> int | None:
    """Where text in a script without a known word for annexes begins, on a page behind the letter's signature."""
    signed = next((place for place, block in enumerate(blocks) if is_signature(block.text)), None)
    if signed is None:
        return None
    behind = next(
        (
            place
            for place in range(signed + 1, len(blocks))
            if blocks[place].kind is BlockKind.TEXT and blocks[place].page > blocks[signed].page
        ),
        None,
    )
    if behind is None:
        return None
    text = " ".join(block.text for block in blocks[behind:])
    return behind if len(text) >= _LEAST_LETTERS and language_of(text) in _UNREAD else None
