"""PeaceWomen's archive through a mirror, in three markups made by hand, beside the recorded resolutions."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from monitor.cli.main import cli
from scraper.ingest.extraction import extract
from scraper.themes.extract import extracts_of
from storage.fetched.runs import open_run
from storage.fetched.snapshots import save_snapshot
from storage.models import THEMES
from storage.outbox.outbox import list_alerts
from storage.records import Snapshot, SnapshotState
from storage.sqlite.database import DATABASE_NAME, open_database, open_readonly, transaction
from storage.texts.changes import list_changes
from storage.texts.saving import save_version
from storage.told.published import published_entries, published_records
from tests.paths import TESTS
from tests.site.peacewomen_site import PREAMBLE, SITE, TITLE, pages

pytestmark = pytest.mark.long

XML = TESTS / "cases/akoma_ntoso"
OFFICIAL = (XML / "lists-headings-and-tasks-2387/input.xml", XML / "labels-inside-the-text-2386/input.xml")
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


class Server:
    """Answers from the pages, and remembers what it was asked."""

    def __init__(self) -> None:
        self.pages, self.asked = pages(), []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append(self.path)
                body = server.pages.get(self.path, "").encode()
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments: object) -> None:
                """Says nothing."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    def pages_asked(self) -> list[str]:
        return sorted(path for path in self.asked if not path.endswith("/robots.txt"))

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., Any]:
    """The command on a folder that holds two resolutions as the UN's XML gives them."""
    data = tmp_path / "data"
    with closing(open_database(data / DATABASE_NAME)) as db, transaction(db):
        run = open_run(db, "unxml", NOW)
        for path in OFFICIAL:
            document = extract(path.read_bytes())
            snapshot = Snapshot(
                source="unxml",
                run=run,
                url=f"https://example.org/{path.parent.name}",
                final_url=f"https://example.org/{path.parent.name}",
                status=200,
                etag=None,
                last_modified=None,
                media_type="application/xml",
                body_hash=path.parent.name,
                size=1,
                fetched_at=NOW,
                symbol=document.symbol,
                language="en",
                revision=None,
                state=SnapshotState.READ,
            )
            save_version(db, document, save_snapshot(db, snapshot), extracts_of(document), NOW)
    settings = tmp_path / "wpswatch.toml"
    settings.write_text(
        f'[network]\ndelay_seconds = 0\n[[channels]]\nname = "log"\ntype = "file"\npath = "{tmp_path}/log"\n'
    )

    def call(*arguments: str) -> Any:
        given = ["--data", str(data), "--config", str(settings), "-q", *arguments]
        answer = CliRunner().invoke(cli, given, catch_exceptions=False)
        assert answer.exit_code == 0, answer.output
        return json.loads(answer.stdout)

    return call


def test_every_wanted_page_is_fetched_once_compared_with_the_official_words_and_nobody_is_alerted(
    ask: Callable[..., Any], server: Server, tmp_path: Path
) -> None:
    [first] = ask("crawl", "peacewomen", "--mirror", server.url, "--json")
    assert (first["outcome"], first["fetched"], first["failed"]) == ("complete", len(server.pages), 0)
    assert server.pages_asked() == sorted(server.pages)

    compared = ask("compare", "peacewomen", "--json")
    told = {one["title"]: one for one in compared["extracts"]}
    assert compared["summary"]["extracts"] == len(compared["extracts"])
    assert {title: one["outcome"] for title, one in told.items()} == {TITLE: "another address", PREAMBLE: "same"}
    places = [(one["address"], [each["address"] for each in one["official"]]) for one in told[TITLE]["pieces"]]
    assert ("OP 42 (d) (ii)", ["OP 43 (d) (ii)"]) in places
    assert told[TITLE]["node"] == "https://www.peacewomen.org/node/100112"
    assert ask("compare", "peacewomen", "--symbol", "2386", "--json")["summary"]["extracts"] == 1

    [published] = ask("show", "2387", "--witnesses", "--json")["published"]
    assert (published["publisher"], published["extracts"], published["another_address"]) == ("peacewomen", 1, 1)

    first_page = f"{SITE}/taxonomy/term/32?page=0"
    server.pages[first_page] = server.pages[first_page].replace("Child Protection Advisers", "Youth Advisers")
    server.asked.clear()
    [second] = ask("crawl", "peacewomen", "--mirror", server.url, "--json")
    assert (second["outcome"], second["unchanged"]) == ("complete", len(THEMES) - 1)
    assert server.pages_asked() == sorted(path for path in server.pages if path.endswith("?page=0"))
    with closing(open_readonly(tmp_path / "data" / DATABASE_NAME)) as db:
        kept = [one for one in published_records(db, "peacewomen") if one.entry.url.endswith("term/32?page=0")]
        was = {("Youth" in one.entry.text, one.superseded_at is None) for one in kept if one.entry.title == TITLE}
        assert was == {(True, True), (False, False)}
        assert "Afghanistan" in {entry.place for entry in published_entries(db, "peacewomen")}
        assert (list_alerts(db), list_changes(db)) == ([], [])
    assert not (tmp_path / "log").exists()
