"""One part of a document, block by block, to addressed paragraphs; headings, notes and furniture kept as asides.

It knows how paragraphs are numbered in a part, not where the part begins: `resolution` cuts a document into parts.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from scraper.council.address import Address, annexed, numbered, operative, parse, preambular
from scraper.readers.block import Block, BlockKind
from scraper.structure.numbering.labels import Entry, Label, Oddity, Place, place_labels
from scraper.structure.numbering.titles import Headings, is_title
from scraper.structure.printed.block_roles import Piece, pieces_of, with_numbered_headings
from storage.models import Aside, Paragraph, ParseWarning, Part

_CLOSED = re.compile(r"[.;:,!?)”’»\"\]]$|\s(?:and|or|et|ou|y|o|и|или)$")
_LONE_SECTION = re.compile(r"[IVX]{1,4}|[A-H]")
_SENTENCES = {
    Oddity.JUMPS: "the number {name} does not follow the one before it",
    Oddity.REPEATS: "the number {name} is printed twice",
    Oddity.FALLS_BACK: "the number {name} falls back behind the one before it",
}


@dataclass(slots=True)
class Output:
    """What was found so far, in printed order; shared by the parts of one document so that addresses stay unique."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    warnings: list[ParseWarning] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    @property
    def here(self) -> str | None:
        """The address of the last paragraph."""
        return self.paragraphs[-1].address if self.paragraphs else None

    def put_aside(self, block: Block, kind: str | None = None) -> None:
        """Keeps a block that is no paragraph under the name of what it is."""
        self.asides.append(
            Aside(kind or ("table" if block.kind is BlockKind.TABLE else block.kind.value), block.text, self.here)
        )
        self.keep_marks(block)

    def add(self, address: Address, text: str, heading: str | None, chapeau: str | None, block: Block) -> str:
        """Adds a paragraph and answers its address, made unique."""
        unique = str(address.distinct(self.taken))
        self.taken.add(unique)
        self.paragraphs.append(Paragraph(unique, address.part, text, heading, chapeau or None))
        self.keep_marks(block)
        return unique

    def lengthen(self, text: str, block: Block) -> None:
        """Gives the last paragraph the rest of its sentence."""
        last = self.paragraphs[-1]
        self.paragraphs[-1] = replace(last, text=f"{last.text} {text}")
        self.keep_marks(block)

    def keep_marks(self, block: Block) -> None:
        """Keeps a block's footnote marks beside the last paragraph."""
        self.asides.extend(Aside("footnote", mark, self.here) for mark in block.marks)


@dataclass(frozen=True, slots=True)
class Section:
    """How one part numbers: its `part`, the annex's name, and whether its paragraphs bear numbers at all."""

    part: Part
    attachment: str | None = None
    is_numbered: bool = True

    def root(self, number: str | None) -> Address:
        """The address of a paragraph with this number, or without one the stem from which unnumbered ones count."""
        match self.part:
            case Part.PREAMBLE:
                return preambular(int(number or 0))
            case Part.OPERATIVE:
                return operative(number or 0)
            case Part.ANNEX:
                return annexed(self.attachment or "Annex", number)
            case Part.BODY:
                return numbered(number)


def parse_section(
    blocks: Sequence[Block], section: Section, output: Output, margin: float | None, heading: str | None = None
) -> None:
    """Addresses the paragraphs of an operative part, an annex or a body, and keeps the rest as asides."""
    walk = _Walk(section, output, heading)
    pieces = [piece for block in blocks for piece in pieces_of(block, margin)]
    if section.part is not Part.OPERATIVE:
        pieces = with_numbered_headings(pieces)
    restarts = _restarts(pieces, section.part)
    places = iter(_places(pieces, restarts))
    for at, piece in enumerate(pieces):
        if at in restarts:
            walk.restart()
        if piece.block.kind is not BlockKind.TEXT:
            output.put_aside(piece.block)
        elif piece.is_signature:
            output.put_aside(piece.block, "signature")
        elif piece.is_heading:
            output.put_aside(piece.block, "heading")
            walk.head(piece.block.text)
        elif piece.label is None:
            walk.unlabelled(piece)
        else:
            walk.labelled(piece, piece.label, next(places))


def _restarts(pieces: Sequence[Piece], part: Part) -> set[int]:
    """Where counting begins anew: at the first label under a heading of an annex or report, when it is a first one.

    In an operative part numbers run through, but for sections headed by nothing but "A" or "II" (S/RES/101); letters
    restart only under the headings of an annex, and behind its unnumbered words, where lists stand without numbers
    above them.
    """
    restarts = set()
    is_fresh = is_behind_words = has_number = False
    for at, piece in enumerate(pieces):
        if piece.is_heading:
            is_fresh = part is not Part.OPERATIVE or bool(_LONE_SECTION.fullmatch(piece.block.text))
        elif piece.label is not None:
            is_number = piece.label.is_number
            is_due = is_fresh and (is_number or part is Part.ANNEX)
            if part is Part.ANNEX and not has_number:
                is_due = is_due or is_number or is_behind_words
            if is_due and any(reading.ordinal == 1 for reading in piece.label.readings):
                restarts.add(at)
                has_number = False
            has_number = has_number or is_number
            is_fresh = is_behind_words = False
        elif piece.block.kind is BlockKind.TEXT and not piece.is_signature:
            is_behind_words = part is Part.ANNEX
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


