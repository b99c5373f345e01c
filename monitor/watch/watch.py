"""Looks after a data folder: each source's crawl and what follows it, each as a process, until it is told to stop.

APScheduler decides when, by a job for each source, for each channel's digests, for deliveries and for the ping; and by
one that looks each minute at the wall clock and the run records, from which alone the times of the sources are told. So
a run missed, however often, is made up for once, one that has been made is never made again, and no restart needs to
remember anything.
"""

import logging
import os
import signal
import sqlite3
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Protocol

from apscheduler.triggers.base import BaseTrigger

from monitor.text.slots import Slots
from monitor.watch.heartbeat import Heartbeat
from monitor.watch.processes import Process, Processes
from monitor.watch.scheduler import LONGEST_WAIT_SECONDS, Pause, SignalScheduler, SlotTrigger, SourceTrigger
from monitor.watch.signals import Wait
from monitor.watch.timetable import SourcePlan, Try, first_due, next_runs
from storage.errors import StorageError

log = logging.getLogger(__name__)

BUSY_WAIT_SECONDS: Final = 15.0  # another process crawls: nobody tells us when it has ended
GRACE_SECONDS: Final = 120.0  # a crawl ends itself at its limit; one that has not by then is told from here
LOOK_SECONDS: Final = 60.0
DELIVERY_SECONDS: Final = 60.0
PING_SECONDS: Final = 600.0
FOLLOW_UP_LIMIT_SECONDS: Final = 900.0
LOOK, DELIVER, PING, CRAWL, DIGEST = "look", "deliver", "ping", "crawl ", "digest "


class Surroundings(Protocol):
    """What the watch sees and does; everything but the deciding."""

    def plan(self) -> Mapping[str, SourcePlan]:
        """The sources to be crawled, in their order of precedence."""

    def digests(self) -> Mapping[str, Slots]:
        """When each channel that wants digests gets one."""

    def reload(self) -> str | None:
        """Read the settings again. What is wrong with them, in words: then the old ones still hold; None when new."""

    def last_runs(self, sources: Sequence[str]) -> Mapping[str, datetime | None]:
        """When each source's last run began."""

    def first_failures(self, sources: Sequence[str]) -> Mapping[str, int]:
        """How many runs have failed of each source that never had a complete one; those that had are left out."""

    def is_crawling(self) -> bool:
        """Whether any process crawls on the data folder now."""

    def is_delivery_due(self, now: datetime) -> bool:
        """Whether something in the outbox is to be sent now."""

    def start_crawl(self, source: str) -> Process:
        """Start one source's crawl."""

    def result(self, source: str) -> str:
        """What a source's last run came to, in words."""

    def follow_ups(self) -> Sequence[str]:
        """The commands to be run after each crawl, beside the delivery of what is due."""

    def start(self, command: str) -> Process:
        """Start one of the commands."""

    def beat(self, heartbeat: Heartbeat) -> None:
        """Leave a sign of life."""

    def ping(self) -> None:
        """Tell the outside that all is well, where that is wanted."""

    def say(self, words: str) -> None:
        """Tell whoever reads the log."""


