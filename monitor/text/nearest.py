"""The nearest right word to a wrong one. Pure."""

from collections.abc import Iterable


def nearest_of(typed: str, known: Iterable[str]) -> str:
    """A hint for a word that is not known: `the nearest is 'extracts'`, or all words when none is near.

    >>> nearest_of("extract", ["alerts", "extracts"])
    "the nearest is 'extracts'"
    """
    from difflib import get_close_matches

    folded = {word.casefold(): word for word in sorted(known)}
    near = get_close_matches(typed.casefold(), folded, n=1, cutoff=0.5)
    return f"the nearest is {folded[near[0]]!r}" if near else f"known are {', '.join(map(repr, folded.values()))}"
