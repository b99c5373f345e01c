"""Crawls of the mission reports: page, menu, feed and register, each of which may fail without the others."""

import json
from datetime import datetime, timedelta

import pytest

from storage.records import ResourceState

HOST = "main.un.org"
PAGE = f"{HOST}/securitycouncil/en/content/reports-security-council-missions"
MENU = f"{HOST}/securitycouncil/en"
FEEDS = tuple(f"{host}/rss/scdocs.xml" for host in ("esubscription.un.org", "undocs.org", "docs.un.org"))
APP_PAGE = b"<!DOCTYPE html><html><head><title>ODS</title></head><body><app-root></app-root></body></html>"
PDF = b"%PDF-1.7\nReport\n%%EOF\n"
LEBANON = ("S/2026/257", "31 March 2026", "Report of the Security Council mission to Lebanon and Syria")
LETTER = ("S/2025/801", "10 December 2025", "Letter dated 10 December 2025 from the President of the Security Council")
BRIEFING = ("S/PV.10071", "17 December 2025", "Security Council mission")
CHAD = ("S/2026/801", "REPORT OF THE SECURITY COUNCIL MISSION TO CHAD, 5 TO 8 OCTOBER 2026")


class Missions:
    """What announces mission reports, and the documents service."""

    def __init__(self, site) -> None:
        self.site = site

    def page(self, *rows: tuple[str, ...], at: str = PAGE) -> None:
        cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
        self.site.put(at, f"<html><body><table>{cells}</table></body></html>".encode())

    def menu(self, link: str, words: str = "Reports of the Security Council Missions") -> None:
        self.site.put(MENU, f'<html><body><nav><a href="{link}">{words}</a></nav></body></html>'.encode())

    def feed(self, *items: tuple[str, str], at: str = FEEDS[0], day: str = "Mon, 23 Nov 2026 16:00:00 GMT") -> None:
        told = "".join(
            f"<item><title>{symbol}</title><description>{words}</description><pubDate>{day}</pubDate></item>"
            for symbol, words in items
        )
        self.site.put(at, f'<rss version="2.0"><channel>{told}</channel></rss>'.encode())

    def document(self, symbol: str, body: bytes = PDF) -> None:
        number = symbol.replace("/", "-").lower()
        asked = symbol.replace(" ", "").replace("/", "%2F")
        location = {"Location": f"/doc/UNDOC/{number}.PDF"}
        self.site.put(f"documents.un.org/api/symbol/access?s={asked}&l=en&t=pdf", status=302, headers=location)
        self.site.put(f"documents.un.org/doc/undoc/{number}.pdf", body)


@pytest.fixture
def missions(site) -> Missions:
    return Missions(site)


def crawl(desk, **choices):
    return desk.crawl("mission-reports", **{"budget": 2, **choices})


def fetched(desk) -> list[str]:
    return sorted(snapshot.symbol for snapshot in desk.snapshots())


def test_page_and_feed_announce_reports_and_only_reports_are_fetched(desk, missions, site):
    missions.page(LEBANON, LETTER, BRIEFING)
    missions.feed(
        CHAD,
        ("S/2026/700", "LETTER DATED 28 SEPTEMBER 2026 FROM THE PRESIDENT OF THE SECURITY COUNCIL MISSION TO CHAD"),
        ("S/PV.10236", "SECURITY COUNCIL MISSION"),
        ("S/2026/790", "REPORT OF THE SECRETARY-GENERAL ON SOUTH SUDAN"),
    )
    for symbol in (LEBANON[0], CHAD[0]):
        missions.document(symbol, PDF + symbol.encode())
    crawled = crawl(desk)
    assert (crawled.run.finish_reason, crawled.run.counts.listed, crawled.run.counts.failed) == ("finished", 7, 0)
    assert fetched(desk) == ["S/2026/257", "S/2026/801"]
    assert all(asked.headers["accept"].startswith("application/xml") for asked in site.asked if "rss" in asked.path)
    symbols = {known.symbol for known in desk.resources("mission-reports").values()}
    assert {"S/2013/173", "S/25700"} < symbols  # the register's, still to be asked for
    assert symbols.isdisjoint({"S/2025/801", "S/2026/700", "S/PV.10071", "S/PV.10236", "S/2026/790"})


def test_what_the_budget_left_is_asked_for_later_though_nothing_new_is_listed(desk, missions, site):
    missions.page(LEBANON)
    missions.feed(CHAD)
    for symbol in ("S/2026/801", "S/2026/257", "S/2025/860", "S/2024/258"):
        missions.document(symbol, PDF + symbol.encode())
    first = crawl(desk)
    assert first.run.reason == "budget: asked for 2 documents, 73 left for later runs"
    desk.accept(first)
    site.asked.clear()
    second = crawl(desk, expect_min_listed=None)
    assert [asked.headers.get("if-none-match") is not None for asked in site.asked if "documents" not in asked.path]
    assert fetched(desk) == ["S/2024/258", "S/2025/860", "S/2026/257", "S/2026/801"]
    assert second.run.counts.listed == first.run.counts.listed
    assert not site.paths("2026/801") + site.paths("2026-801")


