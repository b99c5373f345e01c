"""A data folder of version 0.1 is opened: the watch goes on where it stood, and nothing that was told comes again."""

import tarfile
from contextlib import closing
from datetime import datetime

import pytest

from storage.fetched.runs import watch_began_at
from storage.sqlite.database import open_database, open_readonly
from tests.conftest import Desk
from tests.paths import TESTS

pytestmark = pytest.mark.long

FIRST_RUN = datetime.fromisoformat("2026-11-29T04:09:37.481347+00:00")
TOLD = {"wps-4198491f396c3b654dc9f1ce4d5290fd", "wps-a5cccd4be54317fe1b7be34f4ec2ce56"}


@pytest.fixture
def old_desk(desk: Desk) -> Desk:
    """The folder as 0.1 left it, and the site as it was then."""
    with tarfile.open(TESTS / "cases/database-0.1/data.tar.xz") as packed:
        packed.extractall(desk.folder / "data", filter="data")
    desk.second_day(is_wps=True)
    return desk


def alerts(desk: Desk) -> set[str]:
    return {alert["alert"] for alert in desk.ask("alerts", "--json")}


def test_the_watch_began_with_the_first_complete_run_and_what_was_alerted_counts_as_told(old_desk: Desk) -> None:
    runs = old_desk.crawl()

    assert {name: (run["outcome"], run["flags"], run["alerts"]) for name, run in runs.items()} == {
        "unxml": ("complete", 0, 0),
        "un-resolutions": ("complete", 0, 0),
    }
    assert alerts(old_desk) == TOLD
    assert old_desk.alerts_told() == []
    with closing(open_readonly(old_desk.folder / "data/wpswatch.db")) as db:
        assert watch_began_at(db) == FIRST_RUN


def test_nothing_is_lost_by_opening_it(old_desk: Desk) -> None:
    before = old_desk.state()
    with closing(open_database(old_desk.folder / "data/wpswatch.db")) as db:
        assert db.execute("SELECT count(*) FROM documents").fetchone()[0] == 16
    assert old_desk.state() == before


def test_what_changes_after_it_is_told_once(old_desk: Desk) -> None:
    old_desk.crawl()
    server = old_desk.server
    correction = server.site.catalogue.correction(is_wps=True)
    server.site = server.site.correct(correction.symbol, correction.after, correction.before)

    old_desk.crawl()
    old_desk.crawl()

    (new,) = alerts(old_desk) - TOLD
    assert len([line for line in old_desk.alerts_told() if new in line]) == 1
