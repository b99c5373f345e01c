"""Carries out the rules on one passage: which fire, and on which phrases. It knows no theme and no phrase itself."""

from collections.abc import Iterator, Sequence

from scraper.themes.passages import Found, Hit, Passage, speaks_itself
from scraper.themes.rule import Rule, Term
from scraper.themes.vocabulary import Vocabulary
from storage.models import Place


def fired(
    passage: Passage, facts: frozenset[str], known: Vocabulary, *, every: bool = False
) -> Iterator[tuple[Rule, list[Hit]]]:
    """Yield each rule that holds in a clause, with its evidence; where none does, the first fallback that does.

    Where the paragraph's own words speak of women, a rule must also find something in them: a chapeau's own theme is
    the chapeau's, not each list item's. Themes that a rule gave are not looked for by others, unless `every` rule is
    asked for: one reason is enough, and more of them would mark words that nothing hangs on.
    """
    is_own = speaks_itself(passage, known)
    size = len(known.book.bits)
    found = list(_fired(passage, facts, known.by_anchor, is_own, size, every=every))
    if found:
        yield from found
    elif fallbacks := list(_fired(passage, facts, known.fallbacks, is_own, size, every=True)):
        yield min(fallbacks, key=lambda one: known.rules.index(one[0]))


def _fired(
    passage: Passage,
    facts: frozenset[str],
    by_anchor: dict[str, tuple[Rule, ...]],
    is_own: bool,
    size: int,
    *,
    every: bool,
) -> Iterator[tuple[Rule, list[Hit]]]:
    around = 0
    for mask in (passage.heading.mask, passage.title.mask, passage.chapeau.mask, passage.own.mask):
        around = (around | mask) << size
    given: dict[str, str] = {}  # by theme, the rule that gave it
    for clause in passage.clauses:
        lacking = ~(clause.mask | around)
        seen: set[str] = set()
        for concept in clause.hits:
            for rule in by_anchor.get(concept, ()):
                if lacking & rule.needed:
                    continue
                for mask in rule.masks:
                    if lacking & mask == mask:
                        break
                else:
                    if rule.id in seen or not facts >= rule.facts:
                        continue
                    if not every and all(given.get(theme, rule.id) != rule.id for theme in rule.themes):
                        continue
                    seen.add(rule.id)
                    evidence = _evidence(rule, clause, passage, is_own=is_own)
                    if evidence:
                        for theme in rule.themes:
                            given.setdefault(theme, rule.id)
                        yield rule, evidence


def _evidence(rule: Rule, clause: Found, passage: Passage, *, is_own: bool) -> list[Hit]:
    """The anchor and the phrases that stand nearest to it; nothing where a term fails or an exclusion holds.

    Of a rule with one term every phrase is evidence; of one with several the pair that stands closest together, so
    that only what the rule needed is marked.
    """
    others = []
    for term in rule.terms[1:]:
        if term.place != "document":
            hits = _hits(term, clause, passage)
            if not hits:
                return []
            others.append((term, hits))
    groups: list[list[Hit]] = []
    for anchor in _hits(rule.terms[0], clause, passage):
        group = [anchor]
        for term, hits in others:
            nearest = _nearest(rule, term, hits, anchor, passage)
            if nearest is None:
                break
            group.append(nearest)
        else:
            if is_own and not any(hit.place is Place.TEXT for hit in group):
                continue
            if not any(_bars(rule, term, clause, anchor, passage) for term in rule.unless):
                groups.append(group)
    if len(rule.terms) == 1:
        return [hit for group in groups for hit in group]
    return min(groups, key=_spread) if groups else []


def _spread(group: Sequence[Hit]) -> int:
    return max(hit.till for hit in group) - min(hit.at for hit in group)


def _nearest(rule: Rule, term: Term, hits: Sequence[Hit], anchor: Hit, passage: Passage) -> Hit | None:
    """The phrase nearest to the anchor that keeps the distance, order and place; None when none does."""
    if not term.is_measured:
        return hits[0]
    within = _WHOLE if rule.within is None else rule.within
    if term.within is not None:
        within = term.within
    is_behind = rule.is_ordered or term.is_behind
    nearest = None
    for hit in hits:
        gap = hit.at - anchor.till if hit.at > anchor.at else _WHOLE if is_behind else anchor.at - hit.till
        if gap <= within and gap < _WHOLE and _share(term.place, hit, anchor, passage):
            nearest, within = hit, gap
    return nearest


def _share(place: str, hit: Hit, anchor: Hit, passage: Passage) -> bool:
    """Whether both stand in one item or sentence, where the term's place asks for it."""
    if place == "item":
        return passage.is_one_item(hit, anchor)
    return place != "sentence" or passage.is_one_sentence(hit, anchor)


def _bars(rule: Rule, term: Term, clause: Found, anchor: Hit, passage: Passage) -> bool:
    """Whether an exclusion stands in its place at all, or within its distance where it has one."""
    within = rule.within if term.within is None and term.place == "near" else term.within
    if within is None:
        within = _WHOLE
    return any(
        not term.is_measured
        or (max(hit.at - anchor.till, anchor.at - hit.till) <= within and _share(term.place, hit, anchor, passage))
        for hit in _hits(term, clause, passage)
    )


_WHOLE = 1_000_000  # farther than any paragraph is long


def _hits(term: Term, clause: Found, passage: Passage) -> list[Hit]:
    match term.place:
        case "item" | "clause":
            found = clause.hits
        case "chapeau":
            found = passage.chapeau.hits
        case "title":
            found = passage.title.hits
        case "heading":
            found = passage.heading.hits
        case _:
            found = passage.own.hits
    if len(term.concepts) == 1:
        hits = found.get(term.concepts[0], [])
    else:
        hits = [hit for concept in term.concepts for hit in found.get(concept, ())]
    return [hit for hit in hits if passage.sentence(hit) == 0] if term.place == "opening" else hits
