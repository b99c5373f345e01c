"""Crawls of PeaceWomen's archive: which pages are asked for, each once, and what breaks a crawl loudly."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scraper.pages.peacewomen.links import TERMS, page_address
from storage.models import THEMES
from tests.paths import TESTS

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
CASES = TESTS / "cases/peacewomen"
HOST = "www.peacewomen.org"
RESOLUTION = "security-council/resolution/security-council-resolution-2423"
HTML = {"Content-Type": "text/html; charset=utf-8"}
TRAPS = "<a href='/taxonomy/term/{0}/zlib/constants?page=1'>2</a><a href='/taxonomy/term/{0}?page=1&amp;sort=x'>2</a>"


def entry(title: str, href: str) -> str:
    labels = "<h3>PeaceWomen Consolidated Themes:</h3><p>Protection</p><h3>Extract:</h3>"
    return f"<h2><a href='{href}'>{title}</a></h2>{labels}<p>{title[-2:]}. Calls for the protection of women;</p>"


def listing(theme: str, *entries: str, links: str = "") -> bytes:
    return f"<html><body><main><h1>{theme}</h1>{''.join(entries)}<h2>Pages</h2>{links}</main></body></html>".encode()


class Archive:
    """PeaceWomen's site, small: 13 themes, one of them of two pages, and the pages of what they list."""

    def __init__(self, site: Any) -> None:
        self.site = site
        shared = entry("Security Council Resolution 2423: Para 10", "http://peacewomen.org/node/102600")
        for term, theme in zip(TERMS, THEMES, strict=True):
            more = (
                f"<a href='/taxonomy/term/{term}?page=1'>2</a>{TRAPS.format(term)}"
                if term == 32
                else TRAPS.format(term)
            )
            self.put(f"taxonomy/term/{term}?page=0", listing(theme, shared, links=more))
        speech = "<h2><a href='/node/1'>Statement of Netherlands</a></h2><h3>Extract:</h3><p>Women must talk.</p>"
        resolution = f"<p><a href='/{RESOLUTION}'>Security Council Resolution 2423</a></p>"
        title = "Security Council Mission to Afghanistan (12 to 15 January 2018)"
        mission = f"<h2><a href='/node/101496'>{title}</a></h2><p>A visit.</p>"
        self.put("taxonomy/term/32?page=1", listing(THEMES[12], speech, shared, resolution, mission))
        node = listing("Security Council Resolution 2423: Para 10", "<h3>Extract:</h3><p>Para 10. Calls;</p>")
        self.put("node/102600", node)
        page = (CASES / "resolution-drupal-fields/input.html").read_bytes()
        self.put(RESOLUTION, page)
        self.put("node/102601", node)
        denied = (CASES / "mission-node-drupal-fields/input.html").read_text()
        above = "<h1>Access denied</h1><p>You are not authorized to access this page.</p>"
        self.put("node/101496", denied.replace("<body>", f"<body>{above}").encode(), status=403)

    def put(self, path: str, body: bytes, **reply: Any) -> None:
        self.site.put(f"{HOST}/{path}", body, headers=HTML, **reply)

    def asked(self) -> list[str]:
        return [path.removeprefix(f"/{HOST}/") for path in self.site.paths(HOST)]


@pytest.fixture
def archive(site: Any) -> Archive:
    return Archive(site)


FIRST = [f"taxonomy/term/{term}?page=0" for term in TERMS]
ENTRIES = ["node/101496", "node/102600", "node/102601", RESOLUTION]


def test_exactly_the_wanted_pages_are_fetched_each_once_and_the_next_crawl_asks_for_the_themes_alone(
    desk: Any, archive: Archive
) -> None:
    first = desk.crawl("peacewomen")
    assert sorted(archive.asked()) == sorted([*FIRST, "taxonomy/term/32?page=1", *ENTRIES])
    assert (first.run.finish_reason, first.run.reason, first.run.counts.listed) == ("finished", None, 18)
    assert {snapshot.status for snapshot in desk.snapshots()} == {200, 403}
    desk.accept(first)

    archive.site.asked.clear()
    second = desk.crawl("peacewomen")
    assert archive.asked() == FIRST
    assert (second.run.counts.fetched, second.run.counts.not_modified) == (0, 13)


