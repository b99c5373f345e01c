"""Keeps how the numbers of the ledger stand after a run, and makes operators' news of gaps that opened or closed."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from monitor.alerts.news.compose import ledger_alert
from monitor.alerts.news.payload import SourceNews
from monitor.ledger.series import LedgerEntry, build_ledger, movement, ranges
from storage.records import Alert, CrawlRun, Event
from storage.told.ledger import document_evidence, note_numbers, noted_numbers
from storage.told_values import Noted


def ledger_alerts(
    db: sqlite3.Connection, run: CrawlRun, last_good_at: datetime | None, now: datetime, *, is_quiet: bool
) -> list[Alert]:
    """Note how the numbers stand after a run, in its transaction; one alert for gaps opened, one for gaps closed.

    The first look is told to nobody, nor is a run that only makes a source's baseline (`is_quiet`).
    """
    noted = noted_numbers(db)
    moved = movement(build_ledger(document_evidence(db), noted, now), noted, run.run, now)
    note_numbers(db, moved.noted, moved.gone)
    if not noted or is_quiet:
        return []
    told = ((Event.SOURCE_GAP, moved.opened), (Event.SOURCE_GAP_CLOSED, moved.closed))
    return [_alert(event, entries, noted, run, last_good_at, now) for event, entries in told if entries]


def _alert(
    event: Event,
    entries: Sequence[LedgerEntry],
    noted: Mapping[tuple[str, int], Noted],
    run: CrawlRun,
    last_good_at: datetime | None,
    now: datetime,
) -> Alert:
    news = SourceNews(event=event, source=run.source, reason=_reason(event, entries), last_good_at=last_good_at)
    # A gap may open again: what its number was before, and since which run, tells the second time from the first.
    before = [noted.get((entry.series, entry.number)) for entry in entries]
    keys = [
        f"{entry.series}/{entry.number}:{entry.standing}:{was.run if was else 0}"
        for entry, was in zip(entries, before, strict=True)
    ]
    return ledger_alert(news, keys, run.run, now)


def _reason(event: Event, entries: Iterable[LedgerEntry]) -> str:
    """Such as "S/RES 2301–2304, 2310; S/PRST/2026 7: no longer missing"."""
    by_series: dict[str, list[int]] = {}
    for entry in entries:
        by_series.setdefault(entry.series, []).append(entry.number)
    named = "; ".join(f"{series} {ranges(numbers)}" for series, numbers in by_series.items())
    if event is Event.SOURCE_GAP:
        return f"{named}: higher numbers are known, and no text is held; see wpswatch ledger"
    return f"{named}: no longer missing; see wpswatch ledger"
