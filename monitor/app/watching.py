"""What `watch` does when something is due: crawls in processes of their own, sends, writes the feeds."""

import json
import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.alerts.delivery.retries import LONGEST_WAIT
from monitor.app.installation import Installation
from monitor.app.renewals.due import busy_spans
from monitor.noticing.run_words import words_of
from monitor.settings.config import FOLDER, Config, ConfigError, find_config, load_config
from monitor.text.slots import Slots, slots_of
from monitor.watch.heartbeat import Heartbeat, write_heartbeat
from monitor.watch.lock import AlreadyRunning, is_held, only_one
from monitor.watch.ping import ping
from monitor.watch.processes import Process
from monitor.watch.systemd import stamp
from monitor.watch.timetable import SourcePlan
from scraper.courtesy import user_agent
from scraper.sources.loader import load_sources
from scraper.sources.schedule import BusySpan, Hurried, parse_schedule
from storage.fetched.runs import abandon_open_runs, list_runs
from storage.outbox.outbox import is_delivery_due
from storage.records import CrawlRun, Outcome
from storage.sqlite.database import open_database, open_readonly

SETTINGS_NAME = "watch.toml"
"""The copy, in the data folder, of the settings that hold: a broken edit of the real file then breaks no crawl."""


FEEDS, SITE = "feeds", "site build"

HURRIED, HURRY = frozenset({"unxml", "un-resolutions"}), timedelta(minutes=30)
"""The sources that bring resolutions, and how often they are asked around the day on which a mandate expires."""


