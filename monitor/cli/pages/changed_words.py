"""The old and the new words of a change, side by side, for a person."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.cli.pages.render import Page


def compared_words(page: "Page", before: str | None, after: str | None) -> str:
    """The words of a change, with what went and what came marked; None is a paragraph that was not there."""
    from monitor.cli.pages.render import ADDED, REMOVED, plain

    if after is None:
        return page.style(plain(before or ""), REMOVED)
    if before is None:
        return page.style(plain(after), ADDED)
    if before == after:
        return plain(after)
    from monitor.changes.diff import word_changes

    styles = {"removed": REMOVED, "added": ADDED}
    runs = word_changes(before, after)
    return " ".join(
        page.style(plain(run.text), styles[run.kind]) if run.kind in styles else plain(run.text) for run in runs
    )
