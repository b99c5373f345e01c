"""When a source is due: the schedule's two written forms, read into values and asked for the next time (pure).

`every 6 hours` counts from the last run's start; `0 */6 * * *` is a cron line in UTC.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

EVERY = re.compile(r"every\s+(?:(\d+)\s+)?(minute|hour|day|week)s?")  # "every 6 hours", "every day"
CRON_FIELDS = 5


class ScheduleError(ValueError):
    """The words are no schedule."""


@dataclass(frozen=True, slots=True)
class Every:
    """A fixed time between the starts of two runs."""

    period: timedelta

    def next_run(self, last_run_at: datetime | None, now: datetime) -> datetime:
        """The next time: now when it never ran or is overdue."""
        return now if last_run_at is None else max(last_run_at + self.period, now)


@dataclass(frozen=True, slots=True)
class Cron:
    """A cron line of five fields, read in UTC."""

    line: str

    def next_run(self, last_run_at: datetime | None, now: datetime) -> datetime:
        """The next time the line names after the last run, or now when that has passed."""
        from apscheduler.triggers.cron import CronTrigger

        trigger = CronTrigger.from_crontab(self.line, timezone="UTC")
        due: datetime | None = trigger.get_next_fire_time(None, (last_run_at or now) + timedelta(seconds=1))
        if due is None:
            raise ScheduleError(f"expected a cron line with a next time, found {self.line!r}, which never comes")
        return max(due, now)


Schedule = Every | Cron


def parse_schedule(words: str) -> Schedule:
    """Read `every 6 hours` or a cron line; anything else raises ScheduleError."""
    if match := EVERY.fullmatch(words.strip().lower()):
        period = timedelta(**{f"{match[2]}s": int(match[1] or 1)})
        if period >= timedelta(minutes=1):
            return Every(period)
    elif len(words.split()) == CRON_FIELDS:
        from apscheduler.triggers.cron import CronTrigger

        try:
            CronTrigger.from_crontab(words, timezone="UTC")
        except ValueError as error:
            raise ScheduleError(f"expected a cron line such as '0 */6 * * *', found {words!r}: {error}") from error
        return Cron(words)
    raise ScheduleError(f"expected a schedule such as 'every 6 hours' or '0 */6 * * *', found {words!r}")
