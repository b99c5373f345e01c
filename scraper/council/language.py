"""Tells the language of a text by its script and, among Latin ones, by its commonest little words."""

import re
from collections import Counter

_SCRIPTS = {
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "ar": re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]"),
    "zh": re.compile(r"[\u3400-\u9fff]"),
}
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
# Words of one language only; "de", "la", "en" and "a" would tell nothing.
_LITTLE_WORDS = {
    "en": frozenset({"the", "and", "of", "to", "its", "with", "that", "this", "for", "by"}),
    "fr": frozenset({"le", "les", "des", "et", "du", "aux", "dans", "qui", "par", "une"}),
    "es": frozenset({"el", "los", "las", "y", "del", "al", "con", "por", "una", "para"}),
}
_LANGUAGE_OF = {word: language for language, words in _LITTLE_WORDS.items() for word in words}
_WORD = re.compile(r"[a-z]+")
_CHINESE_WEIGHT = 3  # one sign says what Latin script needs several letters for
UNKNOWN_LANGUAGE = "und"
"""The ISO code for a language that cannot be told."""


def language_of(text: str) -> str:
    """The language of a text as an ISO code, `und` when it cannot be told.

    A document's masthead may be in another language than its text, and its quotations too: the most letters win.
    """
    letters = {language: len(script.findall(text)) for language, script in _SCRIPTS.items()}
    letters["zh"] *= _CHINESE_WEIGHT
    language, count = max(letters.items(), key=lambda entry: entry[1])
    if count > len(_LATIN.findall(text)):
        return language
    little = Counter(_LANGUAGE_OF[word] for word in _WORD.findall(text.lower()) if word in _LANGUAGE_OF)
    return little.most_common(1)[0][0] if little else UNKNOWN_LANGUAGE
