"""The commands that try the pure reading on one text, without a database: `parse` and `label`."""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from monitor.app.reading_files import Parsed, read_files
from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from storage.models import Label

FAILED, SUSPECT = 1, 3
MANY = 20  # files, from which on a person at a terminal is told how far it is


@click.command(
    epilog="\b\nExamples:\n  wpswatch parse resolution.pdf\n  wpswatch parse --jsonl corpus/*.xml > documents.jsonl\n\n"
    "Exit codes: 0 all read, 1 one or more could not be read, 3 read with warnings (--strict)."
)
@click.argument("files", metavar="FILE|- ...", nargs=-1, required=True)
@click.option("--url", help="The address the bytes came from; one file only.")
@click.option("--symbol", metavar="S", help="The document the bytes must be; one file only.")
@click.option("--media-type", metavar="T", help="What the server called the bytes: application/pdf.")
@click.option("--strict", is_flag=True, help="Exit with 3 when a document has warnings.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of records as JSON.")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="Print one JSON record on each line.")
@pass_session
def parse(
    session: Session,
    files: tuple[str, ...],
    url: str | None,
    symbol: str | None,
    media_type: str | None,
    strict: bool,
    as_json: bool,
    as_jsonl: bool,
) -> None:
    """Turn saved files into numbered, labelled paragraphs; - is standard input. No database is used.

    A * stands before each paragraph about women, peace and security; the words that make it so are listed below it.
    --verbose also prints what is no paragraph: footnotes, tables, running heads.
    """
    if as_json and as_jsonl:
        raise click.UsageError("--json and --jsonl are two answers; leave one out")
    if len(files) > 1 and (url or symbol):
        raise click.UsageError("--url and --symbol speak of one file; give one FILE with them")
    tally = _Tally(session, len(files))
    readings = tally.counted(read_files(files, url, _meant(symbol), media_type, is_verbose=session.is_verbose))
    if as_json:
        from monitor.cli.pages.render import echo_json_list

        echo_json_list(map(_record, readings))
    elif as_jsonl:
        from monitor.cli.pages.render import echo_json_lines

        echo_json_lines(map(_record, readings))
    else:
        _print_readings(session, readings)
    sys.exit(FAILED if tally.failed else SUSPECT if strict and tally.warned else 0)


@click.command(epilog="\b\nExample:\n  wpswatch label 'the full participation of women in peace processes'")
@click.argument("text", metavar="[TEXT|-]", nargs=-1)
@click.option("--chapeau", metavar="WORDS", help="The words that the text completes.")
@click.option("--json", "as_json", is_flag=True, help="Print one record as JSON.")
@pass_session
def label(session: Session, text: tuple[str, ...], chapeau: str | None, as_json: bool) -> None:
    """Give a piece of English text its themes, with the words that make them so.

    Without TEXT, or with -, the text is read from standard input.
    """
    from monitor.app.reading_files import label_words

    words = " ".join(text)
    if words in ("", "-"):
        if sys.stdin.isatty():
            raise click.UsageError("expected a TEXT, or one on standard input, found neither")
        words = sys.stdin.read().strip()
    labels = label_words(words, chapeau)
    if as_json:
        from monitor.cli.pages.render import echo_json
        from monitor.cli.records.documents import theme_records

        echo_json({"text": words, "chapeau": chapeau, "themes": theme_records(labels)})
    elif labels:
        _print_labels(words, chapeau, labels)
    else:
        click.echo("No theme of women, peace and security.")


class _Tally:
    """Counts what became of the files while they pass, and tells a person who waits how far it is."""

    def __init__(self, session: Session, total: int) -> None:
        self.total = total
        self.failed = self.warned = self.done = 0
        self.is_shown = total >= MANY and sys.stderr.isatty() and not sys.stdout.isatty() and not session.is_quiet

    def counted(self, readings: Iterator[Parsed]) -> Iterator[Parsed]:
        """The same readings, counted."""
        for reading in readings:
            self.done += 1
            self.failed += reading.document is None
            self.warned += bool(reading.document and reading.document.warnings)
            if self.is_shown:
                click.echo(f"\r\x1b[Kparsing, {self.done} of {self.total}", err=True, nl=self.done == self.total)
            yield reading


def _meant(symbol: str | None) -> str | None:
    if symbol is None:
        return None
    from scraper.council.symbol import read_typed

    meant = read_typed(symbol)
    if meant is None:
        raise click.UsageError(f"expected a symbol such as 'S/RES/2387 (2017)' or 2387, found {symbol!r}")
    return meant


def _record(reading: Parsed) -> dict[str, Any]:
    if reading.document is None:
        return {"file": reading.file, "error": {"code": reading.code, "message": reading.message}}
    from monitor.cli.records.documents import document_record

    return {"file": reading.file, **document_record(reading.document)}


def _print_readings(session: Session, readings: Iterator[Parsed]) -> None:
    from monitor.cli.pages import document as pages
    from monitor.cli.pages.render import DIM, Page, plain

    is_first = True
    for reading in readings:
        if reading.document is None:
            click.echo(plain(f"{reading.file}: {reading.message} ({reading.code})"), err=True)
            continue
        page = Page()
        if not is_first:
            page.line()
            page.line()
        is_first = False
        pages.add_head(page, reading.document)
        page.line(page.style(plain(reading.file), DIM))
        pages.add_paragraphs(page, reading.document.paragraphs)
        pages.add_warnings(page, reading.document)
        if session.is_verbose:
            pages.add_asides(page, reading.document)
        page.print()


def _print_labels(words: str, chapeau: str | None, labels: "Sequence[Label]") -> None:
    from monitor.cli.pages import document as pages
    from monitor.cli.pages.render import Page

    page = Page()
    if chapeau:
        page.wrapped(page.marked(chapeau, pages.evidence_spans(labels, "chapeau")))
    page.wrapped(page.marked(words, pages.evidence_spans(labels)), "  " if chapeau else "")
    page.line()
    pages.add_themes(page, labels, "")
    page.print()
