"""Where each stem stands, packed: in which paragraphs and how much it weighs there, and at which words.

A posting is the gap to the paragraph before, times four, plus a weight from 0 to 3: what BM25 makes of how often the
stem stands in the paragraph and how long that is. So a page ranks without knowing lengths.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final

from monitor.site.search_index.codec import varints
from storage.sqlite.word_index import Instance

_K1: Final = 1.2
_B: Final = 0.75
_STEPS: Final = (0.7, 1.1, 1.5)


@dataclass(frozen=True, slots=True)
class Packed:
    """One stem: in how many paragraphs it stands, its postings, and its places in the words of each."""

    stem: str
    paragraphs: int
    postings: bytes
    places: bytes


def packed(instances: Iterable[Instance], lengths: Sequence[int]) -> Iterable[Packed]:
    """Every stem in the order it comes. `lengths` are the words of each paragraph."""
    average = sum(lengths) / max(len(lengths), 1)
    norms = [_K1 * (1 - _B + _B * length / average) if average else 1.0 for length in lengths]
    for stem, rows in groupby(instances, key=itemgetter(0)):
        numbers: list[int] = []
        places: list[int] = []
        before, count = 0, 0
        for text, group in groupby(rows, key=itemgetter(1)):
            offsets = [row[2] for row in group]
            numbers.append((text - before) * 4 + _weight(len(offsets), norms[text]))
            before = text
            count += 1
            places.append(len(offsets))
            last = 0
            for offset in offsets:
                places.append(offset - last)
                last = offset
        yield Packed(stem, count, varints(numbers), varints(places))


def _weight(times: int, norm: float) -> int:
    share = times * (_K1 + 1) / (times + norm)
    return sum(share >= step for step in _STEPS)
