"""How far the witnesses of a document agree, paragraph by paragraph. Pure; does not say which one is right.

A witness is what one source gave in one format: the UN's XML, the PDF of the documents service. The one that is shown
is the measure; white space, hyphens and quotation marks that only the format makes do not count.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.changes.diff import ParagraphChange, diff_paragraphs
from storage.models import Paragraph
from storage.records import ChangeKind


@dataclass(frozen=True, slots=True)
class Agreement:
    """What another witness has beside the one that is shown: paragraphs with the same words at the same address.

    `elsewhere` have the same words at another address. `differences` name the witness's words as `after`: modified,
    added (only it has them) or removed (it lacks them).
    """

    paragraphs: int
    same: int
    elsewhere: tuple[ParagraphChange, ...]
    differences: tuple[ParagraphChange, ...]

    @property
    def is_whole(self) -> bool:
        """Whether both have the same words at the same addresses."""
        return not self.elsewhere and not self.differences


def agreement(shown: Sequence[Paragraph], other: Sequence[Paragraph]) -> Agreement:
    """Compare a witness's paragraphs with those that are shown."""
    changes = diff_paragraphs(shown, other)
    elsewhere = tuple(change for change in changes if change.kind in (ChangeKind.MOVED, ChangeKind.RENUMBERED))
    differences = tuple(change for change in changes if change not in elsewhere)
    otherwise = sum(change.after is not None for change in changes)
    return Agreement(len(other), len(other) - otherwise, elsewhere, differences)
