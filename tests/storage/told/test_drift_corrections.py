"""What people say of the lines of a renewal is history; it follows the words it was said of."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from storage.drift_values import DriftCorrection, stands_at
from storage.models import Paragraph, Part
from storage.told.drift_corrections import all_drift_corrections, drift_corrections, save_drift_correction

SAID = DriftCorrection(
    new="S/RES/2666 (2022)",
    old="S/RES/2612 (2021)",
    language="en",
    old_address="OP 9",
    old_text="Condemns rape;",
    new_address="OP 7",
    new_text="Strongly condemns rape;",
    status="merged",
    direction="weaker",
    author="Ada",
    note="law on reparations",
    made_at=datetime(2026, 11, 30, 12, tzinfo=UTC),
)


def of_renewal(db) -> tuple[DriftCorrection, ...]:
    return drift_corrections(db, "S/RES/2666 (2022)", "S/RES/2612 (2021)", "en")


def test_what_was_said_comes_back_oldest_first(shelf) -> None:
    later = replace(SAID, status="reworded", author="Bo")
    assert save_drift_correction(shelf.db, SAID)
    assert save_drift_correction(shelf.db, later)
    assert of_renewal(shelf.db) == (SAID, later)


def test_the_same_word_of_the_same_person_is_kept_once(shelf) -> None:
    save_drift_correction(shelf.db, SAID)
    assert not save_drift_correction(shelf.db, replace(SAID, made_at=datetime(2026, 12, 1, tzinfo=UTC)))
    assert of_renewal(shelf.db) == (SAID,)


@pytest.mark.parametrize("change", [{"direction": None}, {"note": None}, {"author": "Bo"}, {"new_text": "Other;"}])
def test_another_word_is_another_row(shelf, change: dict[str, str | None]) -> None:
    save_drift_correction(shelf.db, SAID)
    assert save_drift_correction(shelf.db, replace(SAID, **change))


def test_a_paragraph_without_counterpart_has_neither_address_nor_text(shelf) -> None:
    dropped = replace(SAID, new_address=None, new_text=None, status="dropped", direction=None)
    save_drift_correction(shelf.db, dropped)
    assert not save_drift_correction(shelf.db, dropped)
    assert of_renewal(shelf.db) == (dropped,)


def test_other_pairs_and_languages_are_not_spoken_of(shelf) -> None:
    save_drift_correction(shelf.db, SAID)
    assert drift_corrections(shelf.db, SAID.new, SAID.old, "fr") == ()
    assert drift_corrections(shelf.db, SAID.new, "S/RES/2556 (2020)", "en") == ()


def paragraphs(*texts: str) -> list[Paragraph]:
    return [Paragraph(f"OP {n}", Part.OPERATIVE, text) for n, text in enumerate(texts, 1)]


def test_a_word_follows_its_paragraph_to_another_number() -> None:
    assert stands_at("OP 1", "Condemns rape;", paragraphs("Decides;", "Condemns  rape;")) == "OP 2"


def test_a_word_on_a_text_that_is_gone_or_stands_twice_elsewhere_holds_no_longer() -> None:
    assert stands_at("OP 1", "Condemns rape;", paragraphs("Decides;")) is None
    assert stands_at("OP 9", "women;", paragraphs("women;", "women;")) is None


def test_a_word_on_words_that_stand_where_they_did_holds_there() -> None:
    assert stands_at("OP 2", "women;", paragraphs("women;", "women;")) == "OP 2"
    assert stands_at(None, None, paragraphs("women;")) is None


def test_all_that_was_said_in_a_language_is_read_at_once(shelf) -> None:
    other = replace(SAID, new="S/RES/2700 (2023)")
    for each in (SAID, other, replace(SAID, language="fr")):
        save_drift_correction(shelf.db, each)
    assert all_drift_corrections(shelf.db, "en") == [SAID, other]
