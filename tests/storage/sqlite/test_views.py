"""The documented views: what a researcher asks of the database itself."""

import json
from dataclasses import replace
from datetime import date

import pytest

from scraper.council.forms.styles import cite_as_un
from scraper.council.forms.work import Work
from storage.models import DocumentKind
from storage.told.situations import save_placement

SYMBOL = "S/RES/2387 (2017)"


def test_a_row_of_wps_is_a_current_paragraph_about_women_with_its_place_and_citation(shelf, parsed_of) -> None:
    shelf.save(parsed_of("Recalls women;", themes=("Protection", "Participation")))
    save_placement(shelf.db, SYMBOL, "text", "Mali", ["MINUSMA"])
    save_placement(shelf.db, SYMBOL, "metadata", "Central African Republic", [])

    (row,) = shelf.db.execute("SELECT * FROM wps").fetchall()

    assert (row["symbol"], row["address"], row["year"]) == (SYMBOL, "OP 1", 2017)
    assert json.loads(row["themes"]) == ["Protection", "Participation"]
    assert (row["situation"], json.loads(row["bodies"])) == ("Central African Republic", ["MINUSMA"])
    assert row["url"] == "https://docs.un.org/en/S/RES/2387(2017)"
    assert row["citation"] == "Security Council resolution 2387 (2017), para. 1"


def test_what_is_no_longer_the_text_is_in_no_view(shelf, parsed_of) -> None:
    shelf.save(parsed_of("women", themes=("Protection",)))
    shelf.save(parsed_of("armed groups", themes=()))

    assert shelf.db.execute("SELECT count(*) FROM wps").fetchone()[0] == 0
    assert shelf.db.execute("SELECT count(*) FROM paragraph_themes").fetchone()[0] == 0


def test_the_share_of_paragraphs_about_women_by_year_is_one_line(shelf, parsed_of) -> None:
    shelf.save(parsed_of("women", "girls", themes=("Protection", "Participation")))
    shelf.save(parsed_of("arms", symbol="S/RES/2388 (2017)", adopted_on=date(2017, 11, 21)))
    shelf.save(parsed_of("arms", symbol="S/RES/2400 (2018)", adopted_on=date(2018, 2, 8)))

    rows = shelf.db.execute("SELECT year, documents, paragraphs, wps_paragraphs, share FROM wps_by_year").fetchall()

    assert [tuple(row) for row in rows] == [(2017, 2, 3, 2, 0.6667), (2018, 1, 1, 0, 0.0)]
    assert shelf.db.execute("SELECT count(*) FROM paragraph_themes").fetchone()[0] == 4
    assert shelf.db.execute("SELECT version FROM wps_version").fetchone()[0] == 2


ADDRESSES = (
    "PP 7", "PP 23", "PP 100", "OP 42 (a) (iii)", "OP 8 (b) #2", "OP 4 (•2)", "OP 4 (•1) (•12)", "OP 7 +1", "OP 0 +2",
    "OP 0 +1 (a)", "OP 32 (c) +1", "OP 1.10", "Annex II, para. 3 (b)", "Annex +4", "Annex B, para. 2 (a) #2",
    "Annex II +113 (3)", "Annex, para. 5 +1", "Enclosure 2 +1", "para. 41 (a)", "para. 41 +2", "para. +5",
    "para. +5 (2)",
)  # fmt: skip


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"symbol": "S/PRST/2000/25", "kind": DocumentKind.PRESIDENTIAL_STATEMENT, "adopted_on": date(2000, 7, 20)},
        {"symbol": "S/PRST/2000/25", "kind": DocumentKind.PRESIDENTIAL_STATEMENT, "adopted_on": None},
        {"symbol": "S/2025/211", "kind": DocumentKind.REPORT, "subject": "Situation in South Sudan"},
        {"symbol": "S/2025/212", "kind": DocumentKind.UNKNOWN, "subject": None},
    ],
    ids=["resolution", "statement", "statement without a day", "report", "no title"],
)
def test_the_view_cites_in_the_form_that_every_record_has(shelf, parsed_of, document) -> None:
    one = parsed_of("women", themes=("Protection",), **document)
    paragraphs = tuple(replace(one.paragraphs[0], address=address) for address in ADDRESSES)
    shelf.save(replace(one, paragraphs=paragraphs))

    cited = {row["address"]: row["citation"] for row in shelf.db.execute("SELECT address, citation FROM wps")}

    work = Work(one.symbol, one.kind, one.adopted_on or one.published_on, one.subject)
    assert cited == {address: cite_as_un(work, address) for address in ADDRESSES}
