"""What a user sees on a bad day: the command says what is wrong, nothing that is held is lost or changed."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from monitor.demo.server import DemoServer
from monitor.demo.site import open_site
from tests.conftest import UNWATCHED

pytestmark = pytest.mark.long

SETTINGS = """
[network]
mirror = "{mirror}"
delay_seconds = 0
[sources.unxml.expect]
min_listed = 1
[sources.un-resolutions.expect]
min_listed = 1
"""


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


def wpswatch(folder: Path, *arguments: str, **environment: str) -> Said:
    command = [sys.executable, "-m", "monitor.cli.main", "--data", str(folder / "data")]
    done = subprocess.run(
        [*command, "--config", str(folder / "wpswatch.toml"), *arguments],
        capture_output=True, text=True, check=False, env={**os.environ, **environment},
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return Said(done.returncode, done.stdout, done.stderr)


class Challenge(BaseHTTPRequestHandler):
    """Answers everything, robots.txt excepted, with a firewall's challenge; made by hand after what is known of it."""

    def do_GET(self) -> None:
        body = b"" if self.path.endswith("/robots.txt") else b"<html>Please enable JavaScript to continue</html>"
        self.send_response(202 if body else 404)
        if body:
            self.send_header("x-amzn-waf-action", "challenge")
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def challenge() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Challenge)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def settings(folder: Path, mirror: str) -> None:
    (folder / "wpswatch.toml").write_text(SETTINGS.format(mirror=mirror))


def content(folder: Path) -> list[tuple[object, ...]]:
    """Everything held and said of documents, row by row."""
    with closing(sqlite3.connect(folder / "data/wpswatch.db")) as db:
        tables = ("documents", "versions", "paragraphs", "changes", "snapshots")
        return [row for table in tables for row in db.execute(f"SELECT '{table}', * FROM {table} ORDER BY 2")]  # noqa: S608


def test_a_source_that_challenges_every_request_is_blocked_and_changes_nothing(tmp_path: Path, challenge: str) -> None:
    with DemoServer(open_site()) as server:
        settings(tmp_path, server.url)
        assert wpswatch(tmp_path, "-q", "crawl", "unxml").code == 0
    held = content(tmp_path)

    settings(tmp_path, challenge)
    said = wpswatch(tmp_path, "-q", "crawl", "unxml", "--json")
    assert said.code == 3
    [run] = json.loads(said.out)
    assert (run["outcome"], run["fetched"], run["blocked"]) == ("failed", 0, 1)
    [unxml] = [s for s in json.loads(wpswatch(tmp_path, "sources", "--json").out) if s["source"] == "unxml"]
    assert unxml["state"] == "blocked"
    assert content(tmp_path) == held


