"""Finds terms of art, scopes and subjects in a text by name. Pure; the names are data (terms.toml, scopes.toml)."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any


class VocabularyError(ValueError):
    """A vocabulary does not say what it must."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of art. `family` are those that stand for one another, `rank` how wide it is among them.

    A term of `qualifiers` is a run of words that holds all of `needs` and none of `bars`, in any order.
    """

    name: str
    family: str
    rank: int = 0
    phrases: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()
    bars: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Use:
    """A name of the vocabulary at `text[start:end]`."""

    name: str
    start: int
    end: int
    printed: str


@lru_cache(maxsize=4096)
def term_uses(text: str) -> tuple[Use, ...]:
    """The terms of art of a text in their order; where phrases overlap, the longer is meant."""
    found = _found(_phrases(), text)
    found += [
        Use(name, *run.span(), run[0]) for run in _qualified().finditer(text) if (name := _qualified_term(run[0]))
    ]
    return tuple(sorted(found, key=lambda use: use.start))


@lru_cache(maxsize=4096)
def scope_uses(text: str) -> tuple[Use, ...]:
    """The scopes of a text: how far its words reach."""
    return tuple(_found(_scopes(), text))


@lru_cache(maxsize=4096)
def subjects_in(text: str) -> tuple[Use, ...]:
    """The words that make a text be about women."""
    return tuple(Use(one[0].casefold(), *one.span(), one[0]) for one in _subjects().finditer(text))


@lru_cache(maxsize=4096)
def qualifiers_in(text: str) -> frozenset[str]:
    """How participation is qualified in a text: `full, equal and safe participation` gives full, equal and safe."""
    return frozenset(word for run in _participation().finditer(text) for word in _qualifiers_of(run["words"]))


@lru_cache(maxsize=4096)
def series_in(text: str) -> frozenset[str]:
    """The women, peace and security resolutions that a text names, by number."""
    return frozenset(use.name for use in subjects_in(text) if use.name.isdigit())


@cache
def load_terms() -> tuple[Term, ...]:
    """All terms of art, in the order of the file; a wrong file is an error at once."""
    terms = tuple(
        Term(
            one["name"],
            one["family"],
            one.get("rank", 0),
            tuple(phrase for written in one.get("phrases", ()) for phrase in spelled_out(written)),
            frozenset(one.get("with", ())),
            frozenset(one.get("without", ())),
        )
        for one in _read("terms.toml")["term"]
    )
    names = [term.name for term in terms]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise VocabularyError(f"expected each term once in terms.toml, found more often: {', '.join(twice)}")
    if empty := [term.name for term in terms if not term.phrases and not term.needs]:
        raise VocabularyError(f"expected phrases or `with` for each term in terms.toml, found none: {', '.join(empty)}")
    return terms


def term_named(name: str) -> Term:
    """The term of a name."""
    return next(term for term in load_terms() if term.name == name)


def spelled_out(written: str) -> Iterable[str]:
    """Every phrase that a written one stands for: `advis(e|o)r` gives `adviser` and `advisor`."""
    opening = _INNERMOST.search(written)
    if opening is None:
        yield " ".join(written.split())
        return
    for one in opening[1].split("|"):
        yield from spelled_out(written[: opening.start()] + one + written[opening.end() :])


_INNERMOST = re.compile(r"\(([^()]*\|[^()]*)\)")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a phrase in small letters; `is_open` for any ending: `advis*`."""

    stem: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase with its name. Between two words stands a blank, a comma or a hyphen; an apostrophe is of any kind.

    It is matched by hand: to compile all phrases as patterns takes longer than to read a renewal.
    """

    name: str
    words: tuple[_Word, ...]

    def may_begin_with(self, word: str) -> bool:
        """Whether it may begin with a word as a text is cut into them: of "30%" and "women's" the first part."""
        stem = self.words[0].stem
        if len(stem) > len(word):
            return stem.startswith(word) and not _is_letter(stem[len(word)])
        return word.startswith(stem) if self.words[0].is_open else word == stem

    def end_at(self, folded: str, at: int) -> int | None:
        """Where the phrase ends that begins at a place of a folded text; None where it is another."""
        for n, word in enumerate(self.words):
            if n:
                behind = at
                while at < len(folded) and (folded[at] in _GAPS or folded[at].isspace()):
                    at += 1
                if at == behind:
                    return None
            if not folded.startswith(word.stem, at):
                return None
            at += len(word.stem)
            while word.is_open and at < len(folded) and (_is_letter(folded[at]) or folded[at] == "'"):
                at += 1
        is_within = at < len(folded) and _is_letter(folded[at]) and _is_letter(folded[at - 1])
        return None if is_within else at


_GAPS = frozenset(",-‐‑–")


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


class _Book:
    """Phrases, the longest first, and for each word that texts were found to have those that may begin with it."""

    def __init__(self, named: Sequence[tuple[str, Iterable[str]]]) -> None:
        self._by_letters: dict[str, list[_Phrase]] = {}
        self._at: dict[str, tuple[_Phrase, ...]] = {}
        parts = sorted(
            ((phrase, name) for name, phrases in named for phrase in phrases), key=lambda part: -len(part[0])
        )
        for phrase, name in parts:
            words = tuple(_Word(word.removesuffix("*"), word.endswith("*")) for word in phrase.casefold().split())
            if any("*" in word.stem for word in words) or not words[0].stem[:_FIRST].isalnum():
                raise VocabularyError(f"expected words with * at their end at most, found {phrase!r}")
            self._by_letters.setdefault(words[0].stem[:_FIRST], []).append(_Phrase(name, words))

    def at(self, word: str) -> tuple[_Phrase, ...]:
        """The phrases that may begin with a word in small letters."""
        found = self._at.get(word)
        if found is None:
            phrases = self._by_letters.get(word[:_FIRST], ())
            found = self._at[word] = tuple(one for one in phrases if one.may_begin_with(word))
        return found


_FIRST = 2
_WORD = re.compile(r"\w+")


def _found(book: _Book, text: str) -> list[Use]:
    """The phrases of a book in a text, in their order; none begins within another."""
    found, end = [], 0
    folded = _folded(text)
    for word in _WORD.finditer(folded):
        at = word.start()
        if at < end:
            continue
        for one in book.at(word[0]):
            behind = one.end_at(folded, at)
            if behind is not None:
                end = behind
                found.append(Use(one.name, at, end, text[at:end]))
                break
    return found


def _folded(text: str) -> str:
    """A text in small letters, letter by letter, so that places stay what they are."""
    plain = text.replace("’", "'")
    small = plain.lower()
    return small if len(small) == len(plain) else "".join(one.lower()[0] for one in plain)


@cache
def _phrases() -> _Book:
    return _Book([(term.name, term.phrases) for term in load_terms()])


@cache
def _scopes() -> _Book:
    scopes = _read("scopes.toml")["scope"]
    return _Book([(one["name"], [each for way in one["phrases"] for each in spelled_out(way)]) for one in scopes])


@cache
def _subjects() -> re.Pattern[str]:
    read = _read("terms.toml")
    stems = [rf"{word.strip()}\b" if word.endswith(" ") else rf"{word}\w*" for word in read["subjects"]]
    series = "|".join(map(str, read["series"]))
    return re.compile(
        rf"\b(?:{'|'.join(stems)}|(?:{series})(?=\s*\(\d{{4}}\)|\s+National|\s+on\s+women))", re.IGNORECASE
    )


@cache
def _qualified() -> re.Pattern[str]:
    """A run of at least two qualifiers: "full, equal, meaningful and safe"."""
    word = "|".join(sorted(_read("terms.toml")["qualifiers"], key=len, reverse=True))
    return re.compile(rf"\b(?:{word})(?:(?:[\s,]+(?:and\s+)?)(?:{word}))+\b", re.IGNORECASE)


@cache
def _participation() -> re.Pattern[str]:
    """Qualifiers in front of participation, with whose it is between: "full and equal political participation"."""
    word = "|".join(sorted(_read("terms.toml")["qualifiers"], key=len, reverse=True))
    return re.compile(
        rf"\b(?P<words>(?:{word})(?:(?:[\s,]+(?:and\s+)?)(?:{word}))*)\s+(?:\w+\s+)?"
        r"(?:participation|inclusion|involvement|representation|leadership)",
        re.IGNORECASE,
    )


def _qualifiers_of(run: str) -> set[str]:
    words = {word.removesuffix("ly") for word in re.findall(r"[a-z]+", run.casefold())} - {"and"}
    return {"full" if word == "ful" else word for word in words}  # "fully"


def _qualified_term(run: str) -> str | None:
    words = _qualifiers_of(run)
    return next(
        (term.name for term in load_terms() if term.needs and term.needs <= words and not term.bars & words), None
    )
