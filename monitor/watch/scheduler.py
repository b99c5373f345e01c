"""APScheduler in the main thread: its jobs start processes and return, and a signal ends its waiting at once.

APScheduler's own schedulers wait on a lock, in which a signal's handler could only be told late, and for as long as the
clock seemed to leave when the waiting began. This one waits for signals (`monitor.watch.signals`), and never for longer
than a minute, so that after a sleep of the machine or a change of its clock what is due runs within a minute. What was
missed, however often, is made up for once.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from apscheduler.events import (
    EVENT_JOB_ERROR,
    EVENT_JOB_EXECUTED,
    EVENT_JOB_MAX_INSTANCES,
    EVENT_JOB_MISSED,
    JobEvent,
)
from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers.base import STATE_STOPPED, BaseScheduler
from apscheduler.triggers.base import BaseTrigger

from monitor.text.slots import Slots
from monitor.watch.signals import Wait
from scraper.sources.schedule import Schedule

log = logging.getLogger(__name__)

LONGEST_WAIT_SECONDS: Final = 60.0


class SignalScheduler(BaseScheduler):  # type: ignore[misc] # APScheduler 3 bears no types
    """Runs each job in this thread when it is due. `on_rest` is called when all that was due has been run."""

    def __init__(
        self,
        wait: Wait,
        *,
        on_signals: Callable[[Sequence[int]], None],
        on_rest: Callable[[], None],
        on_job: Callable[[str, BaseException | None], None],
        clock: Callable[[], datetime],
        longest_wait_seconds: float,
    ) -> None:
        super().__init__(timezone=UTC, executors={"default": DebugExecutor()})
        self._signals = wait
        self._on_signals = on_signals
        self._on_rest = on_rest
        self._on_job = on_job
        self._clock = clock
        self._longest = longest_wait_seconds
        self.add_listener(self._told, EVENT_JOB_ERROR | EVENT_JOB_EXECUTED | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)

    def add(self, name: str, job: Callable[..., None], trigger: BaseTrigger, *arguments: object) -> None:
        """Add a job that is due now; from then on its trigger says when."""
        self.add_job(
            job,
            trigger,
            args=arguments,
            id=name,
            name=name,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,  # however late it is, it is made up for
            next_run_time=self._clock(),
        )

    def set_due(self, name: str, at: datetime) -> None:
        """Let a job be due at a time; nothing is said to one that is due then already."""
        if self.get_job(name).next_run_time != at:
            self.modify_job(name, next_run_time=at)

    @property
    def job_names(self) -> set[str]:
        """The names of all jobs."""
        return {job.id for job in self.get_jobs()}

    def start(self, *args: Any, **kwargs: Any) -> None:
        """Run jobs, and wait, until `shutdown`."""
        super().start(*args, **kwargs)
        while self.state != STATE_STOPPED:
            seconds = self._process_jobs()
            self._on_rest()
            came = self._signals(self._longest if seconds is None else min(seconds, self._longest))
            self._mind_the_clock()
            if came:
                self._on_signals(came)

    def shutdown(self, wait: bool = True) -> None:
        """End `start` when the job or the signal that asks for it has been answered."""
        super().shutdown(wait)

    def wakeup(self) -> None:
        """Jobs are changed by jobs and by signals only, and after both their times are looked at."""

    def _mind_the_clock(self) -> None:
        """Bring nearer what lies further ahead than its trigger says: the clock was set back.

        The sources' times are the watch's business: it tells them from their runs.
        """
        now = self._clock()
        for job in self.get_jobs():
            is_ours = isinstance(job.trigger, Pause | SlotTrigger)
            if is_ours and job.next_run_time > (due := job.trigger.get_next_fire_time(None, now)):
                self.set_due(job.id, now if isinstance(job.trigger, Pause) else due)

    def _told(self, event: JobEvent) -> None:
        """An error has been logged by APScheduler, with its traceback."""
        if event.code == EVENT_JOB_MISSED or event.code == EVENT_JOB_MAX_INSTANCES:
            log.warning("the job %r was left out", event.job_id)
            return
        log.debug("job run", extra={"job": event.job_id})
        self._on_job(event.job_id, event.exception)


class Pause(BaseTrigger):  # type: ignore[misc]
    """So long after a job has run; unlike an interval, however late that was."""

    def __init__(self, seconds: float) -> None:
        self.pause = timedelta(seconds=seconds)

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """The end of the pause that begins now."""
        return now + self.pause


class SourceTrigger(BaseTrigger):  # type: ignore[misc]
    """A source's schedule; while `put_off_seconds` is set, the time at which its turn is looked for again."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.put_off_seconds: float | None = None

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """The time after a crawl that was started then."""
        if self.put_off_seconds is not None:
            return now + timedelta(seconds=self.put_off_seconds)
        return self.schedule.next_run(previous_fire_time, now)


class SlotTrigger(BaseTrigger):  # type: ignore[misc]
    """The times of a channel's digests."""

    def __init__(self, slots: Slots) -> None:
        self.slots = slots

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """The first slot after now."""
        return self.slots.next_after(now)
