"""All sources in one crawl through one mirror; then one of each kind of news appears, and exactly that is told."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner

from monitor.cli.main import cli
from monitor.demo.server import DemoServer
from monitor.demo.site import DemoSite, SiteAnswer, open_site
from tests.site.made_pdf import pdf_of
from tests.site.missions_site import Answers, mission_answers
from tests.site.peacewomen_site import pages

pytestmark = pytest.mark.long

SETTINGS = """
[network]
mirror = "{mirror}"
delay_seconds = 0
[monitor]
news_days = 100000
[sources.unxml]
languages = ["en", "fr"]
[sources.unxml.expect]
min_listed = 1
[sources.un-resolutions.expect]
min_listed = 1
[sources.mission-reports]
budget = 100
[sources.mission-reports.expect]
min_listed = 1
[sources.peacewomen]
enabled = true
[sources.peacewomen.expect]
min_listed = 1
[[channels]]
name = "log"
type = "file"
path = "{folder}/alerts.txt"
"""
STATEMENT = "PRST/2007/S_PRST_2007_20-0738921E.xml"
FRENCH = "2025/French/S_RES_2777-2504360F.xml"


def report(symbol: str, words: str) -> dict[str, bytes]:
    """A mission report made by hand, by its symbol."""
    title = "Report of the Security Council mission to the region"
    head = [f"United Nations                                                   {symbol}", "Security Council"]
    head += ["Distr.: General", "31 March 2026", "Original: English", "", title, "", "I. Introduction"]
    return {symbol: pdf_of([*head, "1. The mission met the parties.", words])}


FIRST_REPORT = report("S/2026/257", "2. It asked them for the participation of women in the transition.")
NEW_REPORT = report("S/2026/901", "2. It condemns the sexual violence against women of which it was told.")


@dataclass(frozen=True)
class WholeSite:
    """The recorded site of resolutions, with the missions' pages and PeaceWomen's, which are made by hand."""

    resolutions: DemoSite
    missions: Answers

    def answer(self, host: str, path: str, query: str = "") -> SiteAnswer:
        """Answer from whichever part has the address."""
        address = unquote(f"/{host}{path}" + (f"?{query}" if query else ""))
        if location := self.missions.redirects.get(address):
            return SiteAnswer(302, "text/html", b"", location=location)
        if body := self.missions.bodies.get(address):
            return SiteAnswer(200, "application/pdf" if path.endswith(".pdf") else "text/html", body)
        if page := pages().get(address):
            return SiteAnswer(200, "text/html; charset=utf-8", page.encode())
        return self.resolutions.answer(host, path, query)


class Desk:
    """A data folder with its settings, the site, and the command run in this process."""

    def __init__(self, folder: Path, server: DemoServer) -> None:
        self.folder, self.server = folder, server
        (folder / "wpswatch.toml").write_text(SETTINGS.format(mirror=server.url, folder=folder))

    def ask(self, *arguments: str) -> Any:
        options = ["--data", str(self.folder / "data"), "--config", str(self.folder / "wpswatch.toml")]
        done = CliRunner().invoke(cli, [*options, *arguments, "--json"], catch_exceptions=False)
        assert done.exit_code == 0, done.stdout + done.stderr
        return json.loads(done.stdout)

    def crawl(self) -> dict[str, dict[str, Any]]:
        return {run["source"]: run for run in self.ask("crawl")}

    def let_a_day_pass(self) -> None:
        """What was not there yet is due again."""
        with closing(sqlite3.connect(self.folder / "data/wpswatch.db")) as db, db:
            db.execute("UPDATE resources SET next_attempt_at = '2026-01-01T00:00:00+00:00' WHERE state = 'announced'")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    whole = open_site()
    first = replace(whole, files={path: file for path, file in whole.files.items() if path not in (STATEMENT, FRENCH)})
    with DemoServer(WholeSite(first, mission_answers(FIRST_REPORT, is_published=False))) as server:  # type: ignore[arg-type]
        yield Desk(tmp_path, server)


def test_one_of_each_kind_of_news_from_all_sources_is_told_once_and_nothing_else(desk: Desk) -> None:
    first = desk.crawl()
    assert {source: run["outcome"] for source, run in first.items()} == dict.fromkeys(first, "complete")
    assert len(first) == 4
    assert desk.ask("alerts") == []

    desk.let_a_day_pass()
    whole = open_site()
    site = desk.server.site
    files = {**site.resolutions.files, **{path: whole.files[path] for path in (STATEMENT, FRENCH)}}
    correction = whole.catalogue.correction(is_wps=True)
    second_day = replace(site.resolutions, files=files).correct(correction.symbol, correction.before, correction.after)
    desk.server.site = WholeSite(second_day, mission_answers({**FIRST_REPORT, **NEW_REPORT}, is_published=False))  # type: ignore[assignment]
    second = desk.crawl()

    assert {source: (run["new"], run["changed"]) for source, run in second.items()} == {
        "unxml": (2, 1), "un-resolutions": (0, 0), "mission-reports": (1, 0), "peacewomen": (0, 0),
    }  # fmt: skip
    told = Counter((alert["event"], alert["news"]["symbol"], alert["news"]["language"]) for alert in desk.ask("alerts"))
    assert told == {
        ("extract.changed", correction.symbol, "en"): 1,
        ("extract.new", "S/2026/901", "en"): 1,
        ("extract.new", "S/RES/2777 (2025)", "fr"): 1,
    }
    assert desk.ask("show", "S/PRST/2007/20")["kind"] == "presidential_statement"

    third = desk.crawl()
    assert sum(run["new"] + run["changed"] + run["alerts"] for run in third.values()) == 0
    assert len(desk.ask("alerts")) == 3
