"""Scrapy's own commands in this project, run as a person runs them, from the folder of scrapy.cfg."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.watch.lock import only_one
from scraper.sources.loader import load_sources
from tests.paths import ROOT

pytestmark = pytest.mark.long

TREE = "https://api.github.com/repos/UNxml/SCresolutions/git/trees/main?recursive=1"


class Scrapy:
    """Scrapy with a data folder and settings that point to the recorded site."""

    def __init__(self, folder: Path) -> None:
        self.options = ["-s", f"WPSWATCH_DATA={folder / 'data'}", "-s", f"WPSWATCH_CONFIG={folder / 'wpswatch.toml'}"]

    def __call__(self, *words: str) -> "subprocess.CompletedProcess[str]":
        environment = {name: value for name, value in os.environ.items() if not name.startswith("WPSWATCH")}
        command = [sys.executable, "-m", "scrapy", *words, *self.options]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment)


@pytest.fixture
def scrapy(desk) -> Scrapy:
    return Scrapy(desk.folder)


def test_the_sources_are_its_spiders(scrapy: Scrapy) -> None:
    assert scrapy("list").stdout.split() == sorted(load_sources())


def test_a_crawl_is_one_of_the_same_archive_with_a_run_record_that_was_noticed(desk, scrapy: Scrapy) -> None:
    done = scrapy("crawl", "unxml")
    assert done.returncode == 0, done.stderr
    [run] = desk.ask("runs", "--json")
    assert (run["source"], run["outcome"]) == ("unxml", "complete")
    assert done.stdout == f"unxml: complete, {run['listed']} listed, {run['new']} new, 0 changed, 0 flagged\n"
    assert run["new"] > 3
    assert desk.ask("show", "S/RES/2387 (2017)", "--json")["paragraphs"]
    asked = [each.path for each in desk.server.requests]
    assert asked[0] == "/api.github.com/robots.txt"

    again = scrapy("crawl", "unxml")
    assert again.returncode == 0
    assert "0 new" in again.stdout
    assert len(desk.ask("runs", "--json")) == 2


def test_a_crawl_can_be_of_one_year_and_ask_for_all_again(desk, scrapy: Scrapy) -> None:
    assert scrapy("crawl", "unxml", "-a", "year=2017").returncode == 0
    held = {each["symbol"] for each in desk.ask("extracts", "--json")}
    assert held
    assert all("(2017)" in symbol for symbol in held)
    first = len(desk.server.requests)
    assert scrapy("crawl", "unxml", "-a", "year=2017", "-a", "full=1").returncode == 0
    assert any("S_RES_" in each.path for each in desk.server.requests[first:])


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["nobody"], 2, "expected one of unxml, "),
        (["unxml", "-a", "yaer=2017"], 2, "expected -a year=2024 or -a full=1, found -a yaer"),
        (["unxml", "-a", "year=17"], 2, "expected a year such as 2025"),
        (["unxml", "-a", "full=maybe"], 2, "expected -a full=1"),
        (["unxml", "-o", "out.json"], 2, "bodies go to the archive"),
    ],
)
def test_what_no_crawl_understands_is_refused_before_anything_is_asked(
    desk, scrapy: Scrapy, words: list[str], code: int, told: str
) -> None:
    done = scrapy("crawl", *words)
    assert done.returncode == code
    assert told in done.stderr + done.stdout
    assert desk.server.requests == []


def test_a_broken_settings_file_is_told_with_its_line(desk, scrapy: Scrapy) -> None:
    (desk.folder / "wpswatch.toml").write_text("[network]\ncontcat = 'desk@example.org'\n")
    for words in (["crawl", "unxml"], ["parse", TREE]):
        done = scrapy(*words)
        assert done.returncode == 2
        assert "line 2" in done.stdout + done.stderr
        assert "contact" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


def test_a_data_folder_in_use_is_left_alone(desk, scrapy: Scrapy) -> None:
    with only_one(desk.folder / "data"):
        done = scrapy("crawl", "unxml")
    assert done.returncode == 1
    assert f"in use by process {os.getpid()}" in done.stderr
    assert desk.server.requests == []


def test_the_shell_fetches_with_the_source_s_manners_and_leaves_nothing(desk, scrapy: Scrapy) -> None:
    done = scrapy("shell", TREE, "-c", "(spider.name, response.status, len(response.json()['tree']) > 3)")
    assert "('unxml', 200, True)" in done.stdout, done.stderr
    assert desk.server.requests[0].path == "/api.github.com/robots.txt"
    assert not (desk.folder / "data").exists()


def test_the_shell_asks_nobody_but_the_sources(desk, scrapy: Scrapy) -> None:
    done = scrapy("shell", f"{desk.server.url}/api.github.com/", "-c", "response")
    assert "expected an address of a source, found http://127.0.0.1" in done.stderr
    assert desk.server.requests == []


def test_parse_shows_what_a_listing_leads_to_and_leaves_nothing(desk, scrapy: Scrapy) -> None:
    done = scrapy("parse", TREE, "--nocolour")
    assert done.returncode == 0, done.stderr
    assert "https://raw.githubusercontent.com/UNxml/SCresolutions/main/" in done.stdout
    assert not any(each.path.startswith("/raw.") for each in desk.server.requests)
    assert not (desk.folder / "data").exists()


def test_a_crawl_by_scrapy_is_followed_by_one_of_wpswatch(desk, scrapy: Scrapy) -> None:
    assert scrapy("crawl", "unxml").returncode == 0
    done = subprocess.run(desk.command("crawl", "unxml", "--json"), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    [run] = json.loads(done.stdout)
    assert (run["outcome"], run["new"], run["fetched"]) == ("complete", 0, 0)
