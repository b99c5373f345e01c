"""Several languages of one source, from the settings to the shown paragraph, on the recorded site on loopback."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from monitor.demo.server import DemoServer
from monitor.demo.site import open_site
from tests.site.late_xml import with_xml

pytestmark = pytest.mark.long

SETTINGS = """
[network]
mirror = "{mirror}"
delay_seconds = 0
[sources.unxml]
languages = ["en", "fr"]
[sources.unxml.expect]
min_listed = 1
"""


class Desk:
    """A data folder and settings, and the command run on them."""

    def __init__(self, folder: Path, mirror: str) -> None:
        self.folder = folder
        (folder / "wpswatch.toml").write_text(SETTINGS.format(mirror=mirror))

    def ask(self, *arguments: str) -> Any:
        options = ["--data", str(self.folder / "data"), "--config", str(self.folder / "wpswatch.toml")]
        command = [sys.executable, "-m", "monitor.cli.main", *options, *arguments, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with DemoServer(with_xml(open_site(), "S/RES/2777 (2025)")) as server:
        desk = Desk(tmp_path_factory.mktemp("desk"), server.url)
        [run] = desk.ask("crawl", "unxml")
        assert (run["outcome"], run["failed"]) == ("complete", 0)
        yield desk


def test_both_languages_of_the_settings_are_fetched_and_held(desk: Desk) -> None:
    assert desk.ask("show", "2777")["languages"] == ["en", "fr"]


def test_a_paragraph_is_shown_in_the_language_asked_for(desk: Desk) -> None:
    english, french = desk.ask("show", "2777", "3"), desk.ask("show", "2777", "3", "--lang", "fr")
    assert english["text"].startswith("Decides to extend until 17 March 2026")
    assert french["text"].startswith("Décide de proroger jusqu’au 17 mars 2026")
    assert (french["address"], french["language"], french["warnings"]) == ("OP 3", "fr", [])
    assert french["url"] == "https://docs.un.org/fr/S/RES/2777(2025)"


def test_languages_with_the_same_addresses_bring_no_warning(desk: Desk) -> None:
    assert desk.ask("show", "2777", "--lang", "fr")["warnings"] == []


def test_a_language_that_is_not_ordered_is_not_fetched(tmp_path: Path) -> None:
    with DemoServer(open_site()) as server:
        desk = Desk(tmp_path, server.url)
        settings = tmp_path / "wpswatch.toml"
        settings.write_text(settings.read_text().replace('["en", "fr"]', '["en"]'))
        desk.ask("crawl", "unxml")
        assert not [path for path in server.documents_sent() if "French" in path]
        assert desk.ask("show", "2779")["languages"] == ["en"]


def test_what_is_held_in_no_english_is_shown_as_held(tmp_path: Path) -> None:
    with DemoServer(open_site()) as server:  # on its first day it has the French XML of 2777 and no English one
        desk = Desk(tmp_path, server.url)
        desk.ask("crawl", "unxml")
        document = desk.ask("show", "2777")
        assert (document["language"], document["languages"]) == ("fr", ["fr"])
