"""The command `extracts`: what is held about women, peace and security."""

from typing import TYPE_CHECKING, Unpack

import click

from monitor.cli.arguments import CITING
from monitor.cli.pages.render import SCREENFUL, is_terminal
from monitor.cli.reading.choices import Choices, choosing, note_cut, note_empty, wanted_of
from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.app.reading.extracts import ExtractRow


@click.command(
    epilog="\b\nExamples:\n  wpswatch extracts --theme participation --since 2025-01-01\n"
    "  wpswatch extracts --situation haiti --body binuh\n  wpswatch extracts --csv > wps.csv"
)
@choosing
@click.option("--new", "only_new", is_flag=True, help="Only what was flagged as new or changed.")
@click.option("--reviewed/--unreviewed", default=None, help="Only what a person has, or has not, spoken of (relabel).")
@click.option(
    "--sort",
    "order",
    type=click.Choice(["newest", "oldest"]),
    default="newest",
    show_default=True,
    help="By the day of adoption.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of records as JSON.")
@CITING
@click.option("--csv", "as_csv", is_flag=True, help="Print a table for a spreadsheet.")
@pass_session
def extracts(
    session: Session,
    only_new: bool,
    reviewed: bool | None,
    order: str,
    limit: int | None,
    as_json: bool,
    style: str | None,
    as_csv: bool,
    **choices: Unpack[Choices],
) -> None:
    """List the extracts about women, peace and security, newest first.

    An extract is what a document says about women in one numbered paragraph, or in its preamble. An option given twice
    adds up: --theme gbv --theme ddr finds either. --since is about the day of adoption, --seen-since about the day when
    it came here.

    On a terminal the newest 20 are shown unless --limit says otherwise; a pipe or a file gets all. In a spreadsheet's
    cell ' stands before text that begins with = + - or @, so that it is not taken for a formula.
    """
    from contextlib import closing
    from dataclasses import replace

    from monitor.app.reading.empty_answer import extracts_otherwise
    from monitor.app.reading.extracts import extracts_wanted, order_named

    if as_json + as_csv + bool(style) > 1:
        raise click.UsageError("--json, --csv and --cite are several answers; leave one out")
    wanted = replace(wanted_of(choices), only_flagged=only_new, is_reviewed=reviewed, order=order_named(order))
    with closing(session.open_readonly()) as db:
        found = extracts_wanted(db, wanted)
        ways = [] if found else extracts_otherwise(db, wanted)
    is_page = not (as_json or as_csv or style)
    shown = limit if limit is not None or not is_page or not is_terminal() else SCREENFUL
    if as_json:
        from monitor.cli.pages.render import echo_json_list
        from monitor.cli.records.listings import extract_record

        echo_json_list(map(extract_record, found[:shown]))
    elif style:
        from monitor.app.reading.reference import references_to, write_references

        click.echo(write_references(style, references_to(found[:shown])), nl=False)
    elif as_csv:
        _print_csv(found[:shown])
    elif found:
        _print_extracts(found[:shown])
    if not found:
        note_empty(session, "No extracts.", ways)
    note_cut(session, len(found[:shown]), len(found), "extracts")


def _print_extracts(found: "Sequence[ExtractRow]") -> None:
    from monitor.cli.pages.render import BOLD, DIM, GOOD, ODD, Page, plain
    from monitor.text.links import document_url

    page = Page()
    for extract in found:
        title = page.style(plain(extract.title), BOLD)
        title += f" {page.style('[new]', GOOD)}" if extract.flagged else ""
        page.wrapped(f"{title} {page.style('[reviewed]', DIM)}" if extract.reviewed else title)
        adopted = f", adopted {extract.adopted_on}" if extract.adopted_on else ""
        published = f", published {extract.published_on}" if extract.published_on and not adopted else ""
        tongue = "" if extract.language == "en" else f", in {extract.language}"
        place = f"{extract.symbol}{adopted}{published}{tongue}: {', '.join(extract.addresses)}"
        page.wrapped(page.style(plain(place), DIM), "  ")
        page.wrapped(plain("; ".join(extract.themes)), "  ")
        if extract.is_entry:
            from monitor.app.held.missions import mission_facts
            from monitor.cli.pages.missions import mission_words

            page.wrapped(plain(mission_words(mission_facts(extract.symbol, extract.title))), "  ")
        if extract.changed_since:
            since = (
                f"A person spoke of it: the text has changed since this was said on {extract.changed_since:%Y-%m-%d}."
            )
            page.wrapped(page.style(since, ODD), "  ")
        page.line()
        for piece in extract.text.split("\n"):
            page.wrapped(plain(piece), "    ")
        page.line()
        page.line(f"  {plain(document_url(extract.symbol, extract.language))}")
        page.line()
    page.lines.pop()
    page.print()


def _print_csv(found: "Sequence[ExtractRow]") -> None:
    import csv
    import io

    from monitor.app.export.csv_cells import cell
    from monitor.cli.records.listings import extract_record

    names = (
        "symbol",
        "title",
        "addresses",
        "themes",
        "text",
        "adopted_on",
        "url",
        "first_seen_at",
        "flagged",
        "language",
        "reviewed",
        "text_changed_since",
        "published_on",
        "mission",
        "situation",
        "bodies",
        "kind",
        "citation",
        "source_url",
    )
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(names)
    for extract in found:
        record = extract_record(extract)
        writer.writerow([cell(record[name]) for name in names])
    click.echo(table.getvalue().encode("utf-8", "replace"), nl=False)
