"""Feeds on disk: written after a run and by hand, whole, and only when they changed; beside a webhook of the same run."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook

from monitor.config import Feeds
from monitor.feeds import publish as publishing
from monitor.feeds.publish import publish
from storage.database import open_memory
from tests.webhook_receiver import SECRET, Receiver

MORE_SETTINGS = """
[feeds]
dir = "{folder}/public"
url = "https://feeds.example.org/wps/"
title = "WPS for the desk"
[[channels]]
name = "hook"
type = "webhook"
url = "http://127.0.0.1:{port}/hook"
secret_file = "{folder}/secret"
allow_private_addresses = true
"""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


def items(folder: Path, name: str = "all") -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in json.loads((folder / f"{name}.json").read_text())["items"]}


def test_a_run_writes_its_feeds_and_tells_its_webhooks(desk: Any, receiver: Receiver) -> None:
    settings = desk.folder / "wpswatch.toml"
    settings.write_text(settings.read_text() + MORE_SETTINGS.format(folder=desk.folder, port=receiver.port))
    (desk.folder / "secret").write_text(SECRET)
    public = desk.folder / "public"

    desk.crawl()
    before = items(public)
    stamps = {path.name: path.stat().st_mtime_ns for path in public.iterdir()}
    assert receiver.requests == []  # the first crawl is the baseline
    desk.second_day(is_wps=True)
    desk.crawl()

    # The corrected paragraph keeps its id, and is updated; the new resolution's paragraphs are new; no other moved.
    after = items(public)
    [corrected] = [each for each in before if after[each]["date_modified"] != before[each]["date_modified"]]
    assert after[corrected]["date_published"] == before[corrected]["date_published"]
    assert after[corrected]["content_text"] != before[corrected]["content_text"]
    assert after[corrected]["date_modified"] > before[corrected]["date_modified"]
    news = desk.server.site.catalogue.news.symbol.replace(" ", "")
    new = [each for each in after if each not in before]
    assert new
    assert all(news in each for each in new)
    assert list(after)[0] == corrected
    # A feed in which nothing happened was not touched.
    untouched = {name for name, stamp in stamps.items() if (public / name).stat().st_mtime_ns == stamp}
    assert "all.atom" not in untouched
    assert {"conflict-prevention.atom", "conflict-prevention.json"} & untouched or len(untouched) > 3
    assert not [path for path in public.iterdir() if path.name.endswith(".part")]

    # Each alert came once, signed.
    assert len(receiver.requests) == len({request.headers["webhook-id"] for request in receiver.requests}) == 2
    for request in receiver.requests:
        Webhook(SECRET).verify(request.body, request.headers)

    # By hand nothing is written twice.
    again = desk.ask("feeds", "--json")
    assert {file["is_new"] for file in again["files"]} == {False}
    assert again["folder"] == str(public)
    dry = desk.ask("feeds", "--dir", str(desk.folder / "other"), "--dry-run", "--json")
    assert ({file["is_new"] for file in dry["files"]}, (desk.folder / "other").exists()) == ({True}, False)


def test_without_a_folder_the_command_says_how_to_name_one(desk: Any) -> None:
    done = subprocess.run(desk.command("feeds"), cwd=desk.folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--dir DIR" in done.stderr


def test_an_empty_database_has_feeds_without_entries(tmp_path: Path) -> None:
    with closing(open_memory()) as db:
        files = publish(db, tmp_path / "public", Feeds(dir="unused"))
        again = publish(db, tmp_path / "public", Feeds(dir="unused"))
    assert {path.name for path in (tmp_path / "public").iterdir()} == {file.name for file in files}
    assert all(file.is_new for file in files)
    assert not any(file.is_new for file in again)


def test_a_file_that_cannot_be_written_leaves_the_one_before_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_memory()) as db:
        publish(db, tmp_path, Feeds(dir="unused"))
        held = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

        def full(descriptor: int) -> None:
            raise OSError(28, os.strerror(28))

        monkeypatch.setattr(publishing.os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            publish(db, tmp_path, Feeds(dir="unused", title="another"))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == held


def test_a_calendar_appears_with_the_first_day_and_goes_with_the_last(tmp_path: Path) -> None:
    from datetime import UTC, date, datetime

    from monitor.feeds.calendar import Dated

    day = Dated("S/RES/1 (1946)", "OP 1", "UNMISS", date(2026, 4, 30), "until 30 April 2026", "https://docs.un.org/",
                datetime(2025, 5, 9, tzinfo=UTC))  # fmt: skip
    with closing(open_memory()) as db:
        files = publish(db, tmp_path, Feeds(dir="unused"), [day])
        assert [file.entries for file in files if file.name == "mandates.ics"] == [1]
        assert "mandates.ics" in (tmp_path / "index.html").read_text()
        publish(db, tmp_path, Feeds(dir="unused"))
    assert not (tmp_path / "mandates.ics").exists()
