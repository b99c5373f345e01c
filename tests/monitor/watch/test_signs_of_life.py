"""What tells others that the watch is alive: the heartbeat, the ping; and how it hears of signals."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from monitor.watch import ping as ping_module
from monitor.watch.heartbeat import Heartbeat, read_heartbeat, write_heartbeat
from monitor.watch.ping import ping
from monitor.watch.signals import signals
from monitor.watch.systemd import stamp

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
BEAT = Heartbeat(4711, NOW, NOW, ("crawl a",), {"a": NOW + timedelta(hours=1)}, {"a": None, "b": 0}, "trouble", NOW)


def test_a_sign_of_life_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_heartbeat(tmp_path, BEAT)
    assert read_heartbeat(tmp_path) == BEAT
    assert [path.name for path in tmp_path.iterdir()] == ["watch.json"]


def test_a_line_of_the_log_has_its_time_but_where_the_journal_gives_one() -> None:
    assert stamp(NOW, {}) == stamp(NOW, {"JOURNAL_STREAM": "1:2"}) == "2026-11-24 12:00:00 UTC "
    stream = os.fstat(2)
    assert stamp(NOW, {"JOURNAL_STREAM": f"{stream.st_dev}:{stream.st_ino}"}) == ""


@pytest.mark.parametrize("text", [None, "", "{}", "[]", "null", '{"pid": 1, "started_at": 7}', "\xff"])
def test_a_sign_of_life_that_cannot_be_read_is_none(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "watch.json").write_text(text, encoding="latin-1")
    assert read_heartbeat(tmp_path) is None


class Handler(BaseHTTPRequestHandler):
    """Keeps what it was asked, and by whom."""

    asked: list[tuple[str, str | None]]

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["User-Agent"]))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    Handler.asked = []
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_ping_asks_once_and_says_who_asks(server: HTTPServer) -> None:
    ping(f"http://127.0.0.1:{server.server_port}/uuid", "an honest agent").join(5)
    assert Handler.asked == [("/uuid", "an honest agent")]


def test_a_ping_address_that_stalls_keeps_nobody_waiting(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(ping_module, "SECONDS", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(30)
        thread = ping(f"http://127.0.0.1:{silent.getsockname()[1]}/uuid", "agent")
        held, _ = silent.accept()  # asked, and not answered: nobody has waited for that
        assert thread.is_alive()
        thread.join(30)
        held.close()
        assert not thread.is_alive()
    assert "timed out" in caplog.text
    assert "uuid" not in caplog.text


def test_signals_that_came_while_nobody_waited_are_not_lost() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with signals() as wait:
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGTERM):
            os.kill(os.getpid(), number)
            time.sleep(0)  # a pending signal of one number is one: let each be taken
        came = [*wait(1)]
        assert came[0] == signal.SIGHUP
        assert signal.SIGTERM in came
        assert list(wait(0)) == []
    assert signal.getsignal(signal.SIGTERM) == before
