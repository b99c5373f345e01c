"""A small web on loopback that stands for every host, and crawls of it in processes of their own."""

import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest

from scraper.spiders.kit.order import CrawlOrder
from storage.fetched.resources import resources_of
from storage.fetched.runs import close_run, load_run, open_run
from storage.fetched.snapshots import list_snapshots
from storage.records import CrawlRun, Outcome, Resource, Snapshot
from storage.sqlite.database import DATABASE_NAME, open_database, transaction
from storage.told.facts import listed_symbols
from tests.paths import ROOT, TESTS

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECONDS = 30.0


@dataclass(slots=True)
class Reply:
    """What the site answers. `length` announces another length than the body has."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it reached the site."""

    path: str
    headers: dict[str, str]
    at: float


class Site:
    """Answers `/HOST/PATH` from a dictionary, with ETags and 304, and keeps a log of what it was asked."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply | Callable[[], Reply]] = {}
        self.default = Reply(status=404)
        self.asked: list[Asked] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # head and body in one packet: else each answer waits 40 ms for an acknowledgement

            def do_GET(self) -> None:
                site.asked.append(Asked(self.path, {k.lower(): v for k, v in self.headers.items()}, time.monotonic()))
                reply = site.replies.get(self.path, site.default)
                self._send(reply if isinstance(reply, Reply) else reply())

            def _send(self, reply: Reply) -> None:
                tag = f'"{hashlib.md5(reply.body, usedforsecurity=False).hexdigest()}"'
                is_held = reply.status == 200 and self.headers.get("If-None-Match") == tag
                self.send_response(304 if is_held else reply.status)
                if reply.status == 200 and reply.body:
                    self.send_header("ETag", tag)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                body = b"" if is_held else reply.body
                self.send_header("Content-Length", str(len(body) if reply.length is None else reply.length))
                self.end_headers()
                try:
                    self.wfile.write(body)
                except OSError:  # the crawler went away
                    self.close_connection = True

            def log_message(self, *args: Any) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.block_on_close = False
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def put(self, address: str, body: bytes = b"", **kwargs: Any) -> None:
        """Answers an address, written without its scheme as the mirror has it."""
        self.replies[f"/{address}"] = Reply(body, **kwargs)

    def paths(self, part: str = "") -> list[str]:
        """What was asked, in order, without robots.txt."""
        return [asked.path for asked in self.asked if part in asked.path and not asked.path.endswith("/robots.txt")]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@dataclass(frozen=True, slots=True)
class Crawled:
    """A crawl that has ended."""

    run: CrawlRun
    code: int
    out: str
    err: str


class Desk:
    """One data folder, and crawls into it."""

    def __init__(self, data: Path, mirror: str, warm: "subprocess.Popen[str]") -> None:
        self.data, self.mirror, self.warm = data, mirror, warm
        with closing(open_database(data / DATABASE_NAME)):
            pass

    def order(self, source: str, **choices: Any) -> CrawlOrder:
        with closing(open_database(self.data / DATABASE_NAME)) as db, transaction(db):
            run = open_run(db, source, NOW)
        defaults: dict[str, Any] = {"now": NOW, "mirror": self.mirror, "delay_seconds": 0.0, "expect_min_listed": 1}
        return CrawlOrder(data_dir=self.data, source=source, run=run, **{**defaults, **choices})

    def start(
        self, order: CrawlOrder, program: tuple[str, ...] = ("-m", "scraper.crawl.process")
    ) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, *program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        assert process.stdin is not None
        process.stdin.write(order.to_json())
        process.stdin.close()
        process.stdin = None
        return process

    def end(self, process: "subprocess.Popen[str]", order: CrawlOrder) -> Crawled:
        try:
            out, err = process.communicate(timeout=SECONDS)
        finally:
            process.kill()
        return Crawled(self.run(order.run), process.returncode, out, err)

    def crawl(self, source: str, **choices: Any) -> Crawled:
        """A crawl to its end, in a process of its own that has its imports already."""
        order = self.order(source, **choices)
        files = {name: self.data / f"std{name}" for name in ("in", "out", "err")}
        for path in files.values():
            path.write_text(order.to_json() if path.name == "stdin" else "")
        assert self.warm.stdin is not None
        assert self.warm.stdout is not None
        self.warm.stdin.write(json.dumps({name: str(path) for name, path in files.items()}) + "\n")
        self.warm.stdin.flush()
        code = int(self.warm.stdout.readline())
        return Crawled(self.run(order.run), code, files["out"].read_text(), files["err"].read_text())

    def accept(self, crawled: Crawled) -> None:
        """Closes the run as the monitor does after a good one."""
        with closing(open_database(self.data / DATABASE_NAME)) as db, transaction(db):
            close_run(db, crawled.run.run, Outcome.COMPLETE, None, crawled.run.counts, NOW, is_baseline=True)

    def accept_as(self, crawled: Crawled, outcome: str) -> None:
        """Closes the run as the monitor does after one that is not good."""
        with closing(open_database(self.data / DATABASE_NAME)) as db, transaction(db):
            close_run(db, crawled.run.run, Outcome(outcome), crawled.run.reason, crawled.run.counts, NOW)

    def listed(self, source: str) -> list[str]:
        """The documents that a source's listing tells of."""
        with closing(open_database(self.data / DATABASE_NAME)) as db:
            return listed_symbols(db, source)

    def run(self, number: int) -> CrawlRun:
        with closing(open_database(self.data / DATABASE_NAME)) as db:
            return load_run(db, number)

    def snapshots(self) -> list[Snapshot]:
        with closing(open_database(self.data / DATABASE_NAME)) as db:
            return list_snapshots(db)

    def resources(self, source: str) -> dict[str, Resource]:
        with closing(open_database(self.data / DATABASE_NAME)) as db:
            return resources_of(db, source)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture(scope="session")
