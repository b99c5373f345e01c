"""The ledger: each number up to the highest known one is held, announced, overdue or missing; gaps are told once."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ledger.series import PATIENCE, Standing, build_ledger, few_ranges, movement, ranges
from storage.models import Paragraph
from storage.records import Event
from storage.told_values import DocumentEvidence, Noted

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
Newsroom = Any  # the fixture's class lives in conftest.py, which can't be imported


def held(symbol: str, *witnesses: str) -> DocumentEvidence:
    return DocumentEvidence(symbol, witnesses or ("unxml",), ("en",), NOW - timedelta(days=1), ())


def announced(symbol: str) -> DocumentEvidence:
    return DocumentEvidence(symbol, (), (), None, ("un-resolutions",))


def standings(*evidence: DocumentEvidence, noted: Sequence[Noted] = ()) -> dict[str, list[str]]:
    rows = {(one.series, one.number): one for one in noted}
    return {series.name: [one.standing.value for one in series.entries] for series in build_ledger(evidence, rows, NOW)}


def test_a_number_below_a_known_one_exists_and_is_missing() -> None:
    assert standings(held("S/RES/1 (1946)"), held("S/RES/4 (1946)"), announced("S/RES/3")) == {
        "S/RES": ["held", "missing", "announced", "held"]
    }


def test_statements_are_counted_anew_each_year_newest_first() -> None:
    found = standings(held("S/PRST/2024/2"), held("S/PRST/2025/1"), held("S/RES/1 (1946)"))
    assert list(found.items()) == [
        ("S/RES", ["held"]),
        ("S/PRST/2025", ["held"]),
        ("S/PRST/2024", ["missing", "held"]),
    ]


def test_a_corrigendum_speaks_for_its_statement_without_being_it() -> None:
    assert standings(held("S/PRST/2000/1/Corr.1")) == {"S/PRST/2000": ["announced"]}
    assert standings(held("S/PRST/2000/1/Corr.1"), held("S/PRST/2000/1")) == {"S/PRST/2000": ["held"]}


def test_a_symbol_with_and_without_its_year_is_one_number_of_two_witnesses() -> None:
    (series,) = build_ledger([held("S/RES/1 (1946)"), held("S/RES/1", "un-resolutions")], {}, NOW)
    (entry,) = series.entries
    assert (entry.symbol, entry.witnesses) == ("S/RES/1 (1946)", ("un-resolutions", "unxml"))


def test_other_documents_are_in_no_series() -> None:
    assert standings(held("S/2025/389"), held("S/2013/173")) == {}


@pytest.mark.parametrize(("days", "standing"), [(0, "announced"), (1, "overdue")])
def test_what_is_announced_for_longer_than_a_text_takes_is_overdue(days: int, standing: str) -> None:
    noted = Noted("S/RES", 1, "announced", NOW - PATIENCE - timedelta(days=days), 1)
    assert standings(announced("S/RES/1 (1946)"), noted=[noted]) == {"S/RES": [standing]}


@given(st.sets(st.integers(1, 400)))
def test_ranges_name_each_number_once(numbers: set[int]) -> None:
    named = []
    for part in filter(None, ranges(numbers).split(", ")):
        first, _, last = part.partition("–")
        named += range(int(first), int(last or first) + 1)
    assert named == sorted(numbers)


def test_of_many_ranges_the_first_and_last_are_named_and_those_between_counted() -> None:
    every_third = [*range(1, 1285), *range(1287, 2510, 3), 2511]
    assert few_ranges(every_third, shown=4) == "1–1284, 1287, (406 more; --json lists all), 2508, 2511"
    assert few_ranges([1, 2, 5], shown=4) == ranges([1, 2, 5]) == "1–2, 5"


def test_a_corrigendum_speaks_for_its_resolution_without_being_it() -> None:
    assert standings(held("S/RES/2 (1946)/Corr.1")) == {"S/RES": ["missing", "announced"]}


def test_who_gives_the_text_is_not_named_again_for_its_data() -> None:
    named = DocumentEvidence("S/RES/1 (1946)", (), (), None, ("un-resolutions", "unxml metadata"))
    (series,) = build_ledger([held("S/RES/1 (1946)"), named], {}, NOW)
    assert series.entries[0].announced_by == ("un-resolutions",)


def test_the_same_ledger_twice_moves_nothing() -> None:
    evidence = [held("S/RES/1 (1946)"), announced("S/RES/4")]
    first = movement(build_ledger(evidence, {}, NOW), {}, 1, NOW)
    noted = {(one.series, one.number): one for one in first.noted}
    again = movement(build_ledger(evidence, noted, NOW), noted, 2, NOW)
    assert (again.noted, again.gone, again.opened, again.closed) == ((), (), (), ())
    assert {number: one.since for (_, number), one in noted.items()} == {
        1: NOW - timedelta(days=1), 2: NOW, 3: NOW, 4: NOW,
    }  # fmt: skip


def gaps(newsroom: Newsroom) -> list[tuple[str, str, int]]:
    """The alerts about gaps with their reason and how many channels hear it, oldest first."""
    return [
        (alert.event, newsroom.source_news(alert).reason.partition(":")[0], len(alert.deliveries))
        for alert in reversed(newsroom.alerts())
        if alert.event in (Event.SOURCE_GAP, Event.SOURCE_GAP_CLOSED)
    ]


def test_operators_hear_once_of_a_gap_that_opens_and_once_when_it_closes(
    newsroom: Newsroom, texts: list[Paragraph]
) -> None:
    newsroom.ask_for("source.*")
    newsroom.crawl({"S/RES/1 (1946)": texts})
    newsroom.crawl({"S/RES/3 (1946)": texts})
    newsroom.crawl()
    newsroom.crawl({"S/RES/2 (1946)": texts})
    newsroom.crawl()
    assert gaps(newsroom) == [("source.gap", "S/RES 2", 1), ("source.gap_closed", "S/RES 2", 1)]


def test_a_channel_that_did_not_ask_hears_of_no_gap(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    newsroom.crawl({"S/RES/1 (1946)": texts})
    newsroom.crawl({"S/RES/3 (1946)": texts})
    assert gaps(newsroom) == []


def test_the_gaps_of_a_sources_baseline_are_told_to_nobody(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    newsroom.ask_for("source.*")
    newsroom.crawl({"S/RES/3 (1946)": texts})
    newsroom.crawl({"S/RES/9 (1946)": texts}, source="un-resolutions", reader="pdf")
    assert gaps(newsroom) == []


def test_a_run_that_failed_leaves_the_ledger_as_it_was(newsroom: Newsroom, texts: list[Paragraph]) -> None:
    newsroom.ask_for("source.*")
    newsroom.crawl({"S/RES/1 (1946)": texts})
    newsroom.crawl({"S/RES/3 (1946)": texts}, finish_reason="listing-failed")
    assert gaps(newsroom) == []
    newsroom.crawl()
    assert gaps(newsroom) == [("source.gap", "S/RES 2", 1)]


def test_every_standing_has_its_word() -> None:
    assert [standing.value for standing in Standing] == ["held", "announced", "overdue", "missing"]


def test_a_number_far_above_those_that_one_source_names_is_doubted_until_a_second_names_it() -> None:
    sound = [held(f"S/RES/{number} (1946)") for number in (1, 2, 3)]
    slip = announced("S/RES/9287 (2026)")
    assert standings(*sound, slip) == {"S/RES": ["held", "held", "held"]}
    second = DocumentEvidence(slip.symbol, (), (), None, ("un-resolutions", "unxml metadata"))
    assert len(standings(*sound, second)["S/RES"]) == 9287
    assert len(standings(*sound, announced("S/RES/23 (1946)"))["S/RES"]) == 23, "near enough"


def test_many_numbers_in_a_row_are_no_slip() -> None:
    known = [held("S/RES/100 (1950)"), *(announced(f"S/RES/{number} (1950)") for number in range(100, 200))]
    assert len(standings(*known)["S/RES"]) == 199


def test_a_slip_that_opened_a_gap_takes_it_along_and_operators_hear_that() -> None:
    noted = {
        ("S/RES", number): Noted("S/RES", number, state, NOW, 1) for number, state in ((1, "held"), (2, "missing"))
    }
    moved = movement(build_ledger([held("S/RES/1 (1946)")], noted, NOW), noted, 2, NOW)
    assert moved.gone == (("S/RES", 2),)
    assert [entry.number for entry in moved.closed] == [2]
