"""Looks at a run that has ended, in one transaction: verdict → changes → flags → alerts in the outbox → run closed.

A crash before the commit leaves everything as it was: the same run, or the next one, notices the same.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.alerts.delivery.addressing import Addressed, Addressee, put_into_outbox
from monitor.alerts.delivery.channel import wants_extracts, wants_source
from monitor.alerts.news.compose import extract_alert
from monitor.ledger.news import ledger_alerts
from monitor.noticing.removals import settle_removals
from monitor.noticing.source_news import Patience, is_doubted, source_news
from monitor.noticing.verdict import judge_run
from monitor.noticing.versions import News, is_same_text, notice_version
from storage.fetched.runs import close_run, has_baseline, last_good_run, load_run
from storage.fetched.snapshots import count_without_text
from storage.models import Version
from storage.records import CrawlRun, Event, Outcome, RunCounts
from storage.sqlite.database import transaction
from storage.texts.documents import count_documents, mark_noticed, previous_version, unnoticed_versions
from storage.told.facts import count_told
from storage.told.published import count_brought, count_published


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
    channels: Sequence[Addressee],
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
        held = count_documents(db, source) + count_published(db, source) + count_told(db, source)
        verdict = judge_run(record, min_listed, held)
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
        brought = count_brought(db, run)
        counts = replace(counts, new=counts.new + brought.new, changed=counts.changed + brought.changed)
        news: list[News] = []
        if is_noticing:
            news = _notice(db, waiting, run, news_days, now) if is_held else []
            for version in waiting:
                mark_noticed(db, version.id, run)
        if is_complete and is_held:
            news += settle_removals(db, source, run, now)
        told = _tell(db, news, judged, channels, patience or Patience(), now)
        gaps = _tell_gaps(db, judged, channels, now, is_quiet=is_baseline) if is_noticing else 0
        counts = replace(counts, flags=told.flags, alerts=told.alerts + gaps)
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
    channels: Sequence[Addressee],
    patience: Patience,
    now: datetime,
) -> _Told:
    """Put one alert for each document and event into the outbox, and one for a source whose state has changed."""
    grouped: dict[tuple[str, str, Event], list[News]] = {}
    for one in news:
        grouped.setdefault((one.facts.symbol, one.facts.language, one.event), []).append(one)
    addressed = []
    for (symbol, _, event), group in grouped.items():
        told = [part for one in group for part in one.told]
        themes = [theme for part in told for theme in part.flag.themes]
        wanting = tuple(channel for channel in channels if wants_extracts(channel, event, symbol, themes))
        addressed.append(Addressed(extract_alert(event, group[-1].facts, told, run.run, now), wanting))
    trouble = source_news(db, run, patience, now)
    if trouble is not None:
        wanting = tuple(channel for channel in channels if wants_source(channel, trouble.event))
        addressed.append(Addressed(trouble, wanting, is_capped=False))
    return _Told(flags=sum(len(one.told) for one in news), alerts=put_into_outbox(db, addressed, now))


def _tell_gaps(
    db: sqlite3.Connection, run: CrawlRun, channels: Sequence[Addressee], now: datetime, *, is_quiet: bool
) -> int:
    """Bring the ledger up to date and put what opened or closed in it into the outbox; how many alerts that made.

    Gaps are for operators: only a channel that asks for such events hears of them, and `ledger` shows them to anybody.
    """
    good = last_good_run(db, run.source)
    addressed = []
    for alert in ledger_alerts(db, run, good.ended_at if good else None, now, is_quiet=is_quiet):
        wanting = tuple(each for each in channels if each.events and wants_source(each, alert.event))
        if wanting:
            addressed.append(Addressed(alert, wanting, is_capped=False))
    return put_into_outbox(db, addressed, now)
