"""The records of an export: what each of its files holds, read when it is its turn, and the columns of its tables."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3

    from storage.models import HeldDocument

Records = Iterator[dict[str, Any]]

DOCUMENT_FIELDS = (
    "symbol", "kind", "language", "adopted_on", "published_on", "meeting", "subject", "media_type", "reader",
    "parser_version", "warnings", "asides", "url", "first_seen_at", "situation", "bodies",
)  # fmt: skip
VERSION_FIELDS = (
    "symbol", "language", "version", "source", "url", "fetched_at", "body_hash", "reader", "parser_version", "current",
)  # fmt: skip
PARAGRAPH_FIELDS = (
    "symbol", "language", "address", "part", "heading", "chapeau", "text", "themes", "evidence", "citations",
    "citation",
)  # fmt: skip
EXTRACT_FIELDS = (
    "symbol", "title", "addresses", "themes", "text", "adopted_on", "url", "first_seen_at", "flagged", "language",
    "reviewed", "text_changed_since", "published_on", "mission", "situation", "bodies", "kind", "citation",
    "source_url",
)  # fmt: skip
CHANGE_FIELDS = (
    "kind", "symbol", "address", "before_address", "before", "after", "wps", "themes", "reasons", "run", "detected_at",
    "cause", "language", "citation", "url",
)  # fmt: skip
HUMAN_FIELDS = (
    "symbol", "language", "address", "action", "theme", "by", "at", "note", "text_changed", "said_of_address",
    "said_of_text",
)  # fmt: skip
FACT_FIELDS = ("symbol", "field", "value", "note", "source", "origin", "seen_at", "replaced_at", "url")
PUBLISHED_FIELDS = (
    "source", "kind", "title", "symbol", "paragraph", "address", "themes", "topic", "place", "visited", "published_on",
    "text", "url", "node", "first_seen_at", "superseded_at",
)  # fmt: skip
RUN_FIELDS = (
    "run", "source", "outcome", "reason", "started_at", "ended_at", "listed", "fetched", "not_modified", "new",
    "changed", "unchanged", "failed", "blocked", "flags", "alerts", "baseline",
)  # fmt: skip
ALERT_FIELDS = ("alert", "event", "created_at", "deliveries", "run", "subject", "news")

FIELDS: Mapping[str, tuple[str, ...]] = {
    "documents": DOCUMENT_FIELDS,
    "versions": VERSION_FIELDS,
    "paragraphs": PARAGRAPH_FIELDS,
    "extracts": EXTRACT_FIELDS,
    "changes": CHANGE_FIELDS,
    "human_labels": HUMAN_FIELDS,
    "facts": FACT_FIELDS,
    "published": PUBLISHED_FIELDS,
    "runs": RUN_FIELDS,
    "alerts": ALERT_FIELDS,
}
"""The files, and the columns of their tables. JSON records have the same fields, but evidence stands in `themes`."""


def sources_of(db: "sqlite3.Connection") -> dict[str, Callable[[], Records]]:
    """What each file holds, read when it is its turn."""
    from storage.texts.holdings import held_documents

    return {
        "documents": lambda: _documents(db),
        "versions": lambda: _each(held_documents(db), _versions),
        "paragraphs": lambda: _each(held_documents(db), _paragraphs),
        "extracts": lambda: _extracts(db),
        "changes": lambda: _changes(db),
        "human_labels": lambda: _human_labels(db),
        "facts": lambda: _facts(db),
        "published": lambda: _published(db),
        "runs": lambda: _runs(db),
        "alerts": lambda: _alerts(db),
    }


def _each(held: Iterable["HeldDocument"], records: "Callable[[HeldDocument], Records]") -> Records:
    for one in held:
        yield from records(one)


def _documents(db: "sqlite3.Connection") -> Records:
    from monitor.cli.records.documents import held_record
    from monitor.text.links import document_url
    from storage.texts.holdings import held_documents
    from storage.told.situations import PlacedDocument, placements

    places = placements(db)
    for held in held_documents(db):
        symbol = held.document.symbol or ""
        place = places.get(symbol, PlacedDocument())
        record = held_record(held, document_url(symbol, held.document.language))
        record |= {"situation": place.situation, "bodies": list(place.bodies)}
        yield {name: record[name] for name in DOCUMENT_FIELDS}


def _versions(held: "HeldDocument") -> Records:
    from monitor.cli.records.documents import version_record

    for version in reversed(held.versions):
        yield {"symbol": version.symbol, "language": version.language, **version_record(version)}


def _paragraphs(held: "HeldDocument") -> Records:
    from monitor.app.export.works import work_of_document
    from monitor.cli.records.documents import paragraph_record

    document = held.document
    work = work_of_document(document)
    for paragraph in document.paragraphs:
        yield {"symbol": document.symbol, "language": document.language, **paragraph_record(paragraph, work)}


def _extracts(db: "sqlite3.Connection") -> Records:
    from monitor.cli.records.listings import extract_record
    from storage.texts.extracts import list_extracts

    yield from map(extract_record, list_extracts(db))


def _changes(db: "sqlite3.Connection") -> Records:
    from monitor.app.reading.changes import with_works
    from monitor.cli.records.listings import change_record
    from storage.texts.changes import list_changes

    yield from (change_record(change, work) for change, work in with_works(db, list_changes(db)))


def _human_labels(db: "sqlite3.Connection") -> Records:
    """All that was said, with where the paragraph stands in the text that is shown now."""
    from monitor.cli.records.documents import human_record
    from storage.corrections import place_labels
    from storage.texts.documents import load_document
    from storage.texts.human_labels import human_labels_of, list_human_labels

    spoken = sorted({(label.symbol, label.language) for label in list_human_labels(db)})
    for symbol, language in spoken:
        held = load_document(db, symbol, language)
        paragraphs = held.document.paragraphs if held else ()
        for placed in place_labels(human_labels_of(db, symbol, language), paragraphs):
            yield {"symbol": symbol, "language": language, **human_record(placed)}


def _facts(db: "sqlite3.Connection") -> Records:
    """All that is told now, and all that was."""
    from monitor.cli.records.times import time_record
    from storage.told.facts import all_facts

    for fact in all_facts(db):
        record = {name: getattr(fact, name) for name in FACT_FIELDS}
        yield record | {"seen_at": time_record(fact.seen_at), "replaced_at": time_record(fact.replaced_at)}


def _published(db: "sqlite3.Connection") -> Records:
    """What others published as each page showed it, also what it shows no more."""
    from monitor.cli.records.listings import published_record
    from storage.told.published import published_records

    yield from map(published_record, published_records(db))


def _runs(db: "sqlite3.Connection") -> Records:
    from monitor.cli.records.runs import run_record
    from storage.fetched.runs import list_runs

    yield from map(run_record, list_runs(db))


def _alerts(db: "sqlite3.Connection") -> Records:
    from monitor.cli.records.alerts import alert_record
    from storage.outbox.outbox import list_alerts

    yield from map(alert_record, list_alerts(db))
