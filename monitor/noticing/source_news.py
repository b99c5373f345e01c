"""Says what operators hear of a source after a run: its trouble once, its silence once, and the end of each once.

A failure that passes is nobody's business: a trouble is told when so many runs in a row have met one, whichever kinds.
What was told already is read from the outbox, so that no kill, restart or new setting tells it again.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Final

from monitor.alerts.news.compose import source_alert
from monitor.alerts.news.payload import SOURCE_EVENTS, SourceNews
from monitor.noticing.silence import longest_usual_days, silent_days
from storage.fetched.runs import last_good_run, list_runs
from storage.outbox.source_history import arrivals, last_told
from storage.records import Alert, CrawlRun, Event, Outcome
from storage.texts.versions import newest_fetch

TROUBLES: Final = frozenset({Event.SOURCE_BLOCKED, Event.SOURCE_FAILED, Event.SOURCE_SUSPECT})

CUT_SHORT_RUNS: Final = 3
"""So many runs in a row that were cut short with nothing fetched are a trouble."""

# So many runs are looked at for those that tell how the source is; all but a handful of them do.
_RUNS_LOOKED_BACK: Final = 500


@dataclass(frozen=True, slots=True)
class Patience:
    """How much is borne before operators are told.

    `failures` are runs in a row: one failure is mostly an outage that has passed by the next run, a second one is not.
    `news_every_days` is what the source declares as usual, None to leave silence alone; a document that was older than
    `news_days` when it came says nothing of how often there are new ones.
    """

    failures: int = 2
    news_every_days: int | None = None
    news_days: int = 120


def source_news(db: sqlite3.Connection, run: CrawlRun, patience: Patience, now: datetime) -> Alert | None:
    """The alert about a source whose state this run has changed, None where there is nothing to tell.

    `run` bears its verdict; it need not be closed yet. The transaction is the caller's.
    """
    told = last_told(db, run.source, SOURCE_EVENTS - {Event.SOURCE_DOCUMENT_FAILED})
    if trouble_of(run) is not None:
        return None if told in TROUBLES else _trouble_alert(db, run, patience.failures, now)
    if run.outcome is Outcome.PARTIAL:
        return None if told in TROUBLES else _about_cut_short(db, run, now)
    if run.outcome is not Outcome.COMPLETE:
        return None
    if told in TROUBLES:
        return _recovery(db, run, "the last run was complete", now)
    return _about_silence(db, run, patience, told, now)


def trouble_of(run: CrawlRun) -> Event | None:
    """The trouble that a run's verdict tells of its source, None for a complete run and one that was cut short."""
    if run.outcome in (Outcome.FAILED, Outcome.SUSPECT) and (run.reason or "").startswith("blocked"):
        return Event.SOURCE_BLOCKED
    if run.outcome is Outcome.FAILED:
        return Event.SOURCE_FAILED
    return Event.SOURCE_SUSPECT if run.outcome is Outcome.SUSPECT else None


def is_doubted(db: sqlite3.Connection, run: CrawlRun) -> bool:
    """Whether what a run brought has to wait for a better one before readers hear of it.

    A run that was cut short says nothing of its source: the doubt, or the trust, of the run before it stands.
    """
    if trouble_of(run) is not None:
        return True
    earlier = _telling_before(db, run)
    return run.outcome is Outcome.PARTIAL and bool(earlier) and trouble_of(earlier[0]) is not None


def _trouble_alert(db: sqlite3.Connection, run: CrawlRun, failures: int, now: datetime) -> Alert | None:
    earlier = takewhile(lambda one: trouble_of(one) is not None, _telling_before(db, run))
    troubled = 1 + sum(1 for _ in earlier)
    event = trouble_of(run)
    if troubled < failures or event is None:
        return None
    good = last_good_run(db, run.source)
    times = "" if troubled == 1 else f" ({troubled} runs in a row)"
    reason = f"{run.reason or 'no reason was recorded'}{times}"
    return source_alert(_news(event, run, reason, good), good.run if good else 0, run.run, now)


def _about_cut_short(db: sqlite3.Connection, run: CrawlRun, now: datetime) -> Alert | None:
    """The alert about runs that were cut short one after the other with nothing in hand: one alone says nothing."""
    before = (one for one in list_runs(db, source=run.source, limit=_RUNS_LOOKED_BACK) if one.run < run.run)
    empty_handed = [*takewhile(_is_empty_handed, (run, *before))]
    if len(empty_handed) < CUT_SHORT_RUNS:
        return None
    good = last_good_run(db, run.source)
    reason = f"{len(empty_handed)} runs in a row were cut short and brought nothing: {run.reason or 'interrupted'}"
    return source_alert(_news(Event.SOURCE_FAILED, run, reason, good), good.run if good else 0, run.run, now)


def _is_empty_handed(run: CrawlRun) -> bool:
    return run.outcome is Outcome.PARTIAL and not run.counts.fetched + run.counts.not_modified


def _recovery(db: sqlite3.Connection, run: CrawlRun, reason: str, now: datetime) -> Alert:
    # Until this run is closed the last good run is the one before the trouble: the trouble's name.
    good = last_good_run(db, run.source)
    return source_alert(_news(Event.SOURCE_RECOVERED, run, reason, good), good.run if good else 0, run.run, now)


def _about_silence(
    db: sqlite3.Connection, run: CrawlRun, patience: Patience, told: Event | None, now: datetime
) -> Alert | None:
    newest_at = newest_fetch(db, run.source)
    if patience.news_every_days is None or newest_at is None:
        return None
    usual = longest_usual_days(arrivals(db, run.source, patience.news_days), patience.news_every_days)
    days = silent_days(newest_at, now, usual)
    if days is None:
        return _recovery(db, run, "something new has come again", now) if told is Event.SOURCE_SILENT else None
    reason = f"nothing new for {days} days; its longest usual silence is {usual}"
    news = _news(Event.SOURCE_SILENT, run, reason, last_good_run(db, run.source))
    # Told again with the same id in each run, and put into the outbox once.
    return source_alert(news, newest_at.isoformat(), run.run, now)


def _news(event: Event, run: CrawlRun, reason: str, good: CrawlRun | None) -> SourceNews:
    return SourceNews(event=event, source=run.source, reason=reason, last_good_at=good.ended_at if good else None)


def _telling_before(db: sqlite3.Connection, run: CrawlRun) -> list[CrawlRun]:
    """The runs before this one that say how their source is, newest first: one that was cut short leaves that open."""
    runs = list_runs(db, source=run.source, limit=_RUNS_LOOKED_BACK)
    return [
        one for one in runs if one.run < run.run and (one.outcome is Outcome.COMPLETE or trouble_of(one) is not None)
    ]
