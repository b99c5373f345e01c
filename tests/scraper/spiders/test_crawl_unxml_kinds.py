"""Crawls of what the UN's XML repository holds beside resolutions: statements, drafts, metadata, other languages."""

import sqlite3
from contextlib import closing

from storage.sqlite.database import DATABASE_NAME

STATEMENT = "PRST/2000/S_PRST_2000_27_Corr.1-0060049E.xml"
DRAFT = "Not adopted/{}/S_2023_212-2305680{}.xml"
METADATA = "data_extract/2026.json"


def fill(library) -> None:
    library.add(2825)
    library.put("2026/German/S_RES_2825-2609566G.xml", b"<a>deutsch</a>")
    library.put("2026/French/S_RES_2825-2609566F.xml", b"<a>francais</a>")
    library.put(STATEMENT, b"<a/>")
    library.put(DRAFT.format("English", "E"), b"<a>draft</a>")
    library.put(DRAFT.format("French", "F"), b"<a>projet</a>")
    library.put(METADATA, b'{"symbol": "S/RES/2825 (2026)"}\n')


def test_statements_drafts_and_metadata_are_fetched_like_resolutions(desk, library):
    fill(library)
    crawled = desk.crawl("unxml")
    assert (crawled.run.counts.listed, crawled.run.counts.fetched, crawled.run.counts.failed) == (7, 4, 0)
    assert {(one.symbol, one.language, one.url.rpartition("/")[2]) for one in desk.snapshots()} == {
        ("S/RES/2825 (2026)", "en", "S_RES_2825-2602825E.xml"),
        ("S/PRST/2000/27/Corr.1", "en", "S_PRST_2000_27_Corr.1-0060049E.xml"),
        ("S/2023/212", "en", "S_2023_212-2305680E.xml"),
        (None, None, "2026.json"),
    }


def test_metadata_is_asked_for_as_json_and_first_of_its_year(desk, library, site):
    fill(library)
    desk.crawl("unxml")
    assert library.asked()[0] == METADATA
    [asked] = [asked for asked in site.asked if asked.path.endswith(METADATA)]
    assert asked.headers["accept"] == "application/json"


def test_a_language_turned_on_later_fetches_only_what_is_missing(desk, library, site):
    fill(library)
    desk.accept(desk.crawl("unxml"))
    site.asked.clear()
    desk.accept(desk.crawl("unxml", languages=("en", "fr")))
    assert sorted(library.asked()) == [
        "2026/French/S_RES_2825-2609566F.xml",
        DRAFT.format("French", "F"),
    ]
    site.asked.clear()
    desk.crawl("unxml", languages=("en", "fr"))
    assert library.asked() == []


def test_only_the_year_that_changed_is_asked_for_again(desk, library, site):
    fill(library)
    library.put("data_extract/2025.json", b'{"symbol": "S/RES/2768 (2025)"}\n')
    desk.accept(desk.crawl("unxml"))
    library.put(METADATA, b'{"symbol": "S/RES/2825 (2026)"}\n{"symbol": "S/RES/2826 (2026)"}\n')
    site.asked.clear()
    crawled = desk.crawl("unxml")
    assert library.asked() == [METADATA]
    assert (crawled.run.counts.fetched, crawled.run.counts.unchanged) == (1, 4)


def test_a_listing_that_was_read_for_less_is_read_again(desk, library, site):
    fill(library)
    desk.accept(desk.crawl("unxml"))
    with closing(sqlite3.connect(desk.data / DATABASE_NAME)) as db:  # as a program left it that knew no statements
        db.execute("DELETE FROM resources WHERE symbol LIKE 'S/PRST/%'")
        db.execute("UPDATE resources SET revision = NULL WHERE url LIKE '%/git/trees/%'")
        db.commit()
    site.asked.clear()
    desk.accept(desk.crawl("unxml"))
    assert library.asked() == [STATEMENT]
    site.asked.clear()
    desk.crawl("unxml")
    assert len(site.paths()) == 1, "then it is asked for conditionally again"
