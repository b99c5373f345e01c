"""Crawls of the library's tables of meetings, in processes of their own: one real table, the others made by hand."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.site.library_site import RENDERED, TABLE_2017, VETOES, table

NOW = datetime(2018, 6, 20, 12, tzinfo=UTC)
LIST = f"{RENDERED}_veto/sc_veto_list/EN"
HTML = {"Content-Type": "text/html"}
MEETINGS = [(8300 + n, f"{n + 1} June 2018", "--") for n in range(9)]


def of(year: int) -> str:
    return f"{RENDERED}/scmeetings_{year}/EN"


@pytest.fixture
def tables(site: Any) -> Any:
    """A table for each year since 2000, 2017 as recorded, and the list of vetoes."""
    for year in range(2000, 2017):
        site.put(of(year), table((4000, f"6 June {year}", f"S/RES/{year - 700} ({year})<br>15-0-0")), headers=HTML)
    site.put(of(2017), TABLE_2017.read_bytes(), headers=HTML)
    site.put(of(2018), table(*MEETINGS), headers=HTML)
    site.put(LIST, VETOES.read_bytes(), headers=HTML)
    return site


def asked(site: Any) -> list[str]:
    return [path.removeprefix("/") for path in site.paths("amazonaws") + site.paths("research.un.org")]


def test_every_year_is_asked_for_once_and_the_last_two_in_each_run(desk: Any, tables: Any) -> None:
    first = desk.crawl("sc-meetings", now=NOW)
    assert asked(tables) == [*(of(year) for year in range(2018, 1999, -1)), LIST]
    assert (first.run.finish_reason, first.run.reason, first.run.counts.listed) == ("finished", None, 20)
    desk.accept(first)

    tables.asked.clear()
    second = desk.crawl("sc-meetings", now=NOW + timedelta(days=1))
    assert asked(tables) == [of(2018), of(2017), LIST]
    assert (second.run.counts.not_modified, second.run.counts.fetched) == (3, 0)
    tables.asked.clear()
    desk.crawl("sc-meetings", now=NOW + timedelta(days=400))
    assert len(asked(tables)) == 21


def test_the_tables_before_2000_are_asked_for_only_when_they_are_chosen(desk: Any, tables: Any) -> None:
    planned = desk.crawl("sc-meetings", now=NOW, dry_run=True, first_year=1998, last_year=2000)
    guide = "https://research.un.org/en/docs/sc/quick/meetings"
    addresses = [f"https://{of(2000)}", f"{guide}/1999", f"{guide}/1998", f"https://{LIST}"]
    assert [line.partition('"url": "')[2].partition('"')[0] for line in planned.out.splitlines()] == addresses


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (table(*MEETINGS[:4]), "halved: expected about 9 rows, found 4"),
        (table(), "no-meetings: expected rows of meetings, found 0"),
        (b"<html><body>{}</body></html>", "not-one: expected exactly 1 'table"),
        (table(*MEETINGS).replace(b"<th>Topic</th>", b"<th>Subject</th>"), "other-columns: expected the columns"),
    ],
    ids=["halved", "empty", "gone", "another-head"],
)
def test_a_table_that_is_gone_halved_or_of_another_shape_is_told_loudly_and_kept(
    desk: Any, tables: Any, body: bytes, said: str
) -> None:
    desk.accept(desk.crawl("sc-meetings", now=NOW, first_year=2018, last_year=2018))
    tables.put(of(2018), body, headers=HTML)
    crawled = desk.crawl("sc-meetings", now=NOW, first_year=2018, last_year=2018)
    assert crawled.run.finish_reason == "listing-lost"
    assert said in (crawled.run.reason or "")
    assert len([one for one in desk.snapshots() if one.url.endswith("2018/EN")]) == 2

    tables.put(of(2018), table(*MEETINGS, (8309, "18 June 2018", "--")), headers=HTML)
    assert desk.crawl("sc-meetings", now=NOW).run.finish_reason == "finished"


@pytest.mark.parametrize("body", [b"", table()], ids=["not-there", "empty"])
def test_a_year_begins_without_meetings(desk: Any, tables: Any, body: bytes) -> None:
    tables.put(of(2019), body, status=200 if body else 404, headers=HTML)
    crawled = desk.crawl("sc-meetings", now=datetime(2019, 1, 2, tzinfo=UTC), first_year=2018, last_year=2019)
    assert (crawled.run.finish_reason, crawled.run.reason, crawled.run.counts.failed) == ("finished", None, 0)


def test_an_endpoint_that_is_gone_fails_the_run(desk: Any, site: Any) -> None:
    crawled = desk.crawl("sc-meetings", now=NOW)
    assert crawled.run.finish_reason == "listing-failed"
    assert crawled.run.counts.failed == 20
