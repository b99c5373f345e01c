"""The nearest right word: one that is near, all of a few, and never a screen full of names."""

from monitor.text.nearest import nearest_of


def test_what_is_near_is_named_as_it_is_written() -> None:
    assert nearest_of("EXTRACT", ["alerts", "extracts"]) == "the nearest is 'extracts'"


def test_of_a_few_all_are_named() -> None:
    assert nearest_of("zzz", ["alerts", "extracts"]) == "known are 'alerts', 'extracts'"


def test_of_many_none_is_named() -> None:
    assert nearest_of("zzz", map(str, range(1543))) == "none of the 1,543 known is near"
