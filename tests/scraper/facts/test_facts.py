"""What is told of documents: votes and expiry dates read from words, and the facts made of what was read."""

from datetime import date

import pytest

from scraper.council.dates import add_months
from scraper.facts.bodies import is_metadata, read_metadata_body
from scraper.facts.of_texts import facts_of_document
from scraper.ingest.extraction import extract
from scraper.pages.unxml.mandate_titles import read_expiries
from scraper.pages.unxml.votes import Vote, read_vote
from storage.models import Fact, FactField
from tests.paths import TESTS

CASES = TESTS / "cases"

TRAPS = (CASES / "unxml_metadata" / "traps" / "input.json").read_bytes()
URL = "https://raw.githubusercontent.com/UNxml/SCresolutions/main/data_extract/2026.json"


@pytest.mark.parametrize(
    ("words", "vote"),
    [
        ("Adopted 13-0-2, 10148thmeeting", Vote("recorded", 13, 0, 2)),
        ("Adopted (14-0-0, 1 absent), 4094th meeting", Vote("recorded", 14, 0, 0, absent=1)),
        ("Adopted 13-0-2; 8775th meeting", Vote("recorded", 13, 0, 2)),
        ("Adopted 14-0-1, 4092nd meeting, Part II", Vote("recorded", 14, 0, 1)),
        ("Adopted unanimously , 9575th meeting", Vote("unanimous", 15, 0, 0)),
        ("Adopted unanimouly, 4159th meeting", Vote("unanimous", 15, 0, 0)),
        ("Adopted unanimously, 4092nd (Resumption 1) meeting", Vote("unanimous", 15, 0, 0)),
        ("Adopted unanimously", Vote("unanimous", 15, 0, 0)),
        ("Adopted by acclamation, 7782nd meeting", Vote("acclamation")),
        ("Adopted without vote", Vote("without_vote")),
        ("Adopted by lot, 1st meeting", None),
        ("Not adopted 9-2-4", None),
        ("15-0-0", None),
    ],
)
def test_the_words_of_a_vote_are_read(words: str, vote: Vote | None) -> None:
    counts = [15, 0, 0] if vote and vote.manner == "unanimous" else []
    assert read_vote(words, counts).vote == vote


def test_the_words_are_trusted_over_the_counts_and_it_is_noted() -> None:
    reading = read_vote("Adopted 13-0-2, 10089th meeting", [13, 0, 0])
    assert reading.vote == Vote("recorded", 13, 0, 2)
    assert reading.note == "counts say 13-0-0, words 13-0-2"


def test_a_unanimous_vote_with_votes_against_has_no_counts() -> None:
    reading = read_vote("Adopted unanimously, 1st meeting", [13, 0, 2])
    assert reading.vote == Vote("unanimous")
    assert "13-0-2" in (reading.note or "")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("until 17 Mar. 2023]", ["2023-03-17"]),
        ("[on the mandate until 30 April 2026 and the panel until 30 May 2026]", ["2026-04-30", "2026-05-30"]),
        ("[on renewal for a further period of 12 months]", ["2025-02-28"]),
        ("[on extension for a period of one year]", ["2025-02-28"]),
        ("[on extension for an initial period of six months]", ["2024-08-29"]),
        ("[on extension of the mandate until 31 Feb. 2026]", []),
        ("[on extension of the mandate until 31 Mai 2026]", []),
        ("[on extension of the mandate of the UN Mission in Liberia (UNMIL)]", []),
        ("[on the situation of 12 May 2020]", []),
    ],
)
def test_the_days_on_which_mandates_expire_are_read_from_titles(title: str, expected: list[str]) -> None:
    assert [expiry.on.isoformat() for expiry in read_expiries(title, date(2024, 2, 29))] == expected


def test_of_two_dates_each_says_what_expires() -> None:
    title = (
        "Security Council resolution 2399 (2018) [on renewal of measures on arms against the Central African Republic "
        "until 31 Jan. 2019 and extension of the mandate of the Panel of Experts until 28 Feb. 2019]"
    )
    assert [(expiry.of, expiry.words) for expiry in read_expiries(title, None)] == [
        ("renewal of measures on arms against the Central African Republic", "until 31 Jan. 2019"),
        ("extension of the mandate of the Panel of Experts", "until 28 Feb. 2019"),
    ]


def test_a_period_without_the_day_of_adoption_tells_no_date() -> None:
    assert read_expiries("[for a period of 12 months]", None) == []


def test_a_month_later_is_the_same_day_or_the_last() -> None:
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2023, 12, 15), 13) == date(2025, 1, 15)


def told(symbol: str) -> dict[FactField, Fact]:
    return {fact.field: fact for fact in read_metadata_body(TRAPS, URL).facts if fact.symbol == symbol}


def test_metadata_becomes_facts() -> None:
    facts = told("S/RES/2738 (2024)")
    assert facts[FactField.ADOPTED_ON].value == "2024-06-27"
    assert facts[FactField.VOTE].value == {"manner": "unanimous", "for": 15, "against": 0, "abstaining": 0}
    assert facts[FactField.CHAPTER_VII].value is True
    assert [one["on"] for one in facts[FactField.EXPIRES_ON].value] == ["2025-07-01", "2025-08-01"]
    assert ["UN. Group of Experts Established pursuant to Resolution 1533 (2004)", "DHLAUTH"] in facts[
        FactField.SUBJECTS
    ].value
    assert facts[FactField.SPONSORS].value == ["FRANCE"]
    assert FactField.VOTED_BY_MAIL not in facts


def test_a_period_is_marked_as_reckoned() -> None:
    fact = told("S/RES/2557 (2020)")[FactField.EXPIRES_ON]
    assert fact.value[0]["on"] == "2021-12-18"
    assert fact.value[0]["computed"] is True
    assert "reckoned" in (fact.note or "")


def test_a_vote_by_mail_has_no_meeting_but_a_letter() -> None:
    facts = told("S/RES/2521 (2020)")
    assert FactField.MEETING not in facts
    assert (facts[FactField.VOTED_BY_MAIL].value, facts[FactField.RECORD].value) == (True, "S/2020/462")


def test_of_a_symbol_published_twice_the_last_line_holds() -> None:
    assert FactField.TITLE not in told("S/RES/2820 (2026)")


def test_a_text_tells_its_day_meeting_vote_and_draft() -> None:
    body = (CASES.parent.parent / "monitor/demo/site" / RESOLUTION).read_bytes()
    facts = {fact.field: fact.value for fact in facts_of_document(extract(body))}
    assert facts[FactField.ADOPTED_ON] == "2025-05-08"
    assert facts[FactField.MEETING] == 9913
    assert facts[FactField.VOTE] == {"manner": "recorded", "for": 12, "against": 0, "abstaining": 3}


RESOLUTION = "raw.githubusercontent.com/UNxml/SCresolutions/main/2025/English/S_RES-2779-2507317E.xml"


def test_only_the_metadata_is_no_document() -> None:
    assert is_metadata(URL)
    assert not is_metadata(URL.replace("data_extract/2026.json", "2026/English/S_RES_2825-2609566E.xml"))
