"""The nearest right word to a wrong one. Pure."""

from collections.abc import Mapping, Sequence


def nearest_of(typed: str, known: Sequence[str] | Mapping[str, object]) -> str:
    """A hint for a word that is not known: `the nearest is 'extracts'`, or all words when none is near."""
    from difflib import get_close_matches

    folded = {word.casefold(): word for word in known}
    near = get_close_matches(typed.casefold(), folded, n=1, cutoff=0.5)
    return f"the nearest is {folded[near[0]]!r}" if near else f"known are {', '.join(map(repr, known))}"
