"""A desk on which every kind of record is held, and the command `wpswatch` as a shell finds it."""

import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.pages.peacewomen.page import read_page
from storage.fetched.snapshots import list_snapshots
from storage.models import Fact, FactField
from storage.sqlite.database import DATABASE_NAME, open_database, transaction
from storage.told.facts import Witness, save_facts
from storage.told.published import save_published
from tests.conftest import Desk, open_desk
from tests.paths import ROOT, TESTS

CASE = TESTS / "cases/peacewomen/listing-drupal-fields"
PAGE = "https://www.peacewomen.org/taxonomy/term/32?page=1"
NOW = datetime(2026, 11, 24, 9, 51, tzinfo=UTC)
SETTINGS = """
[sources.unxml]
languages = ["en", "fr"]
[[channels]]
name = "terminal"
type = "stdout"
"""


@pytest.fixture(scope="session")
def two_days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk after two days whose alerts wait, with what a person, the library and PeaceWomen said."""
    with open_desk(tmp_path_factory.mktemp("desk")) as desk:
        settings = desk.folder / "wpswatch.toml"
        settings.write_text(settings.read_text() + SETTINGS)
        desk.crawl()
        desk.second_day(is_wps=True)
        desk.ask("crawl", "--json", "--no-deliver")
        desk.ask(*shlex.split("relabel 2387 'OP 1' --add Protection --note why --by me --json"))
        with closing(open_database(desk.folder / "data" / DATABASE_NAME)) as db, transaction(db):
            save_facts(
                db, Witness("unxml", "metadata"), [Fact("S/RES/2601 (2021)", FactField.MEETING, 8889)], None, NOW
            )
            [first, *_] = list_snapshots(db)
            page = replace(first, source="peacewomen", url=PAGE)
            save_published(db, page, read_page((CASE / "input.html").read_bytes(), PAGE).entries, NOW)
        yield desk


@pytest.fixture(scope="session")
def alert(two_days: Desk) -> str:
    """The id of the newest alert on it."""
    return str(two_days.ask("alerts", "--json")[0]["alert"])


@pytest.fixture
def full_desk(two_days: Desk, tmp_path: Path) -> Desk:
    """A copy of it for one test to change."""
    copy = replace(two_days, folder=tmp_path / "desk")
    shutil.copytree(two_days.folder, copy.folder)
    return copy


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The command, at a place of the test's, in this working tree's version."""
    path = tmp_path / "wpswatch"
    path.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m monitor.cli.main "$@"\n')
    path.chmod(0o755)
    return path
