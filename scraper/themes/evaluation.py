"""Carries out the rules on one passage: which fire, and on which phrases. It knows no theme and no phrase itself."""

from collections.abc import Iterator, Sequence

from scraper.themes.passages import Found, Hit, Passage, speaks_itself
from scraper.themes.vocabulary import Rule, Term, Vocabulary
from storage.models import Place


def fired(passage: Passage, facts: frozenset[str], known: Vocabulary) -> Iterator[tuple[Rule, list[Hit]]]:
    """Yield each rule that holds in a clause, with its evidence; fallbacks only where nothing else does.

    Where the paragraph's own words speak of women, a rule must also find something in them: a chapeau's own theme is
    the chapeau's, not each list item's.
    """
    is_own = speaks_itself(passage, known)
    size = len(known.book.bits)
    found = list(_fired(passage, facts, known.by_anchor, is_own, size))
    yield from found or _fired(passage, facts, known.fallbacks, is_own, size)


def _fired(
    passage: Passage, facts: frozenset[str], by_anchor: dict[str, tuple[Rule, ...]], is_own: bool, size: int
) -> Iterator[tuple[Rule, list[Hit]]]:
    around = 0
    for mask in (passage.heading.mask, passage.title.mask, passage.chapeau.mask, passage.mask):
        around = (around | mask) << size
    for clause in passage.clauses:
        here = clause.mask | around
        seen: set[str] = set()
        for concept in clause.hits:
            for rule in by_anchor.get(concept, ()):
                if here & rule.needed != rule.needed:
                    continue
                for mask in rule.masks:
                    if not mask & here:
                        break
                else:
                    if rule.id in seen or not facts >= rule.facts:
                        continue
                    seen.add(rule.id)
                    evidence = _evidence(rule, clause, passage)
                    if evidence and (not is_own or any(hit.place is Place.TEXT for hit in evidence)):
                        yield rule, evidence


def _evidence(rule: Rule, clause: Found, passage: Passage) -> list[Hit]:
    """Each anchor with the nearest phrase of every other term; nothing where a term fails or an exclusion holds."""
    anchors = _hits(rule.terms[0], clause, passage)
    others = [(term, _hits(term, clause, passage)) for term in rule.terms[1:] if term.place != "document"]
    barred = [(term, hits) for term in rule.unless if (hits := _hits(term, clause, passage))]
    evidence: list[Hit] = []
    for anchor in anchors:
        found = [anchor]
        for term, hits in others:
            nearest = _nearest(rule, term, hits, anchor)
            if nearest is None:
                break
            found.append(nearest)
        else:
            if not (barred and any(_bars(rule, term, hits, anchor) for term, hits in barred)):
                evidence += found
    return evidence


def _nearest(rule: Rule, term: Term, hits: Sequence[Hit], anchor: Hit) -> Hit | None:
    """The phrase nearest to the anchor that keeps the distance and order; None when none does."""
    if not term.is_measured:
        return hits[0]
    within = _WHOLE if rule.within is None else rule.within
    if term.within is not None:
        within = term.within
    nearest = None
    for hit in hits:
        gap = hit.at - anchor.till if hit.at > anchor.at else _WHOLE if rule.is_ordered else anchor.at - hit.till
        if gap <= within and gap < _WHOLE:
            nearest, within = hit, gap
    return nearest


def _bars(rule: Rule, term: Term, hits: Sequence[Hit], anchor: Hit) -> bool:
    """Whether an exclusion stands in its place at all, or within its distance where it has one."""
    within = rule.within if term.within is None and term.place == "near" else term.within
    return within is None or any(max(hit.at - anchor.till, anchor.at - hit.till) <= within for hit in hits)


_WHOLE = 1_000_000  # farther than any paragraph is long


def _hits(term: Term, clause: Found, passage: Passage) -> list[Hit]:
    match term.place:
        case "clause":
            found = clause.hits
        case "chapeau":
            found = passage.chapeau.hits
        case "title":
            found = passage.title.hits
        case "heading":
            found = passage.heading.hits
        case _:
            return [hit for concept in term.concepts for hit in passage.anywhere(concept)]
    if len(term.concepts) == 1:
        return found.get(term.concepts[0], [])
    return [hit for concept in term.concepts for hit in found.get(concept, ())]
