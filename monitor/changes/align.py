"""Says which paragraph of one text is which paragraph of another: by their words first, by their address when in doubt.

Does not say what changed (`monitor.changes.diff`) nor what it means (`monitor.changes.flags`).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from storage.folding import loose_text
from storage.models import Paragraph

# Read off three mandate renewals (2717/2765, 2729/2779, 2759/2800): paragraphs that carry an older one on share 0.45 of
# their words or more ("Taking note of the Report of the Secretary-General of 11 October 2024 (S/2024/730),": 0.45); the
# best of the wrong pairs ("Decides that the mission will withdraw ..." / "Expresses its readiness to ...") shares 0.32.
LEAST_SIMILARITY = 0.4

# At the same place less will do, of the words without their punctuation: "(c) women;" / "(c) women and girls;" is 0.5.
LEAST_SIMILARITY_IN_PLACE = 0.34

# One word for another in the same place is one changed paragraph, however short it is: "(c) women;" / "(c) girls;".
_ONE_WORD_REPLACED = 2

# The same address outweighs a slightly better likeness elsewhere: sub-paragraphs of one list often differ by a word.
ADDRESS_WEIGHT = 0.1

_PUNCTUATION = ".,;:!?()[]\"'“”‘’«»"


@dataclass(frozen=True, slots=True)
class Pair:
    """The same paragraph in both texts, by its position in each."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """Every position of both texts, exactly once: `pairs` in the order of the later text, the rest in printed order."""

    pairs: tuple[Pair, ...]
    added: tuple[int, ...]
    removed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A possible pair; the smallest is the best: most alike, then nearest in the order of the texts."""

    rank: tuple[float, float, int, int]
    before: int
    after: int


def align(before: Sequence[Paragraph], after: Sequence[Paragraph]) -> Alignment:
    """Pair the paragraphs of two texts one to one.

    Identical words come first (white space, hyphens and quotation marks aside), in the order in which most of them
    stand; then the most alike, from the best down; last, those that kept their place and some of their words.
    """
    paired: dict[int, int] = {}
    _pair_identical(before, after, paired)
    _pair_similar(before, after, paired)
    _pair_in_place(before, after, paired)
    taken = set(paired.values())
    return Alignment(
        pairs=tuple(sorted((Pair(i, j) for i, j in paired.items()), key=lambda pair: pair.after)),
        added=tuple(j for j in range(len(after)) if j not in taken),
        removed=tuple(i for i in range(len(before)) if i not in paired),
    )


def _pair_identical(before: Sequence[Paragraph], after: Sequence[Paragraph], paired: dict[int, int]) -> None:
    """Pair paragraphs with the same words.

    The longest run of them in common order decides which "(a) women;" is which where the same words stand several
    times; what is left over has moved, and goes to its own address, else to the next free place.
    """
    from rapidfuzz.distance import Indel

    codes: dict[str, int] = {}
    old = [codes.setdefault(loose_text(paragraph.text), len(codes)) for paragraph in before]
    new = [codes.setdefault(loose_text(paragraph.text), len(codes)) for paragraph in after]
    for step in Indel.opcodes(old, new):
        if step.tag == "equal":
            paired.update(zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True))
    taken = set(paired.values())
    left: defaultdict[int, list[int]] = defaultdict(list)
    for j, code in enumerate(new):
        if j not in taken:
            left[code].append(j)
    moved = [i for i, code in enumerate(old) if i not in paired and left.get(code)]
    for is_address_kept in (True, False):
        for i in moved:
            places = left[old[i]]
            free = [j for j in places if not is_address_kept or before[i].address == after[j].address]
            if i not in paired and free:
                paired[i] = free[0]
                places.remove(free[0])


def _pair_similar(before: Sequence[Paragraph], after: Sequence[Paragraph], paired: dict[int, int]) -> None:
    """Pair what shares most of its words, greedily from the best pair down."""
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    old, new = _free(before, after, paired)
    codes: dict[str, str] = {}
    choices = {j: _coded(after[j].text, codes) for j in new}
    candidates = [
        _candidate(before, after, i, j, similarity)
        for i in old
        for _, similarity, j in process.extract(
            _coded(before[i].text, codes),
            choices,
            scorer=Indel.normalized_similarity,
            processor=None,
            score_cutoff=LEAST_SIMILARITY,
            limit=None,
        )
    ]
    _take_best(candidates, paired)


def _pair_in_place(before: Sequence[Paragraph], after: Sequence[Paragraph], paired: dict[int, int]) -> None:
    """Pair what kept its place and at least a part of its words: the same address, else between the same neighbours."""
    old, new = _free(before, after, paired)
    addresses = {after[j].address: j for j in new}
    ends = {-1: -1, len(before): len(after), **paired}
    for i in old:
        j = addresses.get(before[i].address)
        if j is None and i - 1 in ends and i + 1 in ends and ends[i - 1] + 1 == ends[i + 1] - 1:
            j = addresses.get(after[ends[i - 1] + 1].address)
        if j is not None and _is_one_in_place(before[i].text, after[j].text):
            paired[i] = j
            del addresses[after[j].address]


def _is_one_in_place(before: str, after: str) -> bool:
    from rapidfuzz.distance import Indel

    old, new = ([word.strip(_PUNCTUATION) for word in text.split()] for text in (before, after))
    if Indel.distance(old, new) <= _ONE_WORD_REPLACED:
        return True
    return Indel.normalized_similarity(old, new) >= LEAST_SIMILARITY_IN_PLACE


def _free(
    before: Sequence[Paragraph], after: Sequence[Paragraph], paired: dict[int, int]
) -> tuple[list[int], list[int]]:
    taken = set(paired.values())
    old = [i for i, paragraph in enumerate(before) if i not in paired and paragraph.text.strip()]
    return old, [j for j, paragraph in enumerate(after) if j not in taken and paragraph.text.strip()]


def _coded(text: str, codes: dict[str, str]) -> str:
    """One character for each word, so that likeness over words is counted by C code made for short strings."""
    return "".join([codes.setdefault(word, chr(0x100 + len(codes))) for word in text.split()])


def _candidate(
    before: Sequence[Paragraph], after: Sequence[Paragraph], i: int, j: int, similarity: float
) -> _Candidate:
    weight = ADDRESS_WEIGHT if before[i].address == after[j].address else 0.0
    distance = abs(i / len(before) - j / len(after))
    return _Candidate((-similarity - weight, distance, i, j), i, j)


def _take_best(candidates: list[_Candidate], paired: dict[int, int]) -> None:
    taken = set(paired.values())
    for candidate in sorted(candidates, key=lambda one: one.rank):
        if candidate.before not in paired and candidate.after not in taken:
            paired[candidate.before] = candidate.after
            taken.add(candidate.after)
