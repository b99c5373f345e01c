"""What became of each paragraph about women when a mandate was renewed, as values: lines, reasons, counts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from monitor.changes.diff import Replacement
from storage.drift_values import Kind, Skipped
from storage.models import Paragraph


class Status(StrEnum):
    """What became of a paragraph."""

    KEPT = "kept"  # the same but for spelling, dates, numbers and the names of one authority
    REWORDED = "reworded"
    MERGED = "merged"  # its new paragraph takes in other old ones too
    SPLIT = "split"  # its words went to several new paragraphs
    DROPPED = "dropped"
    NEW = "new"

    @property
    def lives_on(self) -> bool:
        """Whether old words stand in new ones, and not as they were: only then is there a direction."""
        return self in (Status.REWORDED, Status.MERGED, Status.SPLIT)


class Wps(StrEnum):
    """What became of the words about women in a pair of paragraphs."""

    SAME = "same"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"


class Direction(StrEnum):
    """How the words about women read beside the old ones; never a claim about law."""

    STRONGER = "stronger"
    NEUTRAL = "neutral"
    WEAKER = "weaker"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a pair reads stronger (1), weaker (-1) or level (0): the rule, and the words of both sides it looked at."""

    rule: str
    before: str
    after: str
    sign: int


@dataclass(frozen=True, slots=True)
class Nearest:
    """The paragraph of the other text that comes nearest, and how near it is: 0 to 1."""

    address: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Said:
    """That a person corrected a line: who, and why if they said."""

    by: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says of two paragraphs of the texts as they stand now; a side is None that has no counterpart."""

    old_address: str | None
    new_address: str | None
    status: Status
    direction: Direction | None
    said: Said


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the old text beside one of the new; one side is None where the paragraph has no counterpart.

    `wps` and `direction` are None where there is nothing to compare; `direction` also in a language without a scale.
    `nearest` is told of a dropped or new paragraph. `said` is None unless a person corrected the line.
    """

    old: Paragraph | None
    new: Paragraph | None
    status: Status
    wps: Wps | None = None
    direction: Direction | None = None
    old_verb: str | None = None
    new_verb: str | None = None
    reasons: tuple[Reason, ...] = ()
    changes: tuple[Replacement, ...] = ()
    nearest: Nearest | None = None
    confidence: float = 1.0
    said: Said | None = None

    @property
    def key(self) -> tuple[str | None, str | None]:
        """The addresses of both sides, by which the line is known."""
        return (self.old.address if self.old else None, self.new.address if self.new else None)

    @property
    def moved(self) -> str | None:
        """Where the paragraph went when it changed its part of the text; None when it stayed."""
        if self.old is None or self.new is None:
            return None
        return {("PP", "OP"): "to-operative", ("OP", "PP"): "to-preamble"}.get(
            (self.old.address[:2], self.new.address[:2])
        )

    def levelled(self) -> "Line":
        """The line without a direction read by the program: where a mandate ends, nothing reads weaker or stronger."""
        if self.direction is None or self.said is not None:
            return self
        return replace(self, direction=Direction.NEUTRAL, reasons=())

    @property
    def is_silent(self) -> bool:
        """Whether words about women that stood in the old text stand in the new one no more."""
        return self.status is Status.DROPPED or self.wps is Wps.REMOVED


@dataclass(frozen=True, slots=True)
class TermUse:
    """How often a term of art stands in each text, and the first and last resolution of the chain that used it."""

    term: str
    old: int
    new: int
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """Paragraphs about women of another text that the old text kept in force by citing them.

    `address` is where the old text cites; `wps` those of the cited `addresses` that are about women; `is_in_new` says
    whether the new text cites the same.
    """

    address: str
    cites: str
    addresses: tuple[str, ...]
    wps: tuple[str, ...]
    is_in_new: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many paragraphs about women fared how; `old` and `new` are those of each text, the rest are lines."""

    old: int
    new: int
    kept: int
    reworded: int
    merged: int
    split: int
    dropped: int
    new_lines: int
    words_removed: int
    weaker: int
    stronger: int
    neutral: int


@dataclass(frozen=True, slots=True)
class Whole:
    """The size of both texts, so that a reader sees when everything shrank: paragraphs, and words."""

    old_paragraphs: int
    new_paragraphs: int
    old_words: int
    new_words: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A renewal beside the text before it. `old` is None, with a `reason`, when there is nothing to compare with.

    `paired` is the share of the old paragraphs, about women or not, that stand in the new text in some form.
    `is_taken_over` says that the old text is another body's: what is gone was not taken over, never dropped.
    `not_repeated` is None unless the new text is short and renews for a full term, by reference to the old one: then it
    has the old paragraphs about women that the new text does not repeat, and there are no lines.
    """

    new: str
    old: str | None
    kind: Kind
    language: str = "en"
    body: str | None = None
    reason: str | None = None
    skipped: tuple[Skipped, ...] = ()
    lines: tuple[Line, ...] = ()
    terms: tuple[TermUse, ...] = ()
    references: tuple[Reference, ...] = ()
    whole: Whole | None = None
    paired: float = 0.0
    is_taken_over: bool = False
    not_repeated: tuple[Paragraph, ...] | None = None

    @property
    def counts(self) -> Counts:
        """The lines, counted."""
        return count(self.lines)


def count(lines: Sequence[Line]) -> Counts:
    """Count the lines by what became of them, and the paragraphs about women of either text."""
    statuses = Counter(line.status for line in lines)
    directions = Counter(line.direction for line in lines)
    return Counts(
        old=len({line.old.address for line in lines if line.old and line.old.is_wps}),
        new=len({line.new.address for line in lines if line.new and line.new.is_wps}),
        kept=statuses[Status.KEPT],
        reworded=statuses[Status.REWORDED],
        merged=statuses[Status.MERGED],
        split=statuses[Status.SPLIT],
        dropped=statuses[Status.DROPPED],
        new_lines=statuses[Status.NEW],
        words_removed=sum(line.wps is Wps.REMOVED for line in lines),
        weaker=directions[Direction.WEAKER],
        stronger=directions[Direction.STRONGER],
        neutral=directions[Direction.NEUTRAL],
    )