def test_a_page_that_is_not_at_its_address_is_found_in_the_menu(desk, missions, site):
    missions.menu("/securitycouncil/en/content/missions-0")
    missions.page(LEBANON, ("S/2026/600", "1 July 2026", "Report of the Security Council mission to Haiti"), at=f"{HOST}/securitycouncil/en/content/missions-0")  # fmt: skip  # noqa: E501
    missions.feed(("S/2026/790", "REPORT OF THE SECRETARY-GENERAL"))
    missions.document("S/2026/600")
    crawled = crawl(desk, budget=1)
    assert site.paths(HOST) == [f"/{PAGE}", f"/{MENU}", f"/{HOST}/securitycouncil/en/content/missions-0"]
    assert fetched(desk) == ["S/2026/600"]
    assert (crawled.run.finish_reason, crawled.run.counts.listed) == ("finished", 3)


@pytest.mark.parametrize("menu", ["without the link", "not there"])
def test_a_page_that_is_nowhere_fails_no_run(desk, missions, site, menu):
    if menu == "without the link":
        missions.menu("/securitycouncil/en/content/resolutions-0", "Resolutions")
    missions.feed(CHAD)
    missions.document(CHAD[0])
    crawled = crawl(desk, budget=1)
    assert (crawled.run.finish_reason, crawled.run.counts.failed, crawled.run.counts.blocked) == ("finished", 0, 0)
    assert crawled.run.reason.startswith("page-not-found: neither its address nor the menu leads to the missions page")
    assert fetched(desk) == ["S/2026/801"]


@pytest.mark.parametrize("trouble", [{"body": APP_PAGE}, {"status": 503}], ids=["page", "down"])
def test_the_feed_s_next_host_is_asked_when_one_is_down_or_gives_no_feed(desk, missions, site, trouble):
    missions.page(LEBANON)
    site.put(FEEDS[0], **trouble)
    missions.feed(CHAD, at=FEEDS[1])
    missions.document(CHAD[0])
    crawled = crawl(desk, budget=1)
    assert fetched(desk) == ["S/2026/801"]
    assert (crawled.run.finish_reason, crawled.run.counts.failed) == ("finished", 0)
    assert site.paths(FEEDS[1])
    assert not site.paths(FEEDS[2])


def test_web_pages_on_all_three_hosts_are_no_feed_and_the_page_still_counts(desk, missions, site):
    missions.page(LEBANON)
    for at in FEEDS:
        site.put(at, APP_PAGE)
    missions.document(LEBANON[0])
    crawled = crawl(desk, budget=1)
    assert (crawled.run.finish_reason, crawled.run.counts.failed, crawled.run.counts.listed) == ("finished", 1, 1)
    assert crawled.run.reason.count("feed: not-a-feed: expected XML, found") == 3
    assert fetched(desk) == ["S/2026/257"]


def test_an_empty_feed_is_a_feed_and_told(desk, missions):
    missions.page(LEBANON)
    missions.feed()
    crawled = crawl(desk, budget=0)
    assert "empty-feed: expected new documents, found 0" in crawled.run.reason
    assert (crawled.run.finish_reason, crawled.run.counts.failed) == ("finished", 0)


def test_without_page_and_feed_the_register_goes_on_and_nothing_counts_as_listed(desk, missions, site):
    missions.document("S/2026/257")
    crawled = crawl(desk, budget=1)
    assert (crawled.run.finish_reason, crawled.run.counts.listed, crawled.run.counts.failed) == ("finished", 0, 1)
    assert fetched(desk) == ["S/2026/257"]


def test_a_page_of_another_shape_is_loud_and_the_feed_goes_on(desk, missions):
    missions.page((*LEBANON, "Middle East"))
    missions.feed(CHAD)
    missions.document(CHAD[0])
    crawled = crawl(desk, budget=1)
    assert crawled.run.finish_reason == "listing-lost"
    assert "page: other-columns: expected 3 columns, found 4" in crawled.run.reason
    assert fetched(desk) == ["S/2026/801"]


def test_a_page_with_less_than_half_of_the_reports_that_the_register_knows_is_loud(desk, missions):
    missions.page(LEBANON, LETTER)
    missions.feed(CHAD)
    crawled = crawl(desk, expect_min_listed=None)
    assert crawled.run.finish_reason == "listing-lost"
    assert "page: short-listing: expected at least 30 reports, found 1" in crawled.run.reason


