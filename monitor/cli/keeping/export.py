"""The command `export`: everything held as files that are whole or not there, in an order that stays the same."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.arguments import Theme
from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from storage.models import HeldDocument

Records = Iterator[dict[str, Any]]

PEOPLES = ("xlsx", "ris", "csl", "bibtex")
"""The formats that people and their programs of references read: one file each."""

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


@click.command(
    epilog="\b\nExamples:\n  wpswatch export holdings\n  wpswatch export holdings --format csv --excel\n"
    "  wpswatch export holdings --format xlsx --theme protection\n  wpswatch export holdings --format ris\n\n"
    "Files: documents, versions, paragraphs, extracts, changes, human_labels, facts, published, runs, alerts."
)
@click.argument("folder", metavar="DIR")
@click.option(
    "--format",
    "style",
    type=click.Choice(("jsonl", "csv", *PEOPLES)),
    default="jsonl",
    show_default=True,
    help="How to write: everything held, extracts with citations (xlsx), or references of all documents.",
)
@click.option("--theme", "themes", type=Theme(), multiple=True, help="With xlsx: only extracts of this theme.")
@click.option("--excel", "is_for_excel", is_flag=True, help="With csv: the mark by which Excel reads UTF-8.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Print what would be written; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
@pass_session
def export(
    session: Session, folder: str, style: str, themes: tuple[str, ...], is_for_excel: bool, is_dry: bool, as_json: bool
) -> None:
    """Write everything held into DIR, one file for each kind of record; files of an earlier export are replaced.

    All files show one moment of the database. The same holdings give the same bytes. In a cell of CSV ' stands before
    text that begins with = + - or @, so that no spreadsheet takes it for a formula; lists are joined by "; " and what
    is nested is JSON. The fetched bodies lie in the data folder already, named by their SHA-256.
    """
    from contextlib import closing
    from pathlib import Path

    from storage.sqlite.database import one_view

    target = Path(folder).expanduser()
    if target.exists() and not target.is_dir():
        raise click.UsageError(f"expected a folder, found a file at {target}; choose another name")
    if is_for_excel and style != "csv":
        raise click.UsageError("--excel goes with --format csv; an xlsx file is Excel's own")
    if themes and style != "xlsx":
        raise click.UsageError("--theme goes with --format xlsx")
    with closing(session.open_readonly()) as db, one_view(db):
        if style in PEOPLES:
            counts = _write_for_people(db, target, style, themes, is_dry=is_dry)
        elif is_dry:
            counts = _count(db, session, style)
        else:
            counts = _write(db, session, target, style, is_for_excel=is_for_excel)
    if as_json:
        from monitor.cli.pages.render import echo_json

        echo_json({"folder": str(target), "format": style, "files": counts, "dry_run": is_dry})
        return
    from monitor.cli.pages.render import Page, plain

    page = Page()
    page.line(plain(f"{'Would be written to' if is_dry else 'Written to'} {target}:"))
    page.table(("file", "records"), [(name, f"{count:,}") for name, count in counts.items()], right="records")
    page.print()


def _sources(db: "sqlite3.Connection") -> dict[str, Callable[[], Records]]:
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


def _write_for_people(
    db: "sqlite3.Connection", target: "Path", style: str, themes: tuple[str, ...], *, is_dry: bool
) -> dict[str, int]:
    """Write the one file of extracts or references; returns how many it has."""
    from monitor.app.export.extras import MissingExtraError
    from monitor.app.export.people_files import people_file

    try:
        made = people_file(db, style, themes)
    except MissingExtraError as error:
        raise click.ClickException(str(error)) from error
    if not is_dry:
        from monitor.app.export.export_files import Staging

        with Staging(target) as staging:
            staging.write_bytes(made.name, made.content)
    return {made.name: made.count}


def _write(
    db: "sqlite3.Connection", session: Session, target: "Path", style: str, *, is_for_excel: bool
) -> dict[str, int]:
    """Write all files; returns how many records each has."""
    from monitor.app.export.export_files import Staging

    counts = {}
    with Staging(target) as staging:
        for name, records in _sources(db).items():
            counted = _counted(records(), name, session)
            if style == "csv":
                counts[f"{name}.csv"] = staging.write_table(
                    f"{name}.csv", FIELDS[name], counted, is_for_excel=is_for_excel
                )
            else:
                counts[f"{name}.jsonl"] = staging.write_json_lines(f"{name}.jsonl", counted)
    return counts


def _count(db: "sqlite3.Connection", session: Session, style: str) -> dict[str, int]:
    """How many records each file would have."""
    return {
        f"{name}.{style}": sum(1 for _ in _counted(records(), name, session)) for name, records in _sources(db).items()
    }


def _counted(records: Records, name: str, session: Session) -> Records:
    """The same records, counted for a person who waits."""
    from monitor.cli.pages.progress import LineCounter

    with LineCounter(f"writing {name}", is_quiet=session.is_quiet) as counter:
        for record in records:
            yield record
            counter.step()
