"""Tells systemd how the service is, by sd_notify(3)'s protocol: a datagram to the socket in NOTIFY_SOCKET."""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Notifier:
    """Where to tell. `address` is None when nobody asked to be told; `watchdog_seconds` None when nobody counts."""

    address: str | None = None
    watchdog_seconds: float | None = None

    def tell(self, state: str) -> None:
        """Send a state such as READY=1, WATCHDOG=1 or STOPPING=1; a supervisor that has gone is not waited for."""
        if self.address is None:
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
            try:
                sender.connect(self.address.replace("@", "\0", 1) if self.address.startswith("@") else self.address)
                sender.send(state.encode())
            except OSError:
                return


def take_notifier() -> Notifier:
    """The notifier that the environment names, and the environment without it: it is not the child processes'."""
    address = os.environ.pop("NOTIFY_SOCKET", None)
    microseconds = os.environ.pop("WATCHDOG_USEC", None)
    meant_for = os.environ.pop("WATCHDOG_PID", None)
    is_counted = microseconds is not None and microseconds.isdigit() and meant_for in (None, str(os.getpid()))
    return Notifier(address or None, int(microseconds or 0) / 1e6 if is_counted else None)


def stamp(now: datetime, environment: Mapping[str, str]) -> str:
    """The time before a line of a log; nothing where standard error goes to systemd's journal, which adds its own.

    >>> from datetime import UTC
    >>> stamp(datetime(2026, 11, 30, 9, tzinfo=UTC), {})
    '2026-11-30 09:00:00 UTC '
    """
    return "" if _is_journal(environment.get("JOURNAL_STREAM", "")) else f"{now:%Y-%m-%d %H:%M:%S} UTC "


def _is_journal(told: str) -> bool:
    """Whether standard error is the stream that systemd named: a child may have sent its own elsewhere."""
    try:
        stream = os.fstat(2)
    except OSError:
        return False
    return told == f"{stream.st_dev}:{stream.st_ino}"
