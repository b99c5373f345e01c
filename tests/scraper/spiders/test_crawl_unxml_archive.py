"""Crawls of the UN's XML repository with many files missing: one archive in place of a request for each."""

import hashlib
import io
import json
import tarfile
from contextlib import closing

import pytest

from storage.fetched.snapshot_chain import chain_faults, exchange_of
from storage.sqlite.database import DATABASE_NAME, open_database

ARCHIVE = "api.github.com/repos/UNxml/SCresolutions/tarball/main"
PLACE = "codeload.github.com/UNxml/SCresolutions/legacy.tar.gz/refs/heads/main"
TOP = "UNxml-SCresolutions-6c4072a"
MANY = 111  # ten come by themselves, and 101 are more than a hundred


@pytest.fixture
def many(library):
    for number in range(2700, 2700 + MANY):
        library.add(number)
    return library


def packed(files, extra=(), level=6):
    """The archive as GitHub gives it: all under one folder, with the commit in a header over all."""
    kept = io.BytesIO()
    with tarfile.open(
        fileobj=kept, mode="w:gz", compresslevel=level, format=tarfile.PAX_FORMAT, pax_headers={"comment": "6c4072a"}
    ) as archive:
        for path, body in files.items():
            entry = tarfile.TarInfo(f"{TOP}/{path}")
            entry.size = len(body)
            archive.addfile(entry, io.BytesIO(body))
        for entry, body in extra:
            archive.addfile(entry, io.BytesIO(body))
    return kept.getvalue()


def entry(name, kind=tarfile.REGTYPE, size=0, link=""):
    made = tarfile.TarInfo(name)
    made.type, made.size, made.linkname = kind, size, link
    return made


def publish(site, archive, **reply):
    site.put(ARCHIVE, status=302, headers={"Location": f"https://{PLACE}"})
    site.put(PLACE, archive, **{"headers": {"Content-Type": "application/x-gzip", "Set-Cookie": "a=b"}, **reply})


def test_many_missing_files_come_as_one_archive_and_the_ten_newest_by_themselves(desk, many, site):
    publish(site, packed(many.files))
    crawled = desk.crawl("unxml")
    assert (crawled.code, crawled.err) == (0, "")
    assert (crawled.run.counts.fetched, crawled.run.counts.failed, crawled.run.reason) == (MANY, 0, None)
    newest = [
        f"2026/English/S_RES_{number}-26{number:05}E.xml" for number in range(2700 + MANY - 1, 2700 + MANY - 11, -1)
    ]
    assert many.asked() == newest
    assert site.paths("tarball") == [f"/{ARCHIVE}"]
    assert site.paths("codeload") == [f"/{PLACE}"]
    assert len(site.asked) == 1 + 10 + 2 + 3  # the tree, ten files, the archive by its redirect, three robots.txt
    first = [snapshot.symbol for snapshot in reversed(desk.snapshots())][:10]
    assert first == [f"S/RES/{number} (2026)" for number in range(2700 + MANY - 1, 2700 + MANY - 11, -1)]


@pytest.mark.long
def test_files_of_an_archive_are_stored_as_if_each_was_fetched_by_itself(desk, many, site, tmp_path):
    publish(site, packed(many.files))
    desk.crawl("unxml")
    by_archive, kept = what_is_held(desk), desk.resources("unxml")
    assert all(resource.is_verified for resource in kept.values() if resource.symbol)
    site.asked.clear()
    site.replies.pop(f"/{ARCHIVE}")
    other = type(desk)(tmp_path / "other", desk.mirror, desk.warm)
    other.crawl("unxml")
    assert len(many.asked()) == MANY
    assert by_archive == what_is_held(other)


def what_is_held(desk):
    def told(snapshot):
        names = (
            "url",
            "final_url",
            "status",
            "media_type",
            "body_hash",
            "size",
            "symbol",
            "language",
            "revision",
            "state",
        )
        return tuple(getattr(snapshot, name) for name in names)

    return {told(snapshot) for snapshot in desk.snapshots()}


