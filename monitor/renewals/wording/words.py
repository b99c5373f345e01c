"""The words of a paragraph as renewals are compared by: spelling, letter case, dates and numbers folded away.

Does not fold what weighs: a quota's number stays, as does every word.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

# a symbol as "S/2024/292", a number as "2467" or "35 %", a word as "women's"
_WORD = re.compile(r"[SA]/[\w./]*\d+|\d+(?:[.,]\d+)*\s?%?|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\W_]+")
_MONTHS = frozenset(
    ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
     "december", "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
     "novembre", "décembre")
)  # fmt: skip
# the letters of "paragraphs 17 (c) and 20 (a) (ii)"
_LETTERS = re.compile(r"\([a-z]{1,4}\)")
_PER_CENT = frozenset({"per", "percent", "pour"})

# British and American spelling, and the two ways in which the Council's own texts write some words
_SPELLING = (
    (re.compile(r"'s$|'$"), ""),  # "women's participation" is participation of women
    (re.compile(r"is(e|es|ed|ing|ation|ations)$"), r"iz\1"),
    (re.compile(r"ys(e|es|ed|ing)$"), r"yz\1"),
    (re.compile(r"ogramme(s?)$"), r"ogram\1"),
    (re.compile(r"our(s?|ed|ing|able|ably|ite|al)$"), r"or\1"),
    (re.compile(r"(?<=[a-z]{3}[aeiou])ll(s|ed|ing|ment)?$"), r"l\1"),
    (re.compile(r"^centre$"), "center"),
    (re.compile(r"^centred$"), "centered"),
    (re.compile(r"visor(s?|y)$"), r"viser\1"),
    (re.compile(r"ence$"), "ense"),
)


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word, and where in the text it stands."""

    word: str
    start: int
    end: int


@lru_cache(maxsize=16384)
def folded(word: str) -> str:
    """One word without case and in one spelling: `Analysing` gives `analyzing`, `Women’s` gives `women`."""
    plain = word.casefold().replace("’", "'")
    for pattern, instead in _SPELLING:
        plain = pattern.sub(instead, plain)
    return plain


@lru_cache(maxsize=16384)  # the texts of a chain are compared twice: with the one before, with the one behind
def words_of(text: str) -> tuple[Word, ...]:
    """The folded words of a text; dates, symbols and numbers that are no quota are left out.

    The names of one authority are one word.

    `Requests the GoSS by 30 April 2026 to ensure women’s 35% quota` gives `requests the @south-sudan by to ensure women
    35% quota`.
    """
    found = list(_WORD.finditer(text))
    raw = [one[0].casefold().replace("’", "'") for one in found]
    kept = [
        Word("".join(raw[n].split()) if raw[n][0].isdigit() else folded(raw[n]), *one.span())
        for n, one in enumerate(found)
        if not (raw[n][0].isdigit() or raw[n] in _MONTHS or raw[n][1:2] == "/") or not _is_number(raw, n)
    ]
    if numbered := _letters_of_numbers(text):
        kept = [word for word in kept if word.start not in numbered]
    return tuple(_named(kept))


def _letters_of_numbers(text: str) -> set[int]:
    """Where letters stand in brackets behind a number, or behind such letters: they are part of the number."""
    found: set[int] = set()
    end = 0
    for one in _LETTERS.finditer(text):
        before = text[: one.start()].rstrip(" ")
        if before[-1:].isdigit() or (found and len(before) == end):
            found.add(one.start() + 1)
            end = one.end()
    return found


def key_of(words: Sequence[Word]) -> str:
    """What two texts have in common when they are the same but for spelling, hyphens, dates, numbers and names."""
    return "".join([one.word for one in words])


def _is_number(raw: Sequence[str], n: int) -> bool:
    word = raw[n]
    if word[0].isdigit():
        following = raw[n + 1] if n + 1 < len(raw) else ""
        return not word.endswith("%") and following not in _PER_CENT
    if word[:2] in ("s/", "a/"):
        return True
    if word in _MONTHS:
        beside = (raw[n - 1] if n else "", raw[n + 1] if n + 1 < len(raw) else "")
        return any(one[:1].isdigit() for one in beside)
    return False


def _named(words: list[Word]) -> list[Word]:
    """Put one word for each name of an authority, the longest name first."""
    names = _names()
    told, n = [], 0
    while n < len(words):
        for name, instead in names.get(words[n].word, ()):
            if tuple(one.word for one in words[n : n + len(name)]) == name:
                told.append(Word(instead, words[n].start, words[n + len(name) - 1].end))
                n += len(name)
                break
        else:
            told.append(words[n])
            n += 1
    return told


@cache
def _names() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Each name by its first word, longest first, with the word that stands for it."""
    read = tomllib.loads(files(__package__).joinpath("names.toml").read_text(encoding="utf-8"))["authorities"]
    names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for authority, written in read.items():
        for name in written:
            parts = tuple(folded(one) for one in name.split())
            names.setdefault(parts[0], []).append((parts, f"@{authority}"))
    for under in names.values():
        under.sort(key=lambda one: -len(one[0]))
    return names
