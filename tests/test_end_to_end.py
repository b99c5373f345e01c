"""The product's promise, kept by the command as a user runs it, on the recorded site behind a real server."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from monitor.demo.server import DemoServer
from monitor.demo.site import open_site

SETTINGS = """
[network]
mirror = "{mirror}"
delay_seconds = 0
[monitor]
news_days = 100000
[sources.unxml.expect]
min_listed = 1
[sources.un-resolutions.expect]
min_listed = 1
[[channels]]
name = "log"
type = "file"
path = "{alerts}"
"""
STATE = {  # what must be the same however often the machine went down on the way
    "documents": "SELECT symbol, language FROM documents ORDER BY 1, 2",
    "paragraphs": """
        SELECT d.symbol, p.address, p.text FROM paragraphs p JOIN versions v ON v.id = p.version
        JOIN documents d ON d.id = v.document WHERE v.is_current ORDER BY d.symbol, p.position""",
    "changes": "SELECT kind, symbol, address, before, after, cause, is_wps FROM changes ORDER BY 2, 3, 1",
    "alerts": "SELECT id, event FROM alerts ORDER BY 1",
}


@dataclass(frozen=True)
class Desk:
    """A data folder and settings, and the command run on them."""

    folder: Path
    server: DemoServer

    def command(self, *arguments: str) -> list[str]:
        options = ["--data", str(self.folder / "data"), "--config", str(self.folder / "wpswatch.toml")]
        return [sys.executable, "-m", "monitor.cli.main", *options, *arguments]

    def ask(self, *arguments: str, code: int = 0) -> Any:
        done = subprocess.run(self.command(*arguments), capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
        return json.loads(done.stdout)

    def crawl(self) -> dict[str, dict[str, Any]]:
        return {run["source"]: run for run in self.ask("crawl", "--json")}

    def alerts_told(self) -> list[str]:
        log = self.folder / "alerts.txt"
        return log.read_text().splitlines() if log.exists() else []

    def state(self) -> dict[str, list[tuple[Any, ...]]]:
        with closing(sqlite3.connect(self.folder / "data/wpswatch.db")) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            return {name: db.execute(query).fetchall() for name, query in STATE.items()}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with DemoServer(open_site()) as server:
        yield make_desk(tmp_path, server)


def make_desk(folder: Path, server: DemoServer) -> Desk:
    settings = SETTINGS.format(mirror=server.url, alerts=folder / "alerts.txt")
    (folder / "wpswatch.toml").write_text(settings)
    return Desk(folder, server)


def second_day(server: DemoServer, *, is_wps: bool) -> None:
    """One resolution is added to the site, and one paragraph silently corrected."""
    news, correction = server.site.catalogue.news, server.site.catalogue.correction(is_wps=is_wps)
    server.site = server.site.publish(news.symbol).correct(correction.symbol, correction.before, correction.after)
    server.requests.clear()


def test_the_first_crawl_is_quiet_the_second_tells_what_is_new_once_and_the_third_is_silent(desk: Desk) -> None:
    news, correction = desk.server.site.catalogue.news, desk.server.site.catalogue.correction(is_wps=False)

    first = desk.crawl()
    assert {source: run["outcome"] for source, run in first.items()} == {
        "un-resolutions": "complete",
        "unxml": "complete",
    }
    assert [desk.ask("changes", "--json"), desk.ask("alerts", "--json"), desk.alerts_told()] == [[], [], []]
    assert all(extract["flagged"] is False for extract in desk.ask("extracts", "--json"))

    second_day(desk.server, is_wps=False)
    second = desk.crawl()
    held = desk.ask("show", news.symbol, "--json")["paragraphs"]
    changes = desk.ask("changes", "--json")
    assert [(c["kind"], c["address"], c["wps"]) for c in changes if c["symbol"] == correction.symbol] == [
        ("modified", correction.address, False)
    ]
    added = {c["address"]: c["wps"] for c in changes if c["symbol"] == news.symbol}
    assert added == {paragraph["address"]: bool(paragraph["themes"]) for paragraph in held}
    assert {(c["kind"], c["cause"]) for c in changes if c["symbol"] == news.symbol} == {("added", "source")}
    assert len(changes) == len(held) + 1
    flagged = {address for extract in desk.ask("extracts", "--new", "--json") for address in extract["addresses"]}
    assert flagged == {address for address, is_wps in added.items() if is_wps}
    assert (second["unxml"]["flags"], second["unxml"]["alerts"]) == (len(flagged), 1)
    [alert] = desk.ask("alerts", "--json")
    assert (alert["event"], [d["state"] for d in alert["deliveries"]]) == ("extract.new", ["sent"])
    assert len(desk.server.documents_sent()) == 2
    told = desk.alerts_told()

    desk.server.requests.clear()
    third = desk.crawl()
    assert desk.server.documents_sent() == []
    assert all(run["flags"] == run["alerts"] == run["fetched"] == 0 for run in third.values())
    assert (desk.ask("changes", "--json"), desk.alerts_told()) == (changes, told)


def test_a_correction_of_words_about_women_is_told_word_by_word(desk: Desk) -> None:
    correction = desk.server.site.catalogue.correction(is_wps=True)
    desk.crawl()
    second_day(desk.server, is_wps=True)
    desk.crawl()
    [change] = [c for c in desk.ask("changes", "--wps", "--json") if c["symbol"] == correction.symbol]
    assert (change["kind"], change["address"], change["cause"]) == ("modified", correction.address, "source")
    assert correction.before in change["before"]
    assert correction.after in change["after"]
    assert {alert["event"] for alert in desk.ask("alerts", "--json")} == {"extract.new", "extract.changed"}


def test_the_xml_that_follows_a_pdf_is_no_news(desk: Desk) -> None:
    desk.crawl()
    [late] = [d.symbol for d in desk.server.site.documents if d.xml_day != d.day and d.xml]
    desk.server.site = desk.server.site.publish_xml(late)
    runs = desk.crawl()
    assert runs["unxml"]["new"] == 1
    assert [change for change in desk.ask("changes", "--json") if change["cause"] == "source"] == []
    assert desk.ask("alerts", "--json") == []
    assert desk.ask("show", late, "--json")["reader"] == "akn"


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Any, ...]]]:
    """The state after two crawls that nobody killed."""
    with DemoServer(open_site()) as server:
        desk = make_desk(tmp_path_factory.mktemp("undisturbed"), server)
        desk.crawl()
        second_day(server, is_wps=False)
        desk.crawl()
        return desk.state()


@pytest.mark.parametrize("seconds", [0.6, 1.0, 1.5])
def test_a_kill_at_any_moment_leads_to_the_same_state(
    desk: Desk, seconds: float, undisturbed: dict[str, list[tuple[Any, ...]]]
) -> None:
    kill_crawl(desk, seconds)
    desk.crawl()
    second_day(desk.server, is_wps=False)
    kill_crawl(desk, seconds)
    desk.crawl()
    assert desk.state() == undisturbed
    assert len([line for line in desk.alerts_told() if line.startswith("Alert ")]) == 1


def kill_crawl(desk: Desk, seconds: float) -> None:
    """Start a crawl and kill it without a word after so many seconds, if it runs that long."""
    with subprocess.Popen(
        desk.command("crawl", "--json"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
