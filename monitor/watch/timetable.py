"""When each source is due, from its schedule and its runs, and which comes first. The clock is the caller's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from scraper.sources.schedule import Schedule

RETRY = timedelta(minutes=10)
"""How long a source is left alone after a crawl that left no record of itself."""


MOST_DOUBLINGS = 10
"""After so many the wait is a week, longer than any schedule's."""


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
    plan: Mapping[str, SourcePlan],
    last_runs: Mapping[str, datetime | None],
    tries: Mapping[str, Try],
    now: datetime,
    first_failures: Mapping[str, int] = MappingProxyType({}),
) -> dict[str, datetime]:
    """When each source is due; a time that is not later than `now` is now.

    The last run is the record's, or the last try when that is later: a clock set back makes no run twice. After a
    crawl that left no record the next one waits ten minutes. So it does after a first run that failed, `first_failures`
    being how many of a source have, and twice as long after each further one, until its schedule is sooner.
    """
    due = {}
    for name, source in plan.items():
        last, tried = last_runs.get(name), tries.get(name)
        if tried is not None and tried.is_recorded is not False:
            last = tried.at if last is None else max(last, tried.at)
        due[name] = source.schedule.next_run(last, now)
        if last is not None and last <= now and (failures := first_failures.get(name, 0)):
            soon = last + RETRY * 2 ** min(failures - 1, MOST_DOUBLINGS)
            due[name] = min(due[name], max(soon, now))
        if tried is not None and tried.is_recorded is False and tried.at <= now:
            due[name] = max(due[name], tried.at + RETRY)
    return due


def first_due(due: Mapping[str, datetime], last_runs: Mapping[str, datetime | None], now: datetime) -> str | None:
    """The source to be crawled now: of those due the one not crawled for longest, so that none is kept waiting."""
    ready = [name for name, at in due.items() if at <= now]
    never = datetime.min.replace(tzinfo=now.tzinfo)
    return min(ready, key=lambda name: last_runs.get(name) or never, default=None)
