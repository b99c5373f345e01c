"""Reads the reviewed vocabulary and rules of this package, checks them, and compiles them once, at first use.

Nothing is read at import. A mistake in the data is a `VocabularyError` that names the entry.
"""

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Any

from scraper.themes.items import KEYS as ITEM_KEYS
from scraper.themes.items import Items, items_of, known_words
from scraper.themes.names import KEYS as NAME_KEYS
from scraper.themes.names import LIST as MISSIONS
from scraper.themes.names import mission_phrases, names_of
from scraper.themes.phrases import PhraseBook, PhraseError, spelled_out, trigger_pattern
from scraper.themes.rule import Rule, VocabularyError, insist, read_rule, stretched

RULES = ("rules/agenda.toml", "rules/participation.toml", "rules/harm.toml", "rules/justice.toml")
# The words of each language. The rules are one for all: they name concepts, never words.
WORDS = {
    "en": (
        "words/en/vocabulary.toml",
        "words/en/contexts.toml",
        "words/en/contexts_harm.toml",
        "words/en/contexts_missions.toml",
        "words/en/lists.toml",
    ),
    "fr": (
        "words/fr/vocabulary.toml",
        "words/fr/contexts.toml",
        "words/fr/contexts_harm.toml",
        "words/fr/contexts_told.toml",
        "words/fr/lists.toml",
    ),
}


SUBJECT = "subject"  # every subject concept's phrases are filed under this name as well
OPENER = "opener"  # the concept of the verbs that open a clause
WOMEN = "women"  # the concept of women and girls themselves
COUNTED = "counted"  # the concept of women with a number before them: "57 women"; the code finds it beside its phrases


@dataclass(frozen=True, slots=True, eq=False)  # one for each language: itself is its hash
class Vocabulary:
    """The compiled whole. `trigger` finds the few paragraphs worth careful work."""

    themes: tuple[str, ...]
    book: PhraseBook
    trigger: re.Pattern[str]
    items: Items
    names: re.Pattern[str]
    counted: int  # the bit of COUNTED
    rules: tuple[Rule, ...]
    by_anchor: dict[str, tuple[Rule, ...]]
    fallbacks: dict[str, tuple[Rule, ...]]


def vocabulary(language: str = "en") -> Vocabulary:
    """The package's own vocabulary in a language of `WORDS`."""
    return _compiled(language)  # the cache tells `vocabulary()` from `vocabulary("en")`, and would compile it twice


@cache
def _compiled(language: str) -> Vocabulary:
    return compile_vocabulary({name: _read(name) for name in (*WORDS[language], *RULES)}, _missions())


@cache
def vocabulary_version() -> str:
    """The version of the data of all languages: a hash of it, so that no change goes unnoticed."""
    files = {name: _read(name) for words in (*WORDS.values(), RULES) for name in words}
    return version_of({**files, MISSIONS: _missions()})


def version_of(files: Mapping[str, str]) -> str:
    """A hash of TOML texts, keyed by file name."""
    return hashlib.sha256("\0".join(files[name] for name in sorted(files)).encode()).hexdigest()[:12]


