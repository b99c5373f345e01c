"""`reparse` reads again, or what was never read, here or on other machines; what contradicts itself is said."""

from contextlib import closing
from pathlib import Path

import pytest

from storage.sqlite.database import DATABASE_NAME, open_database
from tests.monitor.cli.conftest import Ask
from tests.scraper.ingest.test_ingest import SOUND, archive


def test_waiting_reads_what_a_crawl_left_unread_and_nothing_twice(ask: Ask, tmp_path: Path) -> None:
    with closing(open_database(tmp_path / DATABASE_NAME)) as db:
        archive(db, tmp_path, "sound.xml", SOUND, "application/xml", "S/RES/2387 (2017)")
    assert ask("reparse", "--waiting", folder=tmp_path).stdout.startswith("1 read, 0 with other words")
    assert ask("reparse", "--waiting", "--json", folder=tmp_path).json["read"] == 0
    assert ask("show", "2387", folder=tmp_path).code == 0
    assert ask("reparse", folder=tmp_path).stdout.startswith("1 read again, 0 with other words")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--bodies", "s3://desk/bodies"), "say which: --cluster"),
        (("--cluster", "local:1", "--bodies", "bodies"), "expected an address such as s3://desk/bodies"),
        (("--waiting", "--symbol", "2387"), "--waiting and --symbol contradict each other"),
    ],
)
def test_what_contradicts_itself_is_said(ask: Ask, tmp_path: Path, options: tuple[str, ...], words: str) -> None:
    answer = ask("reparse", *options, folder=tmp_path)
    assert answer.code == 2
    assert words in answer.stderr
