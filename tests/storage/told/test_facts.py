"""Facts are kept with who told them and since when; what is told no more stays as history."""

from datetime import UTC, datetime, timedelta

from storage.models import Fact, FactField
from storage.told.facts import count_told, disputed_facts, facts_by_field, facts_of, save_facts, told_symbols
from storage.told.ledger import document_evidence
from storage.told_values import DocumentEvidence, Witness, agree

SYMBOL = "S/RES/2779 (2025)"
METADATA = Witness("unxml", "metadata")
TABLE = Witness("un-resolutions", "listing")
DAY = datetime(2025, 5, 9, 12, tzinfo=UTC)


def day(number: int) -> datetime:
    return DAY + timedelta(days=number)


def fact(field: FactField, value: object, note: str | None = None, symbol: str = SYMBOL) -> Fact:
    return Fact(symbol, field, value, note)


def values(db, **choices) -> list[object]:
    return [each.value for each in facts_of(db, SYMBOL, **choices)]


def test_a_fact_comes_back_with_who_told_it_and_since_when(shelf) -> None:
    snapshot = shelf.snapshot(symbol=None, url="https://example.org/2025.json")
    told = fact(FactField.VOTE, {"manner": "recorded", "for": 12, "against": 0, "abstaining": 3}, "a note")

    assert save_facts(shelf.db, METADATA, [told], snapshot, DAY) == 1
    [known] = facts_of(shelf.db, SYMBOL)
    assert (known.symbol, known.field, known.value, known.note) == (SYMBOL, FactField.VOTE, told.value, "a note")
    assert (known.source, known.origin, known.snapshot) == ("unxml", "metadata", snapshot)
    assert (known.url, known.seen_at, known.replaced_at) == ("https://example.org/2025.json", DAY, None)


def test_the_same_facts_again_write_nothing(shelf) -> None:
    told = [fact(FactField.MEETING, 9913), fact(FactField.TITLE, "X")]
    save_facts(shelf.db, METADATA, told, shelf.snapshot(), DAY)
    later = shelf.snapshot()

    assert shelf.writes(lambda: save_facts(shelf.db, METADATA, told, later, day(1))) == 0
    assert {known.seen_at for known in facts_of(shelf.db, SYMBOL)} == {DAY}


def test_a_changed_value_keeps_the_one_before(shelf) -> None:
    save_facts(shelf.db, METADATA, [fact(FactField.MEETING, 9911)], shelf.snapshot(), DAY)
    save_facts(shelf.db, METADATA, [fact(FactField.MEETING, 9913)], shelf.snapshot(), day(1))

    assert values(shelf.db) == [9913]
    before, now = facts_of(shelf.db, SYMBOL, with_history=True)
    assert (before.value, before.seen_at, before.replaced_at) == (9911, DAY, day(1))
    assert (now.value, now.seen_at, now.replaced_at) == (9913, day(1), None)


def test_a_field_that_is_told_no_more_is_history(shelf) -> None:
    save_facts(shelf.db, METADATA, [fact(FactField.MEETING, 1), fact(FactField.TITLE, "X")], shelf.snapshot(), DAY)
    save_facts(shelf.db, METADATA, [fact(FactField.TITLE, "X")], shelf.snapshot(), day(1))

    assert values(shelf.db) == ["X"]
    assert values(shelf.db, with_history=True) == [1, "X"]


def test_another_reading_of_the_same_snapshot_takes_the_place_of_the_first(shelf) -> None:
    snapshot = shelf.snapshot()
    save_facts(shelf.db, METADATA, [fact(FactField.MEETING, 1), fact(FactField.TITLE, "X")], snapshot, DAY)
    save_facts(shelf.db, METADATA, [fact(FactField.MEETING, 2)], snapshot, day(1))

    assert values(shelf.db, with_history=True) == [2]


def test_what_an_older_snapshot_tells_does_not_replace_the_newest(shelf) -> None:
    older, newer = shelf.snapshot(), shelf.snapshot()
    save_facts(shelf.db, METADATA, [fact(FactField.MEETING, 2)], newer, day(1))

    assert save_facts(shelf.db, METADATA, [fact(FactField.MEETING, 1)], older, DAY) == 0
    assert values(shelf.db, with_history=True) == [2]


