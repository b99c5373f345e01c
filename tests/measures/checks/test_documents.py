from pathlib import Path

import pytest

from storage.models import Aside, DocumentKind, Paragraph, ParsedDocument, Part
from tests.measures.documents import lost_words, main, told_of
from tests.paths import TESTS


def document(text: str, *asides: str) -> ParsedDocument:
    return ParsedDocument(
        symbol="S/2025/1",
        kind=DocumentKind.LETTER,
        language="en",
        adopted_on=None,
        published_on=None,
        meeting=None,
        subject=None,
        media_type="application/pdf",
        reader="pdf",
        parser_version="1",
        paragraphs=(Paragraph("para. 3 (a)", Part.BODY, text, None, None),),
        asides=tuple(Aside("furniture", aside) for aside in asides),
    )


def test_word_that_stands_nowhere_is_lost():
    assert lost_words(["3", "a", "women", "and", "peace"], document("women and")) == ("peace",)


def test_word_that_is_printed_twice_and_read_once_is_lost_once():
    assert lost_words(["women", "women"], document("women")) == ("women",)


def test_half_of_a_word_and_words_run_together_are_not_lost():
    assert lost_words(["peace", "keeping", "Distr"], document("peacekeeping", "Distr.: General")) == ()


def test_report_in_two_halves_of_a_page_keeps_its_numbers():
    told = told_of(TESTS / "cases" / "pdf" / "template-of-2014-reissued-2014-258" / "input.pdf", None)
    assert not isinstance(told, str)
    assert (told.numbers, told.has_gap, told.lost) == (tuple(range(1, 9)), False, None)


def test_folder_without_documents_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main([str(tmp_path)]) == 1
    assert "found none" in capsys.readouterr().err


def test_folder_is_told_document_by_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    case = TESTS / "cases" / "text" / "mission-report-numbered-headings-2016-511" / "input.txt"
    (tmp_path / "missions").mkdir()
    (tmp_path / "missions" / "one.txt").write_bytes(case.read_bytes())
    assert main([str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "S/2016/511, mission_report, en, numbers 1 to 19, lower 0, open 0" in printed
    assert "numbered 1 to n: 1 of 1" in printed
