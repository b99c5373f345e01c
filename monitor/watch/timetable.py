"""When each source is due, from its schedule and its runs, and which comes first. The clock is the caller's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from scraper.sources.schedule import Schedule

RETRY = timedelta(minutes=10)
"""How long a source is left alone after a crawl that left no record of itself."""


@dataclass(frozen=True, slots=True)
class SourcePlan:
    """When a source is crawled, and for how long at most."""

    schedule: Schedule
    limit_seconds: float


@dataclass(frozen=True, slots=True)
class Try:
    """The last crawl of a source that was started here: when, the source's last run before it, and what became of it.

    `is_recorded` says whether it left a record of a run; None while it runs.
    """

    at: datetime
    last_before: datetime | None = None
    is_recorded: bool | None = None


def next_runs(
    plan: Mapping[str, SourcePlan], last_runs: Mapping[str, datetime | None], tries: Mapping[str, Try], now: datetime
) -> dict[str, datetime]:
    """When each source is due; a time that is not later than `now` is now.

    The last run is the record's, or the last try when that is later: a clock set back makes no run twice. After a
    crawl that left no record the next one waits ten minutes.
    """
    due = {}
    for name, source in plan.items():
        last, tried = last_runs.get(name), tries.get(name)
        if tried is not None and tried.is_recorded is not False:
            last = tried.at if last is None else max(last, tried.at)
        due[name] = source.schedule.next_run(last, now)
        if tried is not None and tried.is_recorded is False and tried.at <= now:
            due[name] = max(due[name], tried.at + RETRY)
    return due


def first_due(due: Mapping[str, datetime], last_runs: Mapping[str, datetime | None], now: datetime) -> str | None:
    """The source to be crawled now: of those due the one not crawled for longest, so that none is kept waiting."""
    ready = [name for name, at in due.items() if at <= now]
    never = datetime.min.replace(tzinfo=now.tzinfo)
    return min(ready, key=lambda name: last_runs.get(name) or never, default=None)
