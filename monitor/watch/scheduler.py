"""Decides when: each source's crawl and what follows it, each as a process of its own, until it is told to stop.

The times are APScheduler's (its triggers, in `schedule`); the waiting is done here. A scheduler that sleeps until the
next time sleeps too long when the machine did, or when its clock was set: so at least each minute the wall clock is
looked at, and what is due is told from the run records alone. A run missed, however often, is thus made up for once;
one that has been made is never made again; and no restart needs to remember anything.
"""

import logging
import os
import signal
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from monitor.watch.heartbeat import Heartbeat
from monitor.watch.signals import Wait
from monitor.watch.timetable import SourcePlan, Try, first_due, next_runs
from storage.errors import StorageError

log = logging.getLogger(__name__)

LONGEST_WAIT_SECONDS = 60.0
BUSY_WAIT_SECONDS = 15.0  # another process crawls: nobody tells us when it has ended
SECONDS_TO_END = 30.0
GRACE_SECONDS = 120.0  # a crawl ends itself at its limit; one that has not by then is told from here
DELIVERY_SECONDS = 60.0
PING_SECONDS = 600.0
FOLLOW_UP_LIMIT_SECONDS = 900.0
DELIVER = "deliver"


class Process(Protocol):
    """A process that was started."""

    def poll(self) -> int | None:
        """Its exit code, None while it runs."""

    def terminate(self) -> None:
        """Tell it to end."""

    def kill(self) -> None:
        """End it and what it started."""


class World(Protocol):
    """What the watch sees and does; everything but the deciding."""

    def plan(self) -> Mapping[str, SourcePlan]:
        """The sources to be crawled, in their order of precedence."""

    def reload(self) -> str | None:
        """Read the settings again. What is wrong with them, in words: then the old ones still hold; None when new."""

    def last_runs(self, sources: Sequence[str]) -> Mapping[str, datetime | None]:
        """When each source's last run began."""

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
class _Running:
    """A process under way. `limit` is the time, on the clock that only goes forward, by which it has to have ended."""

    process: Process
    limit: float
    is_told: bool = False
    is_killed: bool = False


