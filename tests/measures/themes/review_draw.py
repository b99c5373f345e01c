"""Draws paragraphs that nobody has labelled, for a review: half at random, half where rules and model disagree."""

import json
import random
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.measures.themes.cheap_model import CheapModel

SOURCES = {
    "resolution": "resolution",
    "presidential_statement": "statement",
    "report": "report",
    "mission_report": "mission_report",
    "letter": "letter",
    "unknown": "report",
}
"""What readers call each kind of document of `wpswatch parse`."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paragraph to be read. `themes` are what the rules give it: no reader sees them."""

    symbol: str
    address: str
    source: str
    half: str
    language: str
    heading: str
    chapeau: str
    text: str
    themes: tuple[str, ...]

    def shown(self) -> dict[str, str]:
        """What a reader sees of it, and an answer names it by."""
        return {key: getattr(self, key) for key in _SHOWN}


_SHOWN = ("symbol", "address", "source", "half", "language", "heading", "chapeau", "text")


def loose(text: str) -> str:
    """The letters of a text, by which the same paragraph is known again."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def read_parsed(paths: Iterable[Path], kinds: Collection[str], language: str) -> Iterator[Drawn]:
    """Every paragraph of some kinds of document in files of `wpswatch parse --jsonl`."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            source = SOURCES.get(document.get("kind", ""))
            if source in kinds and document.get("language") == language:
                yield from (_drawn(document, one, source) for one in document["paragraphs"])


def _drawn(document: Mapping[str, object], paragraph: Mapping[str, object], source: str) -> Drawn:
    said = paragraph.get("themes")
    themes = tuple(sorted({one["theme"] for one in said})) if isinstance(said, list) else ()
    text, heading, chapeau, address = (
        str(paragraph.get(key) or "") for key in ("text", "heading", "chapeau", "address")
    )
    language = str(document["language"])
    return Drawn(str(document["symbol"]), address, source, "random", language, heading, chapeau, text, themes)


def draw(pool: Iterable[Drawn], labelled: Collection[str], number: int, model: CheapModel, seed: int) -> list[Drawn]:
    """Draw `number` paragraphs with a word on women, as many of each kind as of the others, never one twice.

    `labelled` holds the loose texts of those that somebody has labelled. One in twelve has no such word: recall is
    measured, too. Of the half that teaches the most doubtful are drawn from six times as many.
    """
    dice = random.Random(seed)  # noqa: S311  a draw that can be made again
    unique = {loose(one.text): one for one in pool if len(one.text) >= _SHORTEST}
    fresh = [one for text, one in sorted(unique.items()) if text not in labelled]
    kinds = sorted({one.source for one in fresh})
    chosen: list[Drawn] = []
    for place, kind in enumerate(kinds):
        share = number // len(kinds) + (place < number % len(kinds))
        chosen += _of_kind([one for one in fresh if one.source == kind], share, model, dice)
    dice.shuffle(chosen)
    return chosen


def _of_kind(fresh: Sequence[Drawn], number: int, model: CheapModel, dice: random.Random) -> list[Drawn]:
    telling = [one for one in fresh if _CUE.search(f"{one.chapeau} {one.text}")]
    silent = [one for one in fresh if not _CUE.search(f"{one.chapeau} {one.text}")]
    half = (number + 1) // 2
    others = min(len(silent), max(1, number // 12)) if half > 1 else 0
    at_random = dice.sample(telling, min(len(telling), half - others)) + dice.sample(silent, others)
    left = [one for one in telling if one not in at_random]
    left.sort(key=lambda one: -model.disagreement(f"{one.chapeau} {one.text}", one.themes))
    teaching = left[: 6 * (number - half)]
    taught = dice.sample(teaching, min(len(teaching), number - half))
    return at_random + [Drawn(**{**one.shown(), "half": "disagree", "themes": one.themes}) for one in taught]


_SHORTEST = 40  # letters; a shorter paragraph is a heading
_CUE = re.compile(
    r"wom[ae]n|girl|gender|sexual|rape|female|feminis|1325|femme|fille|genre|sexe|\bviols?\b|féminin", re.IGNORECASE
)
