"""One alert as a channel tells it, and a paragraph among its neighbours."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from storage.outbox.outbox import enqueue
from storage.sqlite.database import transaction
from tests.servers.mail_post import make_alert, make_news

Ask = Callable[..., Any]


@pytest.fixture
def told(data: Path, tmp_path: Path) -> Path:
    """The data folder with two alerts more."""
    folder = tmp_path / "told"
    folder.mkdir()
    with closing(sqlite3.connect(data / "wpswatch.db")) as db:
        db.execute("VACUUM INTO ?", (str(folder / "wpswatch.db"),))
    from storage.sqlite.database import open_database

    with closing(open_database(folder / "wpswatch.db")) as db, transaction(db):
        enqueue(db, make_alert(make_news(), "wps-2a3b"), ["desk"])
        enqueue(db, make_alert(make_news("S/RES/1325 (2000)"), "wps-2a4c"), ["desk"])
    return folder


def test_an_alert_is_shown_as_text_as_a_page_and_as_a_record(ask: Ask, told: Path) -> None:
    text = ask("alerts", "--show", "wps-2a3", folder=told)
    page = ask("alerts", "--show", "wps-2a3b", "--html", folder=told)
    record = ask("alerts", "--show", "wps-2a3b", "--json", folder=told).json

    assert (text.code, page.code) == (0, 0)
    assert "1. OP 3 (a): added" in text.stdout
    assert page.stdout.startswith("<!DOCTYPE html>")
    assert (record["alert"], record["news"]["symbol"]) == ("wps-2a3b", "S/RES/2779 (2025)")
    assert json.dumps(record)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--show", "wps-2a"), "may be wps-2a"),
        (("--show", "wps-none"), "found none; wpswatch alerts lists them"),
        (("--html",), "give --show ALERT"),
    ],
)
def test_what_cannot_be_shown_is_said(ask: Ask, told: Path, arguments: tuple[str, ...], words: str) -> None:
    answer = ask("alerts", *arguments, folder=told)

    assert answer.code != 0
    assert words in answer.stderr


def test_a_paragraph_is_shown_among_its_neighbours(ask: Ask) -> None:
    paragraphs = ask("show", "2387", "--json").json["paragraphs"]
    middle = [paragraph["address"] for paragraph in paragraphs].index("OP 43")
    beginnings = [" ".join(paragraph["text"].split()[:8]) for paragraph in paragraphs[middle - 2 : middle + 3]]

    page = " ".join(ask("show", "2387", "43", "--around", "1").stdout.replace("*", "").split())

    assert [beginning in page for beginning in beginnings] == [False, True, True, True, False]


def test_neighbours_need_a_paragraph(ask: Ask) -> None:
    answer = ask("show", "2767", "--around", "1")

    assert answer.code == 2
    assert "--around shows what stands beside one paragraph: give an ADDRESS" in answer.stderr
