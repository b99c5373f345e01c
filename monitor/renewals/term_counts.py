"""Counts terms of art in texts: their uses in two, and their first and last use in a chain of them. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from monitor.renewals.comparison import TermUse
from monitor.renewals.wording.terms import load_terms, term_uses
from storage.models import Paragraph


def count_terms(
    old: Sequence[Paragraph], new: Sequence[Paragraph], chain: Mapping[str, Sequence[str]]
) -> tuple[TermUse, ...]:
    """The terms that either of two texts uses, in the order of the vocabulary.

    `chain` has the paragraphs about women of each text of the mandate by symbol, oldest first, both of the two among
    them; they are looked through only as far as a first and a last use needs it.
    """
    before, after = uses_in(old), uses_in(new)
    names: dict[str, set[str]] = {}

    def user(term: str, symbols: Iterable[str]) -> str | None:
        for symbol in symbols:
            if symbol not in names:
                names[symbol] = {use.name for text in chain[symbol] for use in term_uses(text)}
            if term in names[symbol]:
                return symbol
        return None

    used = [term.name for term in load_terms() if term.name in before or term.name in after]
    return tuple(
        TermUse(name, before[name], after[name], user(name, chain), user(name, reversed(list(chain)))) for name in used
    )


def uses_in(paragraphs: Iterable[Paragraph]) -> Counter[str]:
    """How often each term stands in a text."""
    return Counter(use.name for paragraph in paragraphs if paragraph.is_wps for use in term_uses(paragraph.text))


def about_women(paragraphs: Iterable[Paragraph]) -> list[str]:
    """The paragraphs of a text in which terms are counted."""
    return [paragraph.text for paragraph in paragraphs if paragraph.is_wps]
