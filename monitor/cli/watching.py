"""Puts `watch` together: the schedules of the enabled sources, and each crawl as a `wpswatch crawl` of its own."""

import subprocess
import sys
from datetime import UTC, datetime

from monitor.cli.session import Session
from monitor.lock import only_one
from monitor.schedule import parse_schedule
from monitor.scheduler import Watch
from scraper.sources.loader import load_sources
from storage.database import DATABASE_NAME, open_database
from storage.runs import list_runs

WATCH_LOCK = "watch.lock"


def run_watch(session: Session) -> None:
    """Watch until told to stop. A second watcher of the same data folder is refused (AlreadyRunning)."""
    config = session.load_config()
    sources = [source for source in load_sources().values() if config.is_enabled(source)]
    with only_one(session.data_dir, patience_seconds=0, name=WATCH_LOCK):
        db = open_database(session.data_dir / DATABASE_NAME)
        last_runs = {}
        for source in sources:
            runs = list_runs(db, source=source.name, limit=1)
            last_runs[source.name] = runs[0].started_at if runs else None
        db.close()
        schedules = {
            source.name: parse_schedule(config.source(source.name).schedule or source.schedule) for source in sources
        }
        session.note(f"watching {', '.join(schedules)}; stop with Ctrl-C")
        Watch(schedules, last_runs, lambda name: _start(session, name)).run(datetime.now(UTC))


def _start(session: Session, source: str) -> "subprocess.Popen[bytes]":
    options = ["--data", str(session.data_dir)]
    if session.config:
        options += ["--config", session.config]
    if session.is_quiet:
        options.append("--quiet")
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "monitor.cli.main", *options, "crawl", source],
        start_new_session=True,  # a terminal's ^C must reach it once, through the watcher
    )
