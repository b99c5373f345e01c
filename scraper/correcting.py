"""Lays what people said of a document's labels over those of the machine, and cuts its extracts again."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from storage.corrections import HumanLabel, correct, place_labels
from storage.human_labels import human_labels_of
from storage.models import Extract, ParsedDocument


def corrected(
    db: sqlite3.Connection, document: ParsedDocument, extracts: tuple[Extract, ...], symbol: str | None
) -> tuple[ParsedDocument, tuple[Extract, ...]]:
    """The document with the labels that hold, and its extracts.

    `symbol` is what it was fetched as, for one that bears none.
    """
    labels = human_labels_of(db, document.symbol or symbol, document.language)
    return correct_by(labels, document, extracts)


def correct_by(
    labels: Sequence[HumanLabel], document: ParsedDocument, extracts: tuple[Extract, ...]
) -> tuple[ParsedDocument, tuple[Extract, ...]]:
    """The same, with the words given. The document comes labelled by the machine alone."""
    paragraphs = correct(document.paragraphs, place_labels(labels, document.paragraphs))
    if paragraphs == document.paragraphs:
        return document, extracts
    from scraper.themes.extract import extracts_of

    document = replace(document, paragraphs=paragraphs)
    return document, extracts_of(document)
