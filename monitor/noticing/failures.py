"""What is said of single documents that fail while their source is well: in the run's reason, and to operators once.

One document that fails makes no run suspect. Its words stand in the reason of each run that met it; operators hear of
it when it has failed in three runs. Reads and writes the database; the transaction is the caller's.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from monitor.alerts.news.compose import source_alert
from monitor.alerts.news.payload import SourceNews
from monitor.noticing.failure_words import words_of
from storage.fetched.failures import forget_failures, load_failures, mark_failures_told
from storage.fetched.runs import last_good_run
from storage.records import Alert, CrawlRun, DocumentFailure, Event

RUNS_BORNE: Final = 3
"""A document that failed in so many runs is told to operators."""

# A text that another source gave meanwhile may be asked for no more: then its failure ends.
_ASKED_WITHIN: Final = timedelta(days=2)


def failures_in(db: sqlite3.Connection, run: CrawlRun, now: datetime) -> list[DocumentFailure]:
    """The documents that failed in this run. Those that nobody asks for any more are forgotten."""
    forget_failures(db, run.source, now - _ASKED_WITHIN)
    return [failure for failure in load_failures(db, run.source) if failure.last_run == run.run]


def with_failures(reason: str | None, failures: Sequence[DocumentFailure]) -> str | None:
    """A run's reason, with the documents that failed in it and why."""
    if not failures:
        return reason
    told = words_of(failures)
    return f"{reason}; {told}" if reason else told


def failure_alert(db: sqlite3.Connection, run: CrawlRun, now: datetime) -> Alert | None:
    """The alert about the documents of a source that have failed in three runs and were told to nobody yet.

    They are marked as told by this run. Ask only after a run that is to be believed: else the source is the trouble.
    """
    due = [one for one in load_failures(db, run.source) if one.runs >= RUNS_BORNE and not one.is_told]
    if not due:
        return None
    mark_failures_told(db, due, run.run)
    good = last_good_run(db, run.source)
    news = SourceNews(
        event=Event.SOURCE_DOCUMENT_FAILED,
        source=run.source,
        reason=words_of(due),
        last_good_at=good.ended_at if good else None,
    )
    about = ";".join(sorted(f"{one.url} {one.since.isoformat()}" for one in due))
    return source_alert(news, about, run.run, now)
