"""Crawls of the UN's XML repository: what is asked, what is kept, what is remembered."""

import gzip
import json
from contextlib import closing
from datetime import UTC, datetime

import pytest

from storage.fetched.bodies import BodyStore
from storage.fetched.failures import load_failures
from storage.records import ResourceState
from storage.sqlite.database import DATABASE_NAME, open_database


def test_a_first_crawl_archives_each_file_with_where_it_came_from(desk, library, site):
    path = library.add(2825)
    order = desk.order("unxml", contact="desk@example.org")
    crawled = desk.end(desk.start(order), order)
    assert (crawled.code, crawled.out, crawled.err) == (0, "", "")
    assert crawled.run.finish_reason == "finished"
    assert (crawled.run.counts.listed, crawled.run.counts.fetched, crawled.run.counts.failed) == (1, 1, 0)
    [snapshot] = desk.snapshots()
    assert snapshot.url == f"https://raw.githubusercontent.com/UNxml/SCresolutions/main/{path}"
    assert snapshot.final_url == snapshot.url
    assert (snapshot.symbol, snapshot.language, snapshot.status) == ("S/RES/2825 (2026)", "en", 200)
    assert (snapshot.media_type, snapshot.revision) == ("text/plain; charset=utf-8", library.listed[path])
    assert BodyStore(desk.data / "bodies").load(snapshot.body_hash) == library.files[path]
    assert desk.resources("unxml")[snapshot.url].is_verified


def test_requests_are_honest_and_all_go_to_the_mirror(desk, library, site):
    library.put("Pre-2020/2019/S_RES_2464 (2019)-1906112E.xml", b"<a/>")
    desk.crawl("unxml", contact="desk@example.org")
    assert [asked.path for asked in site.asked] == [
        "/api.github.com/robots.txt",
        "/api.github.com/repos/UNxml/SCresolutions/git/trees/main?recursive=1",
        "/raw.githubusercontent.com/robots.txt",
        "/raw.githubusercontent.com/UNxml/SCresolutions/main/Pre-2020/2019/S_RES_2464%20(2019)-1906112E.xml",
    ]
    for asked in site.asked:
        assert asked.headers["user-agent"].startswith("Mozilla/5.0 (compatible; wpswatch/")
        assert asked.headers["user-agent"].endswith("; +desk@example.org)")
        assert "cookie" not in asked.headers
    assert site.asked[1].headers["accept"] == "application/json"
    assert site.asked[3].headers["accept"].startswith("application/xml")


def test_an_unchanged_listing_costs_one_request_and_keeps_the_count(desk, library, site):
    library.add(2825)
    desk.accept(desk.crawl("unxml"))
    site.asked.clear()
    crawled = desk.crawl("unxml")
    assert site.paths() == ["/api.github.com/repos/UNxml/SCresolutions/git/trees/main?recursive=1"]
    assert (crawled.run.counts.listed, crawled.run.counts.fetched, crawled.run.finish_reason) == (1, 0, "finished")


def test_only_what_the_tree_names_anew_is_asked_for(desk, library, site):
    library.add(2825)
    changed = library.add(2824)
    desk.accept(desk.crawl("unxml"))
    library.add(2824, "Decides to remain actively seized of the matter")
    site.asked.clear()
    crawled = desk.crawl("unxml")
    assert library.asked() == [changed]
    assert crawled.run.counts.fetched == 1
    assert len(desk.snapshots()) == 3


def test_full_asks_for_each_file_conditionally(desk, library, site):
    library.add(2825)
    library.add(2824)
    desk.accept(desk.crawl("unxml"))
    site.asked.clear()
    crawled = desk.crawl("unxml", full=True)
    assert len(library.asked()) == 2
    assert (crawled.run.counts.not_modified, crawled.run.counts.fetched) == (2, 0)
    assert len(desk.snapshots()) == 2


def test_an_older_copy_than_listed_is_kept_and_asked_for_again(desk, library, site):
    library.add(2824)  # one body that agrees with the tree: its names are git's hashes
    path = library.add(2825)
    library.listed[path] = "0" * 40
    library.publish()
    desk.accept(desk.crawl("unxml"))
    site.asked.clear()
    crawled = desk.crawl("unxml")
    assert library.asked() == [path]
    assert (crawled.run.counts.not_modified, crawled.run.counts.fetched) == (1, 0)