def test_a_crawl_that_is_told_to_end_leaves_a_partial_run_and_the_next_one_goes_on(tmp_path: Path) -> None:
    with DemoServer(open_site()) as server:
        (tmp_path / "wpswatch.toml").write_text(
            SETTINGS.format(mirror=server.url).replace("delay_seconds = 0", "delay_seconds = 1")
        )
        command = [sys.executable, "-m", "monitor.cli.main", "--data", str(tmp_path / "data")]
        with subprocess.Popen(
            [*command, "--config", str(tmp_path / "wpswatch.toml"), "crawl", "unxml", "--json"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        ) as crawling:  # fmt: skip
            deadline = time.monotonic() + 20
            while not server.documents_sent():
                assert time.monotonic() < deadline, "no document was asked for"
                time.sleep(0.02)
            crawling.terminate()
            out = crawling.communicate(timeout=20)[0]
        assert crawling.returncode == 3
        [run] = json.loads(out)
        assert (run["outcome"], run["baseline"]) == ("partial", False)
        settings(tmp_path, server.url)
        said = wpswatch(tmp_path, "-q", "crawl", "unxml", "--json")
        [run] = json.loads(said.out)
        assert (said.code, run["outcome"], run["baseline"]) == (0, "complete", True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 700 kB, mounted at the data folder."""
    folder = tmp_path / "data"
    folder.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", folder], capture_output=True, text=True, check=False
    )
    if mount.returncode:
        pytest.skip(f"a small disk can't be mounted here: {mount.stderr.strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_disk_that_fills_up_loses_nothing_that_was_held(tmp_path: Path, small_disk: Path) -> None:
    with DemoServer(open_site()) as server:
        settings(tmp_path, server.url)
        full = wpswatch(tmp_path, "-q", "crawl", "unxml", "--json")
        assert full.code == 1
        assert "disk is full" in full.err
        assert "make room" in full.err
        asked = len(server.requests)
        subprocess.run(["mount", "-o", "remount,size=20m", small_disk], check=True)
        again = wpswatch(tmp_path, "-q", "crawl", "unxml", "--json")
        [run] = json.loads(again.out)
        assert (again.code, run["outcome"], run["new"], run["baseline"]) == (0, "complete", 12, True)
        assert len(server.requests) > asked


def test_a_file_that_may_not_grow_is_told_and_the_next_run_goes_on(tmp_path: Path) -> None:
    with DemoServer(open_site()) as server:
        settings(tmp_path, server.url)
        limited = f"ulimit -f 64; exec {sys.executable} -m monitor.cli.main --data {tmp_path}/data"
        full = subprocess.run(
            ["/bin/sh", "-c", f"{limited} --config {tmp_path}/wpswatch.toml -q crawl unxml --json"],
            env=UNWATCHED, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert full.returncode in {1, 3}
        assert "Traceback" not in full.stderr
        assert wpswatch(tmp_path, "-q", "crawl", "unxml").code == 0
        assert len(json.loads(wpswatch(tmp_path, "runs", "--json").out)) >= 1
    assert wpswatch(tmp_path, "doctor").code in {0, 3}


def test_a_file_that_is_no_database_is_named_and_left_as_it_is(tmp_path: Path) -> None:
    settings(tmp_path, "")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/wpswatch.db").write_text("not a database, but somebody's words")
    for command in (["extracts"], ["crawl", "unxml"], ["doctor"]):
        said = wpswatch(tmp_path, *command)
        assert said.code == 1
        assert "wpswatch.db" in said.err + said.out
    assert (tmp_path / "data/wpswatch.db").read_text() == "not a database, but somebody's words"


def test_a_database_of_a_newer_version_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with DemoServer(open_site()) as server:
        settings(tmp_path, server.url)
        wpswatch(tmp_path, "-q", "crawl", "unxml")
        with closing(sqlite3.connect(tmp_path / "data/wpswatch.db")) as db:
            db.execute(
                "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
                "SELECT migration_set, 'from_the_future', applied_at FROM _sqlite_migrations LIMIT 1"
            )
            db.commit()
        for command in (["extracts"], ["crawl", "unxml"]):
            said = wpswatch(tmp_path, *command)
            assert said.code == 1
            assert "upgrade wpswatch" in said.err


def test_a_wrong_key_stops_everything_with_its_line_and_the_nearest_right_word(tmp_path: Path) -> None:
    (tmp_path / "wpswatch.toml").write_text("[network]\ndelay = 3\n")
    said = wpswatch(tmp_path, "crawl")
    assert said.code == 2
    assert "line 2" in said.err
    assert "delay_seconds" in said.err
    assert not (tmp_path / "data").exists()


def test_an_unknown_source_is_wrong_usage_and_named_with_the_nearest(tmp_path: Path) -> None:
    settings(tmp_path, "")
    said = wpswatch(tmp_path, "crawl", "unxlm")
    assert said.code == 2
    assert "'unxml'" in said.err


def test_a_listing_that_cannot_be_had_is_told_in_words_and_plans_nothing(tmp_path: Path) -> None:
    settings(tmp_path, "http://127.0.0.1:9")
    said = wpswatch(tmp_path, "crawl", "unxml", "--dry-run")
    assert (said.code, said.out) == (1, "")
    assert "no-answer" in said.err


def test_the_password_of_a_mirror_reaches_no_record_log_or_alert(tmp_path: Path) -> None:
    settings(tmp_path, "http://reader:s3cret@127.0.0.1:9/un")
    with (tmp_path / "wpswatch.toml").open("a") as more:
        more.write(
            '[monitor]\nfailures_before_alert = 1\n[[channels]]\nname = "ops"\ntype = "file"\npath = "ops.txt"\n'
            'events = ["source.*"]\n'
        )
    said = [wpswatch(tmp_path, *words) for words in (["crawl", "--json"], ["sources", "--json"], ["doctor", "--json"])]
    assert "no-answer" in said[0].out
    assert "A source fails" in (tmp_path / "ops.txt").read_text()
    told = [answer.out + answer.err for answer in said]
    kept = [path.read_bytes().decode("latin-1") for path in tmp_path.rglob("*") if path.is_file()]
    kept.remove((tmp_path / "wpswatch.toml").read_text())
    assert [words for words in (*told, *kept) if "s3cret" in words] == []
