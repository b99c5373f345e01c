"""What a source no longer gives is noticed: words that miss once are looked for again, a withdrawn file gives way."""

from contextlib import closing
from datetime import date, datetime, timedelta

import pytest

from storage.fetched.snapshots import list_snapshots, mark_snapshot
from storage.models import DocumentKind, Paragraph, ParsedDocument, Part
from storage.records import Cause, Change, ChangeKind, SnapshotState
from storage.sqlite.database import DATABASE_NAME, open_database, transaction
from storage.texts.changes import save_change
from storage.texts.documents import load_versions
from storage.texts.saving import save_version

pytestmark = pytest.mark.long

NOW = datetime.fromisoformat("2026-11-24T12:00:00+00:00")


def read_all(desk):
    """Each body that was fetched becomes a version, as if it had been read."""
    with closing(open_database(desk.data / DATABASE_NAME)) as db, transaction(db):
        for snapshot in reversed(list_snapshots(db)):
            if snapshot.state is SnapshotState.UNREAD and snapshot.symbol:
                text = Paragraph("OP 1", Part.OPERATIVE, f"Words of {snapshot.body_hash}")
                parsed = ParsedDocument(
                    snapshot.symbol, DocumentKind.RESOLUTION, "en", date(2026, 11, 20), None, None, None, "", "akn",
                    "1", (text,),
                )  # fmt: skip
                save_version(db, parsed, snapshot.id, (), NOW)
                mark_snapshot(db, snapshot.id, SnapshotState.READ, None, "1")


def miss_words(desk, symbol):
    """The newest version of a document lacks a paragraph that the one before it had."""
    with closing(open_database(desk.data / DATABASE_NAME)) as db, transaction(db):
        version = load_versions(db, symbol)[0]
        save_change(
            db,
            Change(ChangeKind.REMOVED, symbol, "en", "OP 2", "OP 2", "women", None, True, (), Cause.SOURCE, 1, NOW,
                   version.id, is_confirmed=False),
        )  # fmt: skip


def crawl(desk, source, **choices):
    crawled = desk.crawl(source, **choices)
    desk.accept(crawled)
    read_all(desk)
    return crawled.run


def test_a_pdf_that_lacks_words_is_due_in_the_next_run_and_asked_without_conditions(desk, table, site):
    table.publish(2825)
    table.look_up(2825)
    table.document(2825, b"%PDF-1.7\nResolution\n%%EOF\n")
    crawl(desk, "un-resolutions")
    site.asked.clear()
    crawl(desk, "un-resolutions", now=NOW + timedelta(hours=1))
    assert site.paths("2825.pdf") == []
    miss_words(desk, "S/RES/2825 (2026)")
    crawl(desk, "un-resolutions", now=NOW + timedelta(hours=2))
    [asked] = [one for one in site.asked if one.path.endswith("2825.pdf")]
    assert "if-none-match" not in asked.headers
    [held] = [one for one in desk.resources("un-resolutions").values() if one.symbol]
    assert held.looked_at >= NOW + timedelta(hours=2)


def test_a_file_that_lacks_words_is_asked_for_again_though_the_tree_names_the_one_held(desk, library, site):
    library.add(2825)
    crawl(desk, "unxml")
    miss_words(desk, "S/RES/2825 (2026)")
    for hours in (1, 2):  # with the tree read again, and with the tree not modified
        site.asked.clear()
        crawl(desk, "unxml", now=NOW + timedelta(hours=hours))
        assert len(library.asked()) == 1


def test_a_withdrawn_second_file_gives_its_place_back_to_the_one_that_stands(desk, library, site):
    first = library.add(2825)
    crawl(desk, "unxml")
    second = "2026/English/S_RES_2825-2699999E.xml"  # a later job: taken for the better one
    library.put(second, b"<akomaNtoso><p>Wrong words</p></akomaNtoso>")
    crawl(desk, "unxml")
    del library.listed[second]
    library.publish()
    site.asked.clear()
    crawl(desk, "unxml")
    assert library.asked() == [first]
    crawl(desk, "unxml")
    crawl(desk, "unxml", full=True)
    with closing(open_database(desk.data / DATABASE_NAME)) as db:
        versions = load_versions(db, "S/RES/2825 (2026)")
    assert [version.url.rpartition("/")[2] for version in versions] == [
        "S_RES_2825-2602825E.xml", "S_RES_2825-2699999E.xml", "S_RES_2825-2602825E.xml",
    ]  # fmt: skip
    assert versions[0].is_current


def test_a_document_is_asked_without_conditions_after_two_answers_that_it_is_not_modified(desk, table, site):
    table.publish(2825)
    table.look_up(2825)
    table.document(2825, b"%PDF-1.7\nResolution\n%%EOF\n")
    crawl(desk, "un-resolutions")
    site.asked.clear()
    for days in (1, 3, 7, 14):
        crawl(desk, "un-resolutions", now=NOW + timedelta(days=days, hours=1))
    asked = [one for one in site.asked if one.path.endswith("2825.pdf")]
    assert ["if-none-match" in one.headers for one in asked] == [True, True, False, True]
