"""The command `changes`: what changed in the held documents, paragraph by paragraph and word by word."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from monitor.cli.arguments import Moment
from monitor.cli.completing import complete_symbols
from monitor.cli.pages.changed_words import compared_words
from monitor.cli.reading.choices import note_empty
from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.cli.pages.render import Page
    from storage.records import Change


@click.command(epilog="\b\nExamples:\n  wpswatch changes --wps --since 7d\n  wpswatch changes --run 12 --json")
@click.option(
    "--since",
    type=Moment(),
    metavar="D",
    help="Seen on this day or later: 2025-01-31, 'June 2026', or 7d for a week ago.",
)
@click.option("--until", type=Moment(is_last=True), metavar="D", help="Seen on this day or before.")
@click.option("--run", type=click.IntRange(min=1), metavar="N", help="Only those that this run brought.")
@click.option(
    "--symbol",
    "symbols",
    metavar="S",
    multiple=True,
    shell_complete=complete_symbols,
    help="Only this document: 'S/RES/2387 (2017)', 2387, 'S/RES/27*'; given twice, either.",
)
@click.option("--wps", "only_wps", is_flag=True, help="Only words about women, peace and security.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of records as JSON.")
@pass_session
def changes(
    session: Session,
    since: datetime | None,
    until: datetime | None,
    run: int | None,
    symbols: tuple[str, ...],
    only_wps: bool,
    limit: int | None,
    as_json: bool,
) -> None:
    """List the changes of paragraphs, newest first.

    Words that went stand in [-these-], words that came in {+these+}. Only changes of the source's own words are news;
    of others the cause is named. On a terminal the newest 20 are shown unless --limit says otherwise.
    """
    from contextlib import closing

    from monitor.app.reading.changes import ChangesWanted, changes_otherwise, changes_wanted, with_works

    if since and until and since >= until:
        raise click.UsageError("--since is later than --until; exchange them")
    wanted = ChangesWanted(since, until, run, symbols, only_wps)
    with closing(session.open_readonly()) as db:
        found = changes_wanted(db, wanted, limit)
        ways = [] if found else changes_otherwise(db, wanted)
        cited = list(with_works(db, found)) if as_json else []
    if as_json:
        from monitor.cli.pages.render import echo_json_list
        from monitor.cli.records.listings import change_record

        echo_json_list(change_record(change, work) for change, work in cited)
    elif found:
        _print_changes(session, found, is_limited=limit is not None)
    if not found:
        note_empty(session, "No changes.", ways)


def _print_changes(session: Session, found: "Sequence[Change]", *, is_limited: bool) -> None:
    from monitor.cli.pages.render import Page, screenful

    page = Page()
    for change in found[: screenful(session, len(found), "changes", is_limited=is_limited)]:
        _add_change(page, change)
        page.line()
    page.lines.pop()
    page.print()


def _add_change(page: "Page", change: "Change") -> None:
    from monitor.cli.pages.render import BOLD, DIM, moment, plain

    was = f" (was {change.before_address})" if change.before_address not in (None, change.address) else ""
    page.wrapped(f"{page.style(plain(f'{change.symbol}, {change.address}'), BOLD)} {change.kind}{plain(was)}")
    news = "" if change.cause == "source" else f", not news: another {_CAUSES[change.cause]}"
    page.wrapped(page.style(f"run {change.run}, {moment(change.detected_at)}{news}", DIM), "  ")
    if change.themes:
        page.wrapped(plain("; ".join(change.themes)), "  ")
    for reason in change.reasons:
        page.wrapped(plain(f"flagged: {reason}"), "  ", "    ")
    page.line()
    page.wrapped(compared_words(page, change.before, change.after), "    ")


_CAUSES = {"witness": "source gives the same document", "parser": "reading of the same words", "labels": "labelling"}
