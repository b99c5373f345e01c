"""The paragraphs that the next label may belong to, from the top level down to the last one read.

This is where the run of printed labels decides which list a label goes on in, and which one it opens.
"""

from dataclasses import dataclass

from scraper.council.ordinals import continues, way_of_first
from scraper.structure.numbering.label_run import OpenList, depth_among, level_of
from scraper.structure.numbering.labels import label_named
from scraper.structure.numbering.titles import is_title

BULLET = "•"
_LEADS_ON = (":", "—", "–")


@dataclass(slots=True)
class OpenParagraph:
    """A paragraph that labels may still belong to.

    `words` are its own behind those it completes, `level` the list its label stands in, `last` the last label right
    under it.
    `is_titled` says that its own words are a title, under which its text stands: "(c) Protection of civilians".
    """

    label: str
    address: str
    words: str | None
    leads_on: bool
    level: OpenList | None = None
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
        level = self._level(depth, label)
        above.last = label or above.last
        del self._line[depth:]
        if label is None:
            self._depth_of_bullets = depth
        is_titled = label is not None and is_title(text)
        self._line.append(OpenParagraph(label or BULLET, address, words, text.endswith(_LEADS_ON), level, is_titled))

    def _level(self, depth: int, label: str | None) -> OpenList | None:
        """The list that a label stands in under the `depth`-th open paragraph; None for a bullet."""
        read = None if label is None else label_named(label)
        before = self._line[depth].level if len(self._line) > depth else None
        return None if read is None else level_of(read, before)

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
        read = label_named(label)
        lists = [(place, one.level) for place, one in enumerate(self._line) if one.level is not None]
        depth = None if read is None else depth_among([level for _, level in lists], read)
        if depth is None:
            return 1
        return lists[depth][0] if depth < len(lists) else len(self._line)

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
