"""Counts terms of art in texts: their uses in two, and their first and last use in a chain of them. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from monitor.renewals.comparison import TermUse
from monitor.renewals.wording.terms import load_terms, term_uses
from storage.models import Paragraph


def count_terms(
    old: Sequence[Paragraph], new: Sequence[Paragraph], chain: Mapping[str, Sequence[Paragraph]]
) -> tuple[TermUse, ...]:
    """The terms that either of two texts uses, in the order of the vocabulary.

    `chain` has the texts of the mandate by symbol, oldest first, both of the two among them.
    """
    before, after = uses_in(old), uses_in(new)
    by_text = {symbol: set(uses_in(paragraphs)) for symbol, paragraphs in chain.items()}
    found = []
    for term in load_terms():
        if term.name in before or term.name in after:
            users = [symbol for symbol, names in by_text.items() if term.name in names]
            first, last = (users[0], users[-1]) if users else (None, None)
            found.append(TermUse(term.name, before[term.name], after[term.name], first, last))
    return tuple(found)


def uses_in(paragraphs: Iterable[Paragraph]) -> Counter[str]:
    """How often each term stands in a text."""
    return Counter(use.name for paragraph in paragraphs if paragraph.is_wps for use in term_uses(paragraph.text))
