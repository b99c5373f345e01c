import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.themes.folding import fold
from scraper.themes.labeller import VOCABULARY_VERSION, label_paragraphs, label_text
from scraper.themes.vocabulary import vocabulary, vocabulary_version
from storage.models import DocumentKind, Label, Paragraph, Part, Place

WORDS = [
    "women",
    "women’s",
    "girls",
    "gender",
    "gender‑based violence",
    "sexual violence",
    "1325 (2000)",
    "the participation of",
    "Urges",
    ";",
    ". ",
    ",",
    "protection of civilians",
    "İstanbul",
    "MINUSCA",
    "peace process",
    "é",
    "—",
    "\u00a0",
    "children",
    "sex offender",
    "women and men of UNAMA",
]
OFFICES = (
    "the Office for the Protection of Citizens, the Office of Insurance for Work Accidents, Sickness and Maternity"
)
texts = st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map(" ".join))


def phrases_are_exact(labels: Sequence[Label], text: str, chapeau: str | None, heading: str | None) -> bool:
    words = {Place.TEXT: text, Place.CHAPEAU: chapeau or "", Place.HEADING: heading or ""}
    return all(
        one.phrase == words[one.place][one.start : one.end] and one.phrase for label in labels for one in label.evidence
    )


@given(texts, st.none() | texts, st.none() | texts)
def test_evidence_is_what_stands_at_its_place(text: str, chapeau: str | None, heading: str | None) -> None:
    labels = label_text(text, chapeau, heading)

    assert phrases_are_exact(labels, text, chapeau, heading)
    assert all(label.evidence for label in labels)


@given(texts)
def test_a_paragraph_is_wps_content_exactly_when_it_holds_a_subject_phrase(text: str) -> None:
    book = vocabulary().book

    holds_one = any("subject" in book.concepts_of(match.group())[0] for match in book.pattern.finditer(fold(text)))

    assert bool(label_text(text)) == holds_one


def test_a_resolution_number_is_found_at_the_end_of_the_text() -> None:
    text = "Recalling its resolution 1325 (2000)"

    (label,) = label_text(text)

    assert [one.phrase for one in label.evidence] == ["1325 (2000)"]


@pytest.mark.parametrize("apostrophe", ["'", "\u2019", "\u2018"])
def test_a_typographic_apostrophe_hides_nothing(apostrophe: str) -> None:
    (label,) = label_text(f"Encourages women{apostrophe}s leadership;")

    assert label.evidence[0].phrase == f"women{apostrophe}s"


@pytest.mark.parametrize("hyphen", ["-", "\u2011", "\u2010", " "])
def test_a_non_breaking_hyphen_hides_nothing(hyphen: str) -> None:
    (label,) = label_text(f"Condemns gender{hyphen}based violence;")

    assert label.evidence[0].phrase == f"gender{hyphen}based violence"


def test_a_letter_that_grows_when_lowered_shifts_no_evidence() -> None:
    (label,) = label_text("İİİ condemns rape;")

    assert label.evidence[0].phrase == "rape"


def paragraph(address: str, text: str, chapeau: str | None = None) -> Paragraph:
    return Paragraph(address, Part.OPERATIVE, text, chapeau=chapeau)


def labelled(
    paragraphs: list[Paragraph], symbol: str = "S/RES/2000 (2011)", language: str = "en"
) -> list[tuple[str, ...]]:
    done = label_paragraphs(paragraphs, symbol=symbol, kind=DocumentKind.RESOLUTION, language=language)
    return [one.themes for one in done]


def test_the_name_of_an_office_says_nothing_by_itself() -> None:
    assert label_text(f"Welcomes that {OFFICES} have opened", None) == ()
    assert label_text(f"Requests {OFFICES} to protect women from violence", None)
    assert label_text(
        "Requests the Office of the Special Representative on Sexual Violence in Conflict to report", None
    )


def test_another_language_comes_back_without_labels() -> None:
    assert labelled([paragraph("OP 1", "Condemns rape;")], language="fr") == [()]


def test_nothing_but_the_labels_changes() -> None:
    given_ = [paragraph("OP 1", "Condemns rape;"), paragraph("OP 2", "Decides to remain seized of the matter.")]

    done = label_paragraphs(given_, symbol=None, kind=DocumentKind.UNKNOWN, language="en")

    assert [(one.address, one.text) for one in done] == [(one.address, one.text) for one in given_]


def test_labelling_twice_changes_nothing() -> None:
    once = label_paragraphs([paragraph("OP 1", "Condemns rape;")], symbol=None, kind=DocumentKind.REPORT, language="en")

    assert label_paragraphs(once, symbol=None, kind=DocumentKind.REPORT, language="en") == once


def test_the_degrees_of_a_chapeau_are_found_by_the_paragraphs_above_however_it_is_joined() -> None:
    paragraphs = [
        paragraph("OP 1", "Decides that the mandate of MINUSCA shall include the following tasks:"),
        paragraph(
            "OP 1 (a)",
            "Protection of civilians",
            "Decides that the mandate of MINUSCA shall include the following tasks:",
        ),
        paragraph(
            "OP 1 (a) (i)",
            "To answer sexual violence;",
            "Decides that the mandate of MINUSCA shall include the following tasks: Protection of civilians",
        ),
    ]

    assert labelled(paragraphs) == [(), (), ("Peacekeeping", "Protection", "Sexual and Gender-Based Violence")]


def test_a_list_of_a_wps_resolution_is_about_women_whatever_its_items_say() -> None:
    chapeau = "Requests a report on the implementation of resolution 1820 (2008), to include, inter alia:"
    item = [paragraph("OP 27 (a)", "a plan on the timely collection of information;", chapeau)]

    assert labelled(item, symbol="S/RES/1888 (2009)") == [("General Women, Peace and Security", "Implementation")]


def test_the_names_of_offices_for_citizens_and_of_insurance_are_not_about_women() -> None:
    """The word maternity stands in the name of an office."""
    offices = (
        "the Office for the Protection of Citizens, the Office of Insurance for Work Accidents, Sickness and Maternity"
    )
    assert label_text(f"The buildings of {offices} and several courts have collapsed.") == ()
    assert [label.theme for label in label_text("Calls for the protection of maternity wards;")] == ["Protection"]


def test_the_version_is_the_one_of_the_data() -> None:
    assert vocabulary_version() == VOCABULARY_VERSION, "the data changed: write its new version into labeller.py"


def test_ordinary_paragraphs_cost_little() -> None:
    plain = [
        paragraph(f"OP {number}", "Calls upon all parties to respect the ceasefire. " * 9) for number in range(2000)
    ]
    vocabulary()

    started = time.process_time()
    labelled(plain)

    assert time.process_time() - started < 2  # a slow machine needs a fiftieth of it
