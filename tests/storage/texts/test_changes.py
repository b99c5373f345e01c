"""Changes, flags, and removals that one run alone has seen."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.errors import UnknownRecord
from storage.records import Cause, Change, ChangeKind
from storage.texts.changes import (
    confirm_removal,
    drop_pending,
    flag_change,
    list_changes,
    pending_removals,
    removed_texts,
)

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SYMBOL = "S/RES/2387 (2017)"
GONE = {"before": "Calls for the participation of women;", "after": None, "before_address": "OP 4"}


@pytest.fixture
def version(shelf, parsed_of) -> int:
    return shelf.save(parsed_of("Women take part.")).id


def addresses(changes: list[Change]) -> list[str]:
    return [change.address for change in changes]


def test_a_change_comes_back_as_it_was_saved(shelf, version) -> None:
    change_id = shelf.change(version, ChangeKind.MODIFIED, "OP 1", before="Women.", before_address="OP 1")

    assert list_changes(shelf.db) == [
        Change(
            kind=ChangeKind.MODIFIED,
            symbol=SYMBOL,
            language="en",
            address="OP 1",
            before_address="OP 1",
            before="Women.",
            after="Women take part.",
            is_wps=True,
            themes=("Participation",),
            cause=Cause.SOURCE,
            run=shelf.run(),
            detected_at=NOW,
            version=version,
            id=change_id,
        )
    ]


def test_the_same_change_twice_is_kept_once(shelf, version) -> None:
    first = shelf.change(version, ChangeKind.ADDED, "OP 1")

    assert shelf.writes(lambda: shelf.change(version, ChangeKind.ADDED, "OP 1")) == 0
    assert shelf.change(version, ChangeKind.ADDED, "OP 1") == first


def test_a_change_at_another_address_of_another_kind_or_text_is_another(shelf, version) -> None:
    shelf.change(version, ChangeKind.ADDED, "OP 1")
    shelf.change(version, ChangeKind.ADDED, "OP 2")
    shelf.change(version, ChangeKind.RESTORED, "OP 1")
    shelf.change(version, ChangeKind.ADDED, "OP 1", after="Other words.")

    assert len(list_changes(shelf.db)) == 4


def test_a_flag_gives_a_change_its_reasons_and_is_set_once(shelf, version) -> None:
    change_id = shelf.change(version, ChangeKind.ADDED, "OP 1")
    flag_change(shelf.db, change_id, ("new WPS paragraph",), NOW)

    assert shelf.writes(lambda: flag_change(shelf.db, change_id, ("another",), NOW)) == 0
    assert list_changes(shelf.db)[0].reasons == ("new WPS paragraph",)


def test_a_change_saved_with_reasons_is_flagged(shelf, version) -> None:
    shelf.change(version, ChangeKind.ADDED, "OP 1", reasons=("new WPS paragraph",))

    assert list_changes(shelf.db)[0].reasons == ("new WPS paragraph",)


def test_changes_are_listed_by_newest_run_then_as_they_were_found(shelf, version) -> None:
    shelf.change(version, ChangeKind.ADDED, "OP 1")
    shelf.change(version, ChangeKind.ADDED, "OP 2")
    shelf.change(version, ChangeKind.ADDED, "OP 3", run=shelf.run("later"))

    assert addresses(list_changes(shelf.db)) == ["OP 3", "OP 1", "OP 2"]
    assert addresses(list_changes(shelf.db, limit=1)) == ["OP 3"]


def test_changes_are_filtered_by_time_run_document_and_wps(shelf, version) -> None:
    shelf.change(version, ChangeKind.ADDED, "OP 1", detected_at=NOW - timedelta(days=1), is_wps=False)
    shelf.change(version, ChangeKind.ADDED, "OP 2", run=shelf.run("later"))
    shelf.change(version, ChangeKind.ADDED, "OP 3", symbol="S/RES/1325 (2000)")

    assert addresses(list_changes(shelf.db, since=NOW)) == ["OP 2", "OP 3"]
    assert addresses(list_changes(shelf.db, run=shelf.run("later"))) == ["OP 2"]
    assert addresses(list_changes(shelf.db, symbol="S/RES/1325 (2000)")) == ["OP 3"]
    assert addresses(list_changes(shelf.db, only_wps=True)) == ["OP 2", "OP 3"]


def test_a_removal_that_one_run_has_seen_is_pending_and_not_listed(shelf, version) -> None:
    shelf.change(version, ChangeKind.REMOVED, "OP 4", is_confirmed=False, **GONE)

    assert list_changes(shelf.db) == []
    assert addresses(pending_removals(shelf.db, "unxml")) == ["OP 4"]
    assert pending_removals(shelf.db, "un-resolutions") == []
    assert removed_texts(shelf.db, SYMBOL, "en") == []


def test_a_confirmed_removal_is_listed_under_the_run_that_confirmed_it(shelf, version) -> None:
    change_id = shelf.change(version, ChangeKind.REMOVED, "OP 4", is_confirmed=False, **GONE)
    second = shelf.run("second")

    confirm_removal(shelf.db, change_id, second)

    assert pending_removals(shelf.db, "unxml") == []
    assert [(change.run, change.is_confirmed) for change in list_changes(shelf.db, run=second)] == [(second, True)]
    assert list_changes(shelf.db, run=shelf.run()) == []
    assert [change.before for change in removed_texts(shelf.db, SYMBOL, "en")] == [GONE["before"]]
    assert removed_texts(shelf.db, SYMBOL, "fr") == []


def test_confirming_twice_keeps_the_first_word(shelf, version) -> None:
    change_id = shelf.change(version, ChangeKind.REMOVED, "OP 4", is_confirmed=False, **GONE)
    confirm_removal(shelf.db, change_id, shelf.run("second"))
    third = shelf.run("third")

    assert shelf.writes(lambda: confirm_removal(shelf.db, change_id, third)) == 0
    assert list_changes(shelf.db)[0].run == shelf.run("second")


def test_a_pending_removal_is_dropped_when_the_paragraph_is_there_again(shelf, version) -> None:
    change_id = shelf.change(version, ChangeKind.REMOVED, "OP 4", is_confirmed=False, reasons=("lost",), **GONE)

    drop_pending(shelf.db, change_id)

    assert pending_removals(shelf.db, "unxml") == []
    with pytest.raises(UnknownRecord, match=f"expected change {change_id}"):
        confirm_removal(shelf.db, change_id, shelf.run())


def test_a_confirmed_removal_is_not_dropped(shelf, version) -> None:
    change_id = shelf.change(version, ChangeKind.REMOVED, "OP 4", reasons=("lost",), **GONE)

    assert shelf.writes(lambda: drop_pending(shelf.db, change_id)) == 0


@pytest.mark.parametrize("cause", [Cause.PARSER, Cause.WITNESS, Cause.LABELS])
def test_what_only_a_parser_or_a_witness_removed_can_not_be_restored(shelf, version, cause: Cause) -> None:
    shelf.change(version, ChangeKind.REMOVED, "OP 4", cause=cause, **GONE)

    assert removed_texts(shelf.db, SYMBOL, "en") == []
