"""Finds the official words that a published extract was cut from, and says where they part (pure).

Each piece of an extract is looked for in the resolution that it names, whole or as a part of a paragraph; then in all
other documents, through an index of samples of six neighbouring words, so that no piece is compared with all that is
held; last by likeness. Words are compared by their loose fold: white space, hyphens, quotation marks and
capital letters do not count, but where capitals differ it is told.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from zlib import crc32

from rapidfuzz import fuzz, process

from scraper.published.printed_places import ANNEX, PREAMBLE, PublishedPiece
from storage.folding import loose_text
from storage.published_values import PublishedEntry

SHINGLE = 6  # neighbouring words
ONE_IN = 8  # of so many shingles one is kept: the one that begins with a word chosen by its hash
TRIED = 8  # documents' paragraphs that share most shingles with a piece
LEAST_ALONE = 40  # folded characters from which the same words in another resolution are no coincidence
LIKE = 75.0  # of 100: words that are alike enough to be shown beside each other
_WORD = re.compile(r"\w+")
_ENDS = ".,;:"


class Match(StrEnum):
    """Where the words of a piece, or of an extract at its worst piece, stand officially."""

    SAME = "same"
    OTHER_ADDRESS = "another address"
    OTHER_RESOLUTION = "another resolution"
    WORDS_DIFFER = "words differ"
    NOT_FOUND = "not found"


_WORST_LAST = tuple(Match)


@dataclass(frozen=True, slots=True)
class OfficialParagraph:
    """One paragraph of a held document."""

    symbol: str
    address: str
    text: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PieceMatch:
    """One piece with the official paragraphs that hold its words, none when none does.

    `reason` says why there are none, or what is not quite the same.
    """

    piece: PublishedPiece
    match: Match
    official: tuple[OfficialParagraph, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ExtractMatch:
    """A published extract beside the official text."""

    entry: PublishedEntry
    pieces: tuple[PieceMatch, ...]

    @property
    def match(self) -> Match:
        """The worst of its pieces."""
        return max((piece.match for piece in self.pieces), key=_WORST_LAST.index, default=Match.NOT_FOUND)

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes of the official paragraphs that it was cut from, in the order of their names."""
        return tuple(sorted({theme for piece in self.pieces for one in piece.official for theme in one.themes}))


class Official:
    """The official paragraphs, and the ways to find words among them."""

    def __init__(self, paragraphs: Iterable[OfficialParagraph]) -> None:
        self.paragraphs = tuple(paragraphs)
        self._folds: dict[int, str] = {}
        self._of: dict[str, list[int]] = defaultdict(list)
        for n, paragraph in enumerate(self.paragraphs):
            self._of[paragraph.symbol].append(n)
        self._shingles: dict[str, list[int]] | None = None
        self._is_sampled: dict[str, bool] = {}

    def holds(self, symbol: str) -> bool:
        """Whether any paragraph of a document is there."""
        return symbol in self._of

    def of(self, symbol: str) -> Sequence[int]:
        """The paragraphs of a document, by their places."""
        return self._of.get(symbol, ())

    def fold(self, place: int) -> str:
        """A paragraph's loose fold, without the sign at its end; made when first asked for."""
        if place not in self._folds:
            self._folds[place] = folded(self.paragraphs[place].text)
        return self._folds[place]

    def nearest(self, text: str) -> list[int]:
        """The few paragraphs that share most of the sampled shingles with a text, the most first."""
        if self._shingles is None:
            self._shingles = defaultdict(list)
            for n, paragraph in enumerate(self.paragraphs):
                for shingle in self._sampled(paragraph.text):
                    self._shingles[shingle].append(n)
        shared = Counter(n for shingle in self._sampled(text) for n in self._shingles.get(shingle, ()))
        return [n for n, _ in shared.most_common(TRIED)]

    def _sampled(self, text: str) -> Iterator[str]:
        words = _WORD.findall(text.casefold())
        chosen = self._is_sampled
        for n in range(len(words) - SHINGLE + 1):
            word = words[n]
            if word not in chosen:
                chosen[word] = crc32(word.encode()) % ONE_IN == 0
            if chosen[word]:
                yield " ".join(words[n : n + SHINGLE])


def folded(text: str) -> str:
    """A text's loose fold in small letters, without the sign at its end: an extract may end before its paragraph."""
    return loose_text(text).casefold().rstrip(_ENDS)


def match_extract(entry: PublishedEntry, pieces: Sequence[PublishedPiece], official: Official) -> ExtractMatch:
    """Find each piece of an extract among the official paragraphs."""
    matches = tuple(match_piece(piece, entry.symbol, official) for piece in pieces)
    if entry.address and not any(_is_below(piece.address, entry.address) for piece in pieces):
        matches = tuple(_misplaced(each, entry.address) for each in matches)
    return ExtractMatch(entry, matches)


