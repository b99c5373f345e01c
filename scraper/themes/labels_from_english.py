"""Gives the paragraphs of a language without a vocabulary the labels of the English text at the same address. Pure.

The six languages of a resolution say the same and bear the same numbers, so what an English paragraph is about its
translation is about as well. Where a translation has an address that the English has not, nothing is lent there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from scraper.themes.vocabulary import WORDS
from storage.models import LENT, Evidence, Label, Paragraph

LENDER: Final = "en"


def is_borrower(language: str) -> bool:
    """Whether texts of a language get their labels from the English one."""
    return language not in WORDS


def lend_labels(paragraphs: Sequence[Paragraph], english: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs with the labels of the English ones at the same addresses, a person's among them.

    The evidence stands in the English words, so it marks none of these: its phrase is empty, at 0.
    """
    lent = {paragraph.address: tuple(map(_lent, paragraph.labels)) for paragraph in english if paragraph.labels}
    return tuple(
        paragraph if paragraph.labels == labels else replace(paragraph, labels=labels)
        for paragraph in paragraphs
        for labels in (lent.get(paragraph.address, ()),)
    )


def _lent(label: Label) -> Label:
    rules = dict.fromkeys(evidence.rule for evidence in label.evidence)
    return Label(label.theme, tuple(Evidence("", 0, 0, LENT + rule) for rule in rules))
