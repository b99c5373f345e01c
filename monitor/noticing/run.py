"""Looks at a run that has ended, in one transaction: verdict → changes → flags → alerts in the outbox → run closed.

A crash before the commit leaves everything as it was: the same run, or the next one, notices the same.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from monitor.alerts.delivery.addressing import Addressed, Addressee, put_into_outbox
from monitor.alerts.delivery.wishes import wants_operators_news
from monitor.alerts.news.compose import DocumentFacts, Told, ToldRenewal, ToldRollover
from monitor.changes.news import NewsVerdict, Stage, stage_of
from monitor.ledger.news import ledger_alerts
from monitor.noticing.failures import failures_in, with_failures
from monitor.noticing.judging import Judge
from monitor.noticing.removals import settle_removals
from monitor.noticing.source_news import Patience, is_doubted
from monitor.noticing.telling import Reminders, remind, tell, told_again
from monitor.noticing.verdict import judge_run
from monitor.noticing.versions import News, facts_of, is_same_text, notice_version
from storage.fetched.runs import close_run, has_baseline, last_good_run, load_run, watch_began_at
from storage.fetched.snapshots import count_without_text
from storage.models import Version
from storage.records import CrawlRun, Event, Outcome, RunCounts
from storage.sqlite.database import transaction
from storage.texts.documents import count_documents, load_parsed, mark_noticed, previous_version, unnoticed_versions
from storage.told.facts import count_listed_and_held, count_told
from storage.told.published import count_brought, count_published

Renewals = Callable[[sqlite3.Connection, str, str], Sequence[ToldRenewal | ToldRollover]]
"""Says what became of the words where a document of this symbol and language renews mandates, by mandate; else none."""


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
    renewal_of: Renewals | None = None,
    reminders: Reminders | None = None,
) -> CrawlRun:
    """Give the verdict on a run whose bodies are read, say what it brought, and return its closed record.

    What is told follows the table in `monitor.changes.news`: the first complete run of all begins the watch and tells
    nothing, unless it saw only a part of its source (`may_be_baseline` False). A run that failed or is suspect notices
    nothing either: what waits is told by the next run that is to be believed. Bodies that gave no text count as failed.
    Operators hear of the source after `patience`. `renewal_of` sets a new document beside the one whose mandate it
    renews; without it none is told as a renewal. `reminders` tells of mandates that expire soon, once the watch has
    begun; without it nobody is reminded. A run that is closed already is returned as it stands.
    """
    with transaction(db):
        record = load_run(db, run)
        if record.source != source:
            raise ValueError(f"expected run {run} to be of source '{source}', found '{record.source}'")
        if record.ended_at is not None:
            return record
        failed = record.counts.failed + count_without_text(db, run)
        record = replace(record, counts=replace(record.counts, failed=failed))
        verdict = judge_run(record, min_listed, _held(db, source))
        failures = failures_in(db, record, now)
        verdict = replace(verdict, reason=with_failures(verdict.reason, failures))
        judged = replace(record, outcome=verdict.outcome, reason=verdict.reason)
        stage = _stage(db, judged, may_be_baseline=may_be_baseline)
        waiting = unnoticed_versions(db, source)
        noticed, news = _notice(db, waiting, _judge(db, stage, news_days), renewal_of, run, now)
        counts = _counted(db, record, waiting, noticed)
        if verdict.outcome is Outcome.COMPLETE and stage is Stage.LATER:
            news += settle_removals(db, record, now)
        told = tell(db, news, judged, channels, patience or Patience(), now)
        is_baseline = stage in (Stage.BEGINS_WATCH, Stage.FIRST)
        gaps = 0
        if is_baseline or stage is Stage.LATER:
            gaps = _tell_gaps(db, judged, channels, now, is_quiet=is_baseline)
        reminded = 0
        if reminders is not None and not is_baseline and watch_began_at(db) is not None:
            reminded = remind(db, reminders(db, now.date()), run, channels, now)
        counts = replace(counts, flags=told.flags, alerts=told.alerts + gaps + reminded)
        close_run(db, run, verdict.outcome, verdict.reason, counts, now, is_baseline=is_baseline)
        return load_run(db, run)


def _held(db: sqlite3.Connection, source: str) -> int:
    """How many of the documents that a source names are held; of one that brings no texts, how many it tells of."""
    own = count_documents(db, source) + count_published(db, source) + count_told(db, source)
    return own or count_listed_and_held(db, source)


def _stage(db: sqlite3.Connection, run: CrawlRun, *, may_be_baseline: bool) -> Stage:
    return stage_of(
        is_believed=not is_doubted(db, run),
        is_whole=run.outcome is Outcome.COMPLETE and may_be_baseline,
        had_complete=has_baseline(db, run.source),
        is_watching=watch_began_at(db) is not None,
    )


def _judge(db: sqlite3.Connection, stage: Stage, news_days: int) -> Judge:
    began_at = watch_began_at(db)
    return Judge(db, stage, began_at.date() if began_at else None, news_days)


def _notice(
    db: sqlite3.Connection,
    waiting: Sequence[Version],
    judge: Judge,
    renewal_of: Renewals | None,
    run: int,
    now: datetime,
) -> tuple[list[Version], list[News]]:
    """Judge the waiting versions in fetch order, each noticed before the next: which were, and what is news of them."""
    noticed: list[Version] = []
    found: list[News] = []
    for version in waiting:
        verdict = judge.judge(version)
        if verdict is NewsVerdict.WAIT:
            continue
        news = None if verdict is NewsVerdict.QUIET else notice_version(db, version, verdict, run, now)
        if verdict is NewsVerdict.RECORD and renewal_of is not None:
            found += told_again(db, version, renewal_of(db, version.symbol, version.language))
        if verdict is NewsVerdict.TELL and renewal_of is not None:
            found += _with_renewals(db, version, news, renewal_of)
        elif news is not None:
            found.append(news)
        mark_noticed(db, version.id, run)
        noticed.append(version)
    return noticed, found


def _with_renewals(db: sqlite3.Connection, version: Version, news: News | None, renewal_of: Renewals) -> list[News]:
    """The news of a new document, told as that of renewals where it is one: also of one that is silent about women.

    Its flagged changes belong to the first.
    """
    told = renewal_of(db, version.symbol, version.language)
    if not told:
        return [news] if news else []
    facts = news.facts if news else facts_of(db, version, load_parsed(db, version.id))
    flagged = news.told if news else ()
    found = [_told_as(one, facts, () if n else flagged) for n, one in enumerate(told)]
    return [one for one in found if one is not None]


def _told_as(told: ToldRenewal | ToldRollover, facts: DocumentFacts, flagged: tuple[Told, ...]) -> News | None:
    """One renewal or rollover as news; None of a rollover that has nothing to do with women."""
    if isinstance(told, ToldRenewal):
        return News(told.event, facts, flagged, renewal=told)
    is_about_women = bool(flagged or told.themes)
    return News(Event.RENEWAL_ROLLOVER, facts, flagged, rollover=told) if is_about_women else None


def _counted(
    db: sqlite3.Connection, run: CrawlRun, waiting: Sequence[Version], noticed: Sequence[Version]
) -> RunCounts:
    """The run's counts with what became of its documents: new to the source, changed, or with the same words.

    A run that decides nothing counts what it brought itself; one that does, also what had waited for it.
    """
    of_run = [version for version in waiting if version.fetched_at >= run.started_at and version not in noticed]
    versions = [*noticed, *of_run]
    new = [version for version in versions if previous_version(db, version) is None]
    same = [version for version in versions if is_same_text(db, version)]
    changed = len(versions) - len(new) - len(same)
    brought = count_brought(db, run.run)
    return replace(
        run.counts,
        new=len(new) + brought.new,
        changed=changed + brought.changed,
        unchanged=run.counts.unchanged + len(same),
    )


def _tell_gaps(
    db: sqlite3.Connection, run: CrawlRun, channels: Sequence[Addressee], now: datetime, *, is_quiet: bool
) -> int:
    """Bring the ledger up to date and put what opened or closed in it into the outbox; how many alerts that made.

    Gaps are for operators: only a channel that asks for such events hears of them, and `ledger` shows them to anybody.
    """
    good = last_good_run(db, run.source)
    addressed = []
    for alert in ledger_alerts(db, run, good.ended_at if good else None, now, is_quiet=is_quiet):
        wanting = tuple(each for each in channels if wants_operators_news(each, alert.event))
        if wanting:
            addressed.append(Addressed(alert, wanting, is_capped=False))
    return put_into_outbox(db, addressed, now)
