"""The options by which `extracts` and `search` choose: alike in both, and an option given twice adds up."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypedDict

import click

from monitor.cli.arguments import Day, Moment, Theme, check_span
from monitor.cli.completing import complete_situations, complete_symbols, complete_themes
from monitor.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.app.reading.empty_answer import WayOut
    from monitor.app.reading.extracts import Wanted

_OPTIONS = (
    click.option(
        "--theme", "themes", type=Theme(), multiple=True, shell_complete=complete_themes,
        help="Only this theme: participation, gbv, ssr.",
    ),
    click.option(
        "--symbol", "symbols", metavar="S", multiple=True, shell_complete=complete_symbols,
        help="Only this document: 'S/RES/2387 (2017)', 2387, 'S/RES/27*'.",
    ),
    click.option(
        "--since", type=Day(), metavar="D", help="Adopted on this day or later: 2025-01-31, 'June 2026', 2023, 7d, 1y."
    ),
    click.option("--until", type=Day(is_last=True), metavar="D", help="Adopted on this day or before."),
    click.option("--seen-since", type=Moment(), metavar="D", help="First seen, or changed, on this day or later."),
    click.option(
        "--situation", "situations", metavar="X", multiple=True, shell_complete=complete_situations,
        help="Only documents on this situation: haiti, 'south sudan', 'women and peace'.",
    ),
    click.option(
        "--body", "bodies", metavar="B", multiple=True,
        help="Only documents that name this mission, committee or panel: unmiss, '1591'.",
    ),
    click.option(
        "--kind", "kinds", metavar="K", multiple=True, help="Only this kind of document: resolution, statement, report."
    ),
    click.option(
        "--lang", "--language", "languages", metavar="CODE", multiple=True,
        help="Only texts in this language: en; all held unless given.",
    ),
)  # fmt: skip


class Choices(TypedDict):
    """The values of the options."""

    themes: tuple[str, ...]
    symbols: tuple[str, ...]
    since: date | None
    until: date | None
    seen_since: datetime | None
    situations: tuple[str, ...]
    bodies: tuple[str, ...]
    kinds: tuple[str, ...]
    languages: tuple[str, ...]


def choosing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that choose documents and paragraphs."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def wanted_of(choices: Choices) -> "Wanted":
    """What the options ask for."""
    from monitor.app.reading.extracts import Wanted

    check_span(choices["since"], choices["until"])
    return Wanted(**choices)


def note_cut(session: Session, shown: int, total: int, noun: str) -> None:
    """Say that a list was cut, and how to see the rest."""
    if shown < total:
        session.note(f"{shown:,} of {total:,} {noun} shown; --limit {total} shows all.")


def note_empty(session: Session, words: str, ways: "Sequence[WayOut]") -> None:
    """Say that nothing was found, and what would find something."""
    told = [f"{way.words}: {way.found:,}" for way in ways]
    session.note("\n  ".join([words + (" Something is found:" if told else ""), *told]))
