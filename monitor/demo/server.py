"""Serves the demonstration site on a free loopback port as a mirror: `/HOST/PATH?QUERY` for `https://HOST/PATH?QUERY`.

It answers GET and HEAD, knows ETag and Last-Modified, keeps a list of what it was asked and prints nothing.
"""

import hashlib
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from monitor.demo.site import RAW, DemoSite, SiteAnswer

_DOCUMENTS = (f"/{RAW[0]}{RAW[1]}", "/documents.un.org/doc/")
_LOOK_SECONDS = 0.02  # how soon it notices that it is to stop


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """One request: `path` is `/HOST/PATH?QUERY` as asked, `size` the bytes of the body that was sent."""

    method: str
    path: str
    status: int
    size: int


class DemoServer:
    """A running site, as a context manager. Setting `site` changes what it serves from the next request on.

    >>> with DemoServer(open_site()) as server:  # doctest: +SKIP
    ...     crawl(mirror=server.url)
    ...     server.site = server.site.publish("S/RES/2821 (2026)")
    """

    def __init__(self, site: DemoSite) -> None:
        self.site = site
        self.requests: list[LoggedRequest] = []
        self._server: _Server | None = None

    @property
    def url(self) -> str:
        """The mirror's base address. Raises RuntimeError while the server does not run."""
        if self._server is None:
            raise RuntimeError("expected a running demonstration server, found one that is not started")
        return f"http://127.0.0.1:{self._server.server_port}"

    def documents_sent(self) -> list[str]:
        """The paths of the documents whose bodies were sent, in the order asked. Listings are none."""
        return [request.path for request in self.requests if request.size and request.path.startswith(_DOCUMENTS)]

    def __enter__(self) -> "DemoServer":
        """Starts serving."""
        self._server = _Server(self)
        self._thread = Thread(target=self._server.serve_forever, args=(_LOOK_SECONDS,), name="demo-site")
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stops serving and hangs up. Raises what failed in answering, unless the block failed itself."""
        server, self._server = self._server, None
        if server is None:
            return
        server.shutdown()
        self._thread.join()
        server.hang_up()
        server.server_close()
        if server.failures and error is None:
            raise server.failures[0]


class _Server(ThreadingHTTPServer):
    """One thread for each connection; closing waits for all of them."""

    daemon_threads = False

    def __init__(self, owner: DemoServer) -> None:
        self.owner = owner
        self.failures: list[BaseException] = []
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Ends the connections that clients keep open for a next request."""
        for connection in tuple(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # the client was faster
                continue

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is none of our business; any other failure is raised when the server stops."""
        error = sys.exception()
        if error is not None and not isinstance(error, ConnectionError):
            self.failures.append(error)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "wpswatch-demo"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave in one piece

    def do_GET(self) -> None:
        owner = self.server.owner
        parts = urlsplit(self.path)
        host, _, path = parts.path.lstrip("/").partition("/")
        answer = owner.site.answer(host, f"/{path}", parts.query)
        headers = _headers(answer)
        status = 304 if answer.status == 200 and _is_not_modified(self.headers, headers) else answer.status
        body = answer.body if status != 304 and self.command != "HEAD" else b""
        # before the answer leaves, so that whoever has it finds it in the log
        owner.requests.append(LoggedRequest(self.command, self.path, status, len(body)))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(body)

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the library's own name
        """Prints nothing: the log is kept as values."""


def _is_not_modified(asked: "Message[str, str]", held: Mapping[str, str]) -> bool:
    """Whether the asker already has what is held. If-None-Match decides where it is sent (RFC 9110, 13.2.2)."""
    tags = asked.get("If-None-Match")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "ETag" in held and ("*" in known or held["ETag"] in known)
    since = asked.get("If-Modified-Since")
    if since is None or "Last-Modified" not in held:
        return False
    try:
        return _time(held["Last-Modified"]) <= _time(since)
    except ValueError:  # RFC 9110, 13.1.3: a date that is none is ignored
        return False


def _headers(answer: SiteAnswer) -> dict[str, str]:
    headers = {"Content-Type": answer.media_type}
    if answer.location is not None:
        headers["Location"] = answer.location
    if answer.changed_at is not None:
        headers["ETag"] = f'"{hashlib.sha256(answer.body).hexdigest()}"'
        headers["Last-Modified"] = format_datetime(answer.changed_at, usegmt=True)
    return headers


def _time(text: str) -> datetime:
    time = parsedate_to_datetime(text)
    return time if time.tzinfo else time.replace(tzinfo=UTC)
