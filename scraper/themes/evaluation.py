"""Carries out the rules on one passage: which fire, and on which phrases. It knows no theme and no phrase itself."""

from collections.abc import Iterator

from scraper.themes.passages import Hit, Hits, Passage
from scraper.themes.vocabulary import Rule, Term, Vocabulary


def fired(passage: Passage, facts: frozenset[str], known: Vocabulary) -> Iterator[tuple[Rule, list[Hit]]]:
    """Yield each rule that holds in a clause, with its evidence; fallbacks only where nothing else does."""
    found = list(_fired(passage, facts, known, fallbacks=False))
    yield from found or _fired(passage, facts, known, fallbacks=True)


def _fired(
    passage: Passage, facts: frozenset[str], known: Vocabulary, *, fallbacks: bool
) -> Iterator[tuple[Rule, list[Hit]]]:
    for clause in passage.clauses:
        rules = {rule.id: rule for concept in clause for rule in known.by_anchor.get(concept, ())}
        for rule in rules.values():
            if rule.is_fallback is fallbacks and (hits := _evidence(rule, clause, passage, facts)):
                yield rule, hits


def _evidence(rule: Rule, clause: Hits, passage: Passage, facts: frozenset[str]) -> list[Hit]:
    """Each anchor with the nearest phrase of every other term; nothing where a term fails or an exclusion holds."""
    others: list[tuple[Term, list[Hit]]] = []
    for term in rule.terms[1:]:
        if term.place == "document":
            if facts.isdisjoint(term.concepts):
                return []
        elif found := _hits(term, clause, passage):
            others.append((term, found))
        else:
            return []
    evidence: list[Hit] = []
    for anchor in _hits(rule.terms[0], clause, passage):
        beside = [_nearest(rule, term, found, anchor) for term, found in others]
        found_all = [hit for hit in beside if hit is not None]
        if len(found_all) < len(beside):
            continue
        if not any(_excludes(term, anchor, rule, clause, passage, facts) for term in rule.unless):
            evidence += [anchor, *found_all]
    return evidence if passage.is_told_by(evidence) else []


def _nearest(rule: Rule, term: Term, found: list[Hit], anchor: Hit) -> Hit | None:
    """The phrase nearest to the anchor that keeps the rule's distance and order; None when none does."""
    if term.place not in _MEASURED:
        return found[0]
    if rule.is_ordered:
        found = [hit for hit in found if hit.at > anchor.at]
    nearest = min(found, key=lambda hit: _gap(hit, anchor), default=None)
    within = rule.within if term.within is None else term.within
    if nearest is None or (within is not None and _gap(nearest, anchor) > within):
        return None
    return nearest


_MEASURED = ("clause", "near")


def _excludes(term: Term, anchor: Hit, rule: Rule, clause: Hits, passage: Passage, facts: frozenset[str]) -> bool:
    if term.place == "document":
        return not facts.isdisjoint(term.concepts)
    found = _hits(term, clause, passage)
    within = rule.within if term.within is None and term.place == "near" else term.within
    if within is not None:
        return any(_gap(hit, anchor) <= within for hit in found)
    return bool(found)


def _hits(term: Term, clause: Hits, passage: Passage) -> list[Hit]:
    match term.place:
        case "clause":
            hits = clause
        case "chapeau":
            hits = passage.chapeau
        case "heading":
            hits = passage.heading
        case _:
            hits = passage.text
    return [hit for concept in term.concepts for hit in hits.get(concept, ())]


def _gap(one: Hit, other: Hit) -> int:
    """How many characters stand between two phrases; negative when they overlap."""
    return max(one.at, other.at) - min(one.at + one.end - one.start, other.at + other.end - other.start)