def test_an_old_feed_and_a_row_of_no_known_kind_are_told_unless_the_register_knows_the_row(desk, missions):
    missions.page(LEBANON, ("S/2026/55", "1 May 2026", "Programme of work"), ("S/2017/363", "2 May 2017", "Colombia"))
    missions.feed(CHAD, day="Mon, 16 Nov 2026 16:00:00 GMT")
    reason = crawl(desk, budget=0).run.reason
    assert "old-feed: expected a document of the last 7 days, found 2026-11-16 newest" in reason
    assert "odd-row: S/2026/55 ('Programme of work') is no terms of reference, report or briefing" in reason
    assert "S/2017/363" not in reason


def test_a_page_that_is_refused_counts_as_blocked(desk, missions, site):
    site.put(PAGE, b"<html><body>Forbidden</body></html>", status=403)
    missions.feed(CHAD)
    missions.document(CHAD[0])
    crawled = crawl(desk, budget=1)
    assert (crawled.run.finish_reason, crawled.run.counts.blocked) == ("finished", 1)
    assert fetched(desk) == ["S/2026/801"]


def test_a_report_that_is_listed_no_longer_is_not_missing(desk, missions):
    missions.page(("S/2026/600", "1 July 2026", "Report of the Security Council mission to Haiti"))
    missions.feed(CHAD)
    for symbol in ("S/2026/600", "S/2026/801"):
        missions.document(symbol, PDF + symbol.encode())
    desk.accept(crawl(desk))
    missions.page(LEBANON)
    missions.feed(("S/2026/803", "NOTE BY THE PRESIDENT"))
    crawl(desk, budget=1)
    states = {known.symbol: known.state for known in desk.resources("mission-reports").values()}
    assert states["S/2026/600"] == states["S/2026/801"] == ResourceState.HELD


def test_a_resolution_in_the_feed_is_announced_to_its_own_source_and_fetched_before_the_table_has_it(
    desk, missions, table, site
):
    missions.page(LEBANON)
    missions.feed(("S/RES/2830 (2026)", "RESOLUTION 2830 (2026)"))
    crawl(desk, budget=0)
    [announced] = desk.resources("un-resolutions").values()
    assert (announced.symbol, announced.state, announced.attempts) == ("S/RES/2830 (2026)", ResourceState.ANNOUNCED, 0)
    assert announced.reason == "announced by the feed of new documents"

    table.publish(2829)
    first = desk.crawl("un-resolutions")
    tried = {known.symbol: known for known in desk.resources("un-resolutions").values()}["S/RES/2830 (2026)"]
    assert (tried.state, tried.attempts) == (ResourceState.ANNOUNCED, 1)

    table.look_up(2830)
    table.document(2830, PDF)
    later = first.run.started_at + timedelta(hours=2)
    for _ in range(2):
        desk.crawl("un-resolutions", now=later)
    held = desk.resources("un-resolutions")[tried.url]
    assert (held.state, held.missing_runs) == (ResourceState.HELD, 0)
    assert fetched(desk) == ["S/RES/2830 (2026)"]


def test_years_choose_reports_by_their_symbol_or_where_it_has_none_by_their_mission(desk, missions):
    missions.page(LEBANON)
    missions.feed(CHAD)
    for symbol in ("S/25700", "S/1994/1009", "S/2013/173"):
        missions.document(symbol, PDF + symbol.encode())
    crawl(desk, budget=None, first_year=1993, last_year=1994)
    assert fetched(desk) == ["S/1994/1009", "S/25700"]


def test_a_dry_run_says_what_it_would_ask_for_and_remembers_nothing(desk, missions):
    missions.page(LEBANON)
    missions.feed(CHAD)
    crawled = crawl(desk, dry_run=True)
    assert [json.loads(line)["symbol"] for line in crawled.out.splitlines()] == ["S/2026/801", "S/2026/257"]
    assert desk.resources("mission-reports") == {}


def test_a_held_report_is_asked_for_again_and_a_corrigendum_in_the_feed_is_announced_to_its_source(
    desk, missions, table, site
):
    missions.page(LEBANON)
    missions.feed(CHAD, ("S/RES/2800 (2026)/CORR.1", "RESOLUTION 2800 (2026) : CORRIGENDUM"))
    missions.document(CHAD[0])
    desk.accept(crawl(desk, budget=1))
    missions.document(CHAD[0], PDF + b"reissued %%EOF\n")
    days_later = datetime.fromisoformat("2026-11-26T12:00:00+00:00")
    again = crawl(desk, budget=None, full=True, first_year=2026, last_year=2026, now=days_later)
    assert (again.run.counts.fetched, fetched(desk)) == (1, ["S/2026/801", "S/2026/801"])

    corrigendum = "S/RES/2800 (2026)/Corr.1"
    missions.document("S/RES/2800(2026)/Corr.1", PDF + b"corrigendum %%EOF\n")
    table.publish(2829)
    desk.crawl("un-resolutions")
    [known] = [one for one in desk.resources("un-resolutions").values() if one.symbol == corrigendum]
    assert (known.state, corrigendum in fetched(desk)) == (ResourceState.HELD, True)
