"""When a source is due: the one grammar of schedules, for sources and settings alike. No clock is read here.

`every 6 hours` counts from the last run's start; `0 */6 * * *` is a cron line in UTC, as crontab(5) reads it: weekday 0
and 7 are Sunday. UTC knows no summer time, so no clock change leaves a run out or makes one twice.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

EVERY = re.compile(r"every\s+(?:(\d+)\s+)?(minute|hour|day|week)s?")  # "every 6 hours", "every day"
CRON_FIELDS = 5
CLOCK_DOUBT: Final = timedelta(days=1)
"""A last run so far in the future was recorded by a clock that was wrong, and says nothing."""

_WEEKDAYS: Final = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
# "1", "1-5", "0-6/2", "*/2"
_WEEKDAY_NUMBERS: Final = re.compile(r"(?:([0-7])(?:-([0-7])(?:/(\d+))?)?|\*/(\d+))")
_SOME_DAY: Final = datetime(2024, 1, 1, tzinfo=UTC)


class ScheduleError(ValueError):
    """The words are no schedule."""


@dataclass(frozen=True, slots=True)
class Every:
    """A fixed time between the starts of two runs."""

    period: timedelta

    def next_run(self, last_run_at: datetime | None, now: datetime) -> datetime:
        """The next time: now when it never ran or is overdue, however many times were missed.

        A clock that was set back by up to a day makes no second run: the next one waits until it has caught up.
        """
        last = _believed(last_run_at, now)
        return now if last is None else max(last + self.period, now)


@dataclass(frozen=True, slots=True)
class Cron:
    """A cron line of five fields, read in UTC."""

    line: str

    def next_run(self, last_run_at: datetime | None, now: datetime) -> datetime:
        """The next time the line names after the last run, or now when that has passed; the same rules as `Every`."""
        last = _believed(last_run_at, now)
        if last is None:
            return now
        due = _next_time(self.line, last + timedelta(seconds=1))
        if due is None:
            raise ScheduleError(f"expected a cron line with a next time, found {self.line!r}, which never comes")
        return max(due, now)


@dataclass(frozen=True, slots=True)
class BusySpan:
    """A stretch of time; its end is not in it."""

    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Hurried:
    """A schedule that comes at least every `period` in some spans of time."""

    usual: Every | Cron
    period: timedelta
    spans: tuple[BusySpan, ...]

    def next_run(self, last_run_at: datetime | None, now: datetime) -> datetime:
        """The next time: the usual one, or sooner where a span has begun or begins before it."""
        usual = self.usual.next_run(last_run_at, now)
        sooner = Every(self.period).next_run(last_run_at, now)
        times = (max(sooner, span.begins_at) for span in self.spans)
        return min([usual, *(at for at, span in zip(times, self.spans, strict=True) if at < span.ends_at)])


Schedule = Every | Cron | Hurried


def parse_schedule(words: str) -> Every | Cron:
    """Read `every 6 hours` or a cron line; anything else raises ScheduleError."""
    if match := EVERY.fullmatch(words.strip().lower()):
        period = timedelta(**{f"{match[2]}s": int(match[1] or 1)})
        if period >= timedelta(minutes=1):
            return Every(period)
    elif len(words.split()) == CRON_FIELDS:
        return _cron(words)
    raise ScheduleError(f"expected a schedule such as 'every 6 hours' or '0 */6 * * *', found {words!r}")


def _cron(words: str) -> Cron:
    _, _, day, _, weekday = words.split()
    if day != "*" and weekday != "*":
        # cron(8) runs on either, the trigger only on both: whichever was meant, it would surprise somebody.
        raise ScheduleError(f"expected a cron line with days of the month or weekdays, found both in {words!r}")
    try:
        first = _next_time(words, _SOME_DAY)
    except ValueError as error:
        raise ScheduleError(f"expected a cron line such as '0 */6 * * *', found {words!r}: {error}") from error
    if first is None:
        raise ScheduleError(f"expected a cron line with a next time, found {words!r}, which never comes")
    return Cron(words)


@lru_cache(maxsize=64)
def _next_time(line: str, earliest: datetime) -> datetime | None:
    from apscheduler.triggers.cron import CronTrigger

    *fields, weekday = line.split()
    days = ",".join(map(_weekday_names, weekday.split(",")))  # the trigger counts from Monday, cron from Sunday
    trigger = CronTrigger.from_crontab(" ".join([*fields, days]), timezone="UTC")
    due: datetime | None = trigger.get_next_fire_time(None, earliest)
    return due


def _weekday_names(part: str) -> str:
    """One part of a cron line's weekdays with names for numbers: "1-5" → "mon,tue,wed,thu,fri"."""
    match = _WEEKDAY_NUMBERS.fullmatch(part)
    if match is None:
        return part
    if match[4]:  # crontab(5): "*" is first to last, and the week begins on Sunday
        first, last, step = 0, len(_WEEKDAYS) - 2, int(match[4])
    else:
        first, last, step = int(match[1]), int(match[2] or match[1]), int(match[3] or 1)
    if first > last or not step:
        raise ValueError(f"expected weekdays such as 1-5, found {part}")
    return ",".join(_WEEKDAYS[first : last + 1 : step])


def _believed(last_run_at: datetime | None, now: datetime) -> datetime | None:
    return None if last_run_at is None or last_run_at > now + CLOCK_DOUBT else last_run_at
