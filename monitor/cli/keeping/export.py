"""The command `export`: everything held as files that are whole or not there, in an order that stays the same."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from monitor.cli.arguments import Theme
from monitor.cli.keeping.exported import FIELDS, Records, sources_of
from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from monitor.app.export.export_files import Staging

PEOPLES = ("xlsx", "ris", "csl", "bibtex")
"""The formats that people and their programs of references read: one file each."""
PUBLIC = "wps.db"
"""The database of `--format sqlite`: what the documented views show, and nothing else."""


@click.command(
    epilog="\b\nExamples:\n  wpswatch export holdings\n  wpswatch export holdings --format csv --excel\n"
    "  wpswatch export holdings --format xlsx --theme protection\n  wpswatch export holdings --format ris\n"
    "  wpswatch export holdings --format sqlite && datasette holdings/wps.db\n\n"
    "Files: documents, versions, paragraphs, extracts, changes, human_labels, facts, published, runs, alerts."
)
@click.argument("folder", metavar="DIR")
@click.option(
    "--format",
    "style",
    type=click.Choice(("jsonl", "csv", "parquet", "sqlite", *PEOPLES)),
    default="jsonl",
    show_default=True,
    help="Everything held (jsonl, csv, parquet), the documented views alone (sqlite), extracts with citations (xlsx), "
    "or references of all documents (ris, csl, bibtex).",
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

    With them come manifest.json (counts, and the versions of parser and vocabulary), dictionary.csv (what each column
    holds) and, of JSON lines, the schema of each file. sqlite is a file for others: it has no recipients, runs, alerts.
    """
    from pathlib import Path

    from monitor.app.export.extras import MissingExtraError

    target = Path(folder).expanduser()
    if target.exists() and not target.is_dir():
        raise click.UsageError(f"expected a folder, found a file at {target}; choose another name")
    if is_for_excel and style != "csv":
        raise click.UsageError("--excel goes with --format csv; an xlsx file is Excel's own")
    if themes and style != "xlsx":
        raise click.UsageError("--theme goes with --format xlsx")
    with session.view() as db:
        try:
            if style in PEOPLES:
                counts = _write_for_people(db, target, style, themes, is_dry=is_dry)
            elif style == "sqlite":
                counts = _write_public(db, target, is_dry=is_dry)
            elif is_dry:
                counts = _count(db, session, style)
            else:
                counts = _write(db, session, target, style, is_for_excel=is_for_excel)
        except MissingExtraError as error:
            raise click.ClickException(str(error)) from error
    if as_json:
        from monitor.cli.pages.render import echo_json

        echo_json({"folder": str(target), "format": style, "files": counts, "dry_run": is_dry})
        return
    from monitor.cli.pages.render import Page, plain

    page = Page()
    page.line(plain(f"{'Would be written to' if is_dry else 'Written to'} {target}:"))
    page.table(("file", "records"), [(name, f"{count:,}") for name, count in counts.items()], right="records")
    page.print()


def _write_for_people(
    db: "sqlite3.Connection", target: "Path", style: str, themes: tuple[str, ...], *, is_dry: bool
) -> dict[str, int]:
    """Write the one file of extracts or references; returns how many it has."""
    from monitor.app.export.people_files import people_file

    made = people_file(db, style, themes)
    if not is_dry:
        from monitor.app.export.export_files import Staging

        with Staging(target) as staging:
            staging.write_bytes(made.name, made.content)
    return {made.name: made.count}


def _write_public(db: "sqlite3.Connection", target: "Path", *, is_dry: bool) -> dict[str, int]:
    """Write the documented views as a database of their own; returns how many rows each has."""
    from monitor.app.reading.everything import public_views

    if is_dry:
        return public_views(db, None)
    from monitor.app.export.export_files import Staging

    with Staging(target) as staging:
        counts = public_views(db, staging.new_file(PUBLIC))
        _describe(db, staging, "sqlite", counts, list(counts))
    return counts


def _write(
    db: "sqlite3.Connection", session: Session, target: "Path", style: str, *, is_for_excel: bool
) -> dict[str, int]:
    """Write all files; returns how many records each has."""
    from monitor.app.export.export_files import Staging

    counts = {}
    with Staging(target) as staging:
        for name, records in sources_of(db).items():
            counted = _counted(records(), name, session)
            file = f"{name}.{style}"
            if style == "csv":
                counts[file] = staging.write_table(file, FIELDS[name], counted, is_for_excel=is_for_excel)
            elif style == "parquet":
                from monitor.app.export.described.described import column_types
                from monitor.app.export.parquet import write_parquet

                counts[file] = write_parquet(staging.new_file(file), column_types(name), counted)
            else:
                counts[file] = staging.write_json_lines(file, counted)
        _describe(db, staging, style, counts, list(FIELDS))
    return counts


def _describe(
    db: "sqlite3.Connection", staging: "Staging", style: str, counts: dict[str, int], names: Sequence[str]
) -> None:
    """Write what an export says of itself: manifest, dictionary, and of JSON lines the schemas."""
    from monitor.app.export.described import described

    staging.write_bytes(described.MANIFEST, described.manifest(db, style, counts))
    staging.write_table(described.DICTIONARY, described.COLUMNS, described.dictionary_rows(names))
    if style == "jsonl":
        for name in names:
            staging.write_bytes(f"{name}.schema.json", described.schema_text(name))


def _count(db: "sqlite3.Connection", session: Session, style: str) -> dict[str, int]:
    """How many records each file would have."""
    return {
        f"{name}.{style}": sum(1 for _ in _counted(records(), name, session))
        for name, records in sources_of(db).items()
    }


def _counted(records: Records, name: str, session: Session) -> Records:
    """The same records, counted for a person who waits."""
    from monitor.cli.pages.progress import LineCounter

    with LineCounter(f"writing {name}", is_quiet=session.is_quiet) as counter:
        for record in records:
            yield record
            counter.step()
