"""What two sources tell of the same document and cannot both be right about."""

from datetime import UTC, datetime
from typing import Any

from monitor.ledger.contradictions import find_contradictions
from storage.models import FactField
from storage.told_values import KnownFact

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
UNANIMOUS = {"manner": "unanimous", "for": 15, "against": 0, "abstaining": 0}


def told(symbol: str, field: FactField, value: Any, origin: str = "metadata") -> KnownFact:
    return KnownFact(symbol, "unxml", origin, field, value, None, None, None, NOW, None)


def test_contradictions_are_found_by_document_and_field_in_the_order_of_the_numbers() -> None:
    facts = [
        told("S/RES/1514 (2003)", FactField.ADOPTED_ON, "2003-11-13"),
        told("S/RES/1514 (2003)", FactField.ADOPTED_ON, "2003-09-13", "text-en"),
        told("S/RES/1514 (2003)", FactField.MEETING, 4857),
        told("S/RES/1514 (2003)", FactField.MEETING, 4857, "text-en"),
        told("S/RES/242 (1967)", FactField.MEETING, 1382),
        told("S/RES/242 (1967)", FactField.MEETING, 1383, "listing"),
    ]
    found = find_contradictions(facts)
    assert [(one.symbol, one.field.value) for one in found] == [
        ("S/RES/242 (1967)", "meeting"),
        ("S/RES/1514 (2003)", "adopted_on"),
    ]
    assert [fact.value for fact in found[1].facts] == ["2003-11-13", "2003-09-13"]


def test_a_vote_without_counts_contradicts_no_vote_with_counts_but_another_count_does() -> None:
    facts = [
        told("S/RES/1285 (2000)", FactField.VOTE, UNANIMOUS),
        told("S/RES/1285 (2000)", FactField.VOTE, {"manner": "unanimous"}, "text-en"),
        told("S/RES/2812 (2026)", FactField.VOTE, UNANIMOUS | {"manner": "recorded"}),
        told("S/RES/2812 (2026)", FactField.VOTE, {"manner": "recorded", "for": 13}, "text-en"),
    ]
    assert [one.symbol for one in find_contradictions(facts)] == ["S/RES/2812 (2026)"]


def test_other_words_for_a_title_are_no_contradiction() -> None:
    facts = [
        told("S/RES/1 (1946)", FactField.TITLE, "Military Staff Committee"),
        told("S/RES/1 (1946)", FactField.TITLE, "[on the Military Staff Committee]", "listing"),
    ]
    assert find_contradictions(facts) == []
