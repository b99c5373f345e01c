"""The documented views: what a researcher asks of the database itself."""

import json
from datetime import date

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
    assert row["citation"] == "resolution 2387 (2017), para. 1"


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
    assert shelf.db.execute("SELECT version FROM wps_version").fetchone()[0] == 1