def test_witnesses_speak_for_themselves_only(shelf) -> None:
    save_facts(shelf.db, METADATA, [fact(FactField.ADOPTED_ON, "2025-05-08")], shelf.snapshot(), DAY)
    save_facts(shelf.db, TABLE, [fact(FactField.ADOPTED_ON, "2025-05-09")], None, DAY)
    save_facts(shelf.db, TABLE, [fact(FactField.ADOPTED_ON, "2025-05-10")], None, day(1))

    known = facts_by_field(shelf.db, FactField.ADOPTED_ON)
    assert [(each.source, each.origin, each.value) for each in known] == [
        ("un-resolutions", "listing", "2025-05-10"),
        ("unxml", "metadata", "2025-05-08"),
    ]


def test_one_field_is_listed_by_symbol(shelf) -> None:
    other = fact(FactField.MEETING, 9836, symbol="S/RES/2768 (2025)")
    save_facts(shelf.db, METADATA, [fact(FactField.MEETING, 9913), fact(FactField.TITLE, "X"), other], None, DAY)

    assert [(each.symbol, each.value) for each in facts_by_field(shelf.db, FactField.MEETING)] == [
        ("S/RES/2768 (2025)", 9836),
        (SYMBOL, 9913),
    ]


def test_facts_stand_in_the_order_of_their_fields(shelf) -> None:
    told = [fact(FactField.SPONSORS, ["FRANCE"]), fact(FactField.TITLE, "X"), fact(FactField.MEETING, 1)]
    save_facts(shelf.db, METADATA, told, None, DAY)
    assert [each.field for each in facts_of(shelf.db, SYMBOL)] == ["meeting", "title", "sponsors"]


def test_a_vote_without_counts_agrees_with_one_that_was_counted() -> None:
    counted = {"manner": "unanimous", "for": 15, "against": 0, "abstaining": 0}
    assert agree({"manner": "unanimous"}, counted)
    assert not agree({"manner": "recorded", "for": 14, "against": 0, "abstaining": 1}, counted)
    assert not agree("2025-05-08", "2025-05-09")


def test_only_what_two_witnesses_tell_otherwise_now_is_disputed(shelf) -> None:
    other = "S/RES/2780 (2025)"
    told = [fact(FactField.MEETING, 9913), fact(FactField.TITLE, "X"), fact(FactField.MEETING, 9914, symbol=other)]
    save_facts(shelf.db, METADATA, told, shelf.snapshot(), DAY)
    same = [fact(FactField.MEETING, 9911), fact(FactField.MEETING, 9914, symbol=other), fact(FactField.TITLE, "Y")]
    save_facts(shelf.db, TABLE, same, None, DAY)
    disputed = disputed_facts(shelf.db, [FactField.MEETING])
    assert sorted((known.symbol, known.value) for known in disputed) == [(SYMBOL, 9911), (SYMBOL, 9913)]

    save_facts(shelf.db, TABLE, [fact(FactField.MEETING, 9913)], None, day(1))
    assert disputed_facts(shelf.db, [FactField.MEETING]) == []


def test_a_symbol_that_only_facts_name_is_announced_by_who_tells_them(shelf) -> None:
    save_facts(shelf.db, METADATA, [fact(FactField.MEETING, 9913)], None, DAY)
    save_facts(shelf.db, TABLE, [fact(FactField.ADOPTED_ON, "2025-05-08")], None, DAY)
    save_facts(shelf.db, Witness("unxml", "text-en"), [fact(FactField.MEETING, 1, symbol="S/RES/1 (1946)")], None, DAY)
    assert document_evidence(shelf.db) == [DocumentEvidence(SYMBOL, (), (), None, ("un-resolutions", "unxml metadata"))]


def test_a_witness_without_texts_is_counted_by_the_documents_it_tells_of(shelf) -> None:
    for origin, symbol in (("table", "S/RES/1 (1946)"), ("vetoes", "S/2022/431"), ("listing", "S/RES/2 (1946)")):
        told = [Fact(symbol, FactField.OUTCOME, "adopted"), Fact(symbol, FactField.MEETING, 1)]
        save_facts(shelf.db, Witness("sc-meetings", origin), told, None, DAY)
    assert (count_told(shelf.db, "sc-meetings"), count_told(shelf.db, "unxml")) == (2, 0)
    assert told_symbols(shelf.db) == ["S/2022/431", "S/RES/1 (1946)", "S/RES/2 (1946)"]