def test_a_mirror_with_names_of_its_own_is_trusted(desk, library, site):
    path = library.add(2825)
    library.listed[path] = "version-7"
    library.publish()
    desk.accept(desk.crawl("unxml"))
    site.asked.clear()
    desk.crawl("unxml", first_year=2026, last_year=2026)
    assert library.asked() == []


def test_the_same_body_under_a_new_name_makes_no_snapshot(desk, library, site):
    path = library.add(2825)
    desk.accept(desk.crawl("unxml"))
    library.listed[path] = "1" * 40
    library.publish()
    crawled = desk.crawl("unxml")
    assert crawled.run.counts.not_modified == 1
    assert len(desk.snapshots()) == 1
    [resource] = [held for held in desk.resources("unxml").values() if held.symbol]
    assert (resource.revision, resource.is_verified) == ("1" * 40, False)


def test_years_choose_by_folder(desk, library, site):
    library.add(2825, year=2026)
    chosen = library.add(2769, year=2025)
    desk.crawl("unxml", first_year=2024, last_year=2025)
    assert library.asked() == [chosen]


def test_a_dry_run_prints_what_it_would_fetch_and_writes_nothing(desk, library, site):
    path = library.add(2825)
    crawled = desk.crawl("unxml", dry_run=True)
    assert [json.loads(line) for line in crawled.out.splitlines()] == [
        {
            "source": "unxml",
            "url": f"https://raw.githubusercontent.com/UNxml/SCresolutions/main/{path}",
            "symbol": "S/RES/2825 (2026)",
            "language": "en",
            "why": "new",
        }
    ]
    assert library.asked() == []
    assert crawled.run.finish_reason is None
    assert not (desk.data / "bodies").exists()
    assert desk.resources("unxml") == {}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"is_truncated": True}, "truncated-tree"),
        ({"body": b"<html><body>GitHub is down</body></html>"}, "html-instead"),
        ({"body": b""}, "empty-answer"),
        ({"body": b"[]"}, "no-tree"),
    ],
    ids=["truncated", "html", "empty", "list"],
)
def test_a_listing_that_cannot_be_used_ends_the_run_as_failed(desk, library, site, answer, code):
    library.add(2825)
    if "body" in answer:
        site.put("api.github.com/repos/UNxml/SCresolutions/git/trees/main?recursive=1", answer["body"])
    else:
        library.is_truncated = True
        library.publish()
    crawled = desk.crawl("unxml")
    assert crawled.run.finish_reason == "listing-failed"
    assert crawled.run.reason.startswith(f"{code}: ")
    assert desk.snapshots() == []


def test_a_short_listing_is_used_but_says_of_nothing_that_it_is_gone(desk, library, site):
    library.add(2825)
    gone = library.add(2824)
    desk.accept(desk.crawl("unxml"))
    del library.listed[gone]
    library.add(2826)
    crawled = desk.crawl("unxml", expect_min_listed=3)
    assert (crawled.run.counts.listed, crawled.run.counts.fetched) == (2, 1)
    assert "short-listing" in crawled.run.reason
    assert all(resource.missing_runs == 0 for resource in desk.resources("unxml").values())


def test_a_file_that_a_whole_listing_lacks_is_missing_and_stays_so_while_nothing_changes(desk, library, site):
    library.add(2825)
    gone = library.add(2824)
    desk.accept(desk.crawl("unxml"))
    del library.listed[gone]
    library.publish()
    desk.accept(desk.crawl("unxml"))
    desk.crawl("unxml")
    [missing] = [held for held in desk.resources("unxml").values() if held.state is ResourceState.MISSING]
    assert (missing.url.rsplit("/", 1)[-1], missing.missing_runs) == (gone.rsplit("/", 1)[-1], 2)


