"""Crawls of an index of years: it is followed to the page of each year, and what it cannot give stays as it was."""

import pytest

from tests.scraper.conftest import TABLE

PDF = b"%PDF-1.7\nResolution\n%%EOF\n"
HEADS = "<tr><th>Symbol</th><th>Date</th><th>Title</th></tr>"


class Index:
    """An index of years in the table's place, and its pages."""

    def __init__(self, site, table) -> None:
        self.site, self.table = site, table

    def publish(self, **years: list[int]) -> None:
        """`y2026=[2825, 2824]`: the year and its numbers."""
        links = "".join(f"<li><a href='{self._path(name[1:])}'>{name[1:]}</a></li>" for name in years)
        self.site.put(TABLE, f"<html><body><main><ul>{links}</ul></main></body></html>".encode())
        for name, numbers in years.items():
            self.page(int(name[1:]), *numbers)

    def page(self, year: int, *numbers: int) -> None:
        rows = "".join(f"<tr><td>S/RES/{n} ({year})</td><td>3 March {year}</td><td>T</td></tr>" for n in numbers)
        body = f"<html><body><h1>Resolutions in {year}</h1><table>{HEADS}{rows}</table></body></html>"
        self.site.put(self.address(year), body.encode())

    def address(self, year: int) -> str:
        return f"main.un.org{self._path(year)}"

    def asked(self) -> list[int]:
        return [int(path[-4:]) for path in self.site.paths("resolutions-adopted")]

    @staticmethod
    def _path(year: int | str) -> str:
        return f"/securitycouncil/en/content/resolutions-adopted-security-council-{year}"


@pytest.fixture
def index(site, table) -> Index:
    return Index(site, table)


def test_an_index_of_years_leads_to_the_rows_of_each_year(desk, index, table):
    index.publish(y2026=[2825], y2025=[2811], y1946=[1, 2])
    table.look_up(2825)
    table.document(2825, PDF)
    crawled = desk.crawl("un-resolutions")
    assert index.asked() == [2026, 2025, 1946]
    assert (crawled.run.finish_reason, crawled.run.counts.listed, crawled.run.counts.fetched) == ("finished", 4, 1)
    assert desk.listed("un-resolutions") == [
        "S/RES/1 (1946)",
        "S/RES/2 (1946)",
        "S/RES/2811 (2025)",
        "S/RES/2825 (2026)",
    ]


def test_years_long_past_are_asked_for_once_and_stay_listed(desk, index):
    index.publish(y2026=[2825], y2025=[2811], y1946=[1, 2])
    desk.accept(desk.crawl("un-resolutions"))
    before = desk.listed("un-resolutions")
    index.site.asked.clear()
    index.page(2026, 2826, 2825)
    crawled = desk.crawl("un-resolutions")
    assert index.asked() == [2026, 2025]
    assert (crawled.run.counts.listed, crawled.run.reason) == (5, None)
    assert desk.listed("un-resolutions") == [*before, "S/RES/2826 (2026)"]
    index.site.asked.clear()
    desk.crawl("un-resolutions", full=True)
    assert index.asked() == [2026, 2025, 1946]


def test_a_year_that_cannot_be_read_is_told_and_takes_nothing_back(desk, index, site):
    index.publish(y2026=[2825], y2025=[2811])
    desk.accept(desk.crawl("un-resolutions"))
    before = desk.listed("un-resolutions")
    site.put(index.address(2025), b"<html><body><p>The page is being moved.</p></body></html>")
    crawled = desk.crawl("un-resolutions")
    assert (crawled.run.finish_reason, crawled.run.counts.listed) == ("listing-doubted", 2)
    assert "main.un.org/securitycouncil/en/content/resolutions-adopted-security-council-2025" in crawled.run.reason
    assert desk.listed("un-resolutions") == before


def test_the_page_of_a_year_without_a_resolution_yet_may_be_away(desk, index, site):
    index.publish(y2026=[], y2025=[2811])
    site.put(index.address(2026), status=404)
    crawled = desk.crawl("un-resolutions")
    assert (crawled.run.finish_reason, crawled.run.counts.listed, crawled.run.reason) == ("finished", 1, None)


def test_a_refusal_on_the_way_ends_the_run_as_blocked(desk, index, site):
    index.publish(y2026=[2825], y2025=[2811])
    site.put(index.address(2025), status=403)
    crawled = desk.crawl("un-resolutions")
    assert (crawled.run.finish_reason, crawled.run.counts.blocked) == ("blocked", 1)


def test_an_index_whose_pages_are_all_away_is_no_listing(desk, index, site):
    index.publish(y2026=[], y2025=[])
    for year in (2026, 2025):
        site.put(index.address(year), status=500)
    assert desk.crawl("un-resolutions").run.finish_reason == "listing-failed"
