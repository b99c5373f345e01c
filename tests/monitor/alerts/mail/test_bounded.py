"""Mail servers that answer without an end, or a byte at a time: an attempt fails soon, and may be made again."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from monitor.alerts.delivery.channel import DeliveryError
from monitor.alerts.mail.bounded import MOST_BYTES
from monitor.alerts.mail.smtp import MailServer

PATIENCE = 10


@contextmanager
def served(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """The port of a server that greets and reads one line, then answers."""

    def serve() -> None:
        with suppress(OSError):
            connection, _ = listener.accept()
            with connection:
                connection.settimeout(PATIENCE)
                connection.sendall(b"220 here\r\n")
                connection.recv(1024)
                answer(connection)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(PATIENCE)


def without_end(connection: socket.socket) -> None:
    while True:
        connection.sendall(b"250-endless\r\n" * 1000)


def one_endless_line(connection: socket.socket) -> None:
    while True:
        connection.sendall(b"x" * MOST_BYTES)


def drip(connection: socket.socket) -> None:
    ended = threading.Event()
    while not ended.wait(0.05):
        connection.sendall(b"2")


def refused(port: int, seconds: float) -> str:
    server = MailServer("127.0.0.1", port, "starttls", timeout_seconds=seconds)
    with pytest.raises(DeliveryError) as caught:
        server.connect()
    assert not caught.value.is_permanent
    return str(caught.value)


@pytest.mark.parametrize("answer", [without_end, one_endless_line])
def test_a_reply_without_an_end_is_a_failed_attempt(answer: Callable[[socket.socket], None]) -> None:
    with served(answer) as port:
        assert "expected the mail server" in refused(port, PATIENCE)


def test_a_reply_that_drips_is_left_when_the_time_is_over() -> None:
    started = time.monotonic()
    with served(drip) as port:
        assert "no answer in time" in refused(port, 0.5)
    assert time.monotonic() - started < PATIENCE


def test_a_long_reply_is_read_whole() -> None:
    def long(connection: socket.socket) -> None:
        connection.sendall(b"".join(b"250-EXTENSION%d\r\n" % count for count in range(50)) + b"250 SIZE 1000\r\n")
        connection.recv(1024)

    with served(long) as port:
        assert "offer STARTTLS" in refused(port, PATIENCE)


def test_the_server_hears_the_name_that_is_set() -> None:
    heard: list[bytes] = []

    def hello(connection: socket.socket) -> None:
        connection.sendall(b"250 here\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"220 here\r\n")
                heard.append(connection.recv(1024))
                hello(connection)
                connection.recv(1024)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        server = MailServer(
            "127.0.0.1", listener.getsockname()[1], "none", own_name="wps.example.org", timeout_seconds=PATIENCE
        )
        connection = server.connect()
        connection.ehlo()
        connection.close()
        thread.join(PATIENCE)
    assert heard == [b"ehlo wps.example.org\r\n"]
