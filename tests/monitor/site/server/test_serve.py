"""The served pages are those of the build, byte for byte; only what a search finds is the server's own."""

import http.client
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest

from monitor.settings.config import Config
from monitor.site.folder import NOTE
from monitor.site.options import options_of
from monitor.site.server.live import LiveSite
from storage.sqlite.database import open_readonly

pytest.importorskip("starlette", reason="the extra 'serve' is not installed")
uvicorn = pytest.importorskip("uvicorn", reason="the extra 'serve' is not installed")

SYMBOL = "S/RES/2779 (2025)"


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: dict[str, str]

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Client:
    """Asks the server as it is told to, without tidying a path."""

    port: int

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        body = answer.read()
        connection.close()
        return Answer(answer.status, body, told)


@pytest.fixture
def client(desk: Any, numbered: Callable[..., Any]) -> Iterator[Client]:
    from monitor.site.server.app import app_of

    desk.newsroom.crawl({SYMBOL: numbered("Decides", "Urges <b>women</b> to lead")})
    desk.build()
    site = LiveSite(lambda: open_readonly(desk.database), desk.database, Config(), options_of())
    server = uvicorn.Server(uvicorn.Config(app_of(site), port=0, log_level="error", loop="asyncio"))
    ready = threading.Event()
    startup = server.startup

    async def told_startup(*arguments: Any, **named: Any) -> None:
        await startup(*arguments, **named)
        ready.set()

    server.startup = told_startup
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert ready.wait(30)
    yield Client(server.servers[0].sockets[0].getsockname()[1])
    server.should_exit = True
    thread.join(30)


def test_every_file_is_served_as_it_is_built(desk: Any, client: Client) -> None:
    for name, content in desk.files().items():
        if name != NOTE:
            assert client.get(f"/{name}").body == content, name


def test_a_folder_is_its_index(client: Client) -> None:
    assert client.get("/").body == client.get("/index.html").body
    assert client.get("/themes/").body == client.get("/themes/index.html").body


def test_a_search_is_done_here_and_what_was_asked_stays_text(client: Client) -> None:
    page = client.get("/search.html?q=" + quote('women "><script>')).text

    assert "<script>" not in page
    assert "0 paragraphs" in page
    found = client.get("/search.html?q=women").text
    assert "1 paragraph." in found
    assert "&lt;b&gt;" in found
    assert "resolutions/2779.html#op-2" in found


def test_what_is_known_is_not_sent_twice(client: Client) -> None:
    first = client.get("/about.html")
    again = client.get("/about.html", **{"If-None-Match": first.headers["etag"]})

    assert again.status == 304
    assert "default-src 'none'" in first.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/nowhere.html", "/../wpswatch.db", "/%2e%2e/wpswatch.db", "/.site.json"])
def test_nothing_else_is_served(client: Client, path: str) -> None:
    assert client.get(path).status == 404


def test_nothing_can_be_sent(client: Client) -> None:
    assert client.get("/index.html", "POST").status == 405


def test_a_page_follows_the_database(desk: Any, client: Client, numbered: Callable[..., Any]) -> None:
    assert client.get("/resolutions/2800.html").status == 404
    desk.newsroom.crawl({"S/RES/2800 (2025)": numbered("Urges women to lead")})

    assert client.get("/resolutions/2800.html").status == 200
