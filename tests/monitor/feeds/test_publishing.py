"""Feeds on disk: whole, and written only when they changed."""

import os
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from monitor.feeds import publish as publishing
from monitor.feeds.calendar import Dated
from monitor.feeds.publish import publish
from monitor.settings.config import Feeds
from storage.sqlite.database import open_memory


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
    seen_at = datetime(2025, 5, 9, tzinfo=UTC)
    day = Dated("S/RES/2779 (2025)", "UNMISS", date(2026, 4, 30), "until 30 April 2026", seen_at)
    with closing(open_memory()) as db:
        files = publish(db, tmp_path, Feeds(dir="unused"), [day])
        assert [file.entries for file in files if file.name == "mandates.ics"] == [1]
        assert "mandates.ics" in (tmp_path / "index.html").read_text()
        publish(db, tmp_path, Feeds(dir="unused"))
    assert not (tmp_path / "mandates.ics").exists()
