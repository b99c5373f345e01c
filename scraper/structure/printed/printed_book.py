"""The address book of a document that was read as blocks: it also keeps what stands beside the paragraphs.

The runs of labels are read ahead (`numbering.labels`), so it is told how deep each one stands and what is odd about it.
"""

from dataclasses import dataclass, replace

from scraper.readers.block import Block, BlockKind
from scraper.structure.numbering.address_book import AddressBook
from scraper.structure.numbering.titles import Headings
from storage.models import Aside, ParseWarning, Part


@dataclass(frozen=True, slots=True)
class Section:
    """How one part numbers: its `part`, the annex's name, and whether its paragraphs bear numbers at all."""

    part: Part
    attachment: str | None = None
    is_numbered: bool = True


class PrintedBook(AddressBook):
    """The paragraphs, asides and warnings of a printed document, section by section."""

    def __init__(self, warnings: tuple[ParseWarning, ...] = ()) -> None:
        """`warnings` are those of the document's head."""
        super().__init__(is_read_ahead=True)
        self.warnings.extend(warnings)

    def begin_section(self, section: Section, heading: str | None = None) -> None:
        """Begin a part of the document, under a heading that stands before it."""
        self.part, self.is_numbered = section.part, section.is_numbered
        self._attachment = section.attachment or "Annex"
        self._restart()
        self._headings = Headings(heading)

    def restart_labels(self) -> None:
        """Forget the numbers so far: what follows belongs to none of them, but may belong to words without one."""
        self.number = None
        if not self.is_under_unnumbered:
            self.open.close()

    def head(self, heading: str) -> None:
        """Remember a heading: a list behind it does not belong to unnumbered words or to a title before it."""
        self._headings.set(heading)
        if self.is_under_unnumbered:
            self.open.close()
        elif self.open:
            self.open.last.is_titled = False

    @property
    def is_under_unnumbered(self) -> bool:
        """Whether what is open on the top level are words that print no number."""
        return bool(self.open) and not self.open.top.label and self.open.top.words is not None

    def put_aside(self, block: Block, kind: str | None = None) -> None:
        """Keep a block that is no paragraph under the name of what it is."""
        self.aside(kind or ("table" if block.kind is BlockKind.TABLE else block.kind.value), block.text)
        self.keep_marks(block)

    def keep_marks(self, block: Block) -> None:
        """Keep a block's footnote marks beside the last paragraph."""
        here = self.paragraphs[-1].address if self.paragraphs else None
        self.asides.extend(Aside("footnote", mark, here) for mark in block.marks)

    def go_on(self, text: str, block: Block) -> None:
        """Give the last paragraph the rest of its sentence."""
        last = self.paragraphs[-1]
        self.paragraphs[-1] = replace(last, text=f"{last.text} {text}")
        if self.open and self.open.last.address == last.address:
            self.open.lengthen(text)
        self.keep_marks(block)
