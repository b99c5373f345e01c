"""The measuring commands on a small corpus made of the cases: what they print, and the page they write."""

import shutil
from pathlib import Path

import pytest

from tests.measures import fidelity
from tests.measures.reading import citations
from tests.measures.reading.fidelity_compare import Comparison
from tests.measures.reading.fidelity_page import render_page
from tests.paths import TESTS

CASES = TESTS / "cases"
DIFFERING = Comparison(
    "S/RES/1 (1946)",
    "pdf/one.pdf",
    wanted=3,
    found=2,
    shared=2,
    exact=1,
    loose=1,
    differences=(("OP 1", "Decides <now>", "Decides later"), ("OP 2", "Requests", None)),
)
CLEAN = Comparison("S/RES/2 (1946)", "pdf/two.pdf", wanted=1, found=1, shared=1, exact=1, loose=1, differences=())


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder of English XML, one of French, and one of PDFs."""
    for folder, case, name in (
        ("unxml-resolutions-en", "akoma_ntoso/single-unnumbered-paragraph-2774/input.xml", "S_RES_2774.xml"),
        ("unxml-resolutions-en", "akoma_ntoso/lists-headings-and-tasks-2387/input.xml", "S_RES_2387.xml"),
        ("unxml-resolutions-fr", "akoma_ntoso/french-labels-2767/input.xml", "S_RES_2767.xml"),
        ("un-pdf", "pdf/one-unnumbered-operative-paragraph/input.pdf", "S_RES_2770.pdf"),
        ("un-pdf", "pdf/does-not-exist/input.pdf", "S_2024_207.pdf"),
    ):
        (tmp_path / folder).mkdir(exist_ok=True)
        shutil.copyfile(CASES / case, tmp_path / folder / name)
    return tmp_path


def test_the_figures_of_each_folder_are_printed_and_what_cannot_be_compared_is_listed(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fidelity.main([str(corpus), "--html", str(tmp_path / "page.html")]) == 0

    printed = capsys.readouterr().out
    assert "unxml-resolutions-en: 2 documents (en 2)" in printed
    assert "un-pdf: 1 documents (en 1)" in printed
    assert "numbered 1 to n without a gap: 1 of 1" in printed
    assert "un-pdf/S_2024_207.pdf: not read, not-the-document" in printed
    assert "un-pdf/S_RES_2770.pdf: no XML of S/RES/2770 (2025)" in printed
    assert "not-the-document" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_a_folder_without_documents_is_a_failure(tmp_path: Path) -> None:
    assert fidelity.main([str(tmp_path)]) == 1
    assert citations.main([str(tmp_path)]) == 1


def test_the_page_shows_both_texts_with_their_differing_words_marked() -> None:
    page = render_page([CLEAN, DIFFERING])

    assert "2 paragraphs in 1 of 2 documents" in page
    assert "Decides <del>&lt;now&gt;</del>" in page
    assert "Decides <ins>later</ins>" in page
    assert page.count("<details") == 1
    assert "not read" in page


def test_the_worst_document_stands_first() -> None:
    worse = Comparison("S/RES/3 (1946)", "pdf/three.pdf", 9, 0, 0, 0, 0, (("OP 1", "a", None),) * 9)

    page = render_page([DIFFERING, worse])

    assert page.index("S/RES/3 (1946)") < page.index("S/RES/1 (1946)")


def test_citations_are_measured_against_the_links_of_the_xml(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert citations.main([str(corpus), "--sample", "1"]) == 0

    printed = capsys.readouterr().out
    assert "unxml-resolutions-en: " in printed
    assert "links: recall 1.0000" in printed