class ChildProcess:
    """A command of ours, in a session of its own: a terminal's ^C must reach it once, through the watch."""

    def __init__(self, command: Sequence[str], *, is_mute: bool = False) -> None:
        self._process = subprocess.Popen(  # noqa: S603
            command,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if is_mute else None,
        )

    def poll(self) -> int | None:
        """Its exit code, None while it runs."""
        return self._process.poll()

    def terminate(self) -> None:
        """Tell it to end."""
        self._process.terminate()

    def kill(self) -> None:
        """End it and all of its session."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)


FIRST_RUNS = 20
"""So many runs of a source are looked at for whether its first ones failed."""


class WatchedFolder:
    """What the watch sees and does on one data folder (the `monitor.watch.watch.Surroundings`)."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._data = installation.data_dir
        self._settings = self._data / SETTINGS_NAME
        self._config = self._take_settings()
        self._plan = plan_of(self._config)

    def plan(self) -> Mapping[str, SourcePlan]:
        """The enabled sources; those that bring resolutions are hurried around the days on which mandates expire."""
        if not self._config.reminders or not self._installation.database.exists():
            return self._plan
        with closing(open_readonly(self._installation.database)) as db:
            spans = busy_spans(db, datetime.now(UTC))
        return {name: _hurried(name, plan, spans) for name, plan in self._plan.items()}

    def digests(self) -> Mapping[str, Slots]:
        """When each channel that wants digests gets one."""
        return {each.name: slots for each in self._config.channels if (slots := slots_of(each.schedule, each.timezone))}

    def reload(self) -> str | None:
        """Read the settings again; when they can't be used, say why and keep the old ones."""
        try:
            config = self._take_settings()
        except ConfigError as error:
            return str(error)
        self._config, self._plan = config, plan_of(config)
        return None

    def last_runs(self, sources: Sequence[str]) -> Mapping[str, datetime | None]:
        """When each source's last run began."""
        with closing(open_readonly(self._installation.database)) as db:
            newest = {name: list_runs(db, source=name, limit=1) for name in sources}
        return {name: runs[0].started_at if runs else None for name, runs in newest.items()}

    def first_failures(self, sources: Sequence[str]) -> Mapping[str, int]:
        """How many runs have failed of each source that never had a complete one; one that refuses us is let be."""
        with closing(open_readonly(self._installation.database)) as db:
            newest = {name: list_runs(db, source=name, limit=FIRST_RUNS) for name in sources}
        return {name: count for name, runs in newest.items() if (count := first_failures_of(runs))}

    def is_crawling(self) -> bool:
        """Whether any process holds the folder's crawl lock."""
        return is_held(self._data)

    def is_delivery_due(self, now: datetime) -> bool:
        """Whether a delivery's time has come, on any channel."""
        with closing(open_readonly(self._installation.database)) as db:
            return is_delivery_due(db, now, LONGEST_WAIT)

    def start_crawl(self, source: str) -> Process:
        """Start one source's crawl; what it has to tell is sent by a process of its own, behind it."""
        return ChildProcess(self._command("crawl", source, "--no-deliver"), is_mute=True)

    def result(self, source: str) -> str:
        """The outcome of a source's last run, with its counts and the reason."""
        with closing(open_readonly(self._installation.database)) as db:
            (run,) = list_runs(db, source=source, limit=1)
        return words_of(run)

    def follow_ups(self) -> Sequence[str]:
        """What is made anew after each crawl of what is held."""
        return (*((FEEDS,) if self._config.feeds else ()), *((SITE,) if self._config.site else ()))

    def start(self, command: str) -> Process:
        """Start one of the commands that follow."""
        log = ("--log",) if command in (FEEDS, SITE) else ()  # what did not change did not happen
        return ChildProcess(self._command(*command.split(), *log))

    def beat(self, heartbeat: Heartbeat) -> None:
        """Write the sign of life into the data folder."""
        write_heartbeat(self._data, heartbeat)

    def ping(self) -> None:
        """Ask the address of the settings, if there is one."""
        if self._config.watch.ping:
            ping(self._config.watch.ping, user_agent(self._config.network.contact or None))

    def say(self, words: str) -> None:
        """Tell whoever reads standard error, which systemd keeps in its journal."""
        self._installation.note(f"{stamp(datetime.now(UTC), os.environ)}{words}")

    def settle(self) -> None:
        """Close the runs whose processes were ended before they could, as partial; unless somebody else crawls."""
        try:
            with only_one(self._data, 0), closing(open_database(self._installation.database)) as db:
                abandon_open_runs(db, datetime.now(UTC))
        except AlreadyRunning:
            return

    def _take_settings(self) -> Config:
        """The settings as they stand now, copied to where every process of this watch reads them."""
        given = Path(self._installation.config).expanduser() if self._installation.config else None
        path = find_config(given)
        config = load_config(given)
        plan_of(config)
        text = "" if path is None else path.read_text(encoding="utf-8-sig")
        if path is not None and FOLDER not in tomllib.loads(
            text
        ):  # the copy stands elsewhere, and its paths must not move
            text = f"{FOLDER} = {json.dumps(str(path.absolute().parent))}\n{text}"
        new = self._settings.with_suffix(".new")
        new.touch(0o600)
        new.write_text(text, encoding="utf-8")
        taken = load_config(new)  # the file may have been written between the two readings
        new.replace(self._settings)
        return taken

    def _command(self, *words: str) -> list[str]:
        options = ["--data", str(self._data), "--config", str(self._settings)]
        if self._installation.is_quiet:
            options.append("--quiet")
        return [sys.executable, "-m", "monitor.cli.main", *options, *words]


def first_failures_of(runs: Sequence[CrawlRun]) -> int:
    """How many of a source's runs failed, newest first, where it never had another; 0 where it refuses us.

    A run that was cut short with something in hand has not failed: the next one goes on with it.
    """
    closed = [run for run in runs if run.ended_at is not None]
    if any(run.outcome is Outcome.COMPLETE for run in closed) or len(closed) < len(runs) or not closed:
        return 0
    is_refused = (closed[0].reason or "").startswith("blocked")
    brought = any(run.counts.fetched + run.counts.not_modified for run in closed)
    return 0 if is_refused or brought else len(closed)


def _hurried(name: str, plan: SourcePlan, spans: tuple[BusySpan, ...]) -> SourcePlan:
    if not spans or name not in HURRIED or isinstance(plan.schedule, Hurried):
        return plan
    return replace(plan, schedule=Hurried(plan.schedule, HURRY, spans))


def plan_of(config: Config) -> dict[str, SourcePlan]:
    """When each enabled source is crawled, and for how long at most."""
    return {
        source.name: SourcePlan(
            parse_schedule(config.source(source.name).schedule or source.schedule), config.crawl_seconds(source.name)
        )
        for source in load_sources().values()
        if config.is_enabled(source)
    }
