"""Reads the reviewed vocabulary and rules of this package, checks them, and compiles them once, at first use.

Nothing is read at import. A mistake in the data is a `VocabularyError` that names the entry.
"""

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Any

from scraper.themes.phrases import PhraseBook, PhraseError, spelled_out, trigger_pattern

RULES = ("rules/agenda.toml", "rules/participation.toml", "rules/harm.toml", "rules/justice.toml")
# The words of each language. The rules are one for all: they name concepts, never words.
WORDS = {
    "en": (
        "words/en/vocabulary.toml",
        "words/en/contexts.toml",
        "words/en/contexts_harm.toml",
        "words/en/contexts_missions.toml",
    ),
    "fr": ("words/fr/vocabulary.toml", "words/fr/contexts.toml", "words/fr/contexts_harm.toml"),
}


SUBJECT = "subject"  # every subject concept's phrases are filed under this name as well
OPENER = "opener"  # the concept of the verbs that open a clause


class VocabularyError(ValueError):
    """The vocabulary's data is wrong: expected, found, where."""


@dataclass(frozen=True, slots=True)
class Term:
    """One condition of a rule: a phrase of one of these concepts, at this place.

    `clause` is the clause of the rule's anchor; `near` any clause of the paragraph, within the rule's distance;
    `paragraph` anywhere in the paragraph's own words; `chapeau` and `heading` the words above it, `title` the short
    degrees of a chapeau; `document` a fact about the document (`wps-series`). `within` overrides the rule's distance.
    A measured term's distance from the anchor counts.
    """

    place: str
    concepts: tuple[str, ...]
    within: int | None
    is_measured: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """What gives a theme: all its terms hold, none of `unless` does.

    The first term is the anchor: it is always a clause term, and the others must stand within `within` characters of
    it (None: anywhere in the clause) and, in an ordered rule, behind it. A fallback is tried only when no other rule
    gave a theme. `example` is a text that it labels, `under` a chapeau and `heading` where it needs them. Its terms
    are also bits (see `_SHIFTS`), for a quick no: `needed` all of those with one concept, `masks` each of the others.
    """

    id: str
    themes: tuple[str, ...]
    terms: tuple[Term, ...]
    unless: tuple[Term, ...]
    within: int | None
    is_ordered: bool
    is_fallback: bool
    example: str
    under: str | None
    heading: str | None
    needed: int
    masks: tuple[int, ...]
    facts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The compiled whole. `trigger` finds the few paragraphs worth careful work."""

    themes: tuple[str, ...]
    book: PhraseBook
    trigger: re.Pattern[str]
    rules: tuple[Rule, ...]
    by_anchor: dict[str, tuple[Rule, ...]]
    fallbacks: dict[str, tuple[Rule, ...]]


@cache
def vocabulary(language: str = "en") -> Vocabulary:
    """The package's own vocabulary in a language of `WORDS`."""
    return compile_vocabulary({name: _read(name) for name in (*WORDS[language], *RULES)})


@cache
def vocabulary_version() -> str:
    """The version of the data of all languages: a hash of it, so that no change goes unnoticed."""
    return version_of({name: _read(name) for words in (*WORDS.values(), RULES) for name in words})


def version_of(files: Mapping[str, str]) -> str:
    """A hash of TOML texts, keyed by file name."""
    return hashlib.sha256("\0".join(files[name] for name in sorted(files)).encode()).hexdigest()[:12]


