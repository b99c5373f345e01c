"""A sender to be killed, and the receiver on loopback to which it drains an outbox.

`tests.measures.telling.delivery_kills` starts `send` as a process of its own.
"""

import http.client
import logging
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from threading import Lock, Thread
from types import TracebackType

from monitor.alerts.delivery.channel import DeliveryError, Receipts
from monitor.alerts.delivery.sender import deliver_due
from storage.records import Alert
from storage.sqlite.database import open_database

RECIPIENTS = ("a@example.org", "b@example.org", "c@example.org")


@dataclass(frozen=True)
class Settings:
    """A channel of the rounds."""

    name: str
    schedule: str = "instant"
    cap: int = 10
    timezone: str = "Europe/Zurich"
    themes: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


CHANNELS = (Settings("one"), Settings("many"), Settings("daily", "daily 07:00"), Settings("weekly", "weekly mon 07:00"))


@dataclass(frozen=True)
class LoopbackChannel:
    """Posts the alert's id and payload, once for each recipient, and wants a 200."""

    name: str
    host: str
    recipients: tuple[str, ...]

    def send(self, alert: Alert, receipts: Receipts) -> None:
        for recipient in self.recipients:
            if receipts.is_settled(recipient):
                continue
            with closing(http.client.HTTPConnection(self.host, timeout=5)) as connection:
                headers = {"webhook-id": alert.id, "channel": self.name, "recipient": recipient}
                connection.request("POST", "/", alert.payload.encode(), headers)
                status = connection.getresponse().status
            if status != 200:
                raise DeliveryError(f"expected 200, found {status}")
            receipts.accept(recipient)


class Receiver:
    """A server on loopback that counts what it accepts; one post in eight it refuses, and each takes a moment."""

    def __init__(self, chance: Random) -> None:
        self.accepted: dict[tuple[str, str, str], int] = {}
        self.payloads: dict[str, set[bytes]] = {}
        self.posts = 0
        lock = Lock()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                body = self.rfile.read(size)
                if len(body) < size:
                    return  # the sender was killed in the middle of its post
                with lock:
                    receiver.posts += 1
                    is_refused = chance.random() < 0.125
                    if not is_refused:
                        key = (self.headers["channel"], self.headers["recipient"], self.headers["webhook-id"])
                        receiver.accepted[key] = receiver.accepted.get(key, 0) + 1
                        receiver.payloads.setdefault(key[2], set()).add(body)
                self.send_response(500 if is_refused else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def handle(self) -> None:
                try:
                    super().handle()
                except ConnectionError:
                    return  # the sender was killed

            def log_message(self, *arguments: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.thread = Thread(target=self.server.serve_forever, args=(0.02,))

    def __enter__(self) -> "Receiver":
        self.thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def send(path: Path, host: str, now: datetime) -> None:
    """Send what is due at a time, which may be any, so that leases of the killed have run out."""
    logging.disable()  # a refusal of the receiver is part of the play
    channels = [LoopbackChannel(one.name, host, RECIPIENTS if one.name == "many" else ("-",)) for one in CHANNELS]
    with closing(open_database(path)) as db:
        deliver_due(db, channels, now, addressees=CHANNELS)
