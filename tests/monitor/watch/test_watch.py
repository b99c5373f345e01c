"""`watch` as processes: what a signal, a second watcher, a crawl by hand and a broken setting do to it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from monitor.alerts.news.compose import source_alert
from monitor.alerts.news.payload import SourceNews
from monitor.app.crawling import CrawlStage, CrawlWishes, crawl_source, open_data
from monitor.demo.site import DemoSite, SiteAnswer
from monitor.settings.config import Watching, load_config
from monitor.watch.lock import only_one
from scraper.sources.loader import load_sources
from storage.fetched.runs import list_runs, open_run
from storage.outbox.outbox import enqueue
from storage.records import Event as News
from storage.records import Outcome
from storage.sqlite.database import open_database, open_readonly, transaction

OFF = "".join(f"[sources.{name}]\nenabled = false\n" for name in load_sources())
TERM, INT, HUP = signal.SIGTERM, signal.SIGINT, signal.SIGHUP


def wait_for(condition: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait until a condition holds; fail when it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


@dataclass(frozen=True)
class StalledSite:
    """The recorded site, whose documents are sent only when they are let go."""

    site: DemoSite
    asked: Event = field(default_factory=Event)
    let_go: Event = field(default_factory=Event)

    def answer(self, host: str, path: str, query: str) -> SiteAnswer:
        if host.startswith("raw."):
            self.asked.set()
            self.let_go.wait(60)
        return self.site.answer(host, path, query)


@pytest.fixture
def stalled(desk) -> Iterator[StalledSite]:
    """The desk's site, which keeps every document back until it is told to let them go."""
    site = StalledSite(desk.server.site)
    desk.server.site = site
    yield site
    site.let_go.set()


@contextmanager
def watching(desk, **environment: str) -> Iterator["subprocess.Popen[str]"]:
    command = ["env", *(f"{name}={value}" for name, value in environment.items()), *desk.command("watch")]
    with (
        (desk.folder / "watch.log").open("w") as log,
        subprocess.Popen(command, stderr=log, cwd=desk.folder) as process,
    ):
        try:
            yield process
        finally:
            process.kill()


def log_of(desk) -> str:
    return (desk.folder / "watch.log").read_text()


def runs(desk) -> list[tuple[str, str | None]]:
    """The source and outcome of each run, oldest first."""
    path = desk.folder / "data/wpswatch.db"
    if not beat(desk):  # the database is made before the first sign of life
        return []
    with closing(open_readonly(path)) as db:
        return [(run.source, run.outcome and run.outcome.value) for run in reversed(list_runs(db))]


def beat(desk) -> dict[str, Any]:
    path = desk.folder / "data/watch.json"
    return json.loads(path.read_text()) if path.exists() else {}


def seconds_to_end(process: "subprocess.Popen[str]", number: int, code: int = 0) -> float:
    told_at = time.monotonic()
    process.send_signal(number)
    assert process.wait(30) == code
    return time.monotonic() - told_at


@pytest.mark.parametrize(("numbers", "seconds", "code"), [([TERM], 15, 0), ([INT, INT], 8, 1)])
def test_a_signal_ends_a_crawl_of_a_stalled_server_within_seconds_and_it_is_partial(
    desk, stalled: StalledSite, numbers: list[int], seconds: float, code: int
) -> None:
    with watching(desk) as process:
        wait_for(stalled.asked.is_set)
        if code == 0:
            by_hand = subprocess.run(desk.command("crawl"), capture_output=True, text=True, check=False)
            assert by_hand.returncode == 1
            assert re.search(r"in use by process \d+.*--wait MINUTES", by_hand.stderr)
        for number in numbers[1:]:
            process.send_signal(number)
            wait_for(lambda: "ending crawl unxml" in log_of(desk))
        assert seconds_to_end(process, numbers[0], code) < seconds
    assert runs(desk) == [("unxml", "partial")]
    assert beat(desk)["running"] == []


def test_a_crawl_by_hand_that_is_told_to_end_does_not_go_on_with_the_next_source(desk, stalled: StalledSite) -> None:
    with subprocess.Popen(desk.command("crawl"), stdout=subprocess.DEVNULL) as process:
        wait_for(stalled.asked.is_set)
        assert seconds_to_end(process, TERM, code=3) < 15
    assert [(each["source"], each["outcome"]) for each in desk.ask("runs", "--json")] == [("unxml", "partial")]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_a_crawl_does_not_outlive_the_command_that_was_killed(desk, stalled: StalledSite) -> None:
    with subprocess.Popen(desk.command("crawl", "unxml"), stdout=subprocess.DEVNULL) as command:
        wait_for(stalled.asked.is_set)
        [crawl] = [pid for pid in children(command.pid) if "scraper.crawl.process" in command_line(pid)]
        command.kill()
    wait_for(lambda: "scraper.crawl.process" not in command_line(crawl))  # while its answer is still held back


