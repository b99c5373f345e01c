"""A mission report from its announcement to its entry, by the command as a user runs it, on a site made by hand."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from monitor.cli.main import cli
from tests.servers.corpus_server import Handler
from tests.site.missions_site import mission_answers

pytestmark = pytest.mark.long

SETTINGS = """
[network]
mirror = "{mirror}"
delay_seconds = 0
[sources.mission-reports.expect]
min_listed = 1
"""
TITLE = "Report of the Security Council mission to Yemen, 27 January 2013"
MISSION = {
    "begins_on": "2013-01-27",
    "ends_on": "2013-01-27",
    "places": ["Yemen"],
    "terms_of_reference": "S/2013/61",
    "origin": "register",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in which the reports of 2013 were crawled."""
    folder = tmp_path_factory.mktemp("desk")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, mission_answers({})))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    mirror = f"http://127.0.0.1:{server.server_port}"
    (folder / "wpswatch.toml").write_text(SETTINGS.format(mirror=mirror))
    [run] = json.loads(ask(folder, "crawl", "mission-reports", "--year", "2013", "--json"))
    server.shutdown()
    server.server_close()
    thread.join()
    assert (run["outcome"], run["listed"], run["new"], run["failed"]) == ("complete", 4, 1, 0)
    return folder


def ask(folder: Path, *arguments: str) -> str:
    options = ["--data", str(folder / "data"), "--config", str(folder / "wpswatch.toml")]
    done = CliRunner().invoke(cli, [*options, *arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    return done.stdout


def test_the_report_has_one_entry_and_one_extract_for_each_paragraph_about_women(folder: Path) -> None:
    entry, *extracts = json.loads(ask(folder, "extracts", "--symbol", "S/2013/173", "--json"))
    assert [extract["title"] for extract in extracts] == [f"{TITLE}: Para. {n}" for n in (19, 22, 23, 36)]
    assert all(extract["mission"] is None for extract in extracts)
    assert (entry["title"], entry["mission"], entry["published_on"]) == (TITLE, MISSION, "2013-03-19")
    assert entry["addresses"] == ["para. 1", "para. 2"]
    assert entry["text"].startswith("1. In a letter dated 3 January 2013, the President of the Security Council")
    assert set(entry["themes"]) == {theme for extract in extracts for theme in extract["themes"]}


def test_the_report_is_shown_with_its_mission(folder: Path) -> None:
    shown = json.loads(ask(folder, "show", "S/2013/173", "--json"))
    assert (shown["kind"], shown["reader"], shown["mission"]) == ("mission_report", "pdf", MISSION)
    assert [paragraph["address"] for paragraph in shown["paragraphs"]][:38] == [f"para. {n}" for n in range(1, 39)]
    assert "Mission of 2013-01-27: Yemen; terms of reference S/2013/61" in ask(folder, "show", "S/2013/173")
    assert "Mission of 2013-01-27: Yemen; terms of reference S/2013/61" in ask(folder, "extracts")
