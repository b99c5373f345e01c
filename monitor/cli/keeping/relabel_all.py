"""`relabel --all`: labels all stored texts with today's vocabulary and prints what that changed."""

from contextlib import closing
from typing import Any

import click

from monitor.app.held.relabelling import Difference, open_for, relabel_all, stale_versions
from monitor.cli.pages.progress import LineCounter
from monitor.cli.session import Session


def print_relabelling(session: Session, *, is_forced: bool, is_dry: bool, as_json: bool) -> None:
    """Label every version that another vocabulary labelled, and print the difference."""
    with closing(open_for(session, is_dry=is_dry)) as db:
        states = stale_versions(db, is_forced=is_forced)
        with LineCounter("labelling", len(states), is_quiet=session.is_quiet) as counter:
            difference = relabel_all(db, states, counter.step, is_dry=is_dry)
    if as_json:
        from monitor.cli.pages.render import echo_json

        echo_json(_record(difference, is_dry=is_dry))
    else:
        _print(difference, is_dry=is_dry)


def _record(difference: Difference, *, is_dry: bool) -> dict[str, Any]:
    return {
        "vocabulary": difference.vocabulary,
        "versions": difference.versions,
        "relabelled": difference.relabelled,
        "paragraphs": [
            {
                "symbol": change.symbol,
                "language": change.language,
                "address": change.address,
                "added": list(change.added),
                "removed": list(change.removed),
                "reviewed": change.is_reviewed,
            }
            for change in difference.changes
        ],
        "in_other_versions": difference.in_other_versions,
        "themes": {
            theme: {"added": added, "removed": removed} for theme, (added, removed) in difference.by_theme().items()
        },
        "dry_run": is_dry,
    }


def _print(difference: Difference, *, is_dry: bool) -> None:
    from monitor.cli.pages.render import ADDED, BOLD, DIM, REMOVED, Page, plain

    if not difference.versions:
        click.echo(
            f"All labels are of today's vocabulary {difference.vocabulary}; --force makes them again all the same."
        )
        return
    page = Page()
    for change in difference.changes:
        reviewed = page.style(" (a person had spoken of it)", DIM) if change.is_reviewed else ""
        language = "" if change.language == "en" else f" ({change.language})"
        page.wrapped(f"{page.style(plain(f'{change.symbol}{language}, {change.address}'), BOLD)}{reviewed}")
        for theme in change.added:
            page.wrapped(page.style(plain(theme), ADDED), "  ")
        for theme in change.removed:
            page.wrapped(page.style(plain(theme), REMOVED), "  ")
    if difference.changes:
        page.line()
        rows = [(theme, f"+{added}", f"-{removed}") for theme, (added, removed) in difference.by_theme().items()]
        page.table(("theme", "added", "removed"), rows, right="added removed")
        page.line()
    done = "would be labelled again" if is_dry else "labelled again"
    page.wrapped(
        f"{difference.relabelled} versions {done} by the vocabulary {difference.vocabulary}: "
        f"{len(difference.changes)} paragraphs with other themes, {difference.in_other_versions} more in versions "
        "that are not shown."
    )
    page.print()
