"""Compares two readings of one document, paragraph by paragraph."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.folding import loose_text
from storage.models import ParsedDocument


@dataclass(frozen=True, slots=True)
class Comparison:
    """One document against its reference. `differences` holds address, wanted and found text; None is a missing one.

    `exact` and `loose` count the wanted paragraphs whose text is the same to the letter, or but for spaces, hyphens
    and quotation marks. They are 0 where the two are in different languages.
    """

    symbol: str
    file: str
    wanted: int
    found: int
    shared: int
    exact: int
    loose: int
    differences: tuple[tuple[str, str | None, str | None], ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing differs."""
        return not self.differences


def compare(reference: ParsedDocument, read: ParsedDocument, file: str) -> Comparison:
    """Compare all addresses, and the texts where both are in one language."""
    want = {paragraph.address: paragraph.text for paragraph in reference.paragraphs}
    got = {paragraph.address: paragraph.text for paragraph in read.paragraphs}
    has_texts = reference.language == read.language
    exact = loose = 0
    differences: list[tuple[str, str | None, str | None]] = []
    for address, text in want.items():
        found = got.get(address)
        is_loosely_same = found is not None and (not has_texts or loose_text(text) == loose_text(found))
        exact += has_texts and text == found
        loose += has_texts and is_loosely_same
        if not is_loosely_same:
            differences.append((address, text, found))
    differences += [(address, None, text) for address, text in got.items() if address not in want]
    shared = len(want.keys() & got.keys())
    symbol = read.symbol or "no symbol"
    return Comparison(symbol, file, len(want), len(got), shared, exact, loose, tuple(differences))


@dataclass(frozen=True, slots=True)
class Agreement:
    """The figures over several documents."""

    documents: int
    paragraphs: int
    f1: float
    exact: float
    loose: float
    clean: int


def agreement(comparisons: Sequence[Comparison]) -> Agreement:
    """Sum up comparisons: address F1, shares of equal texts, documents without any difference."""
    wanted = sum(one.wanted for one in comparisons)
    both = wanted + sum(one.found for one in comparisons)
    return Agreement(
        documents=len(comparisons),
        paragraphs=wanted,
        f1=2 * sum(one.shared for one in comparisons) / max(1, both),
        exact=sum(one.exact for one in comparisons) / max(1, wanted),
        loose=sum(one.loose for one in comparisons) / max(1, wanted),
        clean=sum(one.is_clean for one in comparisons),
    )
