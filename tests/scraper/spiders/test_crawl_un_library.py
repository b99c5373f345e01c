"""Crawls of the UN library's catalogue, made by hand, in processes of their own."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scraper.crawl.manners import wait_before_asking
from scraper.spiders.un_library import ReadingPlace
from storage.records import ResourceState
from tests.scraper.conftest import Reply
from tests.site.library_site import answer, error, following, month, record

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
NOVEMBER, OCTOBER, SEPTEMBER = (
    month("2026-11-01", "2026-11-30"),
    month("2026-10-01", "2026-10-31"),
    month("2026-09-01", "2026-09-30"),
)
HTML = {"Content-Type": "text/html"}


@pytest.fixture
def library(site: Any) -> Any:
    """Three months: one of two pages, an empty one, one of one page."""
    site.put(NOVEMBER, answer(record("S/RES/2823 (2026)"), more="a|1", size=2))
    site.put(following("a%7C1"), answer(record("S/PRST/2026/9"), size=2))
    site.put(OCTOBER, error("noRecordsMatch"))
    site.put(SEPTEMBER, answer(record("S/RES/2820 (2026)")))
    return site


def asked(site: Any) -> list[str]:
    return [path.removeprefix("/") for path in site.paths("oai2d")]


def states(desk: Any) -> dict[str, str]:
    """The months by the first of each."""
    known = desk.resources("un-library")
    return {url.partition("from=")[2][:7]: one.state for url, one in known.items() if "#" not in url}


def test_a_month_is_asked_for_until_it_was_read_a_week_after_its_end(desk: Any, library: Any) -> None:
    first = desk.crawl("un-library")
    assert asked(library) == [NOVEMBER, following("a%7C1"), OCTOBER, SEPTEMBER]
    assert (first.run.finish_reason, first.run.reason, first.run.counts.listed) == ("finished", None, 3)
    assert first.run.counts.fetched == 4
    assert states(desk) == {"2026-11": "listed", "2026-10": "held", "2026-09": "held"}
    desk.accept(first)

    library.asked.clear()
    second = desk.crawl("un-library", now=NOW + timedelta(days=7))
    december = month("2026-12-01", "2026-12-31")
    assert asked(library) == [december, NOVEMBER, following("a%7C1")]
    assert (second.run.counts.unchanged, second.run.counts.failed) == (2, 1)  # December is not there
    assert "not-found: expected status 200, found 404" in (second.run.reason or "")


def test_a_budget_leaves_a_month_where_it_is_and_the_next_crawl_goes_on(desk: Any, library: Any) -> None:
    first = desk.crawl("un-library", budget=1)
    assert asked(library) == [NOVEMBER]
    assert first.run.reason == "budget: asked for 1 pages, 3 months left for later runs"
    library.asked.clear()
    desk.crawl("un-library")
    assert asked(library) == [following("a%7C1"), OCTOBER, SEPTEMBER]
    assert len(desk.snapshots()) == 4


def test_a_place_that_the_library_has_forgotten_begins_the_month_again(desk: Any, library: Any) -> None:
    desk.crawl("un-library", budget=1)
    library.put(following("a%7C1"), error("badResumptionToken"))
    library.asked.clear()
    again = desk.crawl("un-library")
    assert asked(library) == [following("a%7C1"), NOVEMBER, following("a%7C1"), OCTOBER, SEPTEMBER]
    assert "begun-again: the library has forgotten page 2" in (again.run.reason or "")
    assert "expected records, found badResumptionToken" in (again.run.reason or "")
    assert again.run.counts.failed == 1


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"<!DOCTYPE html><html><body>Please try again</body></html>", 200, "html-instead: expected XML"),
        (b"<html><body>Internal Server Error</body></html>", 500, "server-error: expected status 200, found 500"),
        (b"", 503, "server-error: expected status 200, found 503"),
        (answer(record("S/RES/2823 (2026)"), size=7), 200, "short-month: expected 7 records, found 1"),
        (error("cannotDisseminateFormat"), 200, "oai-error: expected records, found cannotDisseminateFormat"),
        (b"<feed/>", 200, "not-oai: expected the root OAI-PMH"),
    ],
    ids=["html", "500", "503", "short", "refused", "feed"],
)
def test_a_month_that_fails_is_named_and_the_others_are_read(
    desk: Any, library: Any, body: bytes, status: int, said: str
) -> None:
    library.put(NOVEMBER, body, status=status, headers={**HTML, "Retry-After": "0"})
    crawled = desk.crawl("un-library")
    assert said in (crawled.run.reason or "")
    assert (crawled.run.counts.failed, crawled.run.counts.fetched) == (1, 2)
    assert asked(library)[-2:] == [OCTOBER, SEPTEMBER]
    assert states(desk)["2026-10"] == ResourceState.HELD


def test_a_hiccup_is_waited_for_and_asked_again(desk: Any, library: Any) -> None:
    replies = iter([Reply(status=503, headers={"Retry-After": "0"}), Reply(answer(record("S/RES/2823 (2026)")))])
    library.replies[f"/{NOVEMBER}"] = lambda: next(replies)
    crawled = desk.crawl("un-library")
    assert (crawled.run.counts.failed, crawled.run.reason) == (0, None)


def test_the_library_is_left_alone_for_15_seconds_and_longer_each_time() -> None:
    assert [wait_before_asking(1.0, 5.0, 15.0, times) for times in range(4)] == [15.0, 30.0, 60.0, 120.0]
    assert wait_before_asking(90.0, 5.0, 15.0, 0) == 90.0
    assert [wait_before_asking(None, 5.0, 1.0, times) for times in range(3)] == [5.0, 10.0, 20.0]


def test_a_challenge_is_a_refusal(desk: Any, library: Any) -> None:
    for address in (NOVEMBER, OCTOBER, SEPTEMBER):
        library.put(address, b"", status=202)
    crawled = desk.crawl("un-library")
    assert (crawled.run.finish_reason, crawled.run.counts.blocked) == ("blocked", 3)
    assert desk.snapshots() == []


def test_chosen_years_are_read_to_this_month(desk: Any, library: Any) -> None:
    planned = desk.crawl("un-library", dry_run=True, first_year=2025, last_year=2026)
    months = [line.partition("from=")[2][:7] for line in planned.out.splitlines()]
    assert (months[0], months[-1], len(months)) == ("2026-11", "2025-01", 23)
    assert asked(library) == []


def test_a_place_is_remembered_as_it_was() -> None:
    place = ReadingPlace(3, 400, NOW, "a b|c")
    assert ReadingPlace.read(str(place)) == place
