"""Lays what people said of a document's labels over those of the machine, and cuts its extracts again.

A document of a language without a vocabulary first gets the labels of the English text that is held.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from scraper.themes.labels_from_english import LENDER, is_borrower, lend_labels
from storage.corrections import HumanLabel, correct, place_labels
from storage.models import Extract, ParsedDocument
from storage.texts.documents import load_document
from storage.texts.human_labels import human_labels_of
from storage.texts.prepared.rows import TextRows, document_of, extracts_of_rows, rows_of


def corrected(db: sqlite3.Connection, read: TextRows, symbol: str | None) -> TextRows:
    """A text as read, with the labels that hold and its extracts.

    `symbol` is what it was fetched as, for one that bears none. Most texts are spoken of by nobody: those are handed
    on as they came.
    """
    known = read.symbol or symbol
    lends = is_borrower(read.language) and known is not None
    labels = human_labels_of(db, known, read.language)
    if not lends and not labels:
        return read
    document, extracts = document_of(read), extracts_of_rows(read.extracts)
    if lends and known:
        english = load_document(db, known, LENDER)
        document = replace(
            document, paragraphs=lend_labels(document.paragraphs, english.document.paragraphs if english else ())
        )
        extracts = _extracts_of(document)
    return rows_of(*correct_by(labels, document, extracts))


def correct_by(
    labels: Sequence[HumanLabel], document: ParsedDocument, extracts: tuple[Extract, ...]
) -> tuple[ParsedDocument, tuple[Extract, ...]]:
    """The same, with the words given. The document comes labelled by the machine alone."""
    paragraphs = correct(document.paragraphs, place_labels(labels, document.paragraphs))
    if paragraphs == document.paragraphs:
        return document, extracts
    document = replace(document, paragraphs=paragraphs)
    return document, _extracts_of(document)


def _extracts_of(document: ParsedDocument) -> tuple[Extract, ...]:
    from scraper.themes.extract import extracts_of

    return extracts_of(document)
