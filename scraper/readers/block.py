"""What every reader returns: a document as blocks, the pieces of text a page shows, before anyone asks what they mean.

A block is one printed paragraph, heading, note or running head, its lines joined. Readers know pages, columns and
fonts; they know nothing of resolutions. Every printed character is in exactly one block.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is on the page."""

    TEXT = "text"
    FOOTNOTE = "footnote"
    FURNITURE = "furniture"
    TABLE = "table"


class Furniture(StrEnum):
    """The kinds of page furniture, each recognised by place and pattern; never a part of the text."""

    MASTHEAD = "masthead"  # the head of page 1: organisation, symbol, distribution, date, languages
    RUNNING_HEAD = "running-head"  # the symbol on later pages
    PAGE_NUMBER = "page-number"  # "25-07317 3/14": page and job number
    JOB_NUMBER = "job-number"  # "25-07317 (E)" and the text of the bar code
    AGENDA = "agenda"  # the columns of a joint document: both organs, their sessions, agenda items
    RULE = "rule"  # underscores drawn above notes or below the end
    MISREAD_NUMBER = "misread-number"  # "4," where scanning took the stop of paragraph 4 for a comma


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of text as a reader saw it, white space folded, words split by a line or page end joined.

    `left` is where its first line begins, `hang` where its other lines do, `right` where its last line ends, in points
    from the page's left edge: None where the format has no page (text, HTML) or, for `hang`, where there is one line.
    `marks` are the footnote marks that stood raised in the text and were taken out of it. `furniture` says which kind
    a block of kind FURNITURE is.
    """

    text: str
    page: int = 1
    kind: BlockKind = BlockKind.TEXT
    left: float | None = None
    hang: float | None = None
    right: float | None = None
    size: float | None = None
    is_bold: bool = False
    is_italic: bool = False
    marks: tuple[str, ...] = ()
    furniture: Furniture | None = None


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A whole document in printed order. `title` is what the file calls itself, None when it does not."""

    blocks: tuple[Block, ...]
    page_count: int
    is_tagged: bool = False
    title: str | None = None

    def of_kind(self, kind: BlockKind) -> Iterator[Block]:
        """The blocks of one kind, in printed order."""
        return (block for block in self.blocks if block.kind is kind)
