"""The other spelling of an English word, British or American: `organisation` and `organization`. Pure."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

#: A word that may have an ending of its own must have a stem before it: "wise" has no other spelling.
_SHORTEST_STEM = 3


class _Pairs(NamedTuple):
    words: dict[str, str]
    roots: dict[str, str]
    endings: dict[str, str]


@lru_cache(maxsize=4096)
def other_spelling(word: str) -> str | None:
    """The word as it is spelled elsewhere, None where it is spelled so everywhere; small letters alone are known.

    >>> other_spelling("organisations"), other_spelling("labor"), other_spelling("women")
    ('organizations', 'labour', None)
    """
    pairs = _pairs()
    if word in pairs.words:
        return pairs.words[word]
    for length in range(len(word), _SHORTEST_STEM, -1):
        root = pairs.roots.get(word[:length])
        if root is not None:
            return root + word[length:]
    for length in range(len(word) - _SHORTEST_STEM, 2, -1):
        ending = pairs.endings.get(word[-length:])
        if ending is not None:
            return word[:-length] + ending
    return None


@cache
def _pairs() -> _Pairs:
    told = tomllib.loads(files(__package__).joinpath("spellings.toml").read_text(encoding="utf-8"))
    if not all(re.fullmatch("[a-z]+", word) for pairs in told.values() for pair in pairs for word in pair):
        raise ValueError("expected pairs of words in small letters in spellings.toml")
    return _Pairs(*(_both_ways(told[name]) for name in ("words", "roots", "endings")))


def _both_ways(pairs: list[tuple[str, str]]) -> dict[str, str]:
    return {one: other for pair in pairs for one, other in (tuple(pair), tuple(reversed(pair)))}