def _read(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")


def _missions() -> str:
    """The list of missions, which lies beside this package and is read there as data."""
    return (resources.files("scraper") / MISSIONS).read_text(encoding="utf-8")


def compile_vocabulary(files: Mapping[str, str], missions: str = "") -> Vocabulary:
    """Compile TOML texts, keyed by file name: `themes`, `[concept.*]` tables and `[[rule]]` entries, in any of them.

    `missions` is the text of the list of missions, whose names a concept with `missions = true` takes as phrases.
    """
    data = _gathered(files)
    for table in data.concepts.values():
        if table.pop("missions", False):
            named = mission_phrases(missions, only=table.pop("only", ()), without=table.pop("without", ()))
            table["phrases"] = [*named, *table.get("phrases", ())]
    phrases = _phrases(data.concepts)
    subjects = {phrase for phrase, name in phrases if name == SUBJECT}
    insist(bool(subjects), "at least one concept with subject = true", "none", "the vocabulary")
    trigger = _trigger(data.triggers, subjects)
    shielding = {name for name, table in data.concepts.items() if table.get("shields")}
    hiding = [one for one in phrases if not {one[0]} & subjects and one[1] not in shielding and trigger.search(one[0])]
    insist(not hiding, "no phrase that hides a subject's word, unless it shields", hiding[:3], "the vocabulary")
    book = PhraseBook(phrases)
    whole = Vocabulary(
        themes=tuple(data.themes),
        book=book,
        trigger=trigger,
        items=items_of(known_words(data.items)),
        names=names_of(known_words(data.names)),
        counted=book.bit(COUNTED),
        rules=(),
        by_anchor={},
        fallbacks={},
    )
    return with_rules(whole, _rules(data, book))


def with_rules(known: Vocabulary, rules: Sequence[Rule]) -> Vocabulary:
    """The same words with these rules: to see what one rule does, or what is lost without it."""
    return replace(
        known,
        rules=tuple(rules),
        by_anchor=_by_anchor(rule for rule in rules if not rule.is_fallback),
        fallbacks=_by_anchor(rule for rule in rules if rule.is_fallback),
    )


@dataclass(slots=True)
class _Data:
    """What the files hold together."""

    themes: list[str] = field(default_factory=list)
    triggers: list[str] = field(default_factory=list)
    concepts: dict[str, dict[str, Any]] = field(default_factory=dict)
    rules: list[dict[str, Any]] = field(default_factory=list)
    items: list[dict[str, Any]] = field(default_factory=list)
    names: list[dict[str, Any]] = field(default_factory=list)
    stretch: float = 1.0


def _gathered(files: Mapping[str, str]) -> _Data:
    data = _Data()
    for name, text in files.items():
        try:
            tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise VocabularyError(f"expected TOML, found {error} in {name}") from error
        known = {"themes", "triggers", "stretch", "concept", "rule", "items", "names"}
        insist(tables.keys() <= known, f"only {sorted(known)}", sorted(tables), name)
        data.themes += tables.get("themes", [])
        data.triggers += tables.get("triggers", [])
        data.rules += tables.get("rule", [])
        for key, known_keys, into in (("items", ITEM_KEYS, data.items), ("names", NAME_KEYS, data.names)):
            if key in tables:
                insist(
                    tables[key].keys() <= known_keys, f"only {sorted(known_keys)}", [*tables[key]], f"{key} of {name}"
                )
                into.append(tables[key])
        data.stretch = tables.get("stretch", data.stretch)
        for concept, table in tables.get("concept", {}).items():
            insist(concept not in data.concepts, "each concept once", concept, name)
            data.concepts[concept] = table
    return data


def _trigger(triggers: Iterable[str], subjects: Iterable[str]) -> re.Pattern[str]:
    """The cheap first pass; it must not miss a phrase that the careful pass would find."""
    begins = [phrase for written in triggers for phrase in spelled_out(written)]
    pattern = re.compile(trigger_pattern(begins))
    missed = [phrase for phrase in subjects if not pattern.search(phrase)]
    insist(not missed, "a trigger for every subject phrase", missed[:3], "triggers")
    return pattern


def _phrases(concepts: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str]]:
    filed = []
    keys = {"subject", "shields", "says", "also", "phrases"}
    for name, table in concepts.items():
        where = f"concept {name}"
        insist(table.keys() <= keys, f"keys of {sorted(keys)}", sorted(table), where)
        insist(bool(table.get("phrases")), "at least one phrase", "none", where)
        insist({*concepts, SUBJECT} >= set(table.get("also", [])), "known concepts in also", table.get("also"), where)
        for written in table["phrases"]:
            try:
                phrases = [own for one in _filled_in(written, concepts, where) for own in spelled_out(one)]
            except PhraseError as error:
                raise VocabularyError(f"{error} in {where}") from error
            under = (name, *table.get("also", []), *([SUBJECT] if table.get("subject") else []))
            filed += [(phrase, one) for phrase in phrases for one in under]
    return filed


def _filled_in(written: str, concepts: Mapping[str, Mapping[str, Any]], where: str) -> list[str]:
    """Put each of a concept's own phrases where `{concept}` stands: `requests {mission}`."""
    named = _CONCEPT_IN_PHRASE.search(written)
    if named is None:
        return [written]
    insist(named[1] in concepts, "a known concept in braces", named[1], where)
    phrases = concepts[named[1]]["phrases"]
    return [f"{written[: named.start()]}{phrase}{written[named.end() :]}" for phrase in phrases]


_CONCEPT_IN_PHRASE = re.compile(r"\{([a-z-]+)\}")  # "{mission}" in "requests {mission}"


def _rules(data: _Data, book: PhraseBook) -> tuple[Rule, ...]:
    rules = [read_rule(table, frozenset(data.concepts) | {SUBJECT}, data.themes, book) for table in data.rules]
    ids = Counter(rule.id for rule in rules)
    insist(len(ids) == len(rules), "each id once", [one for one, count in ids.items() if count > 1], "the rules")
    return tuple(rules if data.stretch == 1 else (stretched(rule, data.stretch) for rule in rules))


def _by_anchor(rules: Iterable[Rule]) -> dict[str, tuple[Rule, ...]]:
    by_anchor: dict[str, list[Rule]] = {}
    for rule in rules:
        for concept in rule.terms[0].concepts:
            by_anchor.setdefault(concept, []).append(rule)
    return {concept: tuple(found) for concept, found in by_anchor.items()}