@dataclass(slots=True)
class Watch:
    """The watch itself. `clock` tells the wall's time, `uptime` seconds that only go forward."""

    around: Surroundings
    clock: Callable[[], datetime]
    uptime: Callable[[], float]
    wait: Wait
    on_rest: Callable[[], None] = lambda: None
    longest_wait_seconds: float = LONGEST_WAIT_SECONDS
    _scheduler: SignalScheduler = field(init=False)
    _processes: Processes = field(init=False)
    _started_at: datetime = field(init=False)
    _plan: Mapping[str, SourcePlan] = field(default_factory=dict)
    _tries: dict[str, Try] = field(default_factory=dict)
    _lost: set[str] = field(default_factory=set)
    _codes: dict[str, int | None] = field(default_factory=dict)
    _wanted: list[str] = field(default_factory=list)
    _due: dict[str, datetime] = field(default_factory=dict)
    _troubles: dict[str, str] = field(default_factory=dict)
    _is_ping_owed: bool = False
    _is_clean: bool = True

    def __post_init__(self) -> None:
        """Makes the scheduler, which calls back at each signal and whenever there is nothing to do."""
        self._processes = Processes(self.uptime)
        self._started_at = self.clock()
        self._scheduler = SignalScheduler(
            self.wait,
            on_signals=self._take_signals,
            on_rest=self._rest,
            on_job=self._job_ran,
            clock=self.clock,
            longest_wait_seconds=self.longest_wait_seconds,
        )

    def run(self) -> bool:
        """Watch until SIGTERM or SIGINT comes and what was running has ended; whether all of it ended by itself."""
        self._scheduler.add(LOOK, self._look, Pause(LOOK_SECONDS))
        self._scheduler.add(DELIVER, self._deliver, Pause(DELIVERY_SECONDS))
        self._scheduler.add(PING, self._ping, Pause(PING_SECONDS))
        self._set_jobs()
        self._look()
        self._scheduler.start()
        return self._is_clean

    def _set_jobs(self) -> None:
        """A job for each source and each channel with digests: those of the settings as they were read last."""
        self._plan = self.around.plan()
        jobs: dict[str, tuple[Callable[[str], None], BaseTrigger]] = {
            **{CRAWL + name: (self._crawl, SourceTrigger(plan.schedule)) for name, plan in self._plan.items()},
            **{DIGEST + name: (self._send_digest, SlotTrigger(slots)) for name, slots in self.around.digests().items()},
        }
        for name in self._scheduler.job_names - {LOOK, DELIVER, PING}:
            self._scheduler.remove_job(name)
        for name, (job, trigger) in jobs.items():
            self._scheduler.add(name, job, trigger, name.partition(" ")[2])

    # What signals do

    def _take_signals(self, came: Sequence[int]) -> None:
        ends = [number for number in came if number in (signal.SIGTERM, signal.SIGINT)]
        if ends:
            self._end(is_hard=len(ends) > 1)
            return
        if signal.SIGHUP in came:
            self._reload()
        self._look()  # a process has ended, or the plan is new

    def _reload(self) -> None:
        problem = self.around.reload()
        if problem is not None:
            self._troubles["settings"] = problem
            log.error("the settings were NOT read again, the old ones hold: %s", problem)
            return
        self._troubles.pop("settings", None)
        self._set_jobs()
        self._lost &= self._plan.keys()
        self.around.say(f"the settings were read again; watching {', '.join(self._plan) or 'nothing'}")

    def _end(self, *, is_hard: bool) -> None:
        if self._processes.names:
            self.around.say(f"ending {', '.join(self._processes.names)}")
        self._is_clean = self._processes.end(self.wait, is_hard=is_hard)
        self._scheduler.shutdown(wait=False)
        now = self.clock()
        self._beat(now, stopped_at=now)

    # The jobs

    def _look(self) -> None:
        """See which processes have ended or must, and when each source is due by its runs and by the clock."""
        with self._told("to look after the crawls"):
            for ended in self._processes.reap():
                if ended.name.startswith(CRAWL):
                    self._crawl_ended(ended.name.removeprefix(CRAWL), ended.code)
                elif ended.code not in (0, 1):  # 1: something could not be sent, and stands in the outbox
                    self.around.say(f"{ended.name} ended with exit code {ended.code}")
            self._processes.limit()
            self._due = self._next_runs(self.around.last_runs(list(self._plan)), self.clock())
            for source, at in self._due.items():
                self._scheduler.set_due(CRAWL + source, at)
            self._follow_up()
        if self._is_ping_owed and self._trouble is None:
            self._scheduler.set_due(PING, self.clock())

    def _crawl(self, source: str) -> None:
        """Start a source's crawl if it is its turn: one at a time, the one not crawled for longest first."""
        with self._told(f"to crawl {source}"):
            trigger: SourceTrigger = self._scheduler.get_job(CRAWL + source).trigger
            trigger.put_off_seconds = LOOK_SECONDS  # sooner when the crawl that runs has ended
            if any(name.startswith(CRAWL) for name in self._processes.names):
                return
            now = self.clock()
            last_runs = self.around.last_runs(list(self._plan))
            self._due = self._next_runs(last_runs, now)
            if first_due(self._due, last_runs, now) != source:
                return
            if self.around.is_crawling():
                trigger.put_off_seconds = BUSY_WAIT_SECONDS
                return
            trigger.put_off_seconds = None
            self.around.say(f"crawling {source}")
            self._tries[source] = Try(now, last_runs.get(source))
            limit = self._plan[source].limit_seconds + GRACE_SECONDS
            self._processes.add(CRAWL + source, self.around.start_crawl(source), limit)
            self._due = self._next_runs(last_runs, now)

    def _next_runs(self, last_runs: Mapping[str, datetime | None], now: datetime) -> dict[str, datetime]:
        return next_runs(self._plan, last_runs, self._tries, now, self.around.first_failures(list(self._plan)))

    def _crawl_ended(self, source: str, code: int | None) -> None:
        tried = self._tries[source]
        is_recorded = self.around.last_runs([source]).get(source) != tried.last_before
        self._tries[source] = replace(tried, is_recorded=is_recorded)
        (self._lost.discard if is_recorded else self._lost.add)(source)
        self._codes[source] = code
        self._plan = self.around.plan()  # what it brought may change when a source is due
        self._wanted += [command for command in self.around.follow_ups() if command not in self._wanted]
        self._scheduler.set_due(DELIVER, self.clock())  # what it has to tell is sent at once
        if is_recorded:
            self.around.say(f"{source}: {self.around.result(source)}")
        else:
            log.error("the crawl of %s left no record; it ended with exit code %s", source, code)

    def _follow_up(self) -> None:
        """Start what follows a crawl, unless it still runs."""
        for command in [each for each in self._wanted if each not in self._processes.names]:
            self._wanted.remove(command)
            self._processes.add(command, self.around.start(command), FOLLOW_UP_LIMIT_SECONDS)

    def _deliver(self) -> None:
        with self._told("to look into the outbox"):
            if DELIVER not in self._processes.names and self.around.is_delivery_due(self.clock()):
                self._processes.add(DELIVER, self.around.start(DELIVER), FOLLOW_UP_LIMIT_SECONDS)

    def _send_digest(self, channel: str) -> None:
        """A digest's time has come: what waits for it is due now."""
        self._deliver()

    def _ping(self) -> None:
        """Ask the ping address while all is well; when it is not, silence says so until it is again."""
        self._is_ping_owed = self._trouble is not None
        if not self._is_ping_owed:
            self.around.ping()

    # What is told

    @contextmanager
    def _told(self, what: str) -> Generator[None]:
        """Tell of what the disk or the database does not let us do; each job comes again within a minute."""
        try:
            yield
        except (OSError, sqlite3.Error, StorageError) as error:
            log.error("expected %s, found: %s; tried again in a minute", what, error)
            self._troubles[what] = f"{error}"
        else:
            self._troubles.pop(what, None)

    def _job_ran(self, name: str, error: BaseException | None) -> None:
        """A job that fails as nobody foresaw ends nothing, but all is not well until it has run again."""
        if error is None:
            self._troubles.pop(f"job {name}", None)
        else:
            self._troubles[f"job {name}"] = f"{name} met an error of its own ({type(error).__name__}: {error})"

    @property
    def _trouble(self) -> str | None:
        if self._troubles:
            return self._troubles.get("settings") or next(iter(self._troubles.values()))
        return f"the last crawl of {', '.join(sorted(self._lost))} left no record" if self._lost else None

    def _rest(self) -> None:
        self._beat(self.clock())
        self.on_rest()

    def _beat(self, now: datetime, stopped_at: datetime | None = None) -> None:
        beat = Heartbeat(
            pid=os.getpid(),
            started_at=self._started_at,
            beat_at=now,
            running=self._processes.names,
            next_runs=self._due,
            last_codes=self._codes,
            trouble=self._trouble,
            stopped_at=stopped_at,
        )
        with self._told("to leave a sign of life"):
            self.around.beat(beat)
