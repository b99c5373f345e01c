"""Decides when: runs each source's crawl when it is due, one at a time, until it is told to stop.

Each crawl is a process of its own, started through `start`; what it did stands in its run record.
"""

import logging
import signal
import subprocess
from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Event, Lock
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from monitor.schedule import Cron, Schedule

log = logging.getLogger(__name__)

SECONDS_TO_END = 30.0
MISSED_ANYHOW = None  # a run missed by any time, in sleep or downtime, is made up for, once

Start = Callable[[str], "subprocess.Popen[bytes]"]
"""Starts one source's crawl as a process."""


class Watch:
    """The scheduler of all sources. `run` returns when SIGTERM or SIGINT comes and what was running has ended."""

    def __init__(
        self, schedules: Mapping[str, Schedule], last_runs: Mapping[str, datetime | None], start: Start
    ) -> None:
        self._schedules = schedules
        self._last_runs = last_runs
        self._start = start
        self._stopping = Event()
        self._lock = Lock()
        self._running: subprocess.Popen[bytes] | None = None

    def run(self, now: datetime) -> None:
        """Crawl when due, until stopped; a source that is overdue at `now` is crawled at once."""
        held = {number: signal.signal(number, self._stop) for number in (signal.SIGTERM, signal.SIGINT)}
        scheduler = BackgroundScheduler(
            timezone="UTC",
            executors={"default": ThreadPoolExecutor(1)},  # two crawls at a time would wait for each other's lock
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": MISSED_ANYHOW},
        )
        for name, schedule in self._schedules.items():
            first = schedule.next_run(self._last_runs.get(name), now)
            scheduler.add_job(self._crawl, trigger_of(schedule, first), args=[name], id=name, next_run_time=first)
        scheduler.start()
        try:
            self._stopping.wait()
            self._end_running()
        finally:
            scheduler.shutdown(wait=True)
            for number, handler in held.items():
                signal.signal(number, handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping.set()

    def _crawl(self, source: str) -> None:
        with self._lock:
            if self._stopping.is_set():
                return
            self._running = self._start(source)
        code = self._running.wait()
        log.info("crawl ended", extra={"source": source, "code": code})
        with self._lock:
            self._running = None

    def _end_running(self) -> None:
        """Tell the crawl under way to end, which leaves a partial run, and kill it when it does not."""
        with self._lock:
            process = self._running
            if process is None:
                return
            process.terminate()
        try:
            process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()


def trigger_of(schedule: Schedule, first: datetime) -> BaseTrigger:
    """The scheduler's form of a schedule; a fixed period counts from the first run."""
    if isinstance(schedule, Cron):
        return CronTrigger.from_crontab(schedule.line, timezone="UTC")
    return IntervalTrigger(seconds=int(schedule.period.total_seconds()), start_date=first, timezone="UTC")
