"""A receiver of webhooks on loopback that can misbehave, and alerts to post to it."""

import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from monitor.alerts.news.payload import ExtractNews, Mark, ToldExtract, payload_of
from storage.models import Place
from storage.records import Alert, ChangeKind, Event

NOW = datetime(2025, 5, 9, 6, 0, tzinfo=UTC)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwd3Bzd2lzc2U="  # noqa: S105 - of the tests alone
PATIENCE = 5.0  # seconds; a test that waits longer fails


@dataclass(frozen=True)
class Request:
    """One request as it arrived; names of headers in small letters."""

    line: str
    headers: dict[str, str]
    body: bytes


Answer = bytes | Callable[[socket.socket], None]


def status(line: str, *headers: str, body: bytes = b"") -> bytes:
    """An answer such as `status("429 Too Many Requests", "Retry-After: 120")`."""
    head = [f"HTTP/1.1 {line}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(head).encode() + body


OK = status("200 OK")


@dataclass
class Receiver:
    """Answers one connection after the other with the next of `answers`, and 200 when they are used up."""

    context: ssl.SSLContext | None = None
    answers: list[Answer] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        self.stopped.set()
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        self._thread.join(PATIENCE)
        self._listener.close()

    def _serve(self) -> None:
        while not self.stopped.is_set():
            connection, _ = self._listener.accept()
            connection.settimeout(PATIENCE)
            with suppress(OSError), connection:
                if self.context is None:
                    self._answer(connection)
                else:
                    with self.context.wrap_socket(connection, server_side=True) as secure:
                        self._answer(secure)

    def _answer(self, connection: socket.socket) -> None:
        with connection.makefile("rb") as file:
            line = file.readline().decode().strip()
            headers = {}
            while (header := file.readline().decode().strip()) != "":
                name, _, value = header.partition(": ")
                headers[name.lower()] = value
            if not line:
                return
            self.requests.append(Request(line, headers, file.read(int(headers.get("content-length", 0)))))
            answer = self.answers.pop(0) if self.answers else OK
            if isinstance(answer, bytes):
                connection.sendall(answer)
            else:
                answer(connection)


def make_extract(address: str, text: str, **changes: object) -> ToldExtract:
    start = text.index("women")
    extract = ToldExtract(
        kind=ChangeKind.ADDED,
        address=address,
        before_address=None,
        title=f"Security Council Resolution 2779: {address}",
        citation=f"Security Council resolution 2779 (2025), {address}",
        themes=("Participation",),
        reasons=("new words about women",),
        chapeau=None,
        text=text,
        before=None,
        marks=(Mark("Participation", "women", start, start + 5, Place.TEXT),),
    )
    return replace(extract, **changes)  # type: ignore[arg-type]


def make_news(*extracts: ToldExtract) -> ExtractNews:
    return ExtractNews(
        event=Event.EXTRACT_NEW,
        symbol="S/RES/2779 (2025)",
        language="en",
        subject="Sudan and South Sudan",
        adopted_on=date(2025, 5, 8),
        published_on=None,
        url="https://docs.un.org/en/S/RES/2779(2025)",
        source="unxml",
        extracts=extracts or (make_extract("OP 3", "Calls for the “full” participation of women;"),),
    )


def make_alert(news: object = None) -> Alert:
    told = news or make_news()
    return Alert("wps-0f3a", told.event, 1, "New words", NOW, payload_of(told))  # type: ignore[attr-defined, arg-type]


class NoReceipts:
    """What a channel with one recipient never asks."""

    def is_settled(self, recipient: str) -> bool:
        raise AssertionError(recipient)

    def is_told(self) -> bool:
        raise AssertionError("asked who has it")

    accept = refuse = is_settled


def server_context(path: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
