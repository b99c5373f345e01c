"""Looks at a run that has ended, in one transaction: verdict → changes → flags → alerts in the outbox → run closed.

A crash before the commit leaves everything as it was: the same run, or the next one, notices the same.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.alerts.channel import Wishes, wants_extracts, wants_source
from monitor.alerts.compose import extract_alert
from monitor.checks import judge_run
from monitor.compare import News, is_same_text, notice_version
from monitor.removals import settle_removals
from monitor.source_news import Patience, is_doubted, source_news
from storage.database import transaction
from storage.documents import count_documents, mark_noticed, previous_version, unnoticed_versions
from storage.models import Version
from storage.outbox import enqueue
from storage.records import CrawlRun, Event, Outcome, RunCounts
from storage.runs import close_run, has_baseline, load_run
from storage.snapshots import count_without_text


@dataclass(frozen=True, slots=True)
class _Told:
    """How many changes were flagged and how many alerts were put into the outbox."""

    flags: int
    alerts: int


def notice_run(
    db: sqlite3.Connection,
    run: int,
    *,
    source: str,
    min_listed: int,
    news_days: int,
    channels: Sequence[Wishes],
    now: datetime,
    may_be_baseline: bool = True,
    patience: Patience | None = None,
) -> CrawlRun:
    """Give the verdict on a run whose bodies are read, say what it brought, and return its closed record.

    The first complete run of a source is its baseline and tells nothing, unless it saw only a part of the source
    (`may_be_baseline` False); versions of runs before it wait, and become part of it. Bodies that gave no text count as
    failed. A run that failed or is suspect notices nothing either: what waits is told by the next run that is to be
    believed. Operators hear of the source after `patience`. A run that is closed already is returned as it stands.
    """
    with transaction(db):
        record = load_run(db, run)
        if record.source != source:
            raise ValueError(f"expected run {run} to be of source '{source}', found '{record.source}'")
        if record.ended_at is not None:
            return record
        failed = record.counts.failed + count_without_text(db, run)
        record = replace(record, counts=replace(record.counts, failed=failed))
        verdict = judge_run(record, min_listed, count_documents(db, source))
        judged = replace(record, outcome=verdict.outcome, reason=verdict.reason)
        is_complete = verdict.outcome is Outcome.COMPLETE
        is_held = has_baseline(db, source)
        is_baseline = is_complete and not is_held and may_be_baseline
        is_noticing = is_baseline or (is_held and not is_doubted(db, judged))
        waiting = unnoticed_versions(db, source)
        if not is_noticing:
            counted = [version for version in waiting if version.fetched_at >= record.started_at]
        else:
            counted = waiting
        counts = _counted(db, record.counts, counted)
        news: list[News] = []
        if is_noticing:
            news = _notice(db, waiting, run, news_days, now) if is_held else []
            for version in waiting:
                mark_noticed(db, version.id, run)
        if is_complete and is_held:
            news += settle_removals(db, source, run, now)
        told = _tell(db, news, judged, channels, patience or Patience(), now)
        counts = replace(counts, flags=told.flags, alerts=told.alerts)
        close_run(db, run, verdict.outcome, verdict.reason, counts, now, is_baseline=is_baseline)
        return load_run(db, run)


def _notice(db: sqlite3.Connection, waiting: Sequence[Version], run: int, news_days: int, now: datetime) -> list[News]:
    """Compare the waiting versions in fetch order; each is noticed before the next one is compared."""
    found = []
    for version in waiting:
        news = notice_version(db, version, run, news_days, now)
        mark_noticed(db, version.id, run)
        if news is not None:
            found.append(news)
    return found


def _counted(db: sqlite3.Connection, counts: RunCounts, versions: Sequence[Version]) -> RunCounts:
    """The run's counts with what became of its documents: new to the source, changed, or with the same words."""
    new = [version for version in versions if previous_version(db, version) is None]
    same = [version for version in versions if is_same_text(db, version)]
    changed = len(versions) - len(new) - len(same)
    return replace(counts, new=len(new), changed=changed, unchanged=counts.unchanged + len(same))


def _tell(
    db: sqlite3.Connection,
    news: Sequence[News],
    run: CrawlRun,
    channels: Sequence[Wishes],
    patience: Patience,
    now: datetime,
) -> _Told:
    """Put one alert for each document and event into the outbox, and one for a source whose state has changed."""
    grouped: dict[tuple[str, str, Event], list[News]] = {}
    for one in news:
        grouped.setdefault((one.facts.symbol, one.facts.language, one.event), []).append(one)
    alerts = 0
    for (symbol, _, event), group in grouped.items():
        told = [part for one in group for part in one.told]
        themes = [theme for part in told for theme in part.flag.themes]
        names = [channel.name for channel in channels if wants_extracts(channel, event, symbol, themes)]
        alerts += enqueue(db, extract_alert(event, group[-1].facts, told, run.run, now), names)
    trouble = source_news(db, run, patience, now)
    if trouble is not None:
        alerts += enqueue(db, trouble, [channel.name for channel in channels if wants_source(channel, trouble.event)])
    return _Told(flags=sum(len(one.told) for one in news), alerts=alerts)
