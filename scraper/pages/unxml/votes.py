"""Reads how a resolution was adopted: `Adopted 13-0-2, 10089th meeting`, `Adopted unanimously` (pure)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: "Adopted 13-0-2, 10089th meeting", "Adopted (14-0-0, 1 absent), 4094th meeting", "Adopted unanimously , 9575th
#: meeting", "Adopted 12-0-3; voting by mail", "Adopted unanimously, 4092nd (Resumption 1) meeting"
ADOPTED = re.compile(
    r"""Adopted\ (?:
        \(?(?P<in_favour>\d{1,2})-(?P<against>\d{1,2})-(?P<abstaining>\d{1,2})(?:,\ (?P<absent>\d{1,2})\ absent)?\)?
        |(?P<manner>[a-z-]+(?:\ [a-z]+)?))
        (?:\ ?[,;]\ .*)?""",
    re.VERBOSE,
)
#: What may follow: a meeting, or the vote by mail of the months of the pandemic.
MANNERS = {
    "unanimously": "unanimous",
    "unanimoulsy": "unanimous",  # S/RES/1294 (2000)
    "unanimouly": "unanimous",  # S/RES/1304 (2000)
    "non-unanimously": "recorded",
    "without vote": "without_vote",
    "by acclamation": "acclamation",
}


@dataclass(frozen=True, slots=True)
class Vote:
    """How the Council adopted a text; the counts are None where nobody counted, or where they are not known.

    `manner` is one of `recorded`, `unanimous`, `without_vote`, `acclamation`.
    """

    manner: str
    in_favour: int | None = None
    against: int | None = None
    abstaining: int | None = None
    absent: int = 0


@dataclass(frozen=True, slots=True)
class VoteReading:
    """A vote, None when the words are of no known form, and what must be known of where its counts are from."""

    vote: Vote | None
    note: str | None = None


def read_vote(words: str, counts: Sequence[int | None] = ()) -> VoteReading:
    """The vote that the words tell.

    The words are trusted over the counts (for, against, abstaining) given beside them: S/RES/2812 (2026) counts 13 in
    favour and nobody abstaining beside "Adopted 13-0-2". The counts fill what "unanimously" leaves open.
    """
    known = len(counts) == 3 and None not in counts and counts[0]
    if not words and known:
        return VoteReading(_counted("recorded", counts), "no words on the vote: as it was counted")
    found = ADOPTED.fullmatch(words)
    if found is None:
        return VoteReading(None)
    if found["in_favour"]:
        vote = Vote(
            "recorded",
            int(found["in_favour"]),
            int(found["against"]),
            int(found["abstaining"]),
            int(found["absent"] or 0),
        )
        told = [vote.in_favour, vote.against, vote.abstaining]
        is_same = not counts or told == [*counts]
        return VoteReading(vote, None if is_same else f"counts say {_figures(counts)}, words {_figures(told)}")
    manner = MANNERS.get(found["manner"])
    if manner is None:
        return VoteReading(None)
    if manner in ("without_vote", "acclamation"):
        return VoteReading(Vote(manner))
    if not known:
        return VoteReading(Vote(manner), None if manner == "unanimous" else "no counts of the vote")
    if manner == "unanimous" and any(counts[1:]):
        return VoteReading(Vote(manner), f"counts say {_figures(counts)}, words 'unanimously'")
    note = None if manner == "unanimous" else "the words give no figures: as it was counted"
    return VoteReading(_counted(manner, counts), note)


def _counted(manner: str, counts: Sequence[int | None]) -> Vote:
    in_favour, against, abstaining = counts
    return Vote(manner, in_favour, against, abstaining)


def _figures(counts: Sequence[int | None]) -> str:
    return "-".join(map(str, counts))
