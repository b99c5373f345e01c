"""The last full text before a resolution: rollovers and links without an expiry are passed over, by name."""

from dataclasses import replace
from datetime import date

import pytest

from scraper.mandates.chain import Chain, CitedBefore, Link
from scraper.mandates.predecessor import Predecessor, Size, predecessor
from scraper.mandates.term import Act
from storage.drift_values import Kind, Skipped

FULL = Size(80, 6000)
SHORT = Size(6, 200)


def link(number: int, act: Act | None = Act.EXTENDED, *, expires: bool = True, final: bool = False) -> Link:
    expires_on = date(2021, 1, 1) if expires else None
    return Link(f"S/RES/{number} (2020)", date(2020, 1, 1), act, is_final=final, is_held=True, expires_on=expires_on)


def before(*links: Link, sizes: dict[int, Size], body: str = "UNMISS") -> Predecessor:
    held = {f"S/RES/{number} (2020)": size for number, size in sizes.items()}
    return predecessor(Chain(body, links), links[-1].symbol, held)


def test_the_text_before_is_the_link_before() -> None:
    found = before(link(2514), link(2567), sizes={2514: FULL, 2567: FULL})
    assert (found.old, found.kind, found.skipped, found.reason) == ("S/RES/2514 (2020)", Kind.RENEWAL, (), "")


def test_a_rollover_is_passed_over_and_named() -> None:
    found = before(link(2677), link(2726), link(2729), sizes={2677: FULL, 2726: SHORT, 2729: FULL})
    assert found.old == "S/RES/2677 (2020)"
    assert found.skipped == (Skipped("S/RES/2726 (2020)", "rollover"),)


def test_a_link_without_an_expiry_is_never_the_one_before() -> None:
    change = link(2746, Act.CHANGED, expires=False)
    found = before(link(2717), change, link(2765), sizes={2717: FULL, 2746: FULL, 2765: FULL})
    assert found.old == "S/RES/2717 (2020)"
    assert found.skipped == (Skipped("S/RES/2746 (2020)", "no expiry"),)


def test_of_a_rollover_it_is_said_that_it_is_one() -> None:
    found = before(link(2677), link(2726), sizes={2677: FULL, 2726: SHORT})
    assert (found.kind, found.old) == (Kind.ROLLOVER, "S/RES/2677 (2020)")


def test_where_the_text_before_is_not_held_nothing_is_compared_and_it_is_named() -> None:
    found = before(link(2514), link(2567), link(2625), sizes={2514: FULL, 2625: FULL})
    assert (found.old, found.missing) == (None, "S/RES/2567 (2020)")
    assert found.reason == "S/RES/2567 (2020) comes before it, and its text is not held"


def test_what_extends_for_days_alone_is_a_rollover_though_its_text_is_not_held() -> None:
    days = replace(link(2778), expires_on=date(2020, 1, 10))
    found = before(link(2729), days, link(2779), sizes={2729: FULL, 2779: FULL})
    assert found.old == "S/RES/2729 (2020)"
    assert found.skipped == (Skipped("S/RES/2778 (2020)", "rollover for 9 days, text not held"),)


def test_where_only_the_title_is_held_and_gives_no_day_its_text_is_missing() -> None:
    titled = replace(link(2628, expires=False), is_held=False)
    found = before(link(2614), titled, link(2670), sizes={2614: FULL, 2670: FULL})
    assert (found.old, found.missing) == (None, "S/RES/2628 (2020)")


def test_what_sets_up_the_body_that_takes_over_is_a_successor_beside_the_others_text() -> None:
    old = replace(link(2410), body="MINUJUSTH")
    new = replace(link(2476, Act.ESTABLISHED), body="BINUH", successor_of="MINUJUSTH")
    found = before(old, new, sizes={2410: FULL, 2476: SHORT}, body="BINUH")
    assert (found.kind, found.body, found.old_body, found.is_taken_over) == (Kind.SUCCESSOR, "BINUH", "MINUJUSTH", True)
    assert not before(old, replace(old, symbol="S/RES/2466 (2020)"), sizes={2410: FULL, 2466: FULL}).is_taken_over


def test_the_first_of_a_chain_has_none_before_it_and_what_it_cites_is_named() -> None:
    cited = CitedBefore("S/RES/1996 (2011)", "OP 1", is_held=False)
    found = before(replace(link(2057), cited=(cited,)), sizes={2057: FULL})
    assert (found.old, found.missing) == (None, None)
    assert found.reason == "it is the first of its chain; it cites S/RES/1996 (2011), which is not held"


def test_what_is_no_link_has_none_before_it() -> None:
    found = predecessor(Chain("UNMISS", (link(2514),)), "S/RES/2532 (2020)", {})
    assert (found.old, found.kind) == (None, Kind.NONE)
    assert found.reason == "S/RES/2532 (2020) is no link of the chain of UNMISS"


def test_a_mandate_that_ends_is_a_termination_however_short() -> None:
    assert before(link(2429), link(2559, Act.ENDED), sizes={2429: FULL, 2559: SHORT}).kind is Kind.TERMINATION
    assert before(link(2410), link(2466, final=True), sizes={2410: FULL, 2466: SHORT}).kind is Kind.TERMINATION


def test_what_ends_a_mandate_is_not_passed_over_however_short() -> None:
    found = before(link(2410), link(2466, final=True), link(2476), sizes={2410: FULL, 2466: SHORT, 2476: FULL})
    assert found.old == "S/RES/2466 (2020)"


def test_a_mere_change_is_one_and_stands_beside_the_last_full_text() -> None:
    change = link(2746, Act.CHANGED, expires=False)
    found = before(link(2717), change, sizes={2717: FULL, 2746: FULL})
    assert (found.kind, found.old) == (Kind.CHANGE, "S/RES/2717 (2020)")


def test_a_middling_text_for_four_months_is_a_rollover_whatever_its_words() -> None:
    brief = replace(link(2818), expires_on=date(2020, 5, 5))
    middling = {2777: FULL, 2818: Size(18, 1100)}
    assert before(link(2777), brief, sizes=middling).kind is Kind.ROLLOVER
    assert before(link(2777), replace(brief, expires_on=date(2020, 5, 6)), sizes=middling).kind is Kind.RENEWAL


@pytest.mark.parametrize(("until", "is_by_reference"), [(date(2020, 12, 31), True), (date(2020, 3, 15), False)])
def test_a_short_text_for_a_full_term_renews_by_reference(until: date, *, is_by_reference: bool) -> None:
    short = replace(link(2678), expires_on=until)
    found = before(link(2626), short, sizes={2626: FULL, 2678: SHORT})
    assert (found.kind, found.is_by_reference) == (Kind.ROLLOVER, is_by_reference)
    assert not before(link(2626), link(2727), sizes={2626: FULL, 2727: FULL}).is_by_reference


@pytest.mark.parametrize(
    ("paragraphs", "words", "is_rollover"),
    [(12, 900, True), (13, 534, True), (18, 534, True), (13, 535, False), (19, 300, False)],
)
def test_how_long_a_rollover_may_be(paragraphs: int, words: int, *, is_rollover: bool) -> None:
    assert Size(paragraphs, words).is_rollover is is_rollover
