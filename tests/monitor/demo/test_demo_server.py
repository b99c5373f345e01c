"""The demonstration server answers as a mirror does, remembers what it was asked, and keeps quiet."""

import http.client
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from monitor.demo.server import DemoServer, LoggedRequest
from monitor.demo.site import DemoSite, open_site

TREE = "/api.github.com/repos/UNxml/SCresolutions/git/trees/main?recursive=1"
RAW = "/raw.githubusercontent.com/UNxml/SCresolutions/main/"
WITH_BLANK = RAW + "2020/English/S_RES_2513%20(2020)-2003779E.xml"
LOOK_UP = "/documents.un.org/api/symbol/access?s=S%2FRES%2F2777(2025)&l=en&t=pdf"
LIMIT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Got:
    status: int
    headers: Mapping[str, str]
    body: bytes


@pytest.fixture
def server() -> Iterator[DemoServer]:
    with DemoServer(open_site()) as running:
        yield running


def ask(server: DemoServer, path: str, method: str = "GET", **headers: str) -> Got:
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=LIMIT_SECONDS)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return Got(answer.status, dict(answer.getheaders()), answer.read())
    finally:
        connection.close()


def test_a_path_with_a_blank_and_brackets_is_served_as_published(server: DemoServer) -> None:
    got = ask(server, WITH_BLANK)
    assert got.status == 200
    assert b"2513" in got.body
    assert got.headers["Content-Length"] == str(len(got.body))


def test_a_known_etag_is_answered_with_304_and_no_body(server: DemoServer) -> None:
    first = ask(server, TREE)
    again = ask(server, TREE, If_None_Match=f'"other", W/{first.headers["ETag"]}')
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", first.headers["ETag"])


def test_another_etag_is_answered_with_the_body_even_if_the_date_is_known(server: DemoServer) -> None:
    first = ask(server, TREE)
    again = ask(server, TREE, If_None_Match='"other"', If_Modified_Since=first.headers["Last-Modified"])
    assert (again.status, again.body) == (200, first.body)


def test_a_known_date_is_answered_with_304_until_the_file_is_corrected(server: DemoServer) -> None:
    since = ask(server, WITH_BLANK).headers["Last-Modified"]
    assert ask(server, WITH_BLANK, If_Modified_Since=since).status == 304
    correction = server.site.catalogue.correction(is_wps=False)
    server.site = server.site.correct(correction.symbol, correction.before, correction.after)
    assert ask(server, WITH_BLANK, If_Modified_Since=since).status == 200


def test_a_date_that_is_none_is_ignored(server: DemoServer) -> None:
    assert ask(server, WITH_BLANK, If_Modified_Since="yesterday").status == 200


def test_what_is_published_while_it_runs_is_served_from_then_on(server: DemoServer) -> None:
    news = server.site.catalogue.news
    assert ask(server, f"{RAW}{news.xml}").status == 404
    tag = ask(server, TREE).headers["ETag"]
    server.site = server.site.publish(news.symbol)
    assert ask(server, f"{RAW}{news.xml}").status == 200
    assert ask(server, TREE, If_None_Match=tag).status == 200


def test_the_redirect_of_a_look_up_is_handed_on_as_the_host_gives_it(server: DemoServer) -> None:
    got = ask(server, LOOK_UP)
    assert (got.status, got.headers["Location"]) == (302, "/doc/UNDOC/GEN/N25/043/60/PDF/N2504360.PDF")


def test_head_answers_with_the_length_and_without_the_body(server: DemoServer) -> None:
    got = ask(server, TREE, "HEAD")
    assert (got.status, got.body) == (200, b"")
    assert int(got.headers["Content-Length"]) == len(ask(server, TREE).body)


def test_every_request_is_in_the_log_with_the_bytes_it_cost(server: DemoServer) -> None:
    size = len(ask(server, TREE).body)
    ask(server, TREE, If_None_Match="*")
    ask(server, "/example.org/nothing", "HEAD")
    assert server.requests == [
        LoggedRequest("GET", TREE, 200, size),
        LoggedRequest("GET", TREE, 304, 0),
        LoggedRequest("HEAD", "/example.org/nothing", 404, 0),
    ]


def test_only_documents_that_were_sent_count_as_sent(server: DemoServer) -> None:
    tag = ask(server, WITH_BLANK).headers["ETag"]
    ask(server, WITH_BLANK, If_None_Match=tag)
    ask(server, WITH_BLANK, "HEAD")
    ask(server, TREE)
    ask(server, LOOK_UP)
    ask(server, "/raw.githubusercontent.com/robots.txt")
    assert server.documents_sent() == [WITH_BLANK]


def test_one_connection_carries_many_requests(server: DemoServer) -> None:
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=LIMIT_SECONDS)
    try:
        for _ in range(3):
            connection.request("GET", TREE)
            assert connection.getresponse().read()
    finally:
        connection.close()


def test_a_client_that_hangs_up_leaves_no_trace(server: DemoServer, capfd: pytest.CaptureFixture[str]) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=LIMIT_SECONDS) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")  # reset, not goodbye
        client.sendall(f"GET {TREE} HTTP/1.1\r\nHost: demo\r\n\r\n".encode())
    assert ask(server, TREE).status == 200
    assert capfd.readouterr() == ("", "")


def test_it_stops_while_a_client_keeps_its_connection_open() -> None:
    with DemoServer(open_site()) as server:
        host, port = server.url.removeprefix("http://").split(":")
        client = socket.create_connection((host, int(port)), timeout=LIMIT_SECONDS)
        assert ask(server, TREE).status == 200
    with client:
        assert client.recv(1) == b""
    with pytest.raises(RuntimeError, match="not started"):
        _ = server.url


class BrokenSite(DemoSite):
    """A site that fails in answering."""

    def answer(self, host: str, path: str, query: str = "") -> None:  # type: ignore[override]
        raise ZeroDivisionError(f"{host}{path}?{query}")


def test_a_failure_of_its_own_is_raised_when_it_stops() -> None:
    site = open_site()
    broken = BrokenSite(site.catalogue, site.documents, site.files, site.today)
    with pytest.raises(ZeroDivisionError), DemoServer(broken) as server, pytest.raises(http.client.RemoteDisconnected):
        ask(server, TREE)