def _read(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")


def compile_vocabulary(files: Mapping[str, str]) -> Vocabulary:
    """Compile TOML texts, keyed by file name: `themes`, `[concept.*]` tables and `[[rule]]` entries, in any of them."""
    data = _gathered(files)
    phrases = _phrases(data.concepts)
    subjects = {phrase for phrase, name in phrases if name == SUBJECT}
    _insist(bool(subjects), "at least one concept with subject = true", "none", "the vocabulary")
    trigger = _trigger(data.triggers, subjects)
    shielding = {name for name, table in data.concepts.items() if table.get("shields")}
    hiding = [one for one in phrases if not {one[0]} & subjects and one[1] not in shielding and trigger.search(one[0])]
    _insist(not hiding, "no phrase that hides a subject's word, unless it shields", hiding[:3], "the vocabulary")
    book = PhraseBook(phrases)
    rules = _rules(data, book)
    return Vocabulary(
        themes=tuple(data.themes),
        book=book,
        trigger=trigger,
        rules=rules,
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
    stretch: float = 1.0


def _gathered(files: Mapping[str, str]) -> _Data:
    data = _Data()
    for name, text in files.items():
        try:
            tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise VocabularyError(f"expected TOML, found {error} in {name}") from error
        known = {"themes", "triggers", "stretch", "concept", "rule"}
        _insist(tables.keys() <= known, f"only {sorted(known)}", sorted(tables), name)
        data.themes += tables.get("themes", [])
        data.triggers += tables.get("triggers", [])
        data.rules += tables.get("rule", [])
        data.stretch = tables.get("stretch", data.stretch)
        for concept, table in tables.get("concept", {}).items():
            _insist(concept not in data.concepts, "each concept once", concept, name)
            data.concepts[concept] = table
    return data


def _trigger(triggers: Iterable[str], subjects: Iterable[str]) -> re.Pattern[str]:
    """The cheap first pass; it must not miss a phrase that the careful pass would find."""
    begins = [phrase for written in triggers for phrase in spelled_out(written)]
    pattern = re.compile(trigger_pattern(begins))
    missed = [phrase for phrase in subjects if not pattern.search(phrase)]
    _insist(not missed, "a trigger for every subject phrase", missed[:3], "triggers")
    return pattern


def _insist(holds: bool, expected: str, found: object, where: str) -> None:
    if not holds:
        raise VocabularyError(f"expected {expected}, found {found} in {where}")


def _phrases(concepts: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str]]:
    filed = []
    keys = {"subject", "shields", "says", "also", "phrases"}
    for name, table in concepts.items():
        where = f"concept {name}"
        _insist(table.keys() <= keys, f"keys of {sorted(keys)}", sorted(table), where)
        _insist(bool(table.get("phrases")), "at least one phrase", "none", where)
        _insist({*concepts, SUBJECT} >= set(table.get("also", [])), "known concepts in also", table.get("also"), where)
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
    _insist(named[1] in concepts, "a known concept in braces", named[1], where)
    phrases = concepts[named[1]]["phrases"]
    return [f"{written[: named.start()]}{phrase}{written[named.end() :]}" for phrase in phrases]


_CONCEPT_IN_PHRASE = re.compile(r"\{([a-z-]+)\}")  # "{mission}" in "requests {mission}"


def _rules(data: _Data, book: PhraseBook) -> tuple[Rule, ...]:
    rules = [_rule(table, frozenset(data.concepts) | {SUBJECT}, data.themes, book) for table in data.rules]
    ids = Counter(rule.id for rule in rules)
    _insist(len(ids) == len(rules), "each id once", [one for one, count in ids.items() if count > 1], "the rules")
    return tuple(rules if data.stretch == 1 else (_stretched(rule, data.stretch) for rule in rules))


def _stretched(rule: Rule, by: float) -> Rule:
    """The same rule with longer distances, for a language that takes more letters to say the same."""

    def longer(within: int | None) -> int | None:
        return None if within is None else round(within * by)

    terms, unless = (
        tuple(replace(term, within=longer(term.within)) for term in each) for each in (rule.terms, rule.unless)
    )
    return replace(rule, within=longer(rule.within), terms=terms, unless=unless)


def _rule(table: Mapping[str, Any], concepts: frozenset[str], themes: Container[str], book: PhraseBook) -> Rule:
    where = f"rule {table.get('id', '?')}"
    _insist({"id", "themes", "when", "example"} <= table.keys() <= _KEYS, f"keys of {sorted(_KEYS)}", [*table], where)
    _insist(bool(table["themes"]), "at least one theme", "none", where)
    for theme in table["themes"]:
        _insist(theme in themes, "a known theme", repr(theme), where)
    terms = tuple(_term(written, concepts, where) for written in table["when"])
    _insist(bool(terms) and terms[0].place == "clause", "a first term in the clause", table["when"], where)
    masks = [
        book.mask(term.concepts) << _SHIFTS[term.place] * len(book.bits) for term in terms if term.place != "document"
    ]
    return Rule(
        id=table["id"],
        themes=tuple(table["themes"]),
        terms=terms,
        unless=tuple(_term(written, concepts, where) for written in table.get("unless", [])),
        within=table.get("within"),
        is_ordered=table.get("ordered", False),
        is_fallback=table.get("fallback", False),
        example=table["example"],
        under=table.get("under"),
        heading=table.get("heading"),
        facts=frozenset(fact for term in terms if term.place == "document" for fact in term.concepts),
        needed=sum({mask for mask in masks if mask.bit_count() == 1}),
        masks=tuple(mask for mask in masks if mask.bit_count() != 1),
    )


_KEYS = {"id", "themes", "when", "unless", "within", "ordered", "fallback", "example", "under", "heading"}
# Where the concepts of each place stand in the one number that tells all that a clause and its surroundings hold.
_SHIFTS = {"clause": 0, "near": 1, "paragraph": 1, "chapeau": 2, "title": 3, "heading": 4}
_PLACES = (*_SHIFTS, "document")


def _term(written: str, concepts: frozenset[str], where: str) -> Term:
    """Read `women|gender`, `chapeau:mission` or `near:peace-process@150`."""
    found = _TERM.fullmatch(written)
    if found is None:
        raise VocabularyError(f"expected a term such as 'near:women|gender@80', found {written!r} in {where}")
    place = found["place"] or "clause"
    within = int(found["within"]) if found["within"] else None
    term = Term(place, tuple(found["names"].split("|")), within, is_measured=place in ("clause", "near"))
    _insist(term.place in _PLACES, f"a place of {_PLACES}", term.place, where)
    if term.place != "document":
        _insist(concepts.issuperset(term.concepts), "known concepts", written, where)
    return term


# a term such as near:peace-process|transition@150
_TERM = re.compile(r"(?:(?P<place>[a-z]+):)?(?P<names>[a-z|-]+)(?:@(?P<within>[0-9]+))?")


def _by_anchor(rules: Iterable[Rule]) -> dict[str, tuple[Rule, ...]]:
    by_anchor: dict[str, list[Rule]] = {}
    for rule in rules:
        for concept in rule.terms[0].concepts:
            by_anchor.setdefault(concept, []).append(rule)
    return {concept: tuple(found) for concept, found in by_anchor.items()}
