"""Compiles a list of phrases into one regular expression whose shared beginnings are folded into a trie.

A phrase is written in plain lower case. `(a|b|)` stands for each of its alternatives, a final `*` for any ending of
the word, and a space also for a hyphen (see `folding`): `gender (advis(e|o)r|focal point)(s|)`, `participat*`.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from scraper.council.phrase_pattern import trie_pattern


class PhraseError(ValueError):
    """A phrase that cannot be read: expected, found, where."""


def spelled_out(phrase: str) -> Iterator[str]:
    """Yield every phrase that the alternatives of a written one stand for.

    >>> sorted(spelled_out("gender advis(e|o)r(s|)"))
    ['gender adviser', 'gender advisers', 'gender advisor', 'gender advisors']
    """
    opening = _INNERMOST.search(phrase)
    if opening is None:
        yield _checked(phrase)
        return
    for alternative in opening[1].split("|"):
        yield from spelled_out(phrase[: opening.start()] + alternative + phrase[opening.end() :])


def _checked(phrase: str) -> str:
    plain = " ".join(phrase.replace("-", " ").split())
    if not _PLAIN_PHRASE.fullmatch(plain) or plain.count("(") != plain.count(")"):
        raise PhraseError(f"expected a phrase of lower-case words, digits and a final '*', found {phrase!r}")
    return plain


_INNERMOST = re.compile(r"\(([^()]*\|[^()]*)\)")  # "(e|o)" in "advis(e|o)r"; "(2000)" holds no bar and stays text
_PLAIN_PHRASE = re.compile(r"[^\W_A-Z][^A-Z*|{}]*\*?")


class PhraseBook:
    """Phrases, each filed under one or more concepts, found in folded text longest first and never overlapping."""

    def __init__(self, filed: Iterable[tuple[str, str]]) -> None:
        """Take (spelled-out phrase, concept) pairs."""
        concepts: dict[str, list[str]] = {}
        bits: dict[str, int] = {}
        for phrase, concept in filed:
            under = concepts.setdefault(phrase, [])
            bits.setdefault(concept, 1 << len(bits))
            if concept not in under:
                under.append(concept)
        self.bits = bits
        self._concepts = {phrase: self._with_mask(under) for phrase, under in concepts.items()}
        self.pattern = re.compile(r";|\. |\b" + trie_pattern(concepts))  # ";" and ". " end a clause
        self.concepts_of = lru_cache(maxsize=8192)(self._look_up)

    def __len__(self) -> int:
        """How many phrases, spelled out."""
        return len(self._concepts)

    def bit(self, concept: str) -> int:
        """The bit of a concept in the masks; 0 for one without phrases."""
        return self.bits.get(concept, 0)

    def mask(self, concepts: Iterable[str]) -> int:
        """The bits of several concepts."""
        return sum({self.bit(concept) for concept in concepts})

    def concepts_in(self, folded: str) -> set[str]:
        """The concepts of which a phrase stands in a folded text."""
        return {concept for match in self.pattern.finditer(folded) for concept in self.concepts_of(match[0])[0]}

    def _with_mask(self, concepts: list[str]) -> "Filed":
        return tuple(concepts), self.mask(concepts)

    def _look_up(self, found: str) -> "Filed":
        """The concepts of a found piece of folded text, with their mask; none for a full stop or semicolon."""
        plain = " ".join(found.split())
        if plain in self._concepts:
            return self._concepts[plain]
        for end in range(len(plain), 0, -1):
            filed = self._concepts.get(plain[:end] + "*")
            if filed is not None:
                return filed
        return (), 0


Filed = tuple[tuple[str, ...], int]


def trigger_pattern(words: Iterable[str]) -> str:
    """An alternation that finds where one of these words begins, several times cheaper than the careful one.

    `re` steps fast over every letter that no alternative begins with. So the words share a few rare letters, and each
    alternative begins with its word's: "gender" is looked for as `g(?:ender)`, "sex" as `x(?<=sex)`. What stands before
    the letter is looked at last, since most places fail on the letters behind it. It runs on lowered text that is not
    folded yet, so between two words may stand anything that is no letter. A final `$` wants the word to end there:
    `viol$` is not found in "violence".

    >>> trigger_pattern(["gender", "girl", "sex"])
    'g(?:ender|irl)|x(?:(?<=sex))'
    """
    known = list(dict.fromkeys(words))
    shared: set[str] = set()
    for word in sorted(known, key=lambda one: -min(map(_rank, one))):  # those without a rare letter have no choice
        if not shared & set(word):
            shared.add(min(word, key=_rank))
    by_letter: dict[str, list[str]] = {}
    for word in known:
        places = [at for at in range(len(word)) if word[at] in shared]
        place = min(places, key=lambda at: (at == len(word) - 1, _rank(word[at])))  # the last has nothing behind it
        behind = f"(?<={_loosely(word)})" if place else ""
        by_letter.setdefault(word[place], []).append(_loosely(word[place + 1 :]) + behind)
    return "|".join(f"{letter}(?:{'|'.join(options)})" for letter, options in by_letter.items())


def _rank(letter: str) -> int:
    return _RARITY.index(letter) if letter in _RARITY else len(_RARITY)


def _loosely(words: str) -> str:
    return re.escape(words).replace(r"\ ", r"\W").replace(r"\$", r"\b")


_RARITY = "zqxjkvbw5678934y12fgpumchdlrsnaioet0"  # rarest first, as counted in the Council's English resolutions
