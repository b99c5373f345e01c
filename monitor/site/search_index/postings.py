"""Where each stem stands, packed: in which paragraphs and how much it weighs there, and at which words. Pure.

A posting is the gap to the paragraph before, times four, plus a weight from 0 to 3: what BM25 makes of how often the
stem stands in the paragraph and how long that is, beside a paragraph of fixed length. So a page ranks without knowing
lengths, and a paragraph weighs the same whatever else is held.

A stretch of paragraphs is packed by itself, its paragraphs counted from 0; stretches one behind the other are joined by
the gap between them. So one that has not changed need not be read again.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from monitor.site.search_index.codec import varints

_K1: Final = 1.2
_B: Final = 0.75
_AVERAGE: Final = 40.0
_STEPS: Final = (0.7, 1.1, 1.5)
#: A word's place in a stretch is its paragraph's number above so many bits, and below them its place in the paragraph.
_SHIFT: Final = 24
_LOW: Final = (1 << _SHIFT) - 1


class StemRun(NamedTuple):
    """One stem in a stretch: the first and the last of its paragraphs, how many they are, the first one's weight.

    `rest` are the postings behind the first, `places` the places in the words of each.
    """

    first: int
    last: int
    paragraphs: int
    weight: int
    rest: bytes
    places: bytes


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many paragraphs: the stem of each printed word, and where each stem stands."""

    paragraphs: int
    words: Mapping[str, str]
    runs: Mapping[str, StemRun]


@dataclass(frozen=True, slots=True)
class Packed:
    """One stem: in how many paragraphs it stands, its postings, and its places in the words of each."""

    stem: str
    paragraphs: int
    postings: bytes
    places: bytes


def stretch_of(texts: Sequence[Sequence[str]], stems: Mapping[str, str]) -> Stretch:
    """A stretch of the words of some paragraphs."""
    standing: defaultdict[str, list[int]] = defaultdict(list)
    for at, words in enumerate(texts):
        for place, word in enumerate(words, at << _SHIFT):
            standing[stems[word]].append(place)
    norms = [_K1 * (1 - _B + _B * len(words) / _AVERAGE) for words in texts]
    once = [_weight(1, norm) for norm in norms]
    runs = {stem: _run(standing[stem], norms, once) for stem in sorted(standing)}
    return Stretch(len(texts), dict(stems), runs)


def _run(standing: Sequence[int], norms: Sequence[float], once: Sequence[int]) -> StemRun:
    """A stem's run; `standing` has the paragraph in its upper bits, the place in it in the lower ones."""
    postings: list[int] = []
    places: list[int] = []
    last = before = first = -1
    count = times = of_first = here = 0
    for each in standing:
        at = each >> _SHIFT
        if at == last:
            places.append(each - here)
            times += 1
        else:
            if times > 1:
                places[of_first] = times
                postings[-1] += _weight(times, norms[last]) - once[last]
            before, last = last, at
            count += 1
            first = at if first < 0 else first
            postings.append((at - max(before, 0)) * 4 + once[at])
            of_first, times = len(places), 1
            places += (1, each & _LOW)
        here = each
    if times > 1:
        places[of_first] = times
        postings[-1] += _weight(times, norms[last]) - once[last]
    return StemRun(first, last, count, postings[0] & 3, varints(postings[1:]), varints(places))


def joined(stretches: Sequence[Stretch]) -> Iterator[Packed]:
    """Every stem of stretches that follow each other, in order."""
    bases = [0]
    for stretch in stretches:
        bases.append(bases[-1] + stretch.paragraphs)
    for stem in sorted({stem for stretch in stretches for stem in stretch.runs}):
        postings: list[bytes] = []
        places: list[bytes] = []
        before = count = 0
        for base, stretch in zip(bases, stretches, strict=False):
            run = stretch.runs.get(stem)
            if run is not None:
                postings += (varints([(base + run.first - before) * 4 + run.weight]), run.rest)
                places.append(run.places)
                before = base + run.last
                count += run.paragraphs
        yield Packed(stem, count, b"".join(postings), b"".join(places))


def _weight(times: int, norm: float) -> int:
    share = times * (_K1 + 1) / (times + norm)
    return (share >= _STEPS[0]) + (share >= _STEPS[1]) + (share >= _STEPS[2])
