"""What others published: kept with its history, given back once for each extract."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from storage.fetched.snapshots import load_snapshot
from storage.published_values import PublishedEntry, PublishedKind
from storage.told.published import (
    SavedPublished,
    count_published,
    published_entries,
    published_records,
    save_published,
)

LISTING, NODE = "https://www.peacewomen.org/taxonomy/term/32?page=0", "https://www.peacewomen.org/node/100112"
ENTRY = PublishedEntry(
    kind=PublishedKind.EXTRACT,
    title="Security Council Resolution 2387: Para.42",
    text="42. Decides:\na. To protect women;",
    url=LISTING,
    symbol="S/RES/2387 (2017)",
    paragraph="Para.42",
    address="OP 42",
    themes=("Protection",),
    topic=None,
    published_on=None,
    node=NODE,
)


def keep(shelf: Any, *entries: PublishedEntry, url: str = LISTING) -> SavedPublished:
    snapshot = load_snapshot(shelf.db, shelf.snapshot("peacewomen", None, url=url))
    return save_published(shelf.db, snapshot, entries, shelf.now + timedelta(days=shelf.fetches))


def test_the_same_page_again_writes_nothing(shelf: Any) -> None:
    assert keep(shelf, ENTRY) == SavedPublished(new=1)
    assert keep(shelf, ENTRY) == SavedPublished()
    assert published_entries(shelf.db, "peacewomen") == [ENTRY]


def test_a_changed_extract_keeps_the_old_row_with_the_time_of_the_change(shelf: Any) -> None:
    keep(shelf, ENTRY)
    changed = replace(ENTRY, themes=("Protection", "Participation"))
    assert keep(shelf, changed) == SavedPublished(changed=1)
    old, new = published_records(shelf.db, "peacewomen", "S/RES/2387 (2017)")
    assert (old.entry, old.superseded_at) == (ENTRY, shelf.now + timedelta(days=2))
    assert (new.entry, new.superseded_at) == (changed, None)


def test_an_extract_that_is_gone_is_kept_and_shown_no_more(shelf: Any) -> None:
    keep(shelf, ENTRY)
    assert keep(shelf) == SavedPublished(gone=1)
    assert published_entries(shelf.db, "peacewomen") == []
    assert [record.entry for record in published_records(shelf.db, "peacewomen")] == [ENTRY]


def test_another_reading_of_the_same_body_is_no_history(shelf: Any) -> None:
    snapshot = load_snapshot(shelf.db, shelf.snapshot("peacewomen", None, url=LISTING))
    save_published(shelf.db, snapshot, [ENTRY], shelf.now)
    save_published(shelf.db, snapshot, [replace(ENTRY, topic="Mali")], shelf.now)
    [record] = published_records(shelf.db, "peacewomen")
    assert record.entry.topic == "Mali"


def test_pages_that_show_one_extract_are_merged_and_fill_each_others_gaps(shelf: Any) -> None:
    own = replace(ENTRY, url=NODE, text="42. Decides:", themes=None, topic="Mali", published_on=date(2018, 7, 26))
    keep(shelf, replace(ENTRY, title="SECURITY COUNCIL RESOLUTION 2387: Para.42.", node=None))
    keep(shelf, own, url=NODE)
    assert published_entries(shelf.db, "peacewomen") == [replace(own, text=ENTRY.text, themes=("Protection",))]
    assert count_published(shelf.db, "peacewomen") == 1


def test_two_extracts_with_one_title_and_other_words_are_two(shelf: Any) -> None:
    first, second = (replace(ENTRY, text=text, node=None) for text in ("Recalling women", "Stressing women"))
    keep(shelf, first, second)
    assert published_entries(shelf.db, "peacewomen") == [first, second]