def warm() -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, str(TESTS / "servers/warm_crawls.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        yield process


@pytest.fixture
def desk(tmp_path: Path, site: Site, warm: "subprocess.Popen[str]") -> Desk:
    return Desk(tmp_path, site.url, warm)


RAW = "raw.githubusercontent.com/UNxml/SCresolutions/main"
TREE = "api.github.com/repos/UNxml/SCresolutions/git/trees/main?recursive=1"
TABLE = "main.un.org/securitycouncil/en/content/resolutions-0"


class Library:
    """UNxml's repository on the site: a tree and its files."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.files: dict[str, bytes] = {}
        self.listed: dict[str, str] = {}
        self.is_truncated = False

    def add(self, number: int, words: str = "Decides to remain seized of the matter", year: int = 2026) -> str:
        path = f"{year}/English/S_RES_{number}-26{number:05}E.xml"
        self.put(path, f"<akomaNtoso><p>{words}</p></akomaNtoso>".encode())
        return path

    def put(self, path: str, body: bytes) -> None:
        self.files[path] = body
        self.listed[path] = hashlib.sha1(b"blob %d\0" % len(body) + body, usedforsecurity=False).hexdigest()
        self.site.put(f"{RAW}/{quote(path, safe='/()')}", body, headers={"Content-Type": "text/plain; charset=utf-8"})
        self.publish()

    def publish(self) -> None:
        """Lists what is in `listed`."""
        tree = [{"path": path, "type": "blob", "sha": sha} for path, sha in self.listed.items()]
        record = {"sha": "main", "tree": tree, "truncated": self.is_truncated}
        self.site.put(TREE, json.dumps(record).encode(), headers={"Content-Type": "application/json"})

    def asked(self) -> list[str]:
        """The files that were asked for since the log was cleared."""
        return [unquote(path.removeprefix(f"/{RAW}/")) for path in self.site.paths(RAW)]


@pytest.fixture
def library(site: Site) -> Library:
    return Library(site)


class Table:
    """The Council's table on the site, and the documents service behind it."""

    host = "documents.un.org"

    def __init__(self, site: Site) -> None:
        self.site = site

    def publish(self, *numbers: int, year: int = 2026) -> None:
        rows = "".join(
            f"<tr><td><a href='#'>S/RES/{n}&nbsp;({year})</a></td><td>3 March {year}</td><td>Title</td></tr>"
            for n in numbers
        )
        page = f"<html><body><dl><dt>{year}</dt><dd><table>{rows}</table></dd></dl></body></html>"
        self.site.put(TABLE, page.encode(), headers={"Content-Type": "text/html"})

    def look_up(self, number: int, *, is_encoded: bool = True, year: int = 2026, **reply: Any) -> None:
        """Answers the look-up of a symbol; by default with the redirect to its document."""
        given = {"status": 302, "headers": {"Location": f"/doc/UNDOC/GEN/N26/{number}.PDF"}, **reply}
        self.site.put(self.access(number, is_encoded=is_encoded, year=year), **given)

    def document(self, number: int, body: bytes, **reply: Any) -> None:
        given = {"headers": {"Content-Type": "application/pdf"}, **reply}
        self.site.put(f"{self.host}/doc/undoc/gen/n26/{number}.pdf", body, **given)

    def access(self, number: int, *, is_encoded: bool = False, year: int = 2026) -> str:
        slash = "%2F" if is_encoded else "/"
        return f"{self.host}/api/symbol/access?s=S{slash}RES{slash}{number}({year})&l=en&t=pdf"


@pytest.fixture
def table(site: Site) -> Table:
    return Table(site)
