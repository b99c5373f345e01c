"""Puts `watch` together: its settings, its database, and each crawl and delivery as a `wpswatch` of its own."""

import logging
import os
import time
from datetime import UTC, datetime

from monitor.app.watching import WatchedFolder
from monitor.cli.session import Session
from monitor.watch.lock import WATCH_LOCK, only_one
from monitor.watch.scheduler import LONGEST_WAIT_SECONDS
from monitor.watch.signals import signals
from monitor.watch.systemd import stamp, take_notifier
from monitor.watch.watch import Watch


class _Stamped(logging.Formatter):
    """A line of the log, with the time where systemd gives none."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return f"{stamp(datetime.fromtimestamp(record.created, UTC), os.environ)}{super().format(record)}"


def _log() -> logging.Handler:
    handler = logging.StreamHandler()
    handler.setFormatter(_Stamped("%(levelname)s: %(message)s"))
    return handler


def run_watch(session: Session) -> bool:
    """Watch until told to stop; whether all that ran then ended by itself.

    Raises:
        AlreadyRunning: another process watches the same data folder.
        ConfigError: the settings can't be used.
    """
    logging.basicConfig(level=logging.WARNING, handlers=[_log()])
    with only_one(session.data_dir, patience_seconds=1, name=WATCH_LOCK), signals() as wait:
        notifier = take_notifier()
        session.open().close()  # made, or brought up to date, before anything else looks at it
        folder = WatchedFolder(session)
        watchdog = notifier.watchdog_seconds or 2 * LONGEST_WAIT_SECONDS
        watch = Watch(
            folder,
            clock=lambda: datetime.now(UTC),
            uptime=time.monotonic,
            wait=wait,
            on_rest=lambda: notifier.tell("READY=1\nWATCHDOG=1"),
            longest_wait_seconds=min(LONGEST_WAIT_SECONDS, watchdog / 2),
        )
        folder.say(f"watching {', '.join(folder.plan()) or 'nothing'}; stop with Ctrl-C")
        try:
            return watch.run()
        finally:
            notifier.tell("STOPPING=1")
            folder.settle()
