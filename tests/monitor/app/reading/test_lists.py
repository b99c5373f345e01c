"""What can be asked for, with counts: situations, bodies and mandates as they are held."""

from datetime import date

from monitor.app.reading.lists import list_bodies, list_mandates, list_situations
from storage.told.situations import save_placement


def test_places_are_counted_by_document_and_by_paragraph(shelf, parsed_of) -> None:
    shelf.save(parsed_of("women", "arms", themes=()))
    shelf.save(parsed_of("women", "girls", themes=("Protection", "Participation"), symbol="S/RES/2400 (2018)"))
    for symbol in ("S/RES/2387 (2017)", "S/RES/2400 (2018)"):
        save_placement(shelf.db, symbol, "text", "Mali", ["MINUSMA"])

    (situation,), (body,) = list_situations(shelf.db), list_bodies(shelf.db)

    assert (situation.name, situation.documents, situation.paragraphs) == ("Mali", 2, 2)
    assert (body.name, body.documents) == ("MINUSMA", 2)


def test_the_next_mandate_to_expire_comes_first_and_what_has_ended_only_when_asked_for(shelf, parsed_of) -> None:
    def extend(symbol: str, body: str, until: str, day: date) -> None:
        text = f"Decides to extend the mandate of {body} until {until};"
        shelf.save(parsed_of(text, symbol=symbol, adopted_on=day))
        save_placement(shelf.db, symbol, "text", None, [body])

    extend("S/RES/2700 (2023)", "UNDOF", "31 December 2024", date(2023, 6, 1))
    extend("S/RES/2701 (2023)", "UNMISS", "30 June 2024", date(2023, 6, 2))

    then = list_mandates(shelf.db, date(2024, 1, 1), with_ended=False)
    later = list_mandates(shelf.db, date(2024, 8, 1), with_ended=False)

    assert [(one.body, one.state) for one in then] == [("UNMISS", "running"), ("UNDOF", "running")]
    assert [(one.body, one.state) for one in later] == [("UNDOF", "running"), ("UNMISS", "passed")]
    assert then[0].expires_on == date(2024, 6, 30)
