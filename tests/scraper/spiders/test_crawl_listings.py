"""Listings are judged by their rows: what is read is no challenge, and what can't be read or has shrunk is said."""

import re
from datetime import datetime, timedelta

import pytest

from storage.records import ResourceState

TABLE = "main.un.org/securitycouncil/en/content/resolutions-0"
NOW = datetime.fromisoformat("2026-11-24T12:00:00+00:00")
PDF = b"%PDF-1.7\nResolution\n%%EOF\n"
NOSCRIPT = "<noscript>Sorry, you need to enable JavaScript to visit this website.</noscript>"
ROW = "<tr><td>S/RES/{0} ({1})</td><td>3 March {1}</td><td>Title</td></tr>"
MOVED = "<tr><td>3 March {1}</td><td>S/RES/{0} ({1})</td><td>Title</td></tr>"


def put(site, *sections, head=""):
    """The table; each section is a heading with its rows."""
    parts = "".join(f"<dt>{year}</dt><dd><table>{''.join(rows)}</table></dd>" for year, rows in sections)
    page = f"<html><head>{head}</head><body><dl>{parts}</dl></body></html>"
    site.put(TABLE, page.encode(), headers={"Content-Type": "text/html"})


def rows(*numbers, year=2026, form=ROW):
    return [form.format(number, year) for number in numbers]


def crawl(desk, **choices):
    crawled = desk.crawl("un-resolutions", **choices)
    if crawled.run.finish_reason == "finished":
        desk.accept(crawled)
    else:
        desk.accept_as(crawled, "suspect")
    return crawled.run


@pytest.mark.parametrize("head", [NOSCRIPT, "<script src='https://x.token.awswaf.com/challenge.js'></script>"])
def test_a_table_that_is_read_is_no_challenge_whatever_its_words_and_scripts_say(desk, site, head):
    put(site, (2026, rows(*range(2787, 2826))), head=head)
    run = crawl(desk, budget=0)
    assert (run.finish_reason, run.counts.blocked, run.counts.listed) == ("finished", 0, 39)


@pytest.mark.parametrize("head", [NOSCRIPT, "<script src='https://x.token.awswaf.com/challenge.js'></script>"])
def test_a_page_with_such_words_and_no_rows_is_a_challenge(desk, site, head):
    site.put(TABLE, f"<html><head>{head}</head><body></body></html>".encode())
    run = crawl(desk)
    assert (run.finish_reason, run.counts.blocked) == ("blocked", 1)


def test_years_whose_columns_have_moved_are_said_and_the_run_is_not_relied_on(desk, site):
    old = (2024, rows(2760, year=2024))
    put(site, (2026, rows(2824)), (2025, rows(2800, year=2025)), old)
    crawl(desk)
    held = set(desk.resources("un-resolutions"))
    put(site, (2026, rows(2825, 2824, form=MOVED)), (2025, rows(2800, year=2025, form=MOVED)), old)
    run = crawl(desk)
    assert run.finish_reason == "listing-doubted"
    assert (
        "expected rows of resolutions in 2026, found 2 such as '3 March 2026 | S/RES/2825 (2026) | Title'" in run.reason
    )
    assert "in 2025, found 1" in run.reason
    assert ResourceState.MISSING not in {one.state for one in desk.resources("un-resolutions").values()}
    assert set(desk.resources("un-resolutions")) == held


def test_a_row_of_this_year_that_cannot_be_read_is_said_and_one_of_an_old_year_is_not(desk, site):
    strange = "<tr><td>Resolution 2825</td><td>3 March 2026</td><td>Title</td></tr>"
    put(site, (2026, [*rows(2824), strange]))
    run = crawl(desk)
    assert (run.finish_reason, run.reason.partition(":")[0]) == ("listing-doubted", "unread-rows")
    put(site, (2026, rows(2825, 2824)), (2016, [*rows(2300, year=2016), strange]))
    assert crawl(desk).finish_reason == "finished"


def test_a_shorter_table_is_doubted_until_three_runs_find_it_so(desk, site):
    put(site, (2026, rows(2825, 2824, 2823)))
    crawl(desk)
    put(site, (2026, rows(2825, 2824)))
    assert [crawl(desk).finish_reason for _ in range(4)] == [
        "listing-doubted",
        "listing-doubted",
        "finished",
        "finished",
    ]


def test_reordered_and_doubled_rows_and_a_year_that_begins_are_sound(desk, site):
    put(site, (2026, rows(2825, 2824, 2823)))
    crawl(desk)
    put(site, ("2027", []), (2026, rows(2823, 2825, 2825, 2824)))
    run = crawl(desk)
    assert (run.finish_reason, run.counts.listed) == ("finished", 3)


def test_a_mistyped_number_leaves_nothing_behind_when_its_row_goes(desk, site, table):
    put(site, (2026, rows(9287, 2825, 2824, 2823)))
    table.look_up(9287, status=404)
    crawl(desk)
    assert any("9287" in url for url in desk.resources("un-resolutions"))
    put(site, (2026, rows(2825, 2824, 2823)))
    run = crawl(desk)
    assert (run.finish_reason, run.reason) == ("finished", None), "a slip is no loss"
    assert not any("9287" in url for url in desk.resources("un-resolutions"))
    assert "S/RES/9287 (2026)" not in desk.listed("un-resolutions")


def test_a_cache_that_always_says_not_modified_is_not_believed_for_ever(desk, site, table):
    put(site, (2026, rows(2824)))
    crawl(desk)
    put(site, (2026, rows(2825, 2824)))
    whole = site.replies[f"/{TABLE}"]
    stale = type(whole)(status=304)
    site.replies[f"/{TABLE}"] = lambda: whole if is_unconditional(site) else stale
    listed = [crawl(desk, now=NOW + timedelta(minutes=n)).counts.listed for n in range(1, 5)]
    assert listed == [1, 1, 1, 2]


def test_a_listing_is_asked_without_conditions_once_a_day(desk, site):
    put(site, (2026, rows(2824)))
    crawl(desk)
    site.asked.clear()
    crawl(desk, now=NOW + timedelta(hours=23))
    crawl(desk, now=NOW + timedelta(hours=25))
    asked = [one for one in site.asked if one.path == f"/{TABLE}"]
    assert ["if-none-match" in one.headers for one in asked] == [True, False]
    assert asked[1].headers["cache-control"] == "max-age=0"


def is_unconditional(site):
    asked = [one for one in site.asked if re.search("resolutions-0$", one.path)][-1]
    return "if-none-match" not in asked.headers
