"""Writes HTTP answers to a socket as they are meant, broken ones too: nothing here corrects a length or a head."""

import socket
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from monitor.demo.site import SiteAnswer


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its canonical address, what the true answer would be, and an address where nobody may be asked."""

    url: str
    truth: SiteAnswer
    elsewhere: str


Serve = Callable[[socket.socket, Asked], None]
"""Answers one request over its connection; the connection ends with it."""

Headers = dict[str, str]
REASONS = {200: "OK", 206: "Partial Content", 304: "Not Modified", 404: "Not Found", 503: "Service Unavailable"}


def head(status: int, headers: Headers, length: int | None) -> bytes:
    """The head of an answer; no length where the end of the connection is the end of the body."""
    lines = [f"HTTP/1.1 {status} {REASONS.get(status, 'Answer')}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines += [] if length is None else [f"Content-Length: {length}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def send(connection: socket.socket, parts: Iterable[bytes]) -> None:
    """Send one part after the other, until all is sent or the client has gone."""
    try:
        for part in parts:
            connection.sendall(part)
    except OSError:  # the client hung up, as it may
        return


def whole(status: int = 200, body: bytes | None = None, media_type: str | None = None, **headers: str) -> Serve:
    """An answer that keeps its word; the true body and media type where none are given. `_` stands for `-` in names."""

    def serve(connection: socket.socket, asked: Asked) -> None:
        content = asked.truth.body if body is None else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        kind = {"Content-Type": media_type or asked.truth.media_type}
        send(connection, [head(status, kind | named, len(content)), content])

    return serve


def changed(change: Callable[[bytes], bytes], length: Callable[[int], int] | None = None, **headers: str) -> Serve:
    """The true answer with another body, and with another length than it has where `length` says so."""

    def serve(connection: socket.socket, asked: Asked) -> None:
        content = change(asked.truth.body)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        announced = len(content) if length is None else length(len(content))
        send(connection, [head(200, {"Content-Type": asked.truth.media_type} | named, announced), content])

    return serve


def stream(parts: Callable[[bytes], Iterable[bytes]], **headers: str) -> Serve:
    """An answer without a length whose body, made from the true one, comes in parts, for ever if need be."""

    def serve(connection: socket.socket, asked: Asked) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        begin = head(200, {"Content-Type": asked.truth.media_type} | named, None)
        send(connection, (part for each in ([begin], parts(asked.truth.body)) for part in each))

    return serve


def raw(answer: bytes) -> Serve:
    """Bytes as they stand."""
    return lambda connection, asked: send(connection, [answer])


def redirect(where: Callable[[Asked], str], status: int = 302) -> Serve:
    """A redirect to an address made from the one that was asked for."""

    def serve(connection: socket.socket, asked: Asked) -> None:
        send(connection, [head(status, {"Content-Type": "text/html", "Location": where(asked)}, 0)])

    return serve


def drop(connection: socket.socket, asked: Asked) -> None:
    """Hang up without a word."""


def reset(connection: socket.socket, asked: Asked) -> None:
    """Break the connection off in the middle of a head."""
    send(connection, [b"HTTP/1.1 200 OK\r\nContent-Ty"])
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def true_answer(connection: socket.socket, asked: Asked) -> None:
    """What the site really answers."""
    truth = asked.truth
    headers = {"Content-Type": truth.media_type} | ({"Location": truth.location} if truth.location else {})
    send(connection, [head(truth.status, headers, len(truth.body)), truth.body])
