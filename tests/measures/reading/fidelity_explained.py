"""Loads what is known of the differences that `tests.measures.fidelity` finds, from `fidelity_explained.toml`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_suffix(".toml")
# "OP 8", "PP 1 to 14"
_PLACE = re.compile(r"(PP|OP) (\d+)(?: to (\d+))?")
_TOP = re.compile(r"(?:PP|OP) \d+")


@dataclass(frozen=True, slots=True)
class Group:
    """Differences of one kind: how it is read here, how the other reads it, and why so here."""

    here: str
    there: str
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One document's differences: their groups, the paragraphs under which they stand, and what shows who is right."""

    symbol: str
    groups: tuple[str, ...]
    places: frozenset[str]
    evidence: str

    def covers(self, address: str) -> bool:
        """Whether a difference at an address, `OP 9 (a)`, stands under one of the places, `OP 9`."""
        return top_of(address) in self.places


@dataclass(frozen=True, slots=True)
class Explanations:
    """All that is explained; editions by symbol and language, numbers by symbol."""

    groups: Mapping[str, Group]
    readings: Mapping[str, Explanation]
    editions: Mapping[tuple[str, str], str]
    numbers: Mapping[str, str]


@cache
def load_explanations() -> Explanations:
    """Read the file; an unknown group or a place that is none is an error."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    groups = {name: Group(**values) for name, values in told["groups"].items()}
    readings = {row["symbol"]: _explanation(row, groups) for row in told["reading"]}
    editions = {(row["symbol"], row["language"]): row["why"] for row in told["edition"]}
    return Explanations(groups, readings, editions, {row["symbol"]: row["why"] for row in told["numbers"]})


def top_of(address: str) -> str:
    """The paragraph of the top level that an address stands under: `OP 9` for `OP 9 (a) #2`."""
    found = _TOP.match(address)
    return found[0] if found else address


def _explanation(row: Mapping[str, Any], groups: Mapping[str, Group]) -> Explanation:
    unknown = set(row["groups"]) - groups.keys()
    if unknown:
        raise ValueError(f"expected groups of {FILE.name} for {row['symbol']}, found {', '.join(sorted(unknown))}")
    places: set[str] = set()
    for text in row["places"]:
        found = _PLACE.fullmatch(text)
        if found is None:
            raise ValueError(f"expected a place such as 'OP 8' or 'PP 1 to 14' for {row['symbol']}, found {text!r}")
        sign, first, last = found.groups()
        places |= {f"{sign} {number}" for number in range(int(first), int(last or first) + 1)}
    return Explanation(row["symbol"], tuple(row["groups"]), frozenset(places), row["evidence"])
