"""Snapshots: kept once, read until someone says what became of them."""

from dataclasses import replace

import pytest

from storage.errors import UnknownRecord
from storage.fetched.snapshots import (
    latest_snapshot,
    list_snapshots,
    load_snapshot,
    mark_snapshot,
    save_snapshot,
    unread_snapshots,
)
from storage.records import SnapshotState


def ids(snapshots) -> list[int]:
    return [snapshot.id for snapshot in snapshots]


def test_a_snapshot_comes_back_with_its_id(shelf) -> None:
    saved = shelf.snapshot(revision="3f9a1c", etag=None, symbol=None)
    snapshot = load_snapshot(shelf.db, saved)

    assert (snapshot.id, snapshot.revision, snapshot.etag, snapshot.symbol) == (saved, "3f9a1c", None, None)
    assert snapshot.state is SnapshotState.UNREAD
    assert snapshot.fetched_at.isoformat() == "2026-11-24T09:01:00+00:00"


def test_the_same_body_of_a_url_is_kept_once_in_a_run(shelf) -> None:
    first = shelf.snapshot()
    again = replace(load_snapshot(shelf.db, first), id=0)

    assert shelf.writes(lambda: save_snapshot(shelf.db, again)) == 0
    assert save_snapshot(shelf.db, again) == first


def test_another_body_of_the_same_url_is_another_snapshot(shelf) -> None:
    first, second = shelf.snapshot(), shelf.snapshot()

    assert latest_snapshot(shelf.db, load_snapshot(shelf.db, first).url).id == second
    assert latest_snapshot(shelf.db, "https://example.org/never") is None


def test_unread_snapshots_are_given_in_fetch_order_until_marked(shelf) -> None:
    first, second, other = shelf.snapshot(), shelf.snapshot(), shelf.snapshot("un-resolutions")
    mark_snapshot(shelf.db, first, SnapshotState.READ, None, "1")

    assert ids(unread_snapshots(shelf.db)) == [second, other]
    assert ids(unread_snapshots(shelf.db, "un-resolutions")) == [other]


def test_a_failed_snapshot_is_tried_again_only_by_another_parser_version(shelf) -> None:
    failed, rejected = shelf.snapshot(), shelf.snapshot()
    mark_snapshot(shelf.db, failed, SnapshotState.FAILED, "not-a-pdf: expected ...", "1")
    mark_snapshot(shelf.db, rejected, SnapshotState.REJECTED, "other-symbol: expected ...", "1")

    assert ids(unread_snapshots(shelf.db)) == []
    assert ids(unread_snapshots(shelf.db, parser_version="1")) == []
    assert ids(unread_snapshots(shelf.db, parser_version="2")) == [failed]


def test_marking_a_snapshot_twice_writes_once(shelf) -> None:
    saved = shelf.snapshot()

    def mark() -> None:
        mark_snapshot(shelf.db, saved, SnapshotState.FAILED, "truncated", "1")

    assert [shelf.writes(mark), shelf.writes(mark)] == [1, 0]
    assert load_snapshot(shelf.db, saved).reason == "truncated"


def test_unknown_snapshots_are_errors(shelf) -> None:
    with pytest.raises(UnknownRecord, match="expected snapshot 9"):
        load_snapshot(shelf.db, 9)
    with pytest.raises(UnknownRecord, match="expected snapshot 9"):
        mark_snapshot(shelf.db, 9, SnapshotState.READ, None, "1")


def test_snapshots_of_a_document_are_those_fetched_as_it(shelf) -> None:
    first, _, third = shelf.snapshot(), shelf.snapshot(symbol="S/RES/1325 (2000)"), shelf.snapshot()

    assert ids(list_snapshots(shelf.db, "S/RES/2387 (2017)")) == [third, first]
    assert len(list_snapshots(shelf.db)) == 3
