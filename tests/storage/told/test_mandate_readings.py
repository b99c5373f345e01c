"""What a text was read to decide of mandates is kept with its version, and goes when the version is read again."""

from storage.told.mandate_readings import mandate_readings, read_by_others, save_mandate_reading

SYMBOL, RULES = "S/RES/2387 (2017)", "0f0f0f0f"
DECIDES = "Decides to extend the mandate of MINUSCA, with women in its ranks;"


def test_a_reading_is_that_of_the_current_version_and_of_its_rules(shelf, parsed_of) -> None:
    saved = shelf.save(parsed_of(DECIDES))
    save_mandate_reading(shelf.db, saved.id, RULES, ["MINUSCA"], "[]")
    (one,) = mandate_readings(shelf.db, [SYMBOL], RULES)
    assert (one.symbol, one.bodies, one.reading) == (SYMBOL, ("MINUSCA",), "[]")
    assert mandate_readings(shelf.db, [SYMBOL], "another") == []
    assert mandate_readings(shelf.db, ["S/RES/1325 (2000)"], RULES) == []


def test_a_version_that_is_read_again_has_no_reading_until_it_is_saved_anew(shelf, parsed_of) -> None:
    at = shelf.snapshot()
    saved = shelf.save(parsed_of(DECIDES), at)
    save_mandate_reading(shelf.db, saved.id, RULES, ["MINUSCA"], "[]")
    shelf.save(parsed_of(DECIDES, "Calls upon women;", parser_version="2"), at)
    assert mandate_readings(shelf.db, [SYMBOL], RULES) == []
    assert [one.version for one in read_by_others(shelf.db, RULES)] == [saved.id]


def test_the_same_reading_again_writes_nothing(shelf, parsed_of) -> None:
    saved = shelf.save(parsed_of(DECIDES))
    keep = (shelf.db, saved.id, RULES, ["MINUSCA"], "[]")
    assert shelf.writes(lambda: save_mandate_reading(*keep)) == 1
    assert shelf.writes(lambda: save_mandate_reading(*keep)) == 0


def test_only_english_resolutions_are_waited_for(shelf, parsed_of) -> None:
    shelf.save(parsed_of("Décide que les femmes participent ; women", language="fr"))
    assert read_by_others(shelf.db, RULES) == []
