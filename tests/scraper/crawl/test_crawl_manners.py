"""Crawls that are refused, slowed down, redirected or cut short."""

import itertools
import signal
import subprocess
import sys
import threading
import time

import pytest

from tests.paths import ROOT, TESTS

RAW = "raw.githubusercontent.com"
CHALLENGE = b"<html><body>Please enable JavaScript to continue</body></html>"


@pytest.mark.parametrize("source", ["unxml", "un-resolutions"])
def test_a_source_that_answers_every_request_with_a_challenge_is_blocked(desk, site, source):
    site.default.status = 202
    site.default.headers["x-amzn-waf-action"] = "challenge"
    crawled = desk.crawl(source)
    assert (crawled.run.finish_reason, crawled.run.counts.blocked, crawled.run.counts.fetched) == ("blocked", 1, 0)
    assert crawled.run.reason.startswith("challenge: ")
    assert desk.snapshots() == []
    assert desk.resources(source) == {}


def test_documents_refused_one_after_another_end_the_crawl(desk, library, site):
    for number in range(2820, 2826):
        path = library.add(number)
        site.put(f"{RAW}/UNxml/SCresolutions/main/{path}", CHALLENGE, headers={"Content-Type": "text/html"})
    crawled = desk.crawl("unxml")
    assert crawled.run.finish_reason == "blocked"
    assert 3 <= crawled.run.counts.blocked == len(library.asked()) <= 4  # one may be under way when the third is read
    assert desk.snapshots() == []


def test_what_robots_txt_forbids_is_not_asked_for(desk, library, site):
    library.add(2825)
    site.put(f"{RAW}/robots.txt", b"User-agent: wpswatch\nDisallow: /UNxml/\n")
    crawled = desk.crawl("unxml")
    assert library.asked() == []
    assert (crawled.run.finish_reason, crawled.run.counts.blocked) == ("blocked", 1)
    assert crawled.run.reason.startswith("robots-disallowed: ")


def test_a_longer_crawl_delay_is_kept(desk, library, site):
    site.put(f"{RAW}/robots.txt", b"User-agent: *\nCrawl-delay: 0.3\n")
    pauses = pauses_of(desk, library, site)
    assert len(pauses) == 2
    assert min(pauses) >= 0.3


def test_the_configured_delay_is_kept_where_it_is_longer(desk, library, site):
    site.put(f"{RAW}/robots.txt", b"User-agent: *\nCrawl-delay: 0.01\n")
    assert min(pauses_of(desk, library, site, delay_seconds=0.2)) >= 0.2


def pauses_of(desk, library, site, **choices):
    """The seconds between the requests to the host of the texts, as the crawler counts them when it lets each go.

    When they arrive says little on a busy machine: one that is late shortens the time to the next.
    """
    library.add(2825)
    library.add(2824)
    order = desk.order("unxml", **choices)
    process = desk.start(
        order,
        (
            "-c",
            "import sys\n"
            "from scrapy.core.downloader import Downloader\n"
            "from scraper.crawl import process\n"
            "let_go = Downloader._download\n"
            "def told(self, slot, request):\n"
            "    print(slot.lastseen, request.url)\n"
            "    return let_go(self, slot, request)\n"
            "Downloader._download = told\n"
            "sys.exit(process.main())",
        ),
    )
    crawled = desk.end(process, order)
    assert len([asked for asked in site.asked if RAW in asked.path]) == 3
    times = [float(line.split()[0]) for line in crawled.out.splitlines() if RAW in line]
    return [later - earlier for earlier, later in itertools.pairwise(times)]


def test_a_host_that_asks_for_time_gets_it(desk, library, site):
    path = f"/{RAW}/UNxml/SCresolutions/main/{library.add(2825)}"
    sound, busy = site.replies[path], type(site.default)(status=503, headers={"Retry-After": "1"})
    answers = [sound, busy]
    site.replies[path] = lambda: answers.pop()
    crawled = desk.crawl("unxml")
    first, second = (asked.at for asked in site.asked if asked.path == path)
    assert second - first >= 1.0
    assert (crawled.run.counts.fetched, crawled.run.counts.failed) == (1, 0)


def test_a_host_that_asks_for_more_time_than_a_run_has_is_left_alone(desk, library, site):
    site.put(f"{RAW}/UNxml/SCresolutions/main/{library.add(2825)}", status=429, headers={"Retry-After": "3600"})
    crawled = desk.crawl("unxml")
    assert len(library.asked()) == 1
    assert (crawled.run.counts.failed, crawled.run.reason[:14]) == (1, "rate-limited: ")


def test_a_host_that_asks_for_an_hour_between_two_requests_ends_the_run_at_once_with_that_reason(desk, library, site):
    library.add(2825)
    site.put("api.github.com/robots.txt", b"User-agent: *\nCrawl-delay: 3600\n")
    started = time.monotonic()
    crawled = desk.crawl("unxml")
    assert time.monotonic() - started < 20
    assert site.paths() == []
    assert crawled.run.finish_reason == "listing-failed"
    assert crawled.run.reason.startswith(
        "crawl-delay: expected a pace of at most 300 seconds, found Crawl-delay: 3600 in robots.txt of api.github.com"
    )


def test_hiccups_are_asked_again_a_few_times_and_then_fail(desk, library, site):
    site.put(f"{RAW}/UNxml/SCresolutions/main/{library.add(2825)}", status=502)
    crawled = desk.crawl("unxml")
    assert len(library.asked()) == 3
    assert (crawled.run.counts.failed, crawled.run.reason[:14]) == (1, "server-error: ")


