"""How much of an alert is set out in full: mail programs cut what is long, and people do. Pure."""

from dataclasses import dataclass, replace
from typing import Final

MANY: Final = 25
"""Of more paragraphs than this only the new and the changed ones are shown in full words."""


@dataclass(frozen=True, slots=True)
class Room:
    """At most so much is shown of one message; what is left out is counted, and where it stands is said.

    `words` are paragraphs in full words, `characters` those of each. `lines` are paragraphs in a line each, of one
    document; `stories` are alerts of a digest that are set out below its list of contents.
    """

    words: int
    lines: int
    stories: int
    characters: int

    def without(self, words: int) -> "Room":
        """What is left when so many paragraphs are shown."""
        return replace(self, words=max(self.words - words, 0))


WHOLE: Final = Room(words=100_000, lines=100_000, stories=100_000, characters=1_000_000)
"""For a terminal, a file or a page: everything is shown."""

ROOMS: Final = (
    Room(words=400, lines=400, stories=40, characters=12_000),
    Room(words=60, lines=400, stories=40, characters=8_000),
    Room(words=40, lines=300, stories=40, characters=6_000),
    Room(words=25, lines=300, stories=40, characters=6_000),
    Room(words=16, lines=300, stories=40, characters=4_000),
    Room(words=10, lines=300, stories=40, characters=4_000),
    Room(words=6, lines=200, stories=40, characters=4_000),
    Room(words=3, lines=200, stories=40, characters=4_000),
    Room(words=1, lines=200, stories=40, characters=3_000),
    Room(words=0, lines=200, stories=40, characters=0),
    Room(words=0, lines=60, stories=40, characters=0),
    Room(words=0, lines=20, stories=40, characters=0),
    Room(words=0, lines=10, stories=10, characters=0),
    Room(words=0, lines=5, stories=0, characters=0),
)
"""For a mail: the first of these in which it stays below the limit."""
