"""The commands `themes`, `situations`, `bodies` and `mandates`: what can be asked for, with counts."""

from typing import TYPE_CHECKING, Any

import click

from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from monitor.app.reading.lists import NamedCount

_JSON = click.option("--json", "as_json", is_flag=True, help="Print a list of records as JSON.")


@click.command(epilog="\b\nExamples:\n  wpswatch themes\n  wpswatch themes --json")
@_JSON
@pass_session
def themes(session: Session, as_json: bool) -> None:
    """List the 13 themes, with how many paragraphs and documents of the English texts have each."""
    from contextlib import closing

    from monitor.app.reading.lists import list_themes

    with closing(session.open_readonly()) as db:
        found = list_themes(db)
    rows = [(one.theme, one.paragraphs, one.documents, one.newest) for one in found]
    records = [_record("theme", *row) for row in rows]
    _print(["theme", "paragraphs", "documents", "newest"], rows, records if as_json else None)


@click.command(epilog="\b\nExamples:\n  wpswatch situations\n  wpswatch extracts --situation haiti")
@_JSON
@pass_session
def situations(session: Session, as_json: bool) -> None:
    """List the situations on the Council's agenda that documents held belong to, that with most documents first."""
    from contextlib import closing

    from monitor.app.reading.lists import list_situations

    with closing(session.open_readonly()) as db:
        _print_named("situation", list_situations(db), as_json)


@click.command(epilog="\b\nExamples:\n  wpswatch bodies\n  wpswatch extracts --body unmiss")
@_JSON
@pass_session
def bodies(session: Session, as_json: bool) -> None:
    """List the missions, committees and panels that documents held name, that with most documents first."""
    from contextlib import closing

    from monitor.app.reading.lists import list_bodies

    with closing(session.open_readonly()) as db:
        _print_named("body", list_bodies(db), as_json)


@click.command(epilog="\b\nExamples:\n  wpswatch mandates\n  wpswatch mandates --all --json\n  wpswatch chain unmiss")
@click.option("--all", "with_ended", is_flag=True, help="Also those that have ended.")
@_JSON
@pass_session
def mandates(session: Session, with_ended: bool, as_json: bool) -> None:
    """List the mandates that stand, the next to expire first, then those whose day has passed.

    Passed: its day has passed and no renewal of it is held. Unknown: nothing that is held says when it expires.
    """
    from contextlib import closing
    from datetime import UTC, datetime

    from monitor.app.reading.lists import list_mandates
    from monitor.text.links import document_url
    from scraper.council.citation_form import document_in_words

    with closing(session.open_readonly()) as db:
        found = list_mandates(db, datetime.now(UTC).date(), with_ended=with_ended)
    rows = [(one.body, one.expires_on, one.state, one.symbol, one.resolutions) for one in found]
    records = [
        {
            "body": one.body,
            "expires_on": None if one.expires_on is None else one.expires_on.isoformat(),
            "state": one.state,
            "symbol": one.symbol,
            "resolutions": one.resolutions,
            "citation": document_in_words(one.symbol),
            "url": document_url(one.symbol, "en"),
        }
        for one in found
    ]
    _print(["body", "expires", "state", "by", "resolutions"], rows, records if as_json else None)


def _print_named(noun: str, found: "Sequence[NamedCount]", as_json: bool) -> None:
    rows = [(one.name, one.paragraphs, one.documents, one.newest) for one in found]
    records = [_record(noun, *row) for row in rows]
    _print([noun, "paragraphs", "documents", "newest"], rows, records if as_json else None)


def _record(noun: str, name: str, paragraphs: int, documents: int, newest: "date | None") -> dict[str, Any]:
    day = None if newest is None else newest.isoformat()
    return {noun: name, "paragraphs": paragraphs, "documents": documents, "newest": day}


def _print(head: list[str], rows: "Sequence[tuple[object, ...]]", records: "list[dict[str, Any]] | None") -> None:
    """A table for people, its first column cut to the width; or the records as JSON."""
    from monitor.cli.pages.render import Page, echo_json_list, plain

    if records is not None:
        echo_json_list(records)
        return
    page = Page()
    if not rows:
        return
    cells = [[plain(_cell(value)) for value in row] for row in rows]
    others = sum(2 + max(len(cell) for cell in column) for column in list(zip(head, *cells, strict=True))[1:])
    room = max(page.width - others, 20)
    for row in cells:
        row[0] = row[0] if len(row[0]) <= room else f"{row[0][: room - 1]}…"
    page.table(head, cells, right="paragraphs documents resolutions")
    page.print()


def _cell(value: object) -> str:
    return "-" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
