"""The command `ledger`: every number of the Council's series, held, announced or missing; what sources contradict."""

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.cli.pages.render import Page
    from monitor.ledger.contradictions import Contradiction
    from monitor.ledger.series import LedgerEntry, Series


@click.command(
    epilog="\b\nExamples:\n  wpswatch ledger\n  wpswatch ledger --series S/PRST/2026\n"
    "  wpswatch ledger --json | jq '.series[0] | .held, .highest'\n\n"
    "Exit codes: 0 shown, 1 nothing held, 3 shown with --strict, and something is missing or overdue."
)
@click.option("--series", "wanted", metavar="NAME", help="Only this one: S/RES, or S/PRST/2026.")
@click.option("--strict", is_flag=True, help="Exit with 3 when a number is missing or overdue.")
@click.option("--json", "as_json", is_flag=True, help="Print every number as JSON.")
@pass_session
def ledger(session: Session, wanted: str | None, strict: bool, as_json: bool) -> None:
    """Say which resolutions and statements are held, and which are missing.

    Resolutions are numbered consecutively since 1946, statements of the President anew each year: each number up to the
    highest one known is a document that exists. Where sources contradict each other about one, both are shown.
    """
    from monitor.app.reading.ledger import read_ledger

    with closing(session.open_readonly()) as db:
        series, disputed = read_ledger(db, datetime.now(UTC), wanted)
    if as_json:
        from monitor.cli.pages.render import echo_json

        echo_json(
            {
                "series": [_series_record(one) for one in series],
                "contradictions": [_contradiction_record(one) for one in disputed],
            }
        )
    else:
        _print(series, disputed)
    if strict and any(entry.is_gap for one in series for entry in one.entries):
        raise click.exceptions.Exit(3)


def _series_record(series: "Series") -> dict[str, Any]:
    from monitor.ledger.series import Standing

    return {
        "series": series.name,
        "highest": len(series.entries),
        **{standing.value: len(series.standing(standing)) for standing in Standing},
        "entries": [_entry_record(entry) for entry in series.entries],
    }


def _entry_record(entry: "LedgerEntry") -> dict[str, Any]:
    from monitor.cli.records.times import time_record

    return {
        "number": entry.number,
        "symbol": entry.symbol,
        "state": entry.standing.value,
        "since": time_record(entry.since),
        "witnesses": list(entry.witnesses),
        "languages": list(entry.languages),
        "announced_by": list(entry.announced_by),
    }


def _contradiction_record(found: "Contradiction") -> dict[str, Any]:
    return {
        "symbol": found.symbol,
        "field": found.field.value,
        "values": [{"value": one.value, "source": one.source, "origin": one.origin} for one in found.facts],
    }


def _print(series: "Sequence[Series]", disputed: "Sequence[Contradiction]") -> None:
    from monitor.cli.pages.render import Page

    page = Page()
    if not series:
        page.wrapped("Nothing is held or announced yet; crawl a source first: wpswatch crawl")
    for number, one in enumerate(series):
        if number:
            page.line()
        _add_series(page, one)
    if disputed:
        _add_contradictions(page, disputed)
    page.print()


def _add_contradictions(page: "Page", disputed: "Sequence[Contradiction]") -> None:
    from monitor.cli.pages.facts import disputed_words, field_name
    from monitor.cli.pages.render import BOLD, ODD, plain

    page.line()
    page.line(page.style(plain(f"Contradictions: {len(disputed):,}"), BOLD))
    for one in disputed:
        place = page.style(plain(f"{one.symbol}, {field_name(one.field)}:"), ODD)
        page.wrapped(f"{place} {plain(disputed_words(one.facts))}", "  ", "    ")


def _add_series(page: "Page", series: "Series") -> None:
    from monitor.cli.pages.render import BOLD, DIM, GOOD, ODD, plain
    from monitor.ledger.series import Standing

    held, highest = len(series.standing(Standing.HELD)), len(series.entries)
    line = f"{series.name}: held {held:,} of {highest:,}"
    page.line(page.style(plain(line), BOLD))
    if held == highest:
        page.wrapped(page.style("every number is held", GOOD), "  ")
        return
    for standing, style in ((Standing.MISSING, ODD), (Standing.OVERDUE, ODD), (Standing.ANNOUNCED, DIM)):
        for since, entries in _by_day(series.standing(standing)).items():
            when = f" since {since}" if since else ""
            page.wrapped(
                f"{page.style(f'{standing}{when}, {len(entries):,}:', style)} {_numbers(entries)}", "  ", "    "
            )


def _by_day(entries: "Sequence[LedgerEntry]") -> "dict[str, list[LedgerEntry]]":
    """The entries by the day since which they stand so, the latest last; the empty day is not known."""
    days: dict[str, list[LedgerEntry]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.since is not None, str(entry.since), entry.number)):
        days.setdefault(entry.since.date().isoformat() if entry.since else "", []).append(entry)
    return days


def _numbers(entries: "Sequence[LedgerEntry]") -> str:
    """The numbers, and behind those that are announced by whom."""
    from monitor.cli.pages.render import plain
    from monitor.ledger.series import few_ranges

    by_source: dict[tuple[str, ...], list[int]] = {}
    for entry in entries:
        by_source.setdefault(entry.announced_by, []).append(entry.number)
    return "; ".join(
        plain(few_ranges(numbers) + (f" (by {', '.join(sources)})" if sources else ""))
        for sources, numbers in by_source.items()
    )
