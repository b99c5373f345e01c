"""Tells systemd how the service is, by sd_notify(3)'s protocol: a datagram to the socket in NOTIFY_SOCKET."""

import os
import socket
from dataclasses import dataclass


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
