"""The command `feeds`."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from monitor.app.feeding import write_feeds
from monitor.cli.session import Session
from monitor.settings.config import Config, Feeds
from storage.sqlite.database import open_memory

Ask = Callable[..., Any]


def test_the_feeds_are_written_where_it_is_said_and_the_second_time_nothing_is(ask: Ask, tmp_path: Path) -> None:
    first = ask("feeds", "--dir", "public")
    again = ask("feeds", "--dir", "public", "--json")

    assert first.code == 0
    assert "all.atom, .rss, .json" in first.stdout
    assert {file["is_new"] for file in again.json["files"]} == {False}
    items = json.loads((tmp_path / "public/all.json").read_text())["items"]
    assert len(items) == len(ask("extracts", "--json").json)


def test_in_a_log_a_feed_that_did_not_change_did_not_happen(ask: Ask, tmp_path: Path) -> None:
    first = ask("feeds", "--dir", "public", "--log")
    again = ask("feeds", "--dir", "public", "--log")

    assert first.stdout == again.stdout == again.stderr == ""
    assert first.stderr.count("\n") == 1
    assert "UTC feeds: " in first.stderr
    assert first.stderr.endswith("files written into public\n")


def test_a_dry_run_says_what_would_be_written_and_writes_nothing(ask: Ask, tmp_path: Path) -> None:
    done = ask("feeds", "--dir", "public", "--dry-run")
    record = ask("feeds", "--dir", "public", "--dry-run", "--json").json

    assert "Would be written to public" in done.stdout
    assert "all.atom, .rss, .json" in done.stdout
    assert (record["dry_run"], {file["is_new"] for file in record["files"]}) == (True, {True})
    assert not (tmp_path / "public").exists()


def test_the_folder_of_the_settings_is_used_when_none_is_named(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "wpswatch.toml").write_text('[feeds]\ndir = "shown"\ntitle = "For the desk"\nlimit = 2\n')

    assert ask("feeds", "--json").json["folder"] == str(tmp_path / "shown")
    record = json.loads((tmp_path / "shown/all.json").read_text())
    assert (record["title"], len(record["items"])) == ("For the desk", 2)


def test_without_a_folder_the_error_says_how_to_name_one(ask: Ask) -> None:
    done = ask("feeds")

    assert (done.code, done.stdout) == (2, "")
    assert "--dir DIR" in done.stderr


def test_feeds_that_cannot_be_written_after_a_run_are_told_and_no_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "public").write_text("mine")

    with closing(open_memory()) as db:
        write_feeds(Session(), db, Config(feeds=Feeds(dir=str(tmp_path / "public"))))

    assert "the feeds: expected to write into" in capsys.readouterr().err


def test_a_file_in_the_place_of_the_folder_is_left_alone(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "public").write_text("mine")

    done = ask("feeds", "--dir", "public")

    assert (done.code, (tmp_path / "public").read_text()) == (2, "mine")
    assert "expected a folder, found a file" in done.stderr
