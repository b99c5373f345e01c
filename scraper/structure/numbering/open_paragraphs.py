"""The paragraphs that the next label may belong to, from the top level down to the last one read.

This is where the run of printed labels decides which list a label goes on in, and which one it opens.
"""

from dataclasses import dataclass

from scraper.council.ordinals import continues, way_of_first, ways_of
from scraper.structure.numbering.titles import is_title

BULLET = "•"
_LEADS_ON = (":", "—", "–")


@dataclass(slots=True)
class OpenParagraph:
    """A paragraph that labels may still belong to.

    `words` are its own behind those it completes, `way` how its label counts, `last` the last label right under it.
    `is_titled` says that its own words are a title, under which its text stands: "(c) Protection of civilians".
    """

    label: str
    address: str
    words: str | None
    leads_on: bool
    way: str | None = None
    is_titled: bool = False
    last: str | None = None
    bullets: int = 0
    extras: int = 0


class OpenLine:
    """A top-level paragraph and, behind it, one open sub-paragraph of each degree."""

    def __init__(self) -> None:
        self._line: list[OpenParagraph] = []
        self._depth_of_bullets: int | None = None  # how many paragraphs stand above the last one

    def __len__(self) -> int:
        """How many paragraphs are open: 1 when only the top level is."""
        return len(self._line)

    @property
    def top(self) -> OpenParagraph:
        """The paragraph of the top level."""
        return self._line[0]

    @property
    def last(self) -> OpenParagraph:
        """The paragraph of the deepest degree."""
        return self._line[-1]

    def above(self, depth: int) -> OpenParagraph:
        """The `depth`-th open paragraph, or the last one when fewer are open."""
        return self._line[min(depth, len(self._line)) - 1]

    def close(self) -> None:
        """Close all: no label that follows belongs to what was read."""
        self._line = []

    def begin(self, label: str, address: str, text: str) -> None:
        """Begin a paragraph of the top level."""
        self._depth_of_bullets = None
        self._line = [OpenParagraph(label, address, text or None, text.endswith(_LEADS_ON))]

    def begin_extra(self, address: str, text: str) -> None:
        """Begin an unnumbered paragraph that holds a list of its own, behind the top level's."""
        self._line = [self._line[0], OpenParagraph("+", address, text, leads_on=True)]

    def push(self, depth: int, label: str | None, address: str, text: str) -> None:
        """Begin a sub-paragraph under the `depth`-th open one; those below it are closed. No label is a bullet."""
        above = self.above(depth)
        words = f"{above.words} {text}" if above.words and text else text or above.words
        way = None if label is None else self._way(depth, above.last, label)
        above.last = label or above.last
        del self._line[depth:]
        if label is None:
            self._depth_of_bullets = depth
        is_titled = label is not None and is_title(text)
        self._line.append(OpenParagraph(label or BULLET, address, words, text.endswith(_LEADS_ON), way, is_titled))

    def _way(self, depth: int, before: str | None, label: str) -> str | None:
        """How a label counts: as the list does that it goes on in, else as a first label of its kind does."""
        if before is not None and len(self._line) > depth and continues(before, label):
            return self._line[depth].way
        return way_of_first(label) or min(ways_of(label), default=None)

    def lengthen(self, text: str) -> OpenParagraph:
        """Add words to the last paragraph."""
        last = self._line[-1]
        last.words = f"{last.words} {text}" if last.words else text
        last.leads_on = text.endswith(_LEADS_ON)
        return last

    def depth_of_bullet(self) -> int:
        """How many paragraphs stand above a flat bullet: those up to the last that leads on with a colon."""
        if self._line[-1].label == BULLET:
            return len(self._line) - 1
        if self._line[-1].is_titled or self._depth_of_bullets == len(self._line):
            # also where the sub-paragraphs before it have bullets: S/RES/2000 (2011), para. 7 (i)
            return len(self._line)
        leading = (depth for depth in range(len(self._line), 0, -1) if self._line[depth - 1].leads_on)
        return next(leading, 1)

    def depth_of_label(self, label: str) -> int:
        """How many paragraphs stand above a flat label: it goes on in an open list, or opens one."""
        for depth in range(len(self._line), 0, -1):
            if (last := self._line[depth - 1].last) is not None and continues(last, label):
                return depth
        way = way_of_first(label)
        ways = ways_of(label) if way is None else frozenset({way})
        alike = [depth for depth in range(1, len(self._line)) if self._line[depth].way in ways]
        if alike:
            return alike[-1]
        return 1 if way is None else len(self._line)

    def goes_on(self, depth: int, label: str) -> bool:
        """Whether a label that opens no list is the next one under the `depth`-th open paragraph."""
        if len(self._line) < depth or way_of_first(label) is not None:
            return False
        last = self._line[depth - 1].last
        return last is not None and continues(last, label)

    def is_next(self, label: str) -> bool:
        """Whether a label is the next one in any open list."""
        return any(above.last is not None and continues(above.last, label) for above in self._line)

    def is_out_of_run(self, label: str) -> bool:
        """Whether a label goes on in no open list and opens none: "(ii) Exceptions" behind a paragraph without (i)."""
        leads_on = bool(self._line) and self._line[-1].leads_on and way_of_first(label) is not None
        return not leads_on and not self.is_next(label)
