"""To which situation a document belongs, and which missions, committees and panels it names."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from scraper.facts.of_metadata import facts_of_metadata
from scraper.pages.unxml.metadata import ResolutionData, Subject
from scraper.situations.bodies import bodies_in, bodies_of_terms, unnamed_bodies
from scraper.situations.placing import find_situation, place_by_facts, place_by_text
from scraper.situations.vocabulary import folded, load_bodies, load_situations
from storage.models import DocumentKind, Paragraph, ParsedDocument, Part


def text(*paragraphs: str, subject: str | None, language: str = "en") -> ParsedDocument:
    return ParsedDocument(
        symbol="S/PRST/2025/1", kind=DocumentKind.PRESIDENTIAL_STATEMENT, language=language,
        adopted_on=date(2025, 1, 1), published_on=None, meeting=None, subject=subject, media_type="application/xml",
        reader="akn", parser_version="1",
        paragraphs=tuple(Paragraph("para. 1", Part.BODY, words) for words in paragraphs),
    )  # fmt: skip


def record(agenda_item: str | None, *terms: str, title: str = "") -> list[str | None]:
    subjects = tuple(Subject(term, "UNBIS Thesaurus" if term.isupper() else "DHLAUTH") for term in terms)
    data = ResolutionData("S/RES/1 (1946)", agenda_item=agenda_item, subjects=subjects, title=title)
    placed = place_by_facts(data.symbol, facts_of_metadata(data))
    return [placed.situation, *placed.bodies]


@pytest.mark.parametrize(
    ("words", "bodies"),
    [
        ("Decides to extend the mandate of UNMISS until 30 April 2026", ["UNMISS"]),
        ("the United Nations Mission in South Sudan and the UN Mission in Liberia", ["UNMISS", "UNMIL"]),
        ("UNMIS, not UNMISSION", ["UNMIS"]),
        ("the Committee established pursuant to resolution 1591 (2005)", ["1591 Committee"]),
        ("the Committee established by paragraph 8 of resolution 1533 (2004)", ["1533 Committee"]),
        ("the 1267/1989 Committee and the 1988 Sanctions Committee", ["1267 Committee", "1988 Committee"]),
        ("the Panel of Experts established pursuant to resolution 2140 (2014)", ["Panel of Experts on Yemen"]),
        ("the United Nations Operation in Côte d’Ivoire", ["UNOCI"]),
        ("EUFOR R.D.Congo, whose mandate ends", []),
        ("the mission in the country, a panel and its committee", []),
    ],
)
def test_a_paragraph_names_bodies_by_short_and_long_names_and_by_resolutions(words: str, bodies: list[str]) -> None:
    assert list(bodies_in([words])) == bodies or set(bodies_in([words])) == set(bodies)


def test_bodies_are_counted_by_paragraphs() -> None:
    assert bodies_in(["UNMISS and UNMISS", "UNMISS", "MINUSCA"]) == Counter({"UNMISS": 2, "MINUSCA": 1})


@pytest.mark.parametrize(
    ("term", "body"),
    [
        ("UN Mission in South Sudan", "UNMISS"),
        ("UN Interim Security Force for Abyei. Deputy Head of Mission", "UNISFA"),
        ("UN. Support Office in Somalia", "UNSOS"),
        ("UN. Security Council Committee Established pursuant to Resolution 1591 (2005) concerning the Sudan",
         "1591 Committee"),
        ("UN. Panel of Experts Established pursuant to Security Council Resolution 1973 (2011)",
         "Panel of Experts on Libya"),
        ("UN. Group of Experts Established pursuant to Resolution 1533 (2004)",
         "Group of Experts on the Democratic Republic of the Congo"),
        ("EUFOR", "EUFOR ALTHEA"),
        ("Taylor, Charles Ghankay", None),
        ("UN. Secretary-General", None),
    ],
)  # fmt: skip
def test_the_library_s_terms_are_known(term: str, body: str | None) -> None:
    assert bodies_of_terms([term]) == ([] if body is None else [body])


def test_the_agenda_item_tells_the_situation() -> None:
    assert record("The situation in Côte d’Ivoire")[0] == "Côte d'Ivoire"
    assert record("Women and peace and security")[0] == "Women and peace and security"
    assert record(None)[0] is None


def test_of_a_shared_agenda_item_bodies_and_words_tell_the_situation() -> None:
    sudans = "Reports of the Secretary-General on the Sudan and South Sudan"
    assert record(sudans, "UN Mission in South Sudan", "SOUTH SUDAN", "SUDAN") == ["South Sudan", "UNMISS"]
    assert record(sudans, "UN Interim Security Force for Abyei", "SUDAN", "SOUTH SUDAN") == ["Abyei", "UNISFA"]
    assert record("The situation in the Middle East", "LEBANON")[0] == "Lebanon"
    assert record("The situation in the Middle East", "PEACE")[0] == "The situation in the Middle East"


def test_one_mention_does_not_make_a_thematic_text_one_on_a_situation() -> None:
    item = "Maintenance of international peace and security"
    assert find_situation(item, Counter(), ["as in Libya"]) == item
    assert find_situation(item, Counter(), ["Libya", "the Libyan coast off Libya"]) == "Libya"


def test_without_an_agenda_item_only_a_clear_majority_tells() -> None:
    assert find_situation(None, Counter({"UNAMA": 1}), ["Afghan voters in Afghanistan"]) == "Afghanistan"
    assert find_situation(None, Counter(), ["Haiti and Mali, Haiti and Mali, Haiti and Mali"]) is None


def test_a_bare_committee_is_that_of_the_situation_once_it_was_set_up() -> None:
    words = ["the Committee and its Panel of Experts"]
    assert list(unnamed_bodies(words, "South Sudan", (), 2021)) == ["2206 Committee", "Panel of Experts on South Sudan"]
    assert list(unnamed_bodies(words, "South Sudan", (), 2014)) == []
    assert list(unnamed_bodies(words, "South Sudan", {"1267 Committee"}, 2021)) == ["Panel of Experts on South Sudan"]
    assert list(unnamed_bodies(words, None, (), 2021)) == []


@pytest.mark.parametrize(
    ("day", "bodies"), [(date(2013, 3, 19), ()), (date(2015, 3, 19), ("2140 Committee",)), (None, ())]
)
def test_a_report_has_no_committee_that_was_set_up_after_it(day: date | None, bodies: tuple[str, ...]) -> None:
    words = text("Yemen and Yemen, Yemen and Yemen, the Committee of Yemen", subject=None)
    report = replace(words, symbol="S/2013/173", kind=DocumentKind.MISSION_REPORT, adopted_on=None, published_on=day)
    placed = place_by_text(report)
    assert placed is not None
    assert placed.bodies == bodies


def test_an_english_text_places_itself_and_others_do_not() -> None:
    statement = text("UNSMIL", "UNSMIL and AMISOM", subject="The situation in Libya")
    placed = place_by_text(statement)
    assert placed is not None
    assert (placed.situation, placed.bodies) == ("Libya", ("UNSMIL", "AMISOM"))
    assert place_by_text(text("MINUSS", subject="La situation", language="fr")) is None


def test_the_vocabularies_are_whole() -> None:
    assert len(load_situations()) >= 40
    assert {body.kind for body in load_bodies()} == {"mission", "committee", "panel"}
    assert all(body.resolutions for body in load_bodies() if body.kind != "mission")
    names = [name for body in load_bodies() for name in {*map(folded, (body.name, *body.names))}]
    assert len(names) == len(set(names)), "no name belongs to two bodies"
