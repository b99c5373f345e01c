"""`relabel --all`: labels all stored texts with today's vocabulary and says what that changed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from monitor.app.held.relabelling import BATCH, open_for
from monitor.cli.pages.progress import LineCounter
from monitor.cli.session import Session

if TYPE_CHECKING:
    import sqlite3

    from scraper.ingest.relabelling import LabelChange
    from storage.texts.labels import LabelState


@dataclass(slots=True)
class Difference:
    """What a relabelling changes: in the versions that are shown, paragraph by paragraph; in the others, a count."""

    versions: int = 0
    relabelled: int = 0
    in_other_versions: int = 0
    changes: list["LabelChange"] = field(default_factory=list)

    def by_theme(self) -> dict[str, tuple[int, int]]:
        """How many paragraphs each theme came to and left, in the order of the themes."""
        from storage.models import THEMES

        added = Counter(theme for change in self.changes for theme in change.added)
        removed = Counter(theme for change in self.changes for theme in change.removed)
        return {theme: (added[theme], removed[theme]) for theme in THEMES if added[theme] or removed[theme]}


def relabel_all(session: Session, *, is_forced: bool, is_dry: bool, as_json: bool) -> None:
    """Label every version that another vocabulary labelled, in short transactions, and print the difference."""
    from scraper.ingest.relabelling import stale_versions
    from scraper.themes.labeller import VOCABULARY_VERSION

    with closing(open_for(session, is_dry=is_dry)) as db:
        states = stale_versions(db, is_forced=is_forced)
        with LineCounter("labelling", len(states), is_quiet=session.is_quiet) as counter:
            difference = _relabel(db, states, counter, is_dry=is_dry)
    if as_json:
        from monitor.cli.pages.render import echo_json

        echo_json(_record(difference, VOCABULARY_VERSION, is_dry=is_dry))
    else:
        _print(difference, VOCABULARY_VERSION, is_dry=is_dry)


def _relabel(
    db: "sqlite3.Connection", states: Sequence["LabelState"], counter: LineCounter, *, is_dry: bool
) -> Difference:
    from scraper.ingest.relabelling import relabel_version, store
    from storage.sqlite.database import transaction

    difference = Difference(versions=len(states))
    for batch in _batches(states):
        with nullcontext() if is_dry else transaction(db):
            for state in batch:
                one = relabel_version(db, state.version)
                if not (one.is_same or is_dry):
                    store(db, [one])
                difference.relabelled += not one.is_same
                if one.is_current:
                    difference.changes += one.changes
                else:
                    difference.in_other_versions += len(one.changes)
                counter.step()
    return difference


def _batches(states: Sequence["LabelState"]) -> Iterator[Sequence["LabelState"]]:
    for start in range(0, len(states), BATCH):
        yield states[start : start + BATCH]


def _record(difference: Difference, vocabulary: str, *, is_dry: bool) -> dict[str, Any]:
    return {
        "vocabulary": vocabulary,
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


def _print(difference: Difference, vocabulary: str, *, is_dry: bool) -> None:
    from monitor.cli.pages.render import ADDED, BOLD, DIM, REMOVED, Page, plain

    if not difference.versions:
        click.echo(f"All labels are of today's vocabulary {vocabulary}; --force makes them again all the same.")
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
        f"{difference.relabelled} versions {done} by the vocabulary {vocabulary}: {len(difference.changes)} paragraphs "
        f"with other themes, {difference.in_other_versions} more in versions that are not shown."
    )
    page.print()
