"""The nearest right word to a wrong one. Pure."""

from collections.abc import Iterable
from typing import Final

#: So many names can be read at a glance.
_FEW: Final = 30


def nearest_of(typed: str, known: Iterable[str]) -> str:
    """A hint for a word that is not known: `the nearest is 'extracts'`, or, when none is near, all of a few words.

    >>> nearest_of("extract", ["alerts", "extracts"])
    "the nearest is 'extracts'"
    """
    from difflib import get_close_matches

    folded = {word.casefold(): word for word in sorted(known)}
    near = get_close_matches(typed.casefold(), folded, n=1, cutoff=0.5)
    if near:
        return f"the nearest is {folded[near[0]]!r}"
    if len(folded) > _FEW:
        return f"none of the {len(folded):,} known is near"
    return f"known are {', '.join(map(repr, folded.values()))}"
