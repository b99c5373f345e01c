"""What changed, by paragraphs and by words."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.changes.diff import (
    Replacement,
    WordKind,
    WordRun,
    diff_paragraphs,
    parent_address,
    replacements,
    word_changes,
)
from storage.folding import loose_text
from storage.models import Paragraph, Part
from storage.records import ChangeKind

Make = Callable[..., Paragraph]

WORDS = st.sampled_from(["women", "peace", "shall", "report", "the", "Council", "of", "pre-deployment", "“role”"])
TEXT = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
TEXTS = st.lists(TEXT, max_size=8)

RESOLUTION = [
    "Decides to extend the mandate of the mission",
    "Urges all parties to respect the ceasefire",
    "Calls for the full participation of women in the talks",
    "Requests the Secretary-General to report within ninety days",
    "Decides to remain seized of the matter",
]


def numbered(texts: list[str]) -> list[Paragraph]:
    return [Paragraph(f"OP {n}", Part.OPERATIVE, text) for n, text in enumerate(texts, start=1)]


def told(before: list[Paragraph], after: list[Paragraph]) -> list[tuple[str, str | None, str]]:
    return [(change.kind.value, change.before_address, change.address) for change in diff_paragraphs(before, after)]


def test_one_word_changed_is_one_change() -> None:
    after = [*RESOLUTION]
    after[2] = after[2].replace("full", "safe")

    assert told(numbered(RESOLUTION), numbered(after)) == [("modified", "OP 3", "OP 3")]


@pytest.mark.parametrize("place", range(5))
def test_one_word_changed_anywhere_is_one_change(place: int) -> None:
    after = [*RESOLUTION]
    after[place] += " henceforth"

    assert told(numbered(RESOLUTION), numbered(after)) == [("modified", f"OP {place + 1}", f"OP {place + 1}")]


def test_a_paragraph_inserted_at_3_is_one_added_and_the_rest_renumbered() -> None:
    after = [*RESOLUTION[:2], "Welcomes the appointment of a Special Envoy", *RESOLUTION[2:]]

    assert told(numbered(RESOLUTION), numbered(after)) == [
        ("added", None, "OP 3"),
        ("renumbered", "OP 3", "OP 4"),
        ("renumbered", "OP 4", "OP 5"),
        ("renumbered", "OP 5", "OP 6"),
    ]


def test_a_removed_paragraph_is_told_where_it_stood() -> None:
    assert told(numbered(RESOLUTION), numbered([*RESOLUTION[:3], *RESOLUTION[4:]])) == [
        ("removed", "OP 4", "OP 4"),
        ("renumbered", "OP 5", "OP 4"),
    ]


def test_a_modified_paragraph_whose_number_shifted_is_one_change() -> None:
    after = ["Welcomes the appointment of a Special Envoy", *RESOLUTION]
    after[3] = after[3].replace("full", "safe")

    changes = told(numbered(RESOLUTION), numbered(after))

    assert ("modified", "OP 3", "OP 4") in changes
    assert len(changes) == 6


def test_a_paragraph_out_of_its_order_has_moved() -> None:
    after = [RESOLUTION[3], *RESOLUTION[:3], RESOLUTION[4]]

    assert told(numbered(RESOLUTION), numbered(after)) == [
        ("moved", "OP 4", "OP 1"),
        ("renumbered", "OP 1", "OP 2"),
        ("renumbered", "OP 2", "OP 3"),
        ("renumbered", "OP 3", "OP 4"),
    ]


def test_a_sub_paragraph_under_another_paragraph_has_moved(paragraph: Make) -> None:
    before = [
        paragraph("OP 1", "Calls on the mission:"),
        paragraph("OP 1 (a)", "to protect civilians;"),
        paragraph("OP 1 (b)", "to support women mediators;"),
        paragraph("OP 2", "Encourages the Government:"),
        paragraph("OP 2 (a)", "to hold elections;"),
    ]
    after = [
        *before[:2],
        before[3],
        paragraph("OP 2 (a)", "to support women mediators;"),
        paragraph("OP 2 (b)", "to hold elections;"),
    ]

    assert told(before, after) == [("moved", "OP 1 (b)", "OP 2 (a)"), ("renumbered", "OP 2 (a)", "OP 2 (b)")]


def test_sub_paragraphs_follow_their_paragraph_to_its_new_number(paragraph: Make) -> None:
    before = [paragraph("OP 1", "Calls on the mission:"), paragraph("OP 1 (a)", "to protect civilians;")]
    after = [
        paragraph("OP 1", "Welcomes the appointment of an envoy"),
        paragraph("OP 2", "Calls on the mission:"),
        paragraph("OP 2 (a)", "to protect civilians;"),
    ]

    assert told(before, after) == [
        ("added", None, "OP 1"),
        ("renumbered", "OP 1", "OP 2"),
        ("renumbered", "OP 1 (a)", "OP 2 (a)"),
    ]


def test_a_chapeau_change_is_one_change_at_the_chapeau(paragraph: Make) -> None:
    before = [
        paragraph("OP 1", "Calls on the mission to ensure:"),
        *(
            paragraph(f"OP 1 ({letter})", f"item {letter};", chapeau="Calls on the mission to ensure:")
            for letter in "abc"
        ),
    ]
    after = [
        paragraph("OP 1", "Encourages the mission to ensure:"),
        *(
            paragraph(f"OP 1 ({letter})", f"item {letter};", chapeau="Encourages the mission to ensure:")
            for letter in "abc"
        ),
    ]

    assert told(before, after) == [("modified", "OP 1", "OP 1")]


def test_a_chapeau_written_anew_leaves_its_sub_paragraphs_alone(paragraph: Make) -> None:
    before = [paragraph("OP 1", "Condemns all attacks by:"), paragraph("OP 1 (a)", "to protect civilians;")]
    after = [paragraph("OP 1", "Requests the mission urgently"), paragraph("OP 1 (a)", "to protect civilians;")]

    assert [kind for kind, _, _ in told(before, after)] == ["removed", "added"]


def test_other_printing_is_no_change() -> None:
    before = numbered(["the “pre-deployment” training – of  troops", "women’s rights"])
    after = numbered(['the "predeployment" training - of troops', "women's rights"])

    assert told(before, after) == []


def test_a_preambular_paragraph_that_became_operative_has_moved(paragraph: Make) -> None:
    before = [paragraph("PP 1", "Recalling its resolutions"), paragraph("PP 2", "Acting under Chapter VII")]
    after = [paragraph("PP 1", "Recalling its resolutions"), paragraph("OP 1", "Acting under Chapter VII")]

    assert told(before, after) == [("moved", "PP 2", "OP 1")]


@pytest.mark.parametrize(
    ("address", "parent"),
    [
        ("OP 42", None),
        ("OP 7 +1", None),
        ("OP 42 (a)", "OP 42"),
        ("OP 42 (a) (iii)", "OP 42 (a)"),
        ("OP 4 (•2)", "OP 4"),
        ("OP 8 (b) #2", "OP 8"),
        ("Annex II, para. 3 (b)", "Annex II, para. 3"),
    ],
)
def test_a_sub_paragraph_stands_under_the_address_without_its_label(address: str, parent: str | None) -> None:
    assert parent_address(address) == parent


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(texts: list[str]) -> None:
    assert diff_paragraphs(numbered(texts), numbered(texts)) == []


@given(TEXTS, TEXT, st.integers(0, 8))
def test_inserting_a_paragraph_gives_exactly_one_added(texts: list[str], text: str, place: int) -> None:
    place = min(place, len(texts))
    changes = diff_paragraphs(numbered(texts), numbered([*texts[:place], text, *texts[place:]]))

    kinds = [change.kind for change in changes]
    assert kinds.count(ChangeKind.ADDED) == 1
    assert set(kinds) <= {ChangeKind.ADDED, ChangeKind.RENUMBERED}


@given(TEXTS, TEXTS)
def test_no_paragraph_has_two_changes(old: list[str], new: list[str]) -> None:
    changes = diff_paragraphs(numbered(old), numbered(new))

    before = [change.before_address for change in changes if change.before]
    after = [change.address for change in changes if change.after]
    assert len(set(before)) == len(before)
    assert len(set(after)) == len(after)


@given(TEXTS, TEXTS)
def test_what_has_no_change_has_the_same_words_at_the_same_address(old: list[str], new: list[str]) -> None:
    before, after = numbered(old), numbered(new)
    changes = diff_paragraphs(before, after)
    touched_before = {change.before_address for change in changes}
    touched_after = {change.address for change in changes if change.after}

    rest_before = [(p.address, loose_text(p.text)) for p in before if p.address not in touched_before]
    rest_after = [(p.address, loose_text(p.text)) for p in after if p.address not in touched_after]
    assert rest_before == rest_after


def test_a_replaced_word_is_removed_then_added() -> None:
    assert word_changes("States shall report", "States should report") == (
        WordRun(WordKind.EQUAL, "States"),
        WordRun(WordKind.REMOVED, "shall"),
        WordRun(WordKind.ADDED, "should"),
        WordRun(WordKind.EQUAL, "report"),
    )


def test_hyphens_and_quotation_marks_are_no_word_change() -> None:
    assert word_changes("the “pre- deployment” role", 'the "predeployment" role') == (
        WordRun(WordKind.EQUAL, 'the "predeployment" role'),
    )


def test_one_word_between_two_long_replacements_keeps_them_not_apart() -> None:
    runs = word_changes(
        "urges the parties to respect fully the terms they agreed upon",
        "urges armed groups everywhere to respect entirely new rules they agreed upon",
    )

    assert replacements(runs) == (
        Replacement("the parties", "armed groups everywhere"),
        Replacement("fully the terms", "entirely new rules"),
    )


def test_replacements_tell_additions_and_removals_too() -> None:
    assert replacements(word_changes("a b c d", "a b x c")) == (Replacement("", "x"), Replacement("d", ""))


@given(TEXT, TEXT)
def test_word_runs_give_both_texts_back(old: str, new: str) -> None:
    runs = word_changes(old, new)

    before = " ".join(run.text for run in runs if run.kind is not WordKind.ADDED)
    after = " ".join(run.text for run in runs if run.kind is not WordKind.REMOVED)
    assert loose_text(before) == loose_text(old)
    assert after == " ".join(new.split())
