"""Orders travel as JSON, sources are data that is checked; neither needs Scrapy."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.crawl.process import SPIDERS
from scraper.sources.loader import SourceFileError, load_sources, read_source
from scraper.spiders.kit.order import CrawlOrder
from tests.paths import ROOT

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
UNXML = (ROOT / "scraper" / "sources" / "unxml.toml").read_text(encoding="utf-8")


def test_an_order_comes_back_from_its_json() -> None:
    order = CrawlOrder(
        data_dir=Path("/data"),
        source="unxml",
        run=7,
        now=NOW,
        contact="desk@example.org",
        mirror="http://127.0.0.1:8000",
        delay_seconds=0.5,
        first_year=2024,
        last_year=2026,
        full=True,
        dry_run=True,
        budget=3,
        languages=("en", "fr"),
        expect_min_listed=1,
    )
    assert CrawlOrder.from_json(order.to_json()) == order


@pytest.mark.parametrize(
    "text",
    [
        '{"data_dir": "/d", "source": "unxml", "run": 1}',
        '{"data_dir": "/d", "source": "unxml", "run": 1, "now": "2026-11-24T12:00:00"}',
        '{"data_dir": "/d", "source": "unxml", "run": 1, "now": "2026-11-24T12:00:00+00:00", "fast": true}',
        '{"data_dir": "/d", "source": "unxml", "run": 1, "now": "2026-11-24T12:00:00+00:00", "first_year": 2020}',
        '{"data_dir": "/d", "source": "unxml", "run": 1, "now": "2026-11-24T12:00:00+00:00", "delay_seconds": -1}',
        "[]",
        "not json",
    ],
    ids=["missing", "naive", "unknown", "half", "negative", "list", "text"],
)
def test_an_order_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected|Expecting"):
        CrawlOrder.from_json(text)


def test_the_sources_are_sound_and_each_has_its_spider() -> None:
    sources = load_sources()
    assert set(sources) == {"unxml", "un-resolutions", "mission-reports", "peacewomen", "un-library", "sc-meetings"}
    assert {source.spider for source in sources.values()} == set(SPIDERS)
    assert sources["unxml"].expect.min_listed >= 4000
    assert sources["un-resolutions"].expect.min_listed >= 2700
    assert sources["un-resolutions"].budget == 40
    # a resolution that the feed announces is known by the address that its own source gives it
    assert sources["mission-reports"].urls.document == sources["un-resolutions"].urls.document
    assert (sources["peacewomen"].is_enabled, sources["peacewomen"].limits.delay_seconds) == (False, 10)
    library = sources["un-library"]
    assert (library.is_enabled, library.limits.delay_seconds, library.limits.retry_seconds) == (False, 5, 15)
    assert not sources["sc-meetings"].is_enabled


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("min_listed = 4000", "min_listed = 0", "whole numbers"),
        ('schedule = "every 1 hours"', 'schedule = "sometimes"', "a schedule"),
        ('languages = ["en"]', 'languages = ["ja"]', "languages among"),
        ('hosts = ["api.github.com", ', "hosts = [", "a listing by https"),
        ("[expect]", "[expects]", "expect"),
        ("timeout_seconds = 120", "timeout = 120", "timeout"),
        ('spider = "unxml"', "spider =", "expected TOML"),
        ("[expect]", 'feeds = ["https://example.org/rss"]\n[expect]', "expected feeds by https on its hosts"),
        ("[expect]", 'menu = "http://api.github.com/"\n[expect]', "expected a menu by https on its hosts"),
    ],
)
def test_a_source_file_that_says_something_impossible_is_refused(old: str, new: str, said: str) -> None:
    assert old in UNXML
    with pytest.raises(SourceFileError, match=said):
        read_source("unxml", UNXML.replace(old, new))


def test_orders_and_sources_are_read_without_scrapy() -> None:
    program = (
        "import sys, scraper.spiders.kit.order, scraper.errors, scraper.spiders.kit.asking_again\n"
        "import scraper.sources.loader as loader\n"
        "loader.load_sources()\n"
        "print(sorted({'scrapy', 'twisted', 'lxml'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout == "[]\n"