def test_bad_files_fail_alone(desk, library, site):
    good = library.add(2825)
    raw = "raw.githubusercontent.com/UNxml/SCresolutions/main/"
    site.put(raw + library.add(2824), b"<!DOCTYPE html><html><body>Not here</body></html>")
    site.put(raw + library.add(2823), b"<a/>", length=17_000_000)
    site.put(raw + library.add(2822), status=302, headers={"Location": "https://example.org/elsewhere.xml"})
    site.put(raw + library.add(2821), status=404)
    site.put(raw + library.add(2820), gzip.compress(bytes(17_000_000)), headers={"Content-Encoding": "gzip"})
    crawled = desk.crawl("unxml")
    assert (crawled.run.finish_reason, crawled.run.counts.fetched, crawled.run.counts.failed) == ("finished", 1, 5)
    assert [snapshot.url.rsplit("/", 1)[-1] for snapshot in desk.snapshots()] == [good.rsplit("/", 1)[-1]]
    reasons = {held.symbol: held.reason for held in desk.resources("unxml").values() if held.symbol}
    assert reasons["S/RES/2825 (2026)"] is None
    assert reasons["S/RES/2824 (2026)"].startswith("html-instead: ")
    assert reasons["S/RES/2823 (2026)"].startswith("too-large: ")
    assert reasons["S/RES/2822 (2026)"].startswith("foreign-redirect: ")
    assert reasons["S/RES/2821 (2026)"].startswith("not-found: ")
    assert reasons["S/RES/2820 (2026)"].startswith("too-large: ")
    assert not site.paths("example.org")


def test_a_changed_file_that_fails_is_still_due(desk, library, site):
    path = library.add(2825)
    desk.accept(desk.crawl("unxml"))
    library.add(2825, "Decides otherwise")
    site.put(f"raw.githubusercontent.com/UNxml/SCresolutions/main/{path}", status=404)
    desk.crawl("unxml")
    library.add(2825, "Decides otherwise")
    crawled = desk.crawl("unxml")
    assert crawled.run.counts.fetched == 1


def test_the_time_of_a_snapshot_is_reckoned_from_the_order(desk, library, site):
    library.add(2825)
    desk.crawl("unxml", now=datetime(2031, 5, 1, tzinfo=UTC))
    [snapshot] = desk.snapshots()
    assert snapshot.fetched_at.date().isoformat() == "2031-05-01"


def test_an_unknown_source_or_database_is_refused_with_code_2(desk, library, tmp_path):
    crawled = desk.crawl("nowhere")
    assert crawled.code == 2
    assert "nowhere" in crawled.err
    order = desk.order("unxml")
    (desk.data / DATABASE_NAME).write_bytes(b"no database" * 1000)
    process = desk.start(order)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 2
    assert "expected a database" in said


def test_a_body_that_is_damaged_in_the_archive_is_fetched_without_conditions_in_a_full_crawl(desk, library, site):
    library.add(2825)
    library.add(2824, "Requests the Secretary-General to report")
    desk.accept(desk.crawl("unxml"))
    damaged = min((desk.data / "bodies").glob("*/*.z"))
    sound = damaged.read_bytes()
    damaged.write_bytes(b"damaged")
    crawled = desk.crawl("unxml", full=True)
    assert (crawled.run.counts.not_modified, crawled.run.counts.fetched) == (1, 1)
    assert damaged.read_bytes() == sound
    assert len(desk.snapshots()) == 2


def test_an_xml_in_utf_16_is_kept_as_it_came(desk, library, site):
    path = library.add(2825)
    library.put(path, library.files[path].decode().encode("utf-16"))
    crawled = desk.crawl("unxml")
    assert (crawled.run.counts.fetched, crawled.run.counts.failed) == (1, 0)


def test_a_document_that_its_server_refuses_counts_as_failing_and_no_more_when_it_comes(desk, library, site):
    path = library.add(2825)
    library.add(2824)
    address = f"raw.githubusercontent.com/UNxml/SCresolutions/main/{path}"
    site.put(address, b"", status=500)
    for _ in range(2):
        desk.accept(desk.crawl("unxml"))
    with closing(open_database(desk.data / DATABASE_NAME)) as db:
        [failure] = load_failures(db)
    assert (failure.symbol, failure.runs, failure.reason[:12]) == ("S/RES/2825 (2026)", 2, "server-error")
    library.put(path, library.files[path])
    assert desk.crawl("unxml").run.counts.fetched == 1
