"""GitHub's token goes to one host alone, and a source's own pace can only be slowed."""

import os
from contextlib import closing
from dataclasses import replace

import pytest

from scraper.crawl.download import token_of
from scraper.crawl.process import crawl_settings
from scraper.sources.loader import load_sources
from storage.fetched.snapshot_chain import exchange_of
from storage.sqlite.database import DATABASE_NAME, open_database

BEARER = "github_pat_0123456789abcdef"
LED_TO_THE_SITE = """
import os, sys
from urllib.parse import urlsplit
from scrapy.core.downloader.handlers.http11 import _ScrapyAgent
from scraper.crawl import process
ask = _ScrapyAgent.download_request
def lead(self, request):
    parts = urlsplit(request.url)
    url = f"{os.environ['SITE']}/{parts.netloc}{parts.path}" + (f"?{parts.query}" if parts.query else "")
    return ask(self, request.replace(url=url)).addCallback(lambda answer: answer.replace(url=request.url))
_ScrapyAgent.download_request = lead
sys.exit(process.main())
"""


@pytest.fixture
def token(monkeypatch, site):
    monkeypatch.setenv("WPSWATCH_GITHUB_TOKEN", BEARER)
    monkeypatch.setenv("WPSWATCH_LOG_LEVEL", "DEBUG")
    monkeypatch.setenv("SITE", site.url)


def bearers(site):
    return {asked.path.split("/")[1] for asked in site.asked if "authorization" in asked.headers}


@pytest.mark.usefixtures("token")
def test_the_token_goes_to_api_github_com_alone_and_is_kept_nowhere(desk, library, site):
    library.add(2825)
    order = desk.order("unxml", mirror=None)
    crawled = desk.end(desk.start(order, ("-c", LED_TO_THE_SITE)), order)
    assert crawled.run.counts.fetched == 1
    assert bearers(site) == {"api.github.com"}
    (tree,) = [asked for asked in site.asked if "/git/trees/" in asked.path]
    assert tree.headers["authorization"] == f"Bearer {BEARER}"
    assert BEARER not in crawled.out + crawled.err
    kept = b"".join(path.read_bytes() for path in desk.data.rglob("*") if path.is_file())
    assert BEARER.encode() not in kept
    with closing(open_database(desk.data / DATABASE_NAME)) as db:
        assert BEARER not in repr(exchange_of(db, 1))


@pytest.mark.usefixtures("token")
def test_the_token_does_not_go_past_a_redirect(desk, library, site):
    library.add(2825)
    tree = "/api.github.com/repos/UNxml/SCresolutions/git/trees/main?recursive=1"
    moved = "codeload.github.com/tree"
    site.put(moved, site.replies[tree].body, headers={"Content-Type": "application/json"})
    site.put(tree[1:], status=302, headers={"Location": f"https://{moved}"})
    order = desk.order("unxml", mirror=None)
    crawled = desk.end(desk.start(order, ("-c", LED_TO_THE_SITE)), order)
    assert crawled.run.counts.listed == 1
    assert f"/{moved}" in site.paths()
    assert bearers(site) == {"api.github.com"}


@pytest.mark.usefixtures("token")
def test_the_token_never_goes_to_a_mirror(desk, library, site):
    library.add(2825)
    order = desk.order("unxml")
    crawled = desk.end(desk.start(order), order)
    assert crawled.run.counts.fetched == 1
    assert bearers(site) == set()
    assert BEARER not in crawled.err


@pytest.mark.parametrize(
    ("text", "token"), [("", None), (" abc\n", "abc"), ("a b", None), ("a\r\nHost: b", None), ("é", None)]
)
def test_a_token_that_no_header_can_bear_is_left_out(text, token):
    assert token_of({"WPSWATCH_GITHUB_TOKEN": text}) == token
    assert token_of(dict.fromkeys(os.environ.keys() - {"WPSWATCH_GITHUB_TOKEN"}, "x")) is None


def test_each_source_declares_its_pace():
    paces = {name: source.limits.delay_seconds for name, source in load_sources().items()}
    assert paces == {
        "unxml": 1, "un-resolutions": 5, "mission-reports": 5, "un-library": 5, "sc-meetings": 5, "peacewomen": 10,
    }  # fmt: skip


@pytest.mark.parametrize(("mirror", "asked", "kept"), [
    (None, None, 5), (None, 0.0, 5), (None, 2.0, 5), (None, 20.0, 20),
    ("http://127.0.0.1:1", None, 5), ("http://127.0.0.1:1", 0.0, 0), ("http://127.0.0.1:1", 20.0, 20),
])  # fmt: skip
def test_the_setting_can_only_slow_a_source_and_a_mirror_is_asked_as_its_keeper_says(desk, mirror, asked, kept):
    order = replace(desk.order("un-resolutions"), mirror=mirror, delay_seconds=asked)
    assert crawl_settings(order, load_sources()["un-resolutions"]).getfloat("DOWNLOAD_DELAY") == kept
