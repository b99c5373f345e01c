"""The values of renewals: what a resolution is in its chain, what was passed over, and what people say of the lines.

Also which paragraphs of the texts as they stand now a person's word is about. Pure.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.folding import loose_text
from storage.models import Paragraph


@dataclass(frozen=True, slots=True)
class DriftCorrection:
    """One word of one person on two paragraphs; a side without a counterpart has neither address nor text.

    The texts are what the paragraphs said then. `direction` is None where the person said nothing of it.
    """

    new: str
    old: str
    language: str
    old_address: str | None
    old_text: str | None
    new_address: str | None
    new_text: str | None
    status: str
    direction: str | None
    author: str
    note: str | None
    made_at: datetime


def stands_at(address: str | None, text: str | None, paragraphs: Iterable[Paragraph]) -> str | None:
    """Where the paragraph stands of which a person spoke: where it did, else where the same words stand alone.

    None where it stands nowhere any more: then the word holds no longer.
    """
    if address is None or text is None:
        return None
    folded = loose_text(text)
    same = [one.address for one in paragraphs if loose_text(one.text) == folded]
    if address in same:
        return address
    return same[0] if len(same) == 1 else None


class Kind(StrEnum):
    """What a resolution is in its chain."""

    RENEWAL = "renewal"
    ROLLOVER = "rollover"  # the mandate as it is, for some more time
    CHANGE = "change"  # other tasks or strength; the expiry stays
    TERMINATION = "termination"  # the end, or the last extension
    SUCCESSOR = "successor"  # sets up the body that takes over
    NONE = "none"  # no link of the chain, or its first


@dataclass(frozen=True, slots=True)
class Skipped:
    """A link between a text and the one before it that was passed over, and why.

    `rollover`, `no expiry`, or `rollover for 9 days, text not held`.
    """

    symbol: str
    why: str
