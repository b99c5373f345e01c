"""A cheap model of themes, from words alone: it is used only to find paragraphs on which it and the rules disagree.

Naive Bayes over the words of labelled paragraphs, a yes or no for each theme. It ships nowhere and labels nothing.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.measures.accuracy import Reading


@dataclass(frozen=True, slots=True)
class CheapModel:
    """For each theme the weight of each word, and that of no word at all."""

    weights: Mapping[str, Mapping[str, float]]
    priors: Mapping[str, float]

    def disagreement(self, text: str, themes: Iterable[str]) -> float:
        """How far its guesses are from these themes, over all themes: 0 where both are sure of the same."""
        given, words = set(themes), set(_words(text))
        return sum(abs(self._guess(theme, words) - (theme in given)) for theme in self.weights)

    def _guess(self, theme: str, words: Iterable[str]) -> float:
        weights = self.weights[theme]
        weight = self.priors[theme] + sum(weights.get(word, 0.0) for word in words)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, weight))))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


_WORD = re.compile(r"[^\W\d_]{3,}")


def learn(readings: Iterable[Reading]) -> CheapModel:
    """Learn from labelled paragraphs; what only one reader gave counts for neither side."""
    rows = [(set(_words(f"{one.paragraph.chapeau or ''} {one.paragraph.text}")), one) for one in readings]
    themes = sorted({theme for _, one in rows for theme in one.must})
    weights: dict[str, dict[str, float]] = {}
    priors: dict[str, float] = {}
    for theme in themes:
        held: Counter[str] = Counter()
        other: Counter[str] = Counter()
        with_theme = [words for words, one in rows if theme in one.must]
        without = [words for words, one in rows if theme not in one.must | one.may]
        for words in with_theme:
            held.update(words)
        for words in without:
            other.update(words)
        weights[theme] = {
            word: math.log((held[word] + 1) / (len(with_theme) + 2) / ((other[word] + 1) / (len(without) + 2)))
            for word in held | other
            if held[word] + other[word] >= _SELDOM
        }
        priors[theme] = math.log((len(with_theme) + 1) / (len(without) + 1))
    return CheapModel(weights, priors)


_SELDOM = 3  # a word in fewer paragraphs teaches nothing
