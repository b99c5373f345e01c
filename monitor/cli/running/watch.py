"""Puts `watch` together: its settings, its database, and each crawl and delivery as a `wpswatch` of its own."""

import logging
import time
from datetime import UTC, datetime

from monitor.app.watching import Desk
from monitor.cli.session import Session
from monitor.watch.lock import WATCH_LOCK, only_one
from monitor.watch.scheduler import Watch
from monitor.watch.signals import signals
from monitor.watch.systemd import take_notifier
from storage.sqlite.database import open_database


def run_watch(session: Session) -> bool:
    """Watch until told to stop; whether all that ran then ended by itself.

    Raises:
        AlreadyRunning: another process watches the same data folder.
        ConfigError: the settings can't be used.
    """
    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)
    with only_one(session.data_dir, patience_seconds=1, name=WATCH_LOCK), signals() as wait:
        notifier = take_notifier()
        open_database(session.database).close()  # made, or brought up to date, before anything else looks at it
        desk = Desk(session)
        watch = Watch(
            desk,
            clock=lambda: datetime.now(UTC),
            uptime=time.monotonic,
            wait=wait,
            on_look=lambda: notifier.tell("READY=1\nWATCHDOG=1"),
        )
        if notifier.watchdog_seconds is not None:
            watch.longest_wait_seconds = min(watch.longest_wait_seconds, notifier.watchdog_seconds / 2)
        session.note(f"watching {', '.join(desk.plan()) or 'nothing'}; stop with Ctrl-C")
        try:
            return watch.run()
        finally:
            notifier.tell("STOPPING=1")
            desk.settle()
