"""A held PDF is asked for again while its document is new: a reissue is seen, no other answer harms what is held."""

from contextlib import closing
from datetime import datetime, timedelta

import pytest

from storage.fetched.snapshots import mark_snapshot
from storage.records import ResourceState, SnapshotState
from storage.sqlite.database import DATABASE_NAME, open_database, transaction

pytestmark = pytest.mark.long

NOW = datetime.fromisoformat("2026-11-24T12:00:00+00:00")
PDF = b"%PDF-1.7\nResolution\n%%EOF\n"
REISSUED = b"%PDF-1.7\nResolution, reissued for technical reasons\n%%EOF\n"
APP_PAGE = b"<!DOCTYPE html><html><head><title>ODS</title></head><body><app-root></app-root></body></html>"


def hold(desk, table, site, *numbers):
    """Resolutions of this year, their PDFs fetched today."""
    table.publish(*numbers)
    for number in numbers:
        table.look_up(number)
        table.document(number, PDF + str(number).encode() + b"%%EOF\n")
    desk.accept(desk.crawl("un-resolutions"))
    site.asked.clear()


def known(desk):
    return {int(one.symbol[6:10]): one for one in desk.resources("un-resolutions").values() if one.symbol}


def again(desk, days: float, **choices):
    crawled = desk.crawl("un-resolutions", now=NOW + timedelta(days=days), **choices)
    desk.accept(crawled)
    return crawled.run


def test_the_same_body_counts_as_not_modified_and_is_asked_for_less_and_less(desk, table, site):
    hold(desk, table, site, 2825)
    planned = desk.crawl("un-resolutions", now=NOW + timedelta(days=2), dry_run=True)
    assert '"why": "recheck"' in planned.out
    asked = []
    for days in (0.5, 1.1, 2, 3.1):
        site.asked.clear()
        run = again(desk, days)
        asked.append(len(site.paths("2825.pdf")))
        assert (run.counts.fetched, run.counts.not_modified, run.counts.unchanged) == (0, asked[-1], 0)
    assert asked == [0, 1, 0, 1]
    held = known(desk)[2825]
    assert (held.state, held.reason) == (ResourceState.HELD, "recheck: not-modified: the body is the one held")
    assert held.next_attempt_at.date() == (NOW + timedelta(days=7)).date()
    assert len(desk.snapshots()) == 1


def test_a_reissue_is_kept_and_no_other_answer_harms_what_is_held(desk, table, site):
    hold(desk, table, site, *range(2820, 2827))
    table.look_up(2820, headers={"Location": "/doc/UNDOC/GEN/N26/ELSEWHERE.PDF"})
    table.document("elsewhere", PDF + b"2820%%EOF\n")  # the same body at another address
    table.document(2821, REISSUED)
    table.document(2822, b"", status=404)
    table.document(2823, APP_PAGE)
    table.document(2824, PDF[:20])  # cut off
    table.document(2825, b"", status=503)
    table.document(2826, b"PK\x03\x04 a Word file")
    run = again(desk, 2)
    assert (run.counts.fetched, run.counts.unchanged, run.counts.failed) == (2, 1, 2)
    assert [snapshot.symbol for snapshot in desk.snapshots()].count("S/RES/2821 (2026)") == 2
    assert len(desk.snapshots()) == 8
    [moved] = [asked for asked in site.asked if asked.path.endswith("elsewhere.pdf")]
    assert "if-none-match" not in moved.headers, "the ETag is that of the address before"
    assert {held.state for held in known(desk).values()} == {ResourceState.HELD}
    assert all(held.next_attempt_at > NOW + timedelta(days=2) for held in known(desk).values())
    assert [number for number, held in known(desk).items() if held.reason] == [2822, 2823, 2824, 2825, 2826]


def test_what_is_held_is_known_again_behind_a_body_of_another_document(desk, table, site):
    hold(desk, table, site, 2825)
    table.document(2825, b"%PDF-1.7\nAnother document\n%%EOF\n")
    mark(desk, 1, SnapshotState.READ)
    again(desk, 1.5)
    mark(desk, 2, SnapshotState.REJECTED)
    table.document(2825, PDF + b"2825%%EOF\n")
    run = again(desk, 7.5)
    assert (run.counts.fetched, run.counts.unchanged, len(desk.snapshots())) == (1, 1, 2)
    assert known(desk)[2825].state is ResourceState.HELD


def test_a_document_that_was_old_when_it_came_is_asked_for_again_only_in_a_full_crawl(desk, table, site):
    table.publish(2300, year=2016)
    table.look_up(2300, year=2016)
    table.document(2300, PDF)
    desk.accept(desk.crawl("un-resolutions", first_year=2016, last_year=2016))
    site.asked.clear()
    again(desk, 2)
    assert site.paths("2300") == []
    run = again(desk, 3, full=True)
    assert (run.counts.not_modified, len(site.paths("2300.pdf"))) == (1, 1)


def test_new_documents_come_first_and_rechecks_left_over_leave_no_run_incomplete(desk, table, site):
    hold(desk, table, site, 2825)
    table.publish(2826, 2825)
    table.look_up(2826)
    table.document(2826, PDF)
    run = again(desk, 2, budget=1)
    assert (run.counts.fetched, run.counts.not_modified, run.reason) == (1, 0, None)
    assert site.paths("2825") == []


def mark(desk, snapshot: int, state: SnapshotState) -> None:
    with closing(open_database(desk.data / DATABASE_NAME)) as db, transaction(db):
        mark_snapshot(db, snapshot, state, None, "1")