def test_the_chain_says_which_archive_a_file_came_from_and_where_it_stood(desk, many, site):
    archive = packed(many.files)
    publish(site, archive)
    desk.crawl("unxml")
    oldest = next(each for each in desk.snapshots() if each.symbol == "S/RES/2700 (2026)")
    with closing(open_database(desk.data / DATABASE_NAME)) as db:
        exchange = exchange_of(db, oldest.id)
        newest = exchange_of(db, 1)
        assert chain_faults(db) == []
    assert exchange is not None
    assert exchange.member is not None
    assert exchange.member.path == f"{TOP}/2026/English/S_RES_2700-2602700E.xml"
    assert exchange.member.archive_sha256 == hashlib.sha256(archive).hexdigest()
    assert exchange.member.archive_url == f"https://{PLACE}"
    assert exchange.asked_url == f"{site.url}/{PLACE}"
    assert ("Content-Type", "application/x-gzip") in exchange.answer_headers
    assert ("Set-Cookie", "(left out)") in exchange.answer_headers
    assert newest is not None
    assert newest.member is None


def test_a_hundred_missing_files_are_asked_for_one_by_one(desk, library, site):
    for number in range(2700, 2800):
        library.add(number)
    publish(site, packed(library.files))
    desk.crawl("unxml")
    assert site.paths("tarball") == []
    assert len(library.asked()) == 100


@pytest.mark.parametrize("status", [403, 404, 429])
def test_a_refused_archive_leaves_each_file_to_be_asked_for(desk, many, site, status):
    site.put(ARCHIVE, status=status, headers={"Retry-After": "120"})
    crawled = desk.crawl("unxml")
    assert site.paths("tarball") == [f"/{ARCHIVE}"]
    assert (crawled.run.counts.fetched, crawled.run.counts.blocked, crawled.run.counts.failed) == (MANY, 0, 0)
    assert crawled.run.finish_reason == "finished"
    assert crawled.run.reason.startswith(f"no-archive: expected one archive of 101 files, found status {status} at ")


@pytest.mark.parametrize("host", ["api.github.com", "codeload.github.com"])
def test_an_archive_that_robots_txt_forbids_is_not_asked_for(desk, many, site, host):
    publish(site, packed(many.files))
    path = "/repos/UNxml/SCresolutions/tarball" if host == "api.github.com" else "/"
    site.put(f"{host}/robots.txt", f"User-agent: wpswatch\nDisallow: {path}\n".encode())
    crawled = desk.crawl("unxml")
    assert f"/{PLACE}" not in site.paths()
    assert len(many.asked()) == crawled.run.counts.fetched == MANY
    assert "robots.txt" in crawled.run.reason


def test_an_archive_that_leads_to_another_host_is_not_followed(desk, many, site):
    site.put(ARCHIVE, status=302, headers={"Location": "https://evil.example.org/x.tar.gz"})
    crawled = desk.crawl("unxml")
    assert crawled.run.counts.fetched == MANY
    assert site.paths("evil") == []
    assert "no-archive" in crawled.run.reason


