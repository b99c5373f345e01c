"""Serves a small site on loopback as a mirror, and at one place, while it is told to, a hostile answer."""

import hashlib
import socket
from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread
from types import TracebackType
from urllib.parse import urlsplit

from monitor.demo.site import SiteAnswer
from tests.measures.hostile.wire import Asked, Serve, head, send

Site = Callable[[str, str, str], SiteAnswer]
"""What stands at a host, a path and a query."""
Place = Callable[[str, str, str], bool]
"""Whether a host, a path and a query are the place of a hostile answer."""

LONGEST_HEAD = 65_536
PATIENCE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Hostile:
    """A hostile answer: where, what, and how often (None for as often as it is asked for)."""

    place: Place
    serve: Serve
    times: int | None = None


class HostileServer:
    """A running site, as a context manager: `site` and `hostile` may be set while it runs.

    It closes each connection behind its answer, so that a broken answer breaks no other one. `asked` holds the
    addresses that were asked for; `served` counts hostile answers; `strays` counts those who came to the address where
    nobody may be asked.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self.hostile: Hostile | None = None
        self.asked: list[str] = []
        self.served = 0
        self.strays = 0
        self._ears = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]

    @property
    def url(self) -> str:
        """The mirror's base address."""
        return f"http://127.0.0.1:{self._ears[0].getsockname()[1]}"

    @property
    def elsewhere(self) -> str:
        """The address where nobody may be asked."""
        return f"http://127.0.0.1:{self._ears[1].getsockname()[1]}"

    def __enter__(self) -> "HostileServer":
        """Starts serving."""
        for ear, meet in zip(self._ears, (self._answer, self._count), strict=True):
            Thread(target=self._listen, args=(ear, meet), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stops listening."""
        for ear in self._ears:
            ear.close()

    def _listen(self, ear: socket.socket, meet: Callable[[socket.socket], None]) -> None:
        while True:
            try:
                connection, _ = ear.accept()
            except OSError:  # closed: the play is over
                return
            Thread(target=meet, args=(connection,), daemon=True).start()

    def _count(self, connection: socket.socket) -> None:
        with connection:
            self.strays += 1

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            connection.settimeout(PATIENCE_SECONDS)
            asked = _read_head(connection)
            if not asked:
                return
            target, headers = asked
            parts = urlsplit(target)
            host, _, path = parts.path.lstrip("/").partition("/")
            where = (host, f"/{path}", parts.query)
            self.asked.append(target)
            truth = self.site(*where)
            hostile = self.hostile
            if hostile and hostile.place(*where) and (hostile.times is None or self.served < hostile.times):
                self.served += 1
                url = f"https://{host}/{path}" + (f"?{parts.query}" if parts.query else "")
                hostile.serve(connection, Asked(url, truth, self.elsewhere))
            else:
                _answer_truly(connection, truth, headers)


def _read_head(connection: socket.socket) -> tuple[str, dict[str, str]] | None:
    """What is asked for and with which headers; None where nothing whole came."""
    received = b""
    try:
        while b"\r\n\r\n" not in received and len(received) < LONGEST_HEAD:
            part = connection.recv(LONGEST_HEAD)
            if not part:
                return None
            received += part
    except OSError:
        return None
    first, *lines = received.decode("latin-1").split("\r\n")
    words = first.split()
    headers = dict(line.split(": ", 1) for line in lines if ": " in line)
    return (words[1], {name.lower(): value for name, value in headers.items()}) if len(words) == 3 else None


def _answer_truly(connection: socket.socket, truth: SiteAnswer, headers: dict[str, str]) -> None:
    tag = f'"{hashlib.sha256(truth.body).hexdigest()}"'
    told = {"Content-Type": truth.media_type}
    if truth.location:
        told["Location"] = truth.location
    if truth.status == 200 and truth.body:
        told["ETag"] = tag
    if truth.status == 200 and headers.get("if-none-match") == tag:
        send(connection, [head(304, told, None)])
    else:
        send(connection, [head(truth.status, told, len(truth.body)), truth.body])
