"""How each source is doing, told from its settings and its runs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from monitor.noticing.silence import longest_usual_days, silent_days
from storage.records import CrawlRun, DocumentFailure, Outcome

if TYPE_CHECKING:
    import sqlite3

    from monitor.settings.config import Config
    from monitor.watch.heartbeat import Heartbeat
    from scraper.sources.loader import Source

PATIENCE = 3
"""A run that was cut short says nothing of its source; so many in a row do."""


class State(StrEnum):
    """How a source is doing."""

    OK = "ok"
    NEVER_RUN = "never-run"
    BLOCKED = "blocked"
    FAILING = "failing"
    SUSPECT = "suspect"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class SourceVerdict:
    """A state and why; `reason` is None when there is nothing to say."""

    state: State
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source as it stands. Times are None when it never ran, ran well, or will not run.

    `held` counts documents, or entries of those that publish extracts, or documents that a witness tells of;
    `failing` are the documents that it did not give when last asked.
    `last_outcome` is that of the last run, None when it never ran, or runs just now (`is_running`). `next_run_at` is
    when `watch` crawls it; while none is running (`is_watched`), when its schedule says so.
    """

    source: "Source"
    verdict: SourceVerdict
    schedule: str
    last_run_at: datetime | None
    last_outcome: Outcome | None
    is_running: bool
    last_good_at: datetime | None
    next_run_at: datetime | None
    is_watched: bool
    held: int
    failing: tuple[DocumentFailure, ...] = ()


def judge_source(runs: Iterable[CrawlRun]) -> SourceVerdict:
    """The state that a source's runs, newest first, tell."""
    closed = [run for run in runs if run.ended_at is not None]
    told = next((n for n, run in enumerate(closed) if run.outcome is not Outcome.PARTIAL), len(closed))
    if told >= PATIENCE:
        return SourceVerdict(State.SUSPECT, f"the last {told} runs were cut short: {closed[0].reason or 'interrupted'}")
    if told == len(closed):
        return SourceVerdict(State.NEVER_RUN, closed[0].reason if closed else None)
    run = closed[told]
    if (run.reason or "").startswith("blocked"):
        return SourceVerdict(State.BLOCKED, run.reason)
    states = {Outcome.FAILED: State.FAILING, Outcome.SUSPECT: State.SUSPECT}
    return SourceVerdict(states.get(run.outcome or Outcome.COMPLETE, State.OK), run.reason)


def judge_silence(
    verdict: SourceVerdict, newest_at: datetime | None, usual_days: int, asked_at: datetime | None
) -> SourceVerdict:
    """The verdict on a source, with a doubt when all seems well but nothing new has come for far longer than usual.

    Silence is counted to the last time it was asked.
    """
    days = silent_days(newest_at, asked_at, usual_days)
    if verdict.state is not State.OK or days is None:
        return verdict
    return SourceVerdict(State.SUSPECT, f"nothing new for {days} days; its longest usual silence is {usual_days}")


def source_statuses(
    db: "sqlite3.Connection | None", config: "Config", now: datetime, beat: "Heartbeat | None"
) -> list[SourceStatus]:
    """Every source as it stands; without a database none has run. `beat` is the last sign of life of a watch."""
    from scraper.sources.loader import load_sources

    planned = beat.next_runs if beat is not None and beat.is_alive(now) else None
    return [_status(db, source, config, now, planned) for source in load_sources().values()]


def _held(db: "sqlite3.Connection", source: str) -> int:
    """What a source has given: texts, entries as published, or facts of so many documents."""
    from storage.texts.documents import count_documents
    from storage.told.facts import count_told
    from storage.told.published import count_published

    return count_documents(db, source) + count_published(db, source) + count_told(db, source)


def _status(
    db: "sqlite3.Connection | None",
    source: "Source",
    config: "Config",
    now: datetime,
    planned: "Mapping[str, datetime] | None",
) -> SourceStatus:
    from scraper.sources.schedule import parse_schedule
    from storage.fetched.failures import load_failures
    from storage.fetched.runs import last_good_run, list_runs
    from storage.outbox.source_history import arrivals
    from storage.texts.versions import newest_fetch

    settings = config.source(source.name)
    is_enabled = config.is_enabled(source)
    schedule = settings.schedule or source.schedule
    runs = [] if db is None else list_runs(db, source=source.name, limit=100)
    good = None if db is None else last_good_run(db, source.name)
    last_run_at = runs[0].started_at if runs else None
    newest_at = None if db is None else newest_fetch(db, source.name)
    came = [] if db is None else arrivals(db, source.name, config.news_days)
    usual_days = longest_usual_days(came, source.expect.news_every_days)
    verdict = judge_silence(judge_source(runs), newest_at, usual_days, last_run_at)
    next_run_at = None
    if planned is not None:  # a running watch goes by the settings it has read
        next_run_at = max(planned[source.name], now) if source.name in planned else None
    elif is_enabled:
        next_run_at = parse_schedule(schedule).next_run(last_run_at, now)
    return SourceStatus(
        source=source,
        # one that is off of itself, and was crawled by name, is told as it is
        verdict=verdict if is_enabled or (runs and settings.is_enabled is None) else SourceVerdict(State.DISABLED),
        schedule=schedule,
        last_run_at=last_run_at,
        last_outcome=runs[0].outcome if runs else None,
        is_running=bool(runs) and runs[0].ended_at is None,
        last_good_at=good.ended_at if good else None,
        next_run_at=next_run_at,
        is_watched=planned is not None and source.name in planned,
        held=0 if db is None else _held(db, source.name),
        failing=() if db is None else tuple(load_failures(db, source.name)),
    )


def newest_runs(db: "sqlite3.Connection", limit: int | None) -> list[CrawlRun]:
    """The run records, newest first."""
    from storage.fetched.runs import list_runs

    return list_runs(db, limit=limit)
