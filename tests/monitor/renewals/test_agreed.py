from datetime import date

from monitor.renewals.agreed import Earlier, phrase_use, rank_wordings

SHORT = "Urges the full and equal participation of women in the peace talks;"
LONGER = "Urges the full and equal participation of women in the peace talks of Nairobi and Luanda;"
OTHER = "Decides that the arms embargo does not apply to protective clothing;"


def earlier(symbol: str, text: str, year: int | None = 2010) -> Earlier:
    return Earlier(symbol, "OP 1", text, date(year, 1, 1) if year else None, 0.0)


def test_the_same_words_come_first_then_the_nearest() -> None:
    found = rank_wordings(SHORT, [earlier("A", OTHER), earlier("B", LONGER), earlier("C", SHORT)], 10)
    assert [one.symbol for one in found] == ["C", "B", "A"]
    assert found[0].similarity == 1.0
    assert 1 > found[1].similarity > found[2].similarity


def test_of_two_as_near_the_newer_is_first() -> None:
    found = rank_wordings(SHORT, [earlier("A", SHORT, 2001), earlier("B", SHORT, 2020), earlier("C", SHORT, None)], 2)
    assert [one.symbol for one in found] == ["B", "A"]


def test_of_a_phrase_it_counts_how_much_of_it_stands_in_a_paragraph() -> None:
    held = [earlier("A", "Notes women, and peace talks;"), earlier("B", LONGER)]
    [best, _] = rank_wordings("participation of women in the peace talks", held, 2, is_phrase=True)
    assert best.symbol == "B"


def test_a_phrase_has_its_first_and_last_use_and_its_verbs() -> None:
    held = [
        earlier("A", LONGER, 2012),
        earlier("B", "Demands the full and equal participation of women;", 2005),
        earlier("C", SHORT, 2020),
    ]
    use = phrase_use("full and equal participation of women", held)
    assert use is not None
    assert (use.uses, use.first.symbol, use.last.symbol) == (3, "B", "C")
    assert (use.strongest, use.most_usual) == ("demand", "urge")


def test_an_unused_phrase_has_no_history() -> None:
    assert phrase_use("words", []) is None