def _is_below(address: str | None, titled: str) -> bool:
    """Whether a piece stands in the paragraph that the title names, or nothing tells otherwise."""
    return address is None or address.partition(" (")[0] == titled.partition(" (")[0] or titled in (PREAMBLE, ANNEX)


def _misplaced(found: PieceMatch, titled: str) -> PieceMatch:
    """A piece under a number of its own that is not the title's: the words are where they say, the title is wrong."""
    if found.match is not Match.SAME:
        return found
    return replace(found, match=Match.OTHER_ADDRESS, reason=f"the title says {titled}")


def match_piece(piece: PublishedPiece, symbol: str | None, official: Official) -> PieceMatch:
    """Find one piece: its own words where it says, elsewhere in the resolution, in another one; then words like it."""
    fragments = [fold for part in piece.fragments if (fold := folded(part))]
    if not fragments:
        return PieceMatch(piece, Match.NOT_FOUND, reason="it has no words")
    own = official.of(symbol) if symbol else ()
    found = _exact(fragments, own, official) or _joined("".join(fragments), own, official)
    if found:
        is_there = any(is_at(official.paragraphs[n].address, piece.address) for n in found)
        chosen = [n for n in found if is_at(official.paragraphs[n].address, piece.address)] or found
        return _found(piece, Match.SAME if is_there else Match.OTHER_ADDRESS, chosen, official)
    near = official.nearest(piece.text)
    if len("".join(fragments)) >= LEAST_ALONE and (found := _exact(fragments, near, official)):
        return _found(piece, Match.OTHER_RESOLUTION, found[:1], official)
    return _like(piece, "".join(fragments), symbol, (*own, *near), official)


def is_at(address: str, printed: str | None) -> bool:
    """Whether an official address is the printed place: a preamble and an annex are printed as a whole."""
    if printed in (None, PREAMBLE, ANNEX):
        return printed is None or address.startswith(printed)
    return address == printed


def _found(piece: PublishedPiece, match: Match, places: Sequence[int], official: Official) -> PieceMatch:
    found = tuple(official.paragraphs[n] for n in places)
    is_same_case = match is Match.WORDS_DIFFER or _has_same_capitals(piece, found)
    return PieceMatch(piece, match, found, None if is_same_case else "capital letters differ")


def _has_same_capitals(piece: PublishedPiece, found: Sequence[OfficialParagraph]) -> bool:
    whole = "".join(loose_text(one.text).rstrip(_ENDS) for one in found)
    parts = [loose_text(part).rstrip(_ENDS) for part in piece.fragments]
    return all(part in whole for part in parts) or whole in "".join(parts)


def _exact(fragments: Sequence[str], places: Iterable[int], official: Official) -> list[int]:
    """The paragraphs that hold all fragments in their order; those that are the words and nothing else come first."""
    holding = [n for n in places if _holds(official.fold(n), fragments)]
    whole = "".join(fragments)
    return sorted(holding, key=lambda n: official.fold(n) != whole)


def _holds(fold: str, fragments: Sequence[str]) -> bool:
    start = 0
    for fragment in fragments:
        start = fold.find(fragment, start)
        if start < 0:
            return False
        start += len(fragment)
    return True


def _joined(whole: str, places: Sequence[int], official: Official) -> list[int]:
    """The neighbouring paragraphs that a piece holds in one line, chapeau and list; they must be nearly all of it."""
    inside = [n for n in places if len(official.fold(n)) >= LEAST_ALONE and official.fold(n) in whole]
    covered = sum(len(official.fold(n)) for n in inside)
    return inside if len(inside) > 1 and covered >= 0.9 * len(whole) else []


def _like(
    piece: PublishedPiece, fold: str, symbol: str | None, places: Sequence[int], official: Official
) -> PieceMatch:
    """The paragraph most like a piece, its own resolution's before another's."""
    choices = {n: official.fold(n) for n in places}
    best = process.extract(fold, choices, scorer=fuzz.ratio, limit=len(choices))
    ranked = sorted(best, key=lambda each: (each[1] >= LIKE, official.paragraphs[each[2]].symbol == symbol, each[1]))
    if ranked and ranked[-1][1] >= LIKE:
        return _found(piece, Match.WORDS_DIFFER, [ranked[-1][2]], official)
    if symbol is None:
        reason = "it names no resolution, and no held paragraph has these words"
    elif not official.holds(symbol):
        reason = f"{symbol} is not held"
    elif ranked:
        nearest = official.paragraphs[ranked[-1][2]]
        reason = (
            f"no paragraph has these words; nearest {nearest.symbol}, {nearest.address} ({ranked[-1][1]:.0f} of 100)"
        )
    else:
        reason = "no paragraph has these words"
    return PieceMatch(piece, Match.NOT_FOUND, reason=reason)
