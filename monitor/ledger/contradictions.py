"""What the sources tell of the same document and cannot all be right about. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, groupby
from typing import Final

from storage.models import FactField
from storage.told_values import KnownFact, agree

DISPUTABLE: Final = (FactField.ADOPTED_ON, FactField.MEETING, FactField.VOTE, FactField.OUTCOME)
"""The fields in which two values cannot both be right. Titles and sponsors are put in other words by each source."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One field of one document, with what each witness tells of it."""

    symbol: str
    field: FactField
    facts: tuple[KnownFact, ...]


def find_contradictions(facts: Iterable[KnownFact]) -> list[Contradiction]:
    """The fields of documents in which two of the present facts do not agree, by symbol, numbers in their order.

    A vote of which one source gives the counts and another only says that it was unanimous is no contradiction.
    """
    told = sorted(facts, key=lambda fact: (_in_order(fact.symbol), fact.field, fact.source, fact.origin))
    found = []
    for (symbol, field), group in groupby(told, key=lambda fact: (fact.symbol, fact.field)):
        witnesses = tuple(group)
        is_disputed = any(not agree(one.value, other.value) for one, other in combinations(witnesses, 2))
        if field in DISPUTABLE and is_disputed:
            found.append(Contradiction(symbol, field, witnesses))
    return found


def _in_order(symbol: str) -> list[tuple[int, str]]:
    """A symbol so that `S/RES/9 (1946)` comes before `S/RES/10 (1946)`."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", symbol)]
