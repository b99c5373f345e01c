"""The records of an export: what each of its files holds, read when it is its turn, and the columns of its tables."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3

    from storage.models import HeldDocument

Records = Iterator[dict[str, Any]]

DOCUMENT_FIELDS = (
    "symbol", "kind", "language", "adopted_on", "published_on", "meeting", "subject", "media_type", "reader",
    "parser_version", "warnings", "asides", "url", "first_seen_at", "situation", "bodies", "citation", "source_url",
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
    from monitor.app.reading.everything import documents

    return {
        "documents": lambda: _documents(db),
        "versions": lambda: _each(documents(db), _versions),
        "paragraphs": lambda: _each(documents(db), _paragraphs),
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
    from monitor.app.reading.everything import documents_placed
    from monitor.cli.records.documents import held_record
    from monitor.text.links import document_url

    for held, place in documents_placed(db):
        record = held_record(held, document_url(held.document.symbol or "", held.document.language))
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
    from monitor.app.reading.everything import extracts
    from monitor.cli.records.listings import extract_record

    yield from map(extract_record, extracts(db))


def _changes(db: "sqlite3.Connection") -> Records:
    from monitor.app.reading.everything import changes
    from monitor.cli.records.listings import change_record

    yield from (change_record(change, work) for change, work in changes(db))


def _human_labels(db: "sqlite3.Connection") -> Records:
    """All that was said, with where the paragraph stands in the text that is shown now."""
    from monitor.app.reading.everything import said_of_labels
    from monitor.cli.records.documents import human_record

    for said in said_of_labels(db):
        yield {"symbol": said.symbol, "language": said.language, **human_record(said.placed)}


def _facts(db: "sqlite3.Connection") -> Records:
    """All that is told now, and all that was."""
    from monitor.app.reading.everything import facts
    from monitor.cli.records.times import time_record

    for fact in facts(db):
        record = {name: getattr(fact, name) for name in FACT_FIELDS}
        yield record | {"seen_at": time_record(fact.seen_at), "replaced_at": time_record(fact.replaced_at)}


def _published(db: "sqlite3.Connection") -> Records:
    """What others published as each page showed it, also what it shows no more."""
    from monitor.app.reading.everything import published
    from monitor.cli.records.listings import published_record

    yield from map(published_record, published(db))


def _runs(db: "sqlite3.Connection") -> Records:
    from monitor.app.reading.everything import runs
    from monitor.cli.records.runs import run_record

    yield from map(run_record, runs(db))


def _alerts(db: "sqlite3.Connection") -> Records:
    from monitor.app.reading.everything import alerts
    from monitor.cli.records.alerts import alert_record

    yield from map(alert_record, alerts(db))