def test_a_redirect_of_the_mirror_is_read_as_the_canonical_host_s(desk, library, site):
    for number, location in (
        (2825, "/moved/a.xml"),
        (2824, f"https://{RAW}/moved/a.xml"),
        (2823, f"{site.url}/{RAW}/moved/a.xml"),
    ):
        target = f"{RAW}/UNxml/SCresolutions/main/{library.add(number)}"
        site.put(target, status=301, headers={"Location": location})
    site.put(f"{RAW}/moved/a.xml", b"<a/>")
    crawled = desk.crawl("unxml")
    assert crawled.run.counts.fetched == 3
    assert {snapshot.final_url for snapshot in desk.snapshots()} == {f"https://{RAW}/moved/a.xml"}


def test_a_callback_that_raises_is_counted_as_a_failure(desk, library):
    library.add(2825)
    order = desk.order("unxml")
    process = desk.start(
        order,
        (
            "-c",
            "import sys\n"
            "from scraper.crawl import process\n"
            "from scraper.spiders.unxml import UnxmlSpider\n"
            "UnxmlSpider.taken = lambda self, response, wanted: 1 / 0\n"
            "sys.exit(process.main())",
        ),
    )
    crawled = desk.end(process, order)
    assert (crawled.code, crawled.run.finish_reason, crawled.run.counts.failed) == (0, "finished", 1)
    assert crawled.run.reason == "error: ZeroDivisionError: division by zero"


def test_a_full_disk_ends_the_run_and_leaves_no_row_of_what_was_not_written(desk, library):
    library.add(2825)
    order = desk.order("unxml")
    process = desk.start(
        order,
        (
            "-c",
            "import errno, os, sys\n"
            "from scraper.crawl import process\n"
            "def full(descriptor): raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))\n"
            "os.fsync = full\n"
            "sys.exit(process.main())",
        ),
    )
    crawled = desk.end(process, order)
    assert (crawled.run.finish_reason, crawled.run.counts.fetched) == ("disk-full", 0)
    assert crawled.run.reason.startswith("disk-full: expected to archive 1 answers, found [Errno 28]")
    assert desk.snapshots() == []
    assert desk.resources("unxml") == {}


def test_a_crawl_that_is_killed_loses_at_most_a_batch(desk, library, site):
    for number in range(2700, 2780):
        library.add(number, f"Decides {number}")
    reached, go_on = threading.Event(), threading.Event()
    _hold_at(site, library, 2705, reached, go_on)
    order = desk.order("unxml")
    process = desk.start(order)
    assert reached.wait(20)
    _until(lambda: len(desk.snapshots()) >= 64)
    process.kill()
    process.communicate()
    go_on.set()
    kept = {snapshot.url for snapshot in desk.snapshots()}
    assert kept == {url for url, held in desk.resources("unxml").items() if held.symbol}
    site.asked.clear()
    crawled = desk.crawl("unxml")
    assert len(library.asked()) == 80 - len(kept)
    assert crawled.run.counts.fetched == 80 - len(kept)
    assert len({snapshot.url for snapshot in desk.snapshots()}) == len(desk.snapshots()) == 80


def test_a_crawl_that_is_told_to_end_records_what_it_has(desk, library, site):
    for number in range(2820, 2826):
        library.add(number)
    reached, go_on = threading.Event(), threading.Event()
    _hold_at(site, library, 2822, reached, go_on)
    order = desk.order("unxml")
    process = desk.start(order)
    assert reached.wait(20)
    process.send_signal(signal.SIGTERM)
    threading.Timer(0.2, go_on.set).start()
    crawled = desk.end(process, order)
    assert (crawled.code, crawled.run.finish_reason) == (0, "shutdown")
    assert crawled.run.counts.fetched == len(desk.snapshots()) >= 3


def test_a_certificate_that_nobody_vouches_for_is_refused(desk, tmp_path):
    script = TESTS / "servers/unvouched_server.py"
    with subprocess.Popen(
        [sys.executable, str(script), str(tmp_path)], stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        port = server.stdout.readline().strip()
        crawled = desk.crawl("unxml", mirror=f"https://127.0.0.1:{port}")
        server.kill()
    assert crawled.run.finish_reason == "listing-failed"
    assert "certificate" in crawled.run.reason.lower()


def test_only_https_is_asked_and_nothing_listens(desk):
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "from datetime import UTC, datetime\n"
            "from pathlib import Path\n"
            "from scraper.crawl.process import crawl_settings\n"
            "from scraper.spiders.kit.order import CrawlOrder\n"
            "from scraper.sources.loader import load_sources\n"
            "order = CrawlOrder(Path('.'), 'unxml', 0, datetime.now(UTC))\n"
            "settings = crawl_settings(order, load_sources()['unxml'])\n"
            "handlers = settings.getwithbase('DOWNLOAD_HANDLERS')\n"
            "print(sorted(scheme for scheme, handler in handlers.items() if handler))\n"
            "print(settings.getbool('TELNETCONSOLE_ENABLED'), settings.getbool('REMOTE_CONTROL_ENABLED'))\n"
            "print(settings.getbool('DOWNLOAD_VERIFY_CERTIFICATES'), settings.getfloat('DOWNLOAD_DELAY'))\n",
        ],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert said.stdout.split("\n")[:3] == ["['https']", "False False", "True 1.0"]


def _hold_at(site, library, number, reached, go_on):
    """Makes the site wait when this resolution is asked for."""
    [path] = [path for path in site.replies if f"S_RES_{number}-" in path]
    sound = site.replies[path]

    def answer():
        reached.set()
        go_on.wait(20)
        return sound

    site.replies[path] = answer


def _until(holds, seconds=20.0):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)
