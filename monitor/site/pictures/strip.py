"""The map of a document: a mark for each paragraph in order, tall where it is on women, peace and security. Pure.

One line in dashes, one dash a paragraph, and an upright stroke over each that is on women: short even for a thousand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

HEIGHT: Final = 34
#: A paragraph is one unit wide, of which a mark fills so much; the stylesheet draws it so.
MIDDLE: Final = ".35"


@dataclass(frozen=True, slots=True)
class Strip:
    """Two drawn paths, of the quiet marks and of the tall ones, and how many there are in all and of the tall ones."""

    off: str
    on: str
    count: int
    on_count: int
    height: int = HEIGHT


def strip_of(marks: Sequence[bool]) -> Strip:
    """The strip of so many paragraphs."""
    tall = [at for at, is_on in enumerate(marks) if is_on]
    gaps = [f"m{after - before}-{HEIGHT}v{HEIGHT}" for before, after in pairwise(tall)]
    on = "".join([f"M{tall[0]}{MIDDLE} 0v{HEIGHT}", *gaps]) if tall else ""
    return Strip(f"M0 25h{len(marks)}" if marks else "", on, len(marks), len(tall))
