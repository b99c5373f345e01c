"""The comparison with another reading: figures, explained documents apart, and everything that is not explained."""

import json

import pytest

from scraper.structure.akn.document import read_akoma_ntoso
from storage.models import ParsedDocument
from tests.measures.reading.fidelity_explained import load_explanations
from tests.measures.reading.fidelity_reading import load_reading, report_reading
from tests.paths import TESTS

CASES = TESTS / "cases" / "akoma_ntoso"
SYMBOL = "S/RES/2386 (2017)"


@pytest.fixture
def ours() -> dict[str, ParsedDocument]:
    body = (CASES / "labels-inside-the-text-2386" / "input.xml").read_bytes()
    return {SYMBOL: read_akoma_ntoso(body)}


def same(ours: dict[str, ParsedDocument]) -> dict[str, dict[str, str]]:
    return {symbol: {each.address: each.text for each in document.paragraphs} for symbol, document in ours.items()}


def as_the_file_holds_them(ours: dict[str, ParsedDocument]) -> dict[str, dict[str, str]]:
    """The labels of paragraph 9 left in the words, as a plain reading of the file has them."""
    texts = same(ours)[SYMBOL]
    for number in range(1, 7):
        texts[f"OP 9 +{number}"] = f"({number}) {texts.pop(f'OP 9 ({number})')}"
    return {SYMBOL: texts}


def test_an_explained_difference_is_told_with_its_reason_and_is_no_fault(ours, capsys):
    verdict = report_reading(ours, as_the_file_holds_them(ours), list(ours.values()))

    printed = capsys.readouterr().out
    assert verdict.is_clear
    assert "explained: 1 documents" in printed
    assert "label-in-text, 1: here (1), (2)" in printed
    assert "12 differ" in printed
    assert "akn en: 12 as here, 0 as there" in printed


def test_a_difference_elsewhere_in_an_explained_document_is_not_explained(ours, capsys):
    other = as_the_file_holds_them(ours)
    other[SYMBOL]["OP 2"] = "Decides otherwise;"

    assert report_reading(ours, other, ()).unexplained == [f"{SYMBOL}: 1 differ: OP 2"]


def test_an_explanation_that_explains_nothing_any_more_is_told(ours, capsys):
    assert report_reading(ours, same(ours), ()).stale == [f"{SYMBOL}: nothing differs under OP 9"]


def test_a_reading_is_lines_of_pairs_or_of_the_programs_own_paragraphs(tmp_path):
    lines = [
        {"symbol": "S/RES/1 (1946)", "paragraphs": [["OP 1", "Decides"], ["Annex +1", "Text"]]},
        {"symbol": "S/RES/2(1946)", "paragraphs": [{"address": "PP 1", "text": "Noting", "part": "preamble"}]},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(line) for line in lines))

    assert load_reading(tmp_path) == {"S/RES/1 (1946)": {"OP 1": "Decides"}, "S/RES/2 (1946)": {"PP 1": "Noting"}}


def test_a_reading_without_lines_is_an_error(tmp_path):
    with pytest.raises(ValueError, match="expected lines of JSON"):
        load_reading(tmp_path)


def test_every_explanation_names_known_groups_and_evidence():
    known = load_explanations()

    assert {group for each in known.readings.values() for group in each.groups} == known.groups.keys()
    assert all(each.places and each.evidence for each in known.readings.values())
