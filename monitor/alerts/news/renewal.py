"""What an alert tells of a renewal beside the text before it: counts, what is gone, reads weaker, is new. Pure.

Its paragraphs are extracts like any other, so that whatever shows extracts shows them: what is gone with the words it
had, what changed with both. What became of each stands in `lines`, in the same order.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from monitor.renewals.comparison import Comparison, Direction, Line, Status, Wps
from storage.drift_values import Kind
from storage.models import Paragraph

#: A text with one of these words is not silent, whatever its labels say.
WORDS: Final = re.compile(
    r"\b(?:wom[ae]n|girls?|gender\w*|sexual\w*|female|femmes?|filles?|sexist\w*)\b", re.IGNORECASE
)
#: Of two texts with a smaller share of the old paragraphs in the new one, it is not plain that they belong together.
RELATED: Final = 0.05


class Group(StrEnum):
    """Under which heading a paragraph of a renewal stands, in the order in which they are told."""

    GONE = "gone"
    WEAKER = "weaker"
    NEW = "new"
    OTHER = "other"  # other words, as strong or stronger


@dataclass(frozen=True, slots=True)
class RenewalLine:
    """What became of one paragraph; `old_address` or `new_address` is None where it has no counterpart.

    `wps` and `direction` are None where there is nothing to compare. `nearest` is the paragraph of the new text that
    comes nearest to one that is gone, None where none is known.
    """

    group: Group
    status: Status
    wps: Wps | None
    direction: Direction | None
    old_address: str | None
    new_address: str | None
    nearest: str | None


@dataclass(frozen=True, slots=True)
class Renewal:
    """A renewal beside the last full text before it in the chain of its mandate.

    `old_count` and `new_count` are the paragraphs about women of either text; the other counts are of lines, those of
    whole texts are paragraphs and words. `kept` are addresses. `expires_on` is None where no day is known. With
    `is_taken_over` the old text is another body's: what is gone was not taken over. A short text that renews for a full
    term, by reference, is of kind `rollover`: `not_repeated` are the old paragraphs about women that it does not say
    again, and it has neither counts nor lines. `corrects` is how the same renewal was told before another witness of
    the text gave other words, None where it is told for the first time.
    """

    old: str
    kind: Kind
    body: str
    expires_on: date | None
    is_taken_over: bool
    skipped: tuple[str, ...]
    old_count: int
    new_count: int
    dropped: int
    words_removed: int
    weaker: int
    stronger: int
    added: int
    kept: tuple[str, ...]
    old_paragraphs: int
    new_paragraphs: int
    old_words: int
    new_words: int
    lines: tuple[RenewalLine, ...]
    not_repeated: tuple[str, ...] = ()
    corrects: str | None = None

    @property
    def is_by_reference(self) -> bool:
        """Whether it renews a mandate for a full term without setting it out."""
        return self.kind is Kind.ROLLOVER


def is_told(found: Comparison) -> bool:
    """Whether a comparison is worth an alert: a renewal, not a rollover, beside a text with words about women."""
    is_renewal = found.kind in (Kind.RENEWAL, Kind.SUCCESSOR, Kind.TERMINATION)
    return is_renewal and found.old is not None and bool(found.lines) and found.paired >= RELATED


def is_told_by_reference(found: Comparison) -> bool:
    """Whether a short text for a full term leaves paragraphs about women to the text before it."""
    return bool(found.not_repeated)


def is_silent(found: Comparison, new: Iterable[Paragraph]) -> bool:
    """Whether words about women stood in the old text and none do in the new one: no label, and none of the words."""
    counts = found.counts
    return counts.old > 0 and counts.new == 0 and not any(WORDS.search(paragraph.text) for paragraph in new)


def fates(renewal: Renewal) -> frozenset[tuple[str, str]]:
    """What became of each paragraph that is not as it was, as far as another witness of the text is worth telling.

    Reworded, merged and split are one: two printings part their paragraphs in their own ways. So are the addresses of
    new paragraphs, which are counted.
    """
    new = sum(line.old_address is None for line in renewal.lines)
    told = {(line.old_address, _fate_of(line)) for line in renewal.lines if line.old_address is not None}
    return frozenset({*told, ("new", str(new))})


def _fate_of(line: RenewalLine) -> str:
    if line.wps is Wps.REMOVED:
        return "silent"
    return "lives on" if line.status.lives_on else line.status.value


def told_lines(found: Comparison) -> list[tuple[Group, Line]]:
    """The lines of a comparison that an alert tells, by group; kept paragraphs are told by address alone.

    Where a mandate ends nothing reads weaker or stronger: it is a list.
    """
    order = list(Group)
    told = [(_group(line, found.kind), line) for line in found.lines if line.status is not Status.KEPT]
    return sorted(told, key=lambda one: order.index(one[0]))


def renewal_of(found: Comparison, expires_on: date | None) -> Renewal:
    """A comparison as an alert tells it."""
    counts, whole = found.counts, found.whole
    told = told_lines(found)
    kept = [line.new.address for line in found.lines if line.status is Status.KEPT and line.new]
    return Renewal(
        old=found.old or "",
        kind=found.kind,
        body=found.body or "",
        expires_on=expires_on,
        is_taken_over=found.is_taken_over,
        skipped=tuple(f"{one.symbol} ({one.why})" for one in found.skipped),
        old_count=counts.old,
        new_count=counts.new,
        dropped=counts.dropped,
        words_removed=counts.words_removed,
        weaker=sum(group is Group.WEAKER for group, _ in told),
        stronger=0 if found.kind is Kind.TERMINATION else counts.stronger,
        added=counts.new_lines,
        kept=tuple(dict.fromkeys(kept)),
        old_paragraphs=whole.old_paragraphs if whole else 0,
        new_paragraphs=whole.new_paragraphs if whole else 0,
        old_words=whole.old_words if whole else 0,
        new_words=whole.new_words if whole else 0,
        lines=tuple(_line(group, line, found.kind) for group, line in told),
        not_repeated=tuple(one.address for one in found.not_repeated or ()),
    )


def renewal_from(record: dict[str, Any] | None) -> Renewal | None:
    """The renewal that was written as JSON."""
    if record is None:
        return None
    expires_on = record["expires_on"]
    return Renewal(
        **record
        | {
            "kind": Kind(record["kind"]),
            "expires_on": date.fromisoformat(expires_on) if expires_on else None,
            "skipped": tuple(record["skipped"]),
            "kept": tuple(record["kept"]),
            "not_repeated": tuple(record.get("not_repeated", ())),
            "lines": tuple(_line_from(line) for line in record["lines"]),
        }
    )


def _group(line: Line, kind: Kind) -> Group:
    if line.is_silent:
        return Group.GONE
    if line.direction is Direction.WEAKER and kind is not Kind.TERMINATION:
        return Group.WEAKER
    return Group.NEW if line.status is Status.NEW or line.wps is Wps.ADDED else Group.OTHER


def _line(group: Group, line: Line, kind: Kind) -> RenewalLine:
    return RenewalLine(
        group=group,
        status=line.status,
        wps=line.wps,
        direction=None if kind is Kind.TERMINATION else line.direction,
        old_address=line.old.address if line.old else None,
        new_address=line.new.address if line.new else None,
        nearest=line.nearest.address if line.nearest and line.status is Status.DROPPED else None,
    )


def _line_from(record: dict[str, Any]) -> RenewalLine:
    return RenewalLine(
        **record
        | {
            "group": Group(record["group"]),
            "status": Status(record["status"]),
            "wps": Wps(record["wps"]) if record["wps"] else None,
            "direction": Direction(record["direction"]) if record["direction"] else None,
        }
    )
