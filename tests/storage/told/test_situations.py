"""Where documents belong: the library's record holds where it says something, else their own words."""

from storage.texts.extracts import list_extracts
from storage.told.situations import PlacedDocument, placements, save_placement

OTHER = "S/RES/2779 (2025)"


def test_the_record_holds_where_it_says_something(shelf) -> None:
    save_placement(shelf.db, OTHER, "text", "Sudan", ["UNMISS", "UNMIS"])
    save_placement(shelf.db, OTHER, "metadata", "South Sudan", ["UNMISS"])
    assert placements(shelf.db) == {OTHER: PlacedDocument("South Sudan", ("UNMISS",))}


def test_what_the_record_leaves_open_the_text_tells(shelf) -> None:
    save_placement(shelf.db, OTHER, "metadata", None, [])
    save_placement(shelf.db, OTHER, "text", "South Sudan", ["UNMISS"])
    assert placements(shelf.db, [OTHER]) == {OTHER: PlacedDocument("South Sudan", ("UNMISS",))}
    assert placements(shelf.db, "S/RES/1 (1946)") == {}


def test_the_same_place_again_writes_nothing(shelf) -> None:
    assert save_placement(shelf.db, OTHER, "text", "Sudan", ["UNMIS"])
    assert shelf.writes(lambda: save_placement(shelf.db, OTHER, "text", "Sudan", ["UNMIS"])) == 0
    assert save_placement(shelf.db, OTHER, "text", "South Sudan", ["UNMISS"])


def test_extracts_are_chosen_by_situation_and_body(shelf, parsed_of) -> None:
    shelf.save(parsed_of("Women take part.", themes=["Participation"]))
    shelf.save(parsed_of("Women lead.", themes=["Participation"], symbol=OTHER))
    save_placement(shelf.db, OTHER, "text", "South Sudan", ["UNMISS", "MINUSCA"])

    def found(**choices: str) -> list[tuple[str, str | None, tuple[str, ...]]]:
        return [(row.symbol, row.situation, row.bodies) for row in list_extracts(shelf.db, **choices)]

    chosen = (OTHER, "South Sudan", ("UNMISS", "MINUSCA"))
    assert found(situation="South Sudan") == [chosen]
    assert found(body="MINUSCA") == [chosen]
    assert found(situation="South Sudan", body="UNMIL") == []
    assert len(found()) == 2