class _Walk:
    """The way through one part: which paragraphs are open, and how many unnumbered ones followed the last number."""

    def __init__(self, section: Section, output: Output, heading: str | None) -> None:
        self._headings = Headings(heading)
        self._section = section
        self._output = output
        self._number: str | None = None
        self._occurrence = 1
        self._extras = Counter[str | None]()
        self._own: dict[tuple[str, ...], str] = {}
        self._holder: Address | None = None
        self._titled: tuple[Address, str] | None = None  # the last sub-paragraph with its words, if they are a title

    def head(self, heading: str) -> None:
        """Remembers the heading: a list behind it does not belong to unnumbered words before it."""
        self._headings.set(heading)
        self._titled = None
        if self._holder is not None:
            self._holder, self._own = None, {}

    def restart(self) -> None:
        """Forgets the numbers so far: what follows belongs to none of them."""
        self._titled = None
        self._number, self._occurrence = None, 1
        if self._holder is None:
            self._own = {}

    def labelled(self, piece: Piece, label: Label, place: Place) -> None:
        """Adds a numbered paragraph or sub-paragraph, or goes on with a sentence that only looks like one."""
        if self._goes_on(piece.words) and label.is_number:
            self._output.lengthen(piece.block.text, piece.block)
            return
        degrees = place.degrees
        if label.is_number and len(degrees) == 1:
            self._number, self._occurrence, self._own, self._holder = label.name, 1, {}, None
            self._extras[label.name] = 0
            address = self._section.root(label.name)
        else:
            is_below_number = self._section.is_numbered and degrees[0] == self._number
            below = degrees[1:] if is_below_number else degrees  # "(1)" in a text that prints no "1." is its first list
            above = self._holder or self._root()
            address = replace(above, degrees=(*above.degrees, *below))
        if not address.degrees:
            self._headings.begin_whole()
        elif self._section.part is Part.OPERATIVE and self._number is not None:
            self._headings.begin_point()
        chapeau = " ".join(words for end in range(len(degrees)) if (words := self._own.get(degrees[:end])))
        self._own = {key: words for key, words in self._own.items() if degrees[: len(key)] == key and key != degrees}
        self._own[degrees] = piece.words
        unique = None
        if piece.words:
            unique = self._output.add(address, piece.words, self._headings.current, chapeau, piece.block)
            self._remember(parse(unique), label, f"{chapeau} {piece.words}".strip(), piece.words)
        else:
            self._output.keep_marks(piece.block)
            self._titled = None
        is_doubled = label.is_number and piece.words.startswith(f"{label.printed} ")  # "40. 40. Since" in S/2025/323
        odd = Oddity.REPEATS if is_doubled else place.odd
        if odd is not None:
            self._output.warnings.append(ParseWarning(odd.value, _SENTENCES[odd].format(name=label.printed), unique))

    def _remember(self, address: Address, label: Label, chapeau: str, words: str) -> None:
        """Keeps what later paragraphs need of one: whether its number is a second one, and whether it is a title."""
        is_sub_paragraph = bool(address.degrees)
        if not is_sub_paragraph:
            self._occurrence = address.occurrence
        is_titled = is_sub_paragraph and not label.is_bullet and is_title(words)
        self._titled = (address, chapeau) if is_titled else None

    def unlabelled(self, piece: Piece) -> None:
        """Adds an unnumbered paragraph, flush text behind a list, or the rest of a sentence cut in two."""
        if self._goes_on(piece.words):
            self._output.lengthen(piece.words, piece.block)
            return
        if self._section.part is Part.OPERATIVE and not self._section.is_numbered and self._number is None:
            self._number = "1"
            self._own[()] = piece.words
            self._output.add(self._section.root("1"), piece.words, self._headings.current, None, piece.block)
            return
        if self._section.part is Part.ANNEX:
            self._annexed(piece)
            return
        if self._section.part is Part.OPERATIVE and self._titled is not None and piece.words[:1].isupper():
            self._below_title(piece, *self._titled)
            return
        self._extras[self._number] += 1
        address = self._root().unnumbered(self._extras[self._number])
        chapeau = None if self._number is None else self._own.get((self._number,)) or self._own.get(())
        self._output.add(address, piece.words, self._headings.current, chapeau, piece.block)

    def _below_title(self, piece: Piece, above: Address, chapeau: str) -> None:
        """Adds text below a titled sub-paragraph: a reader cites that, `OP 32 (c) +1`."""
        key = str(above)
        self._extras[key] += 1
        address = above.unnumbered(self._extras[key])
        self._output.add(address, piece.words, self._headings.current, chapeau, piece.block)

    def _annexed(self, piece: Piece) -> None:
        """Adds an unnumbered paragraph of an annex, where they are counted through, `Annex II +4`.

        A list behind it belongs to it, unless a number stands above both: `Annex II +4 (a)`.
        """
        self._extras[None] += 1
        address = self._section.root(None).unnumbered(self._extras[None])
        chapeau = None if self._number is None else self._own.get((self._number,))
        unique = self._output.add(address, piece.words, self._headings.current, chapeau, piece.block)
        if self._number is None or piece.words.endswith(":"):
            self._holder, self._own = parse(unique), {(): piece.words}

    def _root(self) -> Address:
        """The address of the last number; what stands under the second paragraph 2 is marked as it is, ` #2`."""
        return replace(self._section.root(self._number), occurrence=self._occurrence)

    def _goes_on(self, words: str) -> bool:
        """Whether the paragraph before breaks off in mid-sentence and these words go on with it."""
        last = self._output.paragraphs[-1] if self._output.paragraphs else None
        return (
            last is not None
            and last.part is self._section.part
            and words[:1].islower()
            and not _CLOSED.search(last.text)
        )