def children(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def command_line(pid: int) -> str:
    """Empty for a process that has ended, whether or not anybody has asked how."""
    path = Path(f"/proc/{pid}/cmdline")
    return path.read_bytes().replace(b"\0", b" ").decode() if path.exists() else ""


def test_a_crawl_at_its_time_limit_is_told_to_end_and_partial(desk, stalled: StalledSite) -> None:
    config = replace(load_config(desk.folder / "wpswatch.toml"), watch=Watching(crawl_minutes=0.02))  # type: ignore[arg-type]
    data = desk.folder / "data"
    with closing(open_data(data, datetime.now(UTC))) as db:
        crawled = crawl_source(db, data, load_sources()["unxml"], config, CrawlWishes(is_quiet=True), CrawlStage())
    assert (crawled.run.outcome, crawled.is_stopped) == (Outcome.PARTIAL, False)
    assert (crawled.run.reason or "").startswith("interrupted")


def test_a_crawl_by_hand_waits_for_another_as_long_as_it_is_told(desk) -> None:
    (desk.folder / "wpswatch.toml").write_text(OFF)
    with only_one(desk.folder / "data"):
        by_hand = desk.command("crawl", "--wait", "1", "--json")
        waiting = subprocess.Popen(by_hand, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert waiting.stderr is not None
        wait_for(lambda: f"in use by process {os.getpid()}; waiting up to 1 minutes" in waiting.stderr.readline())
    assert waiting.communicate(timeout=30)[0] == "[]\n"
    assert waiting.returncode == 0


def test_what_is_overdue_is_crawled_at_once_by_the_settings_that_were_read_last(desk) -> None:
    path = desk.folder / "wpswatch.toml"
    good = path.read_text()
    path.write_text(OFF)
    with watching(desk) as process:
        wait_for(lambda: beat(desk))
        assert beat(desk)["next_runs"] == {}

        path.write_text("[sources.unxlm]\n")
        process.send_signal(HUP)
        wait_for(lambda: beat(desk)["trouble"])
        assert re.search(r"ERROR: the settings were NOT read again.*line 1: .*nearest is 'unxml'", log_of(desk))

        path.write_text(good + "[sources.un-resolutions]\nenabled = false\n")
        process.send_signal(HUP)
        wait_for(lambda: "the settings were read again; watching unxml" in log_of(desk))
        path.write_text("broken again: the crawl goes by what was read")
        wait_for(lambda: "unxml: complete" in log_of(desk))
        assert beat(desk)["trouble"] is None
        path.write_text(good)

        second = subprocess.run(desk.command("watch"), capture_output=True, text=True, check=False)
        assert second.returncode == 1
        assert f"watched by process {process.pid}" in second.stderr
        told = {each["source"]: each for each in desk.ask("sources", "--json")}
        unwatched, unxml = told["un-resolutions"], told["unxml"]
        assert (unxml["last_outcome"], unxml["watched"]) == ("complete", True)
        assert unxml["next_run_at"] == beat(desk)["next_runs"]["unxml"]
        assert (unwatched["watched"], unwatched["next_run_at"]) == (False, None)
        assert seconds_to_end(process, TERM) < 10
    assert runs(desk) == [("unxml", "complete")]
    assert not any(each["watched"] for each in desk.ask("sources", "--json"))
    assert beat(desk)["stopped_at"]


def put_into_outbox(desk) -> None:
    with closing(open_database(desk.folder / "data/wpswatch.db")) as db, transaction(db):
        now = datetime.now(UTC)
        news = SourceNews(News.SOURCE_FAILED, "unxml", "listing-failed", None)
        enqueue(db, source_alert(news, 0, open_run(db, "unxml", now), now), ["log"])


def test_systemd_and_the_ping_address_hear_that_all_is_well_and_what_is_due_is_sent(desk) -> None:
    path = desk.folder / "wpswatch.toml"
    path.write_text(
        f"[network]\ncontact = 'desk@example.org'\n[watch]\nping = '{desk.server.url}/ping/secret'\n{OFF}"
        f"[[channels]]\nname = 'log'\ntype = 'file'\npath = '{desk.folder}/alerts.txt'\n"
    )
    put_into_outbox(desk)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(f"{desk.folder}/notify")
        systemd.settimeout(30)
        with watching(desk, NOTIFY_SOCKET=f"{desk.folder}/notify", WATCHDOG_USEC="2000000") as process:
            assert [systemd.recv(100), systemd.recv(100)] == [b"READY=1\nWATCHDOG=1"] * 2
            wait_for(lambda: [each.path for each in desk.server.requests] == ["/ping/secret"])
            wait_for(lambda: "A source fails: unxml" in desk.alerts_told())
            seconds_to_end(process, TERM)
        heard = b""
        while b"STOPPING" not in heard:
            heard = systemd.recv(100)
    assert "secret" not in log_of(desk)  # the server knows no such page, and nothing came of that
    assert "the ping address did not answer" in log_of(desk)
