"""Everything that is held, kind by kind, as an export takes it away; each kind is read when it is its turn."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from monitor.app.reading.changes import with_works
from scraper.council.forms.work import Work
from storage.corrections import Placed, place_labels
from storage.fetched.runs import list_runs
from storage.models import HeldDocument
from storage.outbox.outbox import list_alerts
from storage.published_values import PublishedRecord
from storage.records import Alert, Change, CrawlRun
from storage.sqlite.public_copy import copy_views, count_views
from storage.texts.changes import list_changes
from storage.texts.documents import load_document
from storage.texts.extracts import ExtractRow, list_extracts
from storage.texts.holdings import held_documents
from storage.texts.human_labels import human_labels_of, list_human_labels
from storage.told.facts import all_facts
from storage.told.published import published_records
from storage.told.situations import PlacedDocument, placements
from storage.told_values import KnownFact


@dataclass(frozen=True, slots=True)
class SaidOfText:
    """What a person said of a paragraph, with where that stands in the text that is shown now."""

    symbol: str
    language: str
    placed: Placed


def documents(db: sqlite3.Connection) -> Iterator[HeldDocument]:
    """All documents, with their versions."""
    return held_documents(db)


def documents_placed(db: sqlite3.Connection) -> Iterator[tuple[HeldDocument, PlacedDocument]]:
    """All documents, each with its situation and bodies."""
    places = placements(db)
    for held in held_documents(db):
        yield held, places.get(held.document.symbol or "", PlacedDocument())


def extracts(db: sqlite3.Connection) -> Iterable[ExtractRow]:
    """All extracts, newest first."""
    return list_extracts(db)


def changes(db: sqlite3.Connection) -> Iterator[tuple[Change, Work]]:
    """All changes, each with its document as citations name it."""
    return with_works(db, list_changes(db))


def said_of_labels(db: sqlite3.Connection) -> Iterator[SaidOfText]:
    """All that people said of labels, document by document."""
    for symbol, language in sorted({(label.symbol, label.language) for label in list_human_labels(db)}):
        held = load_document(db, symbol, language)
        paragraphs = held.document.paragraphs if held else ()
        for placed in place_labels(human_labels_of(db, symbol, language), paragraphs):
            yield SaidOfText(symbol, language, placed)


def facts(db: sqlite3.Connection) -> Iterator[KnownFact]:
    """All that is told now, and all that was."""
    return all_facts(db)


def published(db: sqlite3.Connection) -> Iterable[PublishedRecord]:
    """What others published as each page showed it, also what it shows no more."""
    return published_records(db)


def runs(db: sqlite3.Connection) -> Iterable[CrawlRun]:
    """All run records, newest first."""
    return list_runs(db)


def alerts(db: sqlite3.Connection) -> Iterable[Alert]:
    """All alerts, newest first, with their deliveries."""
    return list_alerts(db)


def public_views(db: sqlite3.Connection, target: Path | None) -> dict[str, int]:
    """How many rows each documented view has; with a target, they are written there as a database of their own."""
    return count_views(db) if target is None else copy_views(db, target)
