"""Which changes are news about women, and why."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from monitor.changes.diff import ParagraphChange, diff_paragraphs
from monitor.changes.flags import FlaggedChange, flag_changes
from storage.models import Paragraph, Part
from storage.records import ChangeKind

Make = Callable[..., Paragraph]


def judged(before: list[Paragraph], after: list[Paragraph]) -> list[FlaggedChange]:
    return flag_changes(diff_paragraphs(before, after), before, after)


def test_a_new_paragraph_about_women_is_flagged_with_its_themes(paragraph: Make) -> None:
    flags = judged([], [paragraph("OP 1", "women shall take part", "Participation", "Protection")])

    assert [flag.reasons for flag in flags] == [("new WPS content: Participation, Protection",)]
    assert flags[0].themes == ("Participation", "Protection")


def test_a_new_paragraph_about_something_else_is_not(paragraph: Make) -> None:
    assert judged([], [paragraph("OP 1", "decides to remain seized")]) == []


def test_a_word_changed_in_words_about_women_is_told(paragraph: Make) -> None:
    flags = judged(
        [paragraph("OP 1", "women shall take part in the talks", "Participation")],
        [paragraph("OP 1", "women should take part in the talks", "Participation")],
    )

    assert flags[0].reasons == ("the words about women changed: 'shall' became 'should'",)


def test_the_comma_behind_a_changed_word_is_not_quoted(paragraph: Make) -> None:
    flags = judged(
        [paragraph("OP 1", "women, shall, take part in the talks", "Participation")],
        [paragraph("OP 1", "women, should, take part; in the talks", "Participation")],
    )

    assert flags[0].reasons == ("the words about women changed: 'shall' became 'should'; 'part' became 'part;'",)


def test_words_about_women_dropped_are_told_with_the_themes_they_had(paragraph: Make) -> None:
    flags = judged(
        [paragraph("OP 1", "the participation of women and youth", "Participation")],
        [paragraph("OP 1", "the participation of youth")],
    )

    assert flags[0].reasons == ("words about women dropped: 'women and' dropped",)
    assert flags[0].themes == ("Participation",)


def test_words_about_women_that_come_into_a_paragraph_are_new_content(paragraph: Make) -> None:
    flags = judged(
        [paragraph("OP 1", "the participation of youth")],
        [paragraph("OP 1", "the participation of women and youth", "Participation")],
    )

    assert flags[0].reasons == ("new WPS content: Participation",)


def test_themes_gained_and_lost_are_told(paragraph: Make) -> None:
    flags = judged(
        [paragraph("OP 1", "women are consulted in the talks", "Participation")],
        [paragraph("OP 1", "women are protected in the talks", "Protection")],
    )

    assert flags[0].reasons == (
        "the words about women changed: 'consulted' became 'protected'",
        "now also Protection",
        "no longer Participation",
    )


def test_of_many_places_three_are_told(paragraph: Make) -> None:
    flags = judged(
        [paragraph("OP 1", "a women b and c and d and e and f and g", "Participation")],
        [paragraph("OP 1", "1 women 2 and 3 and 4 and 5 and 6 and 7", "Participation")],
    )

    assert flags[0].reasons[0].endswith("'c' became '3'; and 4 more places")


def test_a_changed_chapeau_of_sub_paragraphs_about_women_is_flagged(paragraph: Make) -> None:
    rest = [paragraph("OP 1 (a)", "civilians;"), paragraph("OP 1 (b)", "women;", "Protection")]

    flags = judged(
        [paragraph("OP 1", "Decides that the mission shall protect:"), *rest],
        [paragraph("OP 1", "Encourages the mission to protect:"), *rest],
    )

    assert [flag.change.address for flag in flags] == ["OP 1"]
    assert flags[0].reasons[0].startswith("the chapeau of WPS sub-paragraphs changed (OP 1 (b)): 'Decides that")
    assert flags[0].themes == ("Protection",)


def test_a_changed_chapeau_of_other_sub_paragraphs_is_not(paragraph: Make) -> None:
    rest = [paragraph("OP 1 (a)", "civilians;"), paragraph("OP 12 (a)", "women;", "Protection")]

    assert (
        judged(
            [paragraph("OP 1", "Decides that the mission shall protect:"), *rest],
            [paragraph("OP 1", "Encourages the mission to protect:"), *rest],
        )
        == []
    )


def test_a_chapeau_that_is_new_with_its_sub_paragraphs_is_told_by_them_alone(paragraph: Make) -> None:
    flags = judged([], [paragraph("OP 1", "Decides to protect:"), paragraph("OP 1 (a)", "women;", "Protection")])

    assert [flag.change.address for flag in flags] == ["OP 1 (a)"]


def test_a_paragraph_about_women_that_only_moved_is_not_flagged(paragraph: Make) -> None:
    women = paragraph("OP 1", "women shall take part", "Participation")

    assert judged([women], [paragraph("OP 1", "welcomes the report"), replace(women, address="OP 2")]) == []


def test_removed_and_restored_words_about_women_are_flagged(paragraph: Make) -> None:
    women = paragraph("OP 1", "women shall take part", "Participation")
    removed = ParagraphChange(ChangeKind.REMOVED, women, None)
    restored = ParagraphChange(ChangeKind.RESTORED, None, women)

    assert [flag.reasons for flag in flag_changes([removed, restored], (), ())] == [
        ("WPS content removed: Participation",),
        ("WPS content is back after its removal: Participation",),
    ]


@given(st.lists(st.text(max_size=20), max_size=5), st.lists(st.text(max_size=20), max_size=5))
def test_without_words_about_women_nothing_is_flagged(old: list[str], new: list[str]) -> None:
    before = [Paragraph(f"OP {n}", Part.OPERATIVE, text) for n, text in enumerate(old, start=1)]
    after = [Paragraph(f"OP {n}", Part.OPERATIVE, text) for n, text in enumerate(new, start=1)]

    assert judged(before, after) == []
