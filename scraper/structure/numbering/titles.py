"""What stands above other text within a paragraph's list: titles of sub-paragraphs, and headings among its points.

Both ways of reading, the UN's XML and blocks from print, ask here, so that they give the same addresses and headings.
"""

from dataclasses import dataclass
from enum import Enum

_STOPS = (".", ";", ",", "; and", "; or", ", and", ", or")
_MOST_WORDS = 40  # of a title: "Facilitate the creation of a secure environment for ... humanitarian assistance" has 18
_FEW_WORDS = 12  # of one that ends in a colon: "Supporting the Implementation of the Agreement:"


def is_title(text: str) -> bool:
    """Whether the words of a sub-paragraph are a title and no clause: they open with a capital and end openly.

    Its text stands below it: "(c) Protection of civilians" and, on the next line, "To protect ...".
    """
    is_led = text.endswith(":")
    if not text[:1].isupper() or (not is_led and text.endswith(_STOPS)):
        return False
    return len(text.split()) <= (_FEW_WORDS if is_led else _MOST_WORDS)


class _Use(Enum):
    """What has stood under the last heading so far: nothing, points of a list begun above it, or whole paragraphs."""

    NONE = "none"
    LIST = "list"
    WHOLE = "whole"


@dataclass(slots=True)
class Headings:
    """The heading under which the next paragraph stands.

    One within a list ends with the list: "Rule of law:" among the points of S/RES/2387 (2017), para. 43 (e), does not
    stand over paragraph 44.
    """

    current: str | None = None
    _of_whole: str | None = None
    _use: _Use = _Use.NONE

    def set(self, heading: str | None) -> None:
        """A heading is read."""
        self.current, self._use = heading, _Use.NONE

    def begin_whole(self) -> None:
        """A whole numbered paragraph begins."""
        if self._use is _Use.LIST:
            self.current = self._of_whole
        self._of_whole, self._use = self.current, _Use.WHOLE

    def begin_point(self) -> None:
        """A point of a numbered paragraph's list begins."""
        if self._use is _Use.NONE:
            self._use = _Use.LIST

    def clear(self) -> None:
        """An annex begins, or the body: no heading so far stands over it."""
        self.current = self._of_whole = None
        self._use = _Use.NONE
