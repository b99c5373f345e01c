"""Reads one rule of the reviewed data: what must stand where for a paragraph to carry a theme, and what must not.

It carries out nothing (see `evaluation`) and knows no theme or word itself.
"""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from typing import Any

from scraper.themes.phrases import PhraseBook


class VocabularyError(ValueError):
    """The vocabulary's data is wrong: expected, found, where."""


def insist(holds: bool, expected: str, found: object, where: str) -> None:
    """Raise a `VocabularyError` of three parts where something does not hold."""
    if not holds:
        raise VocabularyError(f"expected {expected}, found {found} in {where}")


@dataclass(frozen=True, slots=True)
class Term:
    """One condition of a rule: a phrase of one of these concepts, at this place.

    `clause` is the clause of the rule's anchor, `item` the item of a list within it, `sentence` the anchor's sentence,
    `near` any clause of the paragraph, within the rule's distance; `paragraph` anywhere in the paragraph's own words,
    `opening` in their first sentence; `chapeau` and `heading` the words above it, `title` the short degrees of a
    chapeau; `document` a fact about the document (`wps-series`, `report`). `within` overrides the rule's distance;
    `is_behind` wants the phrase behind the anchor. A measured term's distance from the anchor counts.
    """

    place: str
    concepts: tuple[str, ...]
    within: int | None
    is_measured: bool
    is_behind: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """What gives a theme: all its terms hold, none of `unless` does.

    The first term is the anchor: it is always a clause term, and the others must stand within `within` characters of
    it (None: anywhere in their place) and, in an ordered rule, behind it. Fallbacks are tried only when no other rule
    gave a theme, the first first. `example` is a text that it labels, `under` a chapeau and `heading` where it needs
    them; `counter_examples` holds for each `unless` a text that the rule would label without it. Its terms are also
    bits (see `_SHIFTS`), for a quick no: `needed` all of those with one concept, `masks` each of the others.
    """

    id: str
    themes: tuple[str, ...]
    terms: tuple[Term, ...]
    unless: tuple[Term, ...]
    within: int | None
    is_ordered: bool
    is_fallback: bool
    example: str
    counter_examples: tuple[str, ...]
    under: str | None
    heading: str | None
    needed: int
    masks: tuple[int, ...]
    facts: frozenset[str]


def read_rule(table: Mapping[str, Any], concepts: frozenset[str], themes: Container[str], book: PhraseBook) -> Rule:
    """Read and check one `[[rule]]` table."""
    where = f"rule {table.get('id', '?')}"
    insist({"id", "themes", "when", "example"} <= table.keys() <= _KEYS, f"keys of {sorted(_KEYS)}", [*table], where)
    insist(bool(table["themes"]), "at least one theme", "none", where)
    for theme in table["themes"]:
        insist(theme in themes, "a known theme", repr(theme), where)
    terms = tuple(_term(written, concepts, where) for written in table["when"])
    insist(bool(terms) and terms[0].place == "clause", "a first term in the clause", table["when"], where)
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
        counter_examples=tuple(table.get("counter_examples", ())),
        under=table.get("under"),
        heading=table.get("heading"),
        facts=frozenset(fact for term in terms if term.place == "document" for fact in term.concepts),
        needed=sum({mask for mask in masks if mask.bit_count() == 1}),
        masks=tuple(mask for mask in masks if mask.bit_count() != 1),
    )


_KEYS = {"id", "themes", "when", "unless", "within", "ordered", "fallback", "under", "heading"} | {
    "example",
    "counter_examples",
}
# Where the concepts of each place stand in the one number that tells all that a clause and its surroundings hold.
_SHIFTS = {"item": 0, "clause": 0, "near": 1, "sentence": 1, "paragraph": 1, "opening": 1} | {
    "chapeau": 2,
    "title": 3,
    "heading": 4,
}
_PLACES = (*_SHIFTS, "document")
_MEASURED = frozenset({"item", "clause", "near", "sentence"})


def _term(written: str, concepts: frozenset[str], where: str) -> Term:
    """Read `women|gender`, `chapeau:mission`, `near:peace-process@150` or `acting@+30`."""
    found = _TERM.fullmatch(written)
    if found is None:
        raise VocabularyError(f"expected a term such as 'near:women|gender@80', found {written!r} in {where}")
    place = found["place"] or "clause"
    within = int(found["within"]) if found["within"] else None
    names = tuple(found["names"].split("|"))
    term = Term(place, names, within, is_measured=place in _MEASURED, is_behind=bool(found["behind"]))
    insist(term.place in _PLACES, f"a place of {_PLACES}", term.place, where)
    if term.place != "document":
        insist(concepts.issuperset(names), "known concepts, `[concept.NAME]` in scraper/themes/words", written, where)
    return term


# a term such as near:peace-process|transition@150
_TERM = re.compile(r"(?:(?P<place>[a-z]+):)?(?P<names>[a-z|-]+)(?:@(?P<behind>\+)?(?P<within>[0-9]+))?")


def stretched(rule: Rule, by: float) -> Rule:
    """The same rule with longer distances, for a language that takes more letters to say the same."""

    def longer(within: int | None) -> int | None:
        return None if within is None else round(within * by)

    terms, unless = (
        tuple(replace(term, within=longer(term.within)) for term in each) for each in (rule.terms, rule.unless)
    )
    return replace(rule, within=longer(rule.within), terms=terms, unless=unless)
