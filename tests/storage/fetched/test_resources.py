"""Resources between runs: written only when they differ, missing only when a complete listing says so."""

from dataclasses import replace
from datetime import UTC, datetime

from storage.fetched.resources import (
    announce,
    load_resource,
    record_listing,
    resources_of,
    save_resource,
)
from storage.records import Resource, ResourceState

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HELD = Resource(
    source="unxml",
    url="https://example.org/a",
    symbol="S/RES/1325 (2000)",
    language="en",
    state=ResourceState.HELD,
    revision="3f9a1c",
    is_verified=True,
    etag='"1"',
    last_modified="Tue, 24 Nov 2026 09:00:00 GMT",
)


def test_a_resource_comes_back_as_it_was_saved(shelf) -> None:
    announced = replace(HELD, state=ResourceState.ANNOUNCED, attempts=2, next_attempt_at=NOW, reason="no text yet")
    save_resource(shelf.db, announced)

    assert load_resource(shelf.db, HELD.url) == announced
    assert resources_of(shelf.db, "unxml") == {HELD.url: announced}
    assert resources_of(shelf.db, "un-resolutions") == {}
    assert load_resource(shelf.db, "https://example.org/never") is None


def test_an_equal_resource_writes_nothing(shelf) -> None:
    assert save_resource(shelf.db, HELD) is True
    assert shelf.writes(lambda: save_resource(shelf.db, HELD)) == 0
    assert save_resource(shelf.db, HELD) is False
    assert save_resource(shelf.db, replace(HELD, etag='"2"')) is True


def test_two_sources_may_know_the_same_url(shelf) -> None:
    other = replace(HELD, source="un-resolutions", etag=None)
    save_resource(shelf.db, HELD)
    save_resource(shelf.db, other)

    assert load_resource(shelf.db, HELD.url, "unxml") == HELD
    assert load_resource(shelf.db, HELD.url, "un-resolutions") == other


def test_what_is_held_and_no_longer_listed_is_missing_one_run_more_each_time(shelf) -> None:
    save_resource(shelf.db, HELD)

    record_listing(shelf.db, "unxml", {"https://example.org/other"})
    record_listing(shelf.db, "unxml", set())

    missing = load_resource(shelf.db, HELD.url)
    assert missing == replace(HELD, state=ResourceState.MISSING, missing_runs=2)


def test_what_is_listed_again_is_held_again(shelf) -> None:
    save_resource(shelf.db, replace(HELD, state=ResourceState.MISSING, missing_runs=3))

    record_listing(shelf.db, "unxml", {HELD.url})

    assert load_resource(shelf.db, HELD.url) == HELD


def test_a_listing_leaves_other_sources_and_what_is_not_held_alone(shelf) -> None:
    waiting = replace(HELD, url="w", state=ResourceState.ANNOUNCED, next_attempt_at=NOW)
    other = replace(HELD, source="un-resolutions")
    for resource in (waiting, other):
        save_resource(shelf.db, resource)

    assert shelf.writes(lambda: record_listing(shelf.db, "unxml", set())) == 0


def test_a_listing_with_all_that_is_held_writes_nothing(shelf) -> None:
    save_resource(shelf.db, HELD)

    assert shelf.writes(lambda: record_listing(shelf.db, "unxml", {HELD.url})) == 0


def test_an_announcement_is_remembered_only_where_its_source_knows_nothing_of_the_address(shelf) -> None:
    announced = replace(HELD, state=ResourceState.ANNOUNCED)
    save_resource(shelf.db, HELD)
    other = replace(announced, source="un-resolutions")

    assert shelf.writes(lambda: announce(shelf.db, announced)) == 0
    assert announce(shelf.db, other) is True
    assert load_resource(shelf.db, HELD.url, "unxml") == HELD
    assert load_resource(shelf.db, HELD.url, "un-resolutions") == other
