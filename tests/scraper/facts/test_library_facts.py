"""What the library's tables and catalogue tell, as facts."""

import pytest

from scraper.errors import Unreadable
from scraper.facts.bodies import is_metadata, read_metadata_body
from scraper.pages.library.meeting_outcomes import OutcomeKind, read_outcome
from storage.models import FactField, FactOrigin
from tests.site.library_site import RENDERED, answer, following, record, table

TABLE = f"https://{RENDERED}/scmeetings_2026/EN"
ADOPTED, LOST, STATED = OutcomeKind.RESOLUTION, OutcomeKind.NOT_ADOPTED, OutcomeKind.STATEMENT


@pytest.mark.parametrize(
    ("words", "outcomes"),
    [
        ("S/RES/15 (1946) adopted unanimously", [("S/RES/15 (1946)", ADOPTED, "unanimous", ())]),
        ("S/RES/66 (1948)8-0-3", [("S/RES/66 (1948)", ADOPTED, "recorded", ())]),
        (
            "S/RES/1500(2003) 14-0-1 + S/PRST/2003/1",
            [("S/RES/1500 (2003)", ADOPTED, "recorded", ()), ("S/PRST/2003/1", STATED, None, ())],
        ),
        (
            "S/RES/916 (1994) without vote S/25859 (PRST)",
            [("S/RES/916 (1994)", ADOPTED, "without_vote", ()), ("S/25859", STATED, None, ())],
        ),
        ("S/RES/1402 (2002) 14-0-0", [("S/RES/1402 (2002)", ADOPTED, "recorded", ())]),
        (
            "Draft resolution S/2017/884 vetoed by the Russian Federation 11-2-2",
            [("S/2017/884", LOST, "recorded", ("Russian Federation",))],
        ),
        ("Draft resolution S/1340 and S/1341 not adopted", [("S/1340", LOST, None, ()), ("S/1341", LOST, None, ())]),
        (
            "Draft resolution S/3506 (incorporating amendment offered by Sweden in S/3502) vetoed by USSR 9-1-1",
            [("S/3506", LOST, "recorded", ("USSR",))],
        ),
        ("Note (S/2000/839)", []),
        ("Communiqué", []),
        ("Draft resolution S/PV.384 vetoed by USSR9-2-0", []),
    ],
)
def test_an_outcome_is_read_as_it_is_printed(words: str, outcomes: list[object]) -> None:
    reading = read_outcome(words)
    found = [(one.symbol, one.kind, one.vote and one.vote.manner, one.vetoed_by) for one in reading.outcomes]
    assert (found, reading.warnings) == (outcomes, [])


@pytest.mark.parametrize("words", ["15-0-0", "Minute of silence", "S/26596", "Draft resolution S/2026/24 withdrawn"])
def test_words_of_no_known_form_are_told(words: str) -> None:
    reading = read_outcome(words)
    assert (reading.outcomes, len(reading.warnings)) == ([], 1)


def test_a_row_tells_of_a_resolution_when_and_how_it_was_adopted() -> None:
    body = table((10089, "14 January 2026", "S/RES/2812 (2026)<br>14-0-0 (1 absent)"))
    reading = read_metadata_body(body, TABLE)
    assert {fact.field: fact.value for fact in reading.facts} == {
        FactField.ADOPTED_ON: "2026-01-14",
        FactField.MEETING: 10089,
        FactField.RECORD: "S/PV.10089",
        FactField.OUTCOME: "adopted",
        FactField.VOTE: {"manner": "recorded", "for": 14, "against": 0, "abstaining": 0, "absent": 1},
        FactField.AGENDA_ITEM: "Libya",
        FactField.PRESS_RELEASE: "SC/16271",
    }
    assert (reading.origin, reading.placements) == (FactOrigin.TABLE, ())


def test_of_two_rows_that_differ_the_upper_one_holds_and_the_other_is_told() -> None:
    body = table((10090, "15 January 2026", "S/PRST/2026/1"), (10089, "14 January 2026", "S/PRST/2026/1"))
    reading = read_metadata_body(body, TABLE)
    assert [fact.value for fact in reading.facts if fact.field is FactField.MEETING] == [10090]
    assert reading.warnings == ("S/PRST/2026/1 stands in two rows that differ: S/PV.10089, 14 January 2026",)


def test_a_page_of_the_catalogue_tells_of_each_document_once() -> None:
    page = answer(record("S/RES/2812 (2026)", 10088), record("S/RES/2812 (2026)"), record("A/RES/80/1"))
    reading = read_metadata_body(page, f"https://{following('a')}")
    assert {fact.symbol for fact in reading.facts} == {"S/RES/2812 (2026)"}
    assert [fact.value for fact in reading.facts if fact.field is FactField.MEETING] == [10089]
    assert reading.origin is FactOrigin.CATALOGUE


def test_a_page_that_is_no_table_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="expected exactly 1") as refused:
        read_metadata_body(b"<html><body>Sorry</body></html>", TABLE)
    assert refused.value.code == "not-one"


@pytest.mark.parametrize(
    ("url", "is_told"),
    [
        (TABLE, True),
        ("https://research.un.org/en/docs/sc/quick/meetings/1999", True),
        (f"https://{following('a')}", True),
        ("https://digitallibrary.un.org/record/1/files/S_RES_2728_%282024%29-EN.pdf", False),
        ("https://documents.un.org/api/symbol/access?s=S/RES/2812(2026)&l=en&t=pdf", False),
    ],
)
def test_only_the_librarys_lists_hold_facts_of_many_documents(url: str, is_told: bool) -> None:
    assert is_metadata(url) == is_told