def test_what_a_cut_off_archive_lacks_is_asked_for_one_by_one(desk, many, site):
    archive = packed({path: body + bytes(range(256)) * 40 for path, body in many.files.items()} | many.files, level=0)
    publish(site, archive[: len(archive) // 2])
    crawled = desk.crawl("unxml")
    assert 10 < len(many.asked()) < MANY
    assert crawled.run.counts.fetched == MANY
    assert "archive-cut-off: " in crawled.run.reason
    assert "archive-incomplete: " in crawled.run.reason


def test_an_answer_that_ends_too_early_is_asked_for_again_and_then_given_up(desk, many, site):
    publish(site, packed(many.files), length=10_000_000, headers={"Connection": "close"})
    crawled = desk.crawl("unxml")
    assert crawled.run.counts.fetched == len(many.asked()) == MANY
    assert "no-archive" in crawled.run.reason


def test_a_file_with_another_content_than_listed_is_not_taken_from_the_archive(desk, many, site):
    wrong = "2026/English/S_RES_2700-2602700E.xml"
    publish(site, packed(many.files | {wrong: b"<akomaNtoso>forged</akomaNtoso>"}))
    crawled = desk.crawl("unxml")
    assert many.asked()[10:] == [wrong]
    assert crawled.run.counts.fetched == MANY
    assert "archive-changed: found 1 files" in crawled.run.reason
    assert b"forged" not in b"".join(path.read_bytes() for path in (desk.data / "bodies").rglob("*.z"))


def test_entries_that_lead_elsewhere_and_links_and_devices_are_refused_and_named(desk, many, site, tmp_path):
    linked = "2026/English/S_RES_2700-2602700E.xml"
    files = {path: body for path, body in many.files.items() if path != linked}
    odd = [
        (entry(f"{TOP}/../../outside.txt", size=4), b"evil"),
        (entry("/etc/outside.txt", size=4), b"evil"),
        (entry(f"{TOP}/{linked}", tarfile.SYMTYPE, link="/etc/passwd"), b""),
        (entry(f"{TOP}/hard", tarfile.LNKTYPE, link=f"{TOP}/x"), b""),
        (entry(f"{TOP}/device", tarfile.CHRTYPE), b""),
        (entry(f"{TOP}/pipe", tarfile.FIFOTYPE), b""),
    ]
    publish(site, packed(files, odd))
    crawled = desk.crawl("unxml")
    assert many.asked()[10:] == [linked]
    assert crawled.run.counts.fetched == MANY
    assert "archive-refused: left out 6 entries" in crawled.run.reason
    assert list(tmp_path.rglob("*outside*")) == []


@pytest.mark.long
def test_a_bomb_is_given_up_and_what_came_before_it_is_kept(desk, many, site):
    bomb = (entry(f"{TOP}/bomb", size=700_000_000), b"")
    kept = io.BytesIO()
    with tarfile.open(fileobj=kept, mode="w:gz", compresslevel=1) as archive:
        for path, body in list(many.files.items())[:50]:
            made = tarfile.TarInfo(f"{TOP}/{path}")
            made.size = len(body)
            archive.addfile(made, io.BytesIO(body))
        archive.addfile(bomb[0], Zeros())
    publish(site, kept.getvalue())
    crawled = desk.crawl("unxml")
    assert len(many.asked()) == MANY - 50
    assert crawled.run.counts.fetched == MANY
    assert "archive-too-large: expected at most 600000000 bytes" in crawled.run.reason


class Zeros(io.RawIOBase):
    def read(self, size=-1):
        return bytes(size)


@pytest.mark.long
def test_an_archive_of_a_hundred_thousand_entries_is_given_up(desk, many, site):
    extra = [(entry(f"{TOP}/{number}"), b"") for number in range(100_000)]
    publish(site, packed({}, extra, level=1))
    crawled = desk.crawl("unxml")
    assert len(many.asked()) == crawled.run.counts.fetched == MANY
    assert "archive-too-large: expected at most 50000 entries" in crawled.run.reason


def test_what_is_no_archive_leaves_each_file_to_be_asked_for(desk, many, site):
    publish(site, b"<html><body>Sign in</body></html>", headers={"Content-Type": "text/html"})
    crawled = desk.crawl("unxml")
    assert len(many.asked()) == crawled.run.counts.fetched == MANY
    assert "archive-damaged: expected a gzip file" in crawled.run.reason


def test_a_mirror_with_names_of_its_own_gets_each_file_asked_for(desk, many, site):
    for path in many.listed:
        many.listed[path] = "version-7"
    many.publish()
    publish(site, packed(many.files))
    crawled = desk.crawl("unxml")
    assert len(many.asked()) == crawled.run.counts.fetched == MANY


FULL_DISK = """
import resource, sys
from scraper.crawl import process
from scraper.spiders import unxml
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
sys.exit(process.main())
"""


def test_a_disk_that_does_not_take_the_archive_leaves_each_file_to_be_asked_for(desk, many, site):
    publish(site, packed(many.files | {"large": bytes(range(256)) * 4000}, level=0))
    order = desk.order("unxml")
    crawled = desk.end(desk.start(order, ("-c", FULL_DISK)), order)
    assert len(many.asked()) == MANY
    assert "found that the disk does not take it: File too large" in crawled.run.reason
    assert list(desk.data.glob("tmp*")) == []


def test_no_file_is_left_behind(desk, many, site):
    publish(site, packed(many.files))
    before = {path.name for path in desk.data.iterdir()}
    desk.crawl("unxml")
    assert {path.name for path in desk.data.iterdir()} - before <= {"bodies", "stdin", "stdout", "stderr"}


def test_a_dry_run_asks_for_no_archive(desk, many, site):
    publish(site, packed(many.files))
    crawled = desk.crawl("unxml", dry_run=True)
    assert len([json.loads(line) for line in crawled.out.splitlines()]) == MANY
    assert site.paths("tarball") == []
