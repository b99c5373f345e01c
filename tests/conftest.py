"""The desk of whole-program tests: the recorded site behind a real server, and the command as a user runs it."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from monitor.demo.server import DemoServer
from monitor.demo.site import open_site
from tests.paths import ROOT

# How long one example takes says how busy the machine is; parsers have their speed limit in the case runners.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

SETTINGS = """
[network]
mirror = "{mirror}"
delay_seconds = 0
[monitor]
news_days = 100000
reminders = false
[sources.unxml.expect]
min_listed = 1
[sources.un-resolutions.expect]
min_listed = 1
[sources.mission-reports]
enabled = false
[[channels]]
name = "log"
type = "file"
path = "{alerts}"
"""
# The program beside these tests is run, also where another one is installed.
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}
UNWATCHED = {name: value for name, value in ENVIRONMENT.items() if not name.startswith("COVERAGE")}
"""Of processes that nobody counts the lines of: those that may write nothing, or whose imports are looked at."""
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
        done = subprocess.run(
            self.command(*arguments), cwd=self.folder, env=ENVIRONMENT, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stderr
        return json.loads(done.stdout)

    @staticmethod
    def read_json(text: str) -> Any:
        return json.loads(text)

    def crawl(self) -> dict[str, dict[str, Any]]:
        return {run["source"]: run for run in self.ask("crawl", "--json")}

    def alerts_told(self) -> list[str]:
        log = self.folder / "alerts.txt"
        return log.read_text().splitlines() if log.exists() else []

    def second_day(self, *, is_wps: bool) -> None:
        """One resolution is added to the site, and one paragraph silently corrected."""
        server, catalogue = self.server, self.server.site.catalogue
        correction = catalogue.correction(is_wps=is_wps)
        corrected = server.site.correct(correction.symbol, correction.before, correction.after)
        server.site = corrected.publish(catalogue.news.symbol)
        server.requests.clear()

    def kill_crawl(self, seconds: float) -> None:
        """Start a crawl and kill it without a word after so many seconds, if it runs that long."""
        with subprocess.Popen(
            self.command("crawl", "--json"),
            cwd=self.folder,
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.kill()

    def state(self) -> dict[str, list[tuple[Any, ...]]]:
        with closing(sqlite3.connect(self.folder / "data/wpswatch.db")) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            return {name: db.execute(query).fetchall() for name, query in STATE.items()}


@contextmanager
def open_desk(folder: Path) -> Iterator[Desk]:
    """A desk in an empty folder, before its first crawl."""
    with DemoServer(open_site()) as server:
        (folder / "wpswatch.toml").write_text(SETTINGS.format(mirror=server.url, alerts=folder / "alerts.txt"))
        yield Desk(folder, server)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as desk:
        yield desk


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Any, ...]]]:
    """The state after the first day's crawl and the second day's, neither of them killed."""
    with open_desk(tmp_path_factory.mktemp("undisturbed")) as desk:
        desk.crawl()
        desk.second_day(is_wps=False)
        desk.crawl()
        return desk.state()