def test_after_a_year_every_page_is_verified(desk: Any, archive: Archive) -> None:
    desk.accept(desk.crawl("peacewomen"))
    archive.site.asked.clear()
    desk.crawl("peacewomen", now=NOW + timedelta(days=366))
    assert sorted(archive.asked()) == sorted([*FIRST, "taxonomy/term/32?page=1", *ENTRIES])


def test_a_budget_leaves_the_rest_to_the_next_crawl(desk: Any, archive: Archive) -> None:
    first = desk.crawl("peacewomen", budget=1)
    assert len(archive.asked()) == len(FIRST) + 1
    assert "left for later runs" in (first.run.reason or "")
    archive.site.asked.clear()
    desk.crawl("peacewomen")
    asked = set(archive.asked()) - set(FIRST)
    assert len(asked) == 4
    assert len(archive.asked()) == len(FIRST) + 4


def test_a_dry_run_asks_for_the_themes_and_prints_what_it_would_fetch(desk: Any, archive: Archive) -> None:
    planned = desk.crawl("peacewomen", dry_run=True)
    assert archive.asked() == FIRST
    assert [line.count("https://www.peacewomen.org/") for line in planned.out.splitlines()] == [1, 1]
    assert desk.snapshots() == []


@pytest.mark.parametrize("case", ["listing-without-items", "listing-other-labels", "access-denied-alone"])
def test_a_theme_that_cannot_be_read_ends_the_run_and_its_page_is_kept(desk: Any, archive: Archive, case: str) -> None:
    archive.put("taxonomy/term/20?page=0", (CASES / case / "input.html").read_bytes())
    crawled = desk.crawl("peacewomen")
    assert crawled.run.finish_reason == "listing-failed"
    assert "expected" in (crawled.run.reason or "")
    assert any(snapshot.url.endswith("term/20?page=0") for snapshot in desk.snapshots())


def test_a_theme_with_half_of_its_pages_ends_the_run(desk: Any, archive: Archive) -> None:
    links = "".join(f"<a href='/taxonomy/term/20?page={n}'>{n}</a>" for n in range(1, 9))
    shared = entry("Security Council Resolution 2423: Para 10", "/node/102600")
    archive.put("taxonomy/term/20?page=0", listing(THEMES[0], shared, links=links))
    desk.accept(desk.crawl("peacewomen"))
    archive.put("taxonomy/term/20?page=0", listing(THEMES[0], shared, links="<a href='/taxonomy/term/20?page=3'>4</a>"))
    assert "halved: expected about 9 pages, found 4" in (desk.crawl("peacewomen").run.reason or "")


def test_a_theme_outside_the_vocabulary_is_told(desk: Any, archive: Archive) -> None:
    shared = entry("Security Council Resolution 2423: Para 10", "/node/102600")
    archive.put("taxonomy/term/21?page=0", listing("Climate", shared))
    assert "unknown-theme: expected one of the 13 themes" in (desk.crawl("peacewomen").run.reason or "")


def test_a_refusal_without_content_is_a_refusal(desk: Any, archive: Archive) -> None:
    for path in FIRST:
        archive.put(path, (CASES / "access-denied-alone/input.html").read_bytes(), status=403)
    crawled = desk.crawl("peacewomen")
    assert crawled.run.finish_reason == "blocked"
    assert desk.snapshots() == []


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("http://peacewomen.org./taxonomy/term/23", "https://www.peacewomen.org/taxonomy/term/23?page=0"),
        ("/taxonomy/term/23?page=426", "https://www.peacewomen.org/taxonomy/term/23?page=426"),
        ("/taxonomy/term/23/zlib/constants?page=426", None),
        ("/taxonomy/term/30/trees?page=75", None),
        ("/taxonomy/term/33", None),
        ("/taxonomy/term/23?page=1&sort=x", None),
        ("/node/95291/edit", None),
        ("/node/95291", "https://www.peacewomen.org/node/95291"),
        ("https://wilpf.org/node/95291", None),
        ("mailto:info@peacewomen.org", None),
        ("http://[broken", None),
    ],
)
def test_only_whole_addresses_of_a_known_form_are_taken(href: str, address: str | None) -> None:
    assert page_address(href, "https://www.peacewomen.org/taxonomy/term/23?page=1") == address