@dataclass(slots=True)
class Watch:
    """The watch itself. `clock` tells the wall's time, `uptime` seconds that only go forward."""

    world: World
    clock: Callable[[], datetime]
    uptime: Callable[[], float]
    wait: Wait
    on_look: Callable[[], None] = lambda: None
    longest_wait_seconds: float = LONGEST_WAIT_SECONDS
    _plan: Mapping[str, SourcePlan] = field(default_factory=dict)
    _running: dict[str, _Running] = field(default_factory=dict)
    _tries: dict[str, Try] = field(default_factory=dict)
    _lost: set[str] = field(default_factory=set)
    _codes: dict[str, int | None] = field(default_factory=dict)
    _wanted: list[str] = field(default_factory=list)
    _due: dict[str, datetime] = field(default_factory=dict)
    _trouble: str | None = None
    _settings_trouble: str | None = None
    _delivered_at: float | None = None
    _pinged_at: float | None = None
    _started_at: datetime | None = None

    def run(self) -> bool:
        """Watch until SIGTERM or SIGINT comes and what was running has ended; whether all of it ended by itself."""
        self._plan = self.world.plan()
        self._started_at = self.clock()
        while True:
            seconds = self._look()
            self.on_look()
            came = self.wait(seconds)
            if signal.SIGTERM in came or signal.SIGINT in came:
                return self._end(sum(number in (signal.SIGTERM, signal.SIGINT) for number in came) > 1)
            if signal.SIGHUP in came:
                self._reload()

    def _look(self) -> float:
        """Do what is due, and return how many seconds there is nothing to do but wait."""
        now = self.clock()
        self._trouble = None
        try:
            self._reap()
            self._limit()
            seconds = self._crawl_due(now)
            self._follow_up(now)
        except (OSError, sqlite3.Error, StorageError) as error:
            log.error("expected to look after the crawls, found: %s; tried again in a minute", error)
            self._trouble = f"{error}"
            seconds = LONGEST_WAIT_SECONDS
        self._beat(now)
        self._ping()
        return min(seconds, self.longest_wait_seconds)

    def _reap(self) -> None:
        for name, running in list(self._running.items()):
            code = running.process.poll()
            if code is None:
                continue
            del self._running[name]
            if name.startswith("crawl "):
                self._crawl_ended(name.removeprefix("crawl "), None if running.is_killed else code)
            elif code not in (0, 1):  # 1: something could not be sent, and stands in the outbox
                self.world.say(f"{name} ended with exit code {code}")

    def _crawl_ended(self, source: str, code: int | None) -> None:
        tried = self._tries[source]
        last = self.world.last_runs([source]).get(source)
        is_recorded = last != tried.last_before
        self._tries[source] = replace(tried, is_recorded=is_recorded)
        (self._lost.discard if is_recorded else self._lost.add)(source)
        self._codes[source] = code
        self._wanted = list(self.world.follow_ups())
        self._delivered_at = None  # what it has to tell is sent at once
        if is_recorded:
            self.world.say(f"{source}: {self.world.result(source)}")
        else:
            log.error("the crawl of %s left no record; it ended with exit code %s", source, code)

    def _limit(self) -> None:
        """Tell what is over its time to end, and kill it when it does not."""
        for name, running in self._running.items():
            late = self.uptime() - running.limit
            if late > SECONDS_TO_END and running.is_told:
                log.error("%s did not end when it was told to; it is killed", name)
                running.process.kill()
                running.is_killed = True
            elif late > 0 and not running.is_told:
                log.error("%s has taken too long; it is told to end", name)
                running.process.terminate()
                running.is_told = True

    def _crawl_due(self, now: datetime) -> float:
        last_runs = self.world.last_runs(list(self._plan))
        self._due = next_runs(self._plan, last_runs, self._tries, now)
        if any(name.startswith("crawl ") for name in self._running):
            return LONGEST_WAIT_SECONDS  # its end is a signal
        source = first_due(self._due, last_runs, now)
        if source is None:
            soonest = min(self._due.values(), default=now + timedelta(days=1))
            return (soonest - now).total_seconds()
        if self.world.is_crawling():
            return BUSY_WAIT_SECONDS
        self.world.say(f"crawling {source}")
        self._tries[source] = Try(now, last_runs.get(source))
        limit = self.uptime() + self._plan[source].limit_seconds + GRACE_SECONDS
        self._running[f"crawl {source}"] = _Running(self.world.start_crawl(source), limit)
        self._due = next_runs(self._plan, last_runs, self._tries, now)
        return LONGEST_WAIT_SECONDS

    def _follow_up(self, now: datetime) -> None:
        """Start what follows a crawl, and the delivery when something is due, unless it still runs."""
        is_rested = self._delivered_at is None or self.uptime() - self._delivered_at >= DELIVERY_SECONDS
        if is_rested and DELIVER not in self._wanted and self.world.is_delivery_due(now):
            self._wanted.append(DELIVER)
        for command in [each for each in self._wanted if each not in self._running]:
            self._wanted.remove(command)
            limit = self.uptime() + FOLLOW_UP_LIMIT_SECONDS
            self._running[command] = _Running(self.world.start(command), limit)
            if command == DELIVER:
                self._delivered_at = self.uptime()

    def _reload(self) -> None:
        self._settings_trouble = self.world.reload()
        if self._settings_trouble is None:
            self._plan = self.world.plan()
            self._lost &= self._plan.keys()
            self.world.say(f"the settings were read again; watching {', '.join(self._plan) or 'nothing'}")
        else:
            log.error("the settings were NOT read again, the old ones hold: %s", self._settings_trouble)

    def _beat(self, now: datetime, stopped_at: datetime | None = None) -> None:
        if self._lost and not self._trouble:
            self._trouble = f"the last crawl of {', '.join(sorted(self._lost))} left no record"
        beat = Heartbeat(
            pid=os.getpid(),
            started_at=self._started_at or now,
            beat_at=now,
            running=tuple(self._running),
            next_runs=self._due,
            last_codes=self._codes,
            trouble=self._settings_trouble or self._trouble,
            stopped_at=stopped_at,
        )
        try:
            self.world.beat(beat)
        except OSError as error:
            log.error("expected to leave a sign of life, found: %s", error)
            self._trouble = f"{error}"

    def _ping(self) -> None:
        """Ask the ping address now and then while all is well; when it is not, silence says so."""
        is_rested = self._pinged_at is None or self.uptime() - self._pinged_at >= PING_SECONDS
        if is_rested and self._trouble is None and self._settings_trouble is None:
            self.world.ping()
            self._pinged_at = self.uptime()

    def _end(self, is_hard: bool) -> bool:
        """Tell all that runs to end; kill what has not within half a minute, or at a second signal."""
        if self._running:
            self.world.say(f"ending {', '.join(self._running)}")
        for running in self._running.values():
            running.process.terminate()
        deadline = self.uptime() + SECONDS_TO_END
        is_clean = True
        while self._running:
            if is_hard or self.uptime() > deadline:
                is_clean = False
                for running in self._running.values():
                    running.process.kill()
            came = self.wait(0.5)
            is_hard = is_hard or signal.SIGTERM in came or signal.SIGINT in came
            self._running = {name: one for name, one in self._running.items() if one.process.poll() is None}
        now = self.clock()
        self._beat(now, stopped_at=now)
        return is_clean
