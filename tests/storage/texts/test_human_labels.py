"""What people say of labels: kept as history, placed by address and text, and laid over what the machine says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.corrections import HumanAction, HumanLabel, correct, place_labels
from storage.models import Evidence, Label, Paragraph, Part, Said
from storage.texts.extracts import list_extracts
from storage.texts.human_labels import human_labels_of, list_human_labels, placed_labels, save_human_label
from storage.texts.labels import label_states, replace_labels, vocabulary_of, with_vocabulary
from storage.texts.version_rows import load_parsed

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SYMBOL = "S/RES/2387 (2017)"
LONG = "Calls for the full, equal and meaningful participation of women in the peace process;"
OTHER = "Requests the Secretary-General to report on the deployment of the mission every ninety days;"
MACHINE = Evidence("women", 58, 63, "participation.women")


def said(
    theme: str | None,
    action: str = "add",
    *,
    address: str = "OP 1",
    text: str = LONG,
    minutes: int = 0,
    by: str = "anna",
) -> HumanLabel:
    return HumanLabel(
        SYMBOL, "en", address, text, theme, HumanAction(action), by, "a note", NOW + timedelta(minutes=minutes)
    )


def text_of(*paragraphs: tuple[str, str], themes: tuple[str, ...] = ()) -> tuple[Paragraph, ...]:
    labels = tuple(Label(theme, (MACHINE,)) for theme in themes)
    return tuple(Paragraph(address, Part.OPERATIVE, text, labels=labels) for address, text in paragraphs)


def themes_after(paragraphs: tuple[Paragraph, ...], *words: HumanLabel) -> list[tuple[str, ...]]:
    return [each.themes for each in correct(paragraphs, place_labels(words, paragraphs))]


def test_an_added_theme_stands_with_the_persons_word_as_its_evidence() -> None:
    paragraphs = text_of(("OP 1", LONG))

    (corrected,) = correct(paragraphs, place_labels([said("Protection")], paragraphs))

    word = Evidence("", 0, 0, "human:anna", said=Said("anna", NOW, "a note", is_text_changed=False))
    assert corrected.labels == (Label("Protection", (word,)),)
    assert corrected.text[word.start : word.end] == word.phrase


def test_a_removed_theme_is_gone_and_the_others_stay() -> None:
    paragraphs = text_of(("OP 1", LONG), themes=("Participation", "Protection"))

    assert themes_after(paragraphs, said("Protection", "remove")) == [("Participation",)]


def test_the_machines_evidence_stays_in_front_of_the_word_of_a_person_who_agrees() -> None:
    paragraphs = text_of(("OP 1", LONG), themes=("Participation",))

    (corrected,) = correct(paragraphs, place_labels([said("Participation", "confirm")], paragraphs))

    assert [each.rule for each in corrected.labels[0].evidence] == ["participation.women", "human:anna"]


def test_a_confirmed_theme_holds_when_a_later_vocabulary_no_longer_gives_it() -> None:
    assert themes_after(text_of(("OP 1", LONG)), said("Participation", "confirm")) == [("Participation",)]


def test_that_there_is_no_theme_adds_and_removes_none() -> None:
    assert themes_after(text_of(("OP 1", LONG), themes=("Protection",)), said(None, "confirm")) == [("Protection",)]


def test_the_last_word_on_a_theme_holds() -> None:
    paragraphs = text_of(("OP 1", LONG))
    words = [
        said("Protection"),
        said("Protection", "remove", by="bo"),
        said("Disarmament"),
        said("Protection", by="cy"),
    ]

    assert themes_after(paragraphs, *words[:2]) == [()]
    assert themes_after(paragraphs, *words) == [("Disarmament", "Protection")]


def test_themes_stand_in_the_order_of_the_vocabulary_whoever_gave_them() -> None:
    paragraphs = text_of(("OP 1", LONG), themes=("Participation", "Protection"))

    assert themes_after(paragraphs, said("Disarmament")) == [("Disarmament", "Participation", "Protection")]


@pytest.mark.parametrize(
    ("now", "address", "is_changed"),
    [
        ([("OP 1", LONG), ("OP 2", OTHER)], "OP 1", False),
        ([("OP 1", LONG.replace(" ", "  ").replace("-", "\u2011")), ("OP 2", OTHER)], "OP 1", False),
        ([("OP 1", "Calls for the participation of women;"), ("OP 2", OTHER)], "OP 1", True),
        ([("OP 2", LONG)], "OP 2", False),
        ([("OP 1", OTHER), ("OP 2", LONG)], "OP 2", False),
        ([("OP 2", LONG), ("OP 3", LONG)], None, False),
        ([("OP 2", OTHER)], None, False),
    ],
    ids=[
        "as it was", "printed otherwise", "other words", "renumbered", "pushed down by a new one", "twice", "gone",
    ],
)  # fmt: skip
def test_a_word_is_about_the_same_text_or_else_the_same_place(
    now: list[tuple[str, str]], address: str | None, is_changed: bool
) -> None:
    (placed,) = place_labels([said("Protection")], text_of(*now))

    assert (placed.address, placed.is_text_changed) == (address, is_changed)


def test_a_short_item_is_not_taken_for_the_same_words_in_another_list() -> None:
    now = text_of(("OP 3 (c)", "women and girls;"), ("OP 5 (b)", "women;"))

    (placed,) = place_labels([said("Participation", address="OP 3 (c)", text="women;")], now)

    assert (placed.address, placed.is_text_changed) == ("OP 3 (c)", True)


def test_a_changed_text_is_no_longer_marked_once_somebody_speaks_of_the_new_one() -> None:
    now = text_of(("OP 1", "Calls for the participation of women;"))
    words = [said("Protection", "remove"), said("Participation", "confirm", text=now[0].text)]

    assert [each.is_text_changed for each in place_labels(words[:1], now)] == [True]
    assert [each.is_text_changed for each in place_labels(words, now)] == [False, False]


@given(
    st.lists(st.tuples(st.sampled_from(["OP 1", "OP 2", "OP 3"]), st.text(max_size=60)), unique_by=lambda one: one[0])
)
def test_nobodys_word_changes_a_text_or_another_paragraph(paragraphs: list[tuple[str, str]]) -> None:
    before = text_of(*paragraphs)
    placed = place_labels([said("Protection"), said("Disarmament", address="OP 2", text="women;")], before)
    after = correct(before, placed)

    assert [replace(each, labels=()) for each in after] == list(before)
    assert {each.address for each in after if each.labels} == {each.address for each in placed} - {None}


def test_all_that_was_said_is_kept_oldest_first(shelf) -> None:
    words = [said("Protection"), said("Protection", "remove", minutes=1), said("Protection", minutes=2)]
    for word in words:
        assert save_human_label(shelf.db, word)

    kept = list_human_labels(shelf.db)

    assert [replace(each, id=0) for each in kept] == words
    assert kept == list(human_labels_of(shelf.db, SYMBOL, "en"))
    assert human_labels_of(shelf.db, SYMBOL, "fr") == ()


def test_the_same_said_again_by_the_same_person_is_kept_once(shelf) -> None:
    save_human_label(shelf.db, said("Protection"))

    assert not save_human_label(shelf.db, said("Protection", minutes=5))
    assert save_human_label(shelf.db, said("Protection", by="bo"))
    assert save_human_label(shelf.db, said("Protection", text="other words"))
    assert len(list_human_labels(shelf.db)) == 3


def test_a_persons_evidence_comes_back_from_the_database_as_it_was(shelf, parsed_of) -> None:
    word = Evidence("", 0, 0, "human:anna", said=Said("anna", NOW, None, is_text_changed=True))
    document = parsed_of(LONG)
    labelled = replace(document.paragraphs[0], labels=(Label("Protection", (MACHINE, word)),))
    saved = shelf.save(replace(document, paragraphs=(labelled,)))

    assert load_parsed(shelf.db, saved.id).paragraphs == (labelled,)


def test_an_extract_is_reviewed_when_somebody_spoke_of_a_paragraph_in_it(shelf, parsed_of) -> None:
    save_human_label(shelf.db, said("Protection", "confirm"))
    shelf.save(parsed_of(LONG, OTHER, themes=("Protection",)))

    def addresses(**wanted: bool) -> list[tuple[str, ...]]:
        return [each.addresses for each in list_extracts(shelf.db, **wanted)]

    assert [each.reviewed for each in list_extracts(shelf.db)] == [True, False]
    assert addresses(reviewed=True) == [("OP 1",)]
    assert addresses(reviewed=False) == [("OP 2",)]
    assert [each.addresses for each in list_extracts(shelf.db, reviewed=False, limit=1)] == [("OP 2",)]


def test_an_extract_says_since_when_the_text_that_was_spoken_of_has_changed(shelf, parsed_of) -> None:
    save_human_label(shelf.db, said("Protection", text="Calls for something else;"))
    shelf.save(parsed_of(LONG, OTHER, themes=("Protection",)))

    assert [each.changed_since for each in list_extracts(shelf.db)] == [NOW, None]


def test_what_was_said_of_another_document_reviews_nothing_here(shelf, parsed_of) -> None:
    save_human_label(shelf.db, replace(said("Protection"), symbol="S/RES/1325 (2000)"))
    shelf.save(parsed_of(LONG, themes=("Protection",)))

    assert [each.reviewed for each in list_extracts(shelf.db)] == [False]


def test_a_word_is_placed_again_when_its_document_is_read_as_another_text(shelf, parsed_of) -> None:
    save_human_label(shelf.db, said("Protection"))
    snapshot = shelf.snapshot()
    shelf.save(parsed_of(LONG, OTHER, themes=("Protection",)), snapshot)
    shelf.save(parsed_of(OTHER, LONG, themes=("Protection",), parser_version="2"), snapshot)

    assert [each.addresses for each in list_extracts(shelf.db, reviewed=True)] == [("OP 2",)]


def test_replaced_labels_leave_the_words_and_when_they_were_read_as_they_were(shelf, parsed_of) -> None:
    saved = shelf.save(parsed_of(LONG, themes=("Protection",), parser_version="7+old"))
    read_at = shelf.db.execute("SELECT read_at, text_hash FROM versions").fetchone()
    document = load_parsed(shelf.db, saved.id)
    bare = replace(document, paragraphs=text_of(("OP 1", LONG)), parser_version="7+new")

    replace_labels(shelf.db, saved.id, bare, ())

    assert load_parsed(shelf.db, saved.id) == bare
    assert list_extracts(shelf.db) == []
    assert tuple(shelf.db.execute("SELECT read_at, text_hash FROM versions").fetchone()) == tuple(read_at)
    assert [state.vocabulary for state in label_states(shelf.db)] == ["new"]


@pytest.mark.parametrize(
    ("parser_version", "vocabulary", "renewed"),
    [("2026.11.1+58e6d9", "58e6d9", "2026.11.1+new"), ("1", "", "1+new")],
)
def test_the_vocabulary_is_what_stands_behind_the_plus(parser_version: str, vocabulary: str, renewed: str) -> None:
    assert vocabulary_of(parser_version) == vocabulary
    assert with_vocabulary(parser_version, "new") == renewed


def test_what_was_said_of_a_paragraph_that_is_gone_is_kept_and_stands_nowhere(shelf, parsed_of) -> None:
    save_human_label(shelf.db, said("Protection", address="OP 9"))
    saved = shelf.save(parsed_of(OTHER))

    assert [each.address for each in placed_labels(shelf.db, load_parsed(shelf.db, saved.id))] == [None]
    assert shelf.db.execute("SELECT count(*) FROM reviews").fetchone()[0] == 0
