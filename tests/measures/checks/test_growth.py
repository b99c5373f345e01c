"""Synthetic documents are read like real ones, growth is told as a rate, and the benchmark remembers ten runs."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from monitor.demo.catalogue import xml_body
from scraper.ingest.extraction import extract
from tests.measures.growth import growth
from tests.measures.speed.benchmark_history import MOST_RUNS, Figure, History
from tests.measures.speed.growth_plot import plot
from tests.measures.speed.synthetic import SyntheticCorpus

REAL = ("Pre-2020/2017/S_RES_2387_1720324E.xml",)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> SyntheticCorpus:
    folder = tmp_path_factory.mktemp("real")
    for path in REAL:
        (folder / Path(path).name).write_bytes(xml_body(path))
    return SyntheticCorpus(folder)


def test_a_synthetic_document_has_the_frame_of_a_real_one_and_words_of_all(corpus: SyntheticCorpus) -> None:
    real = extract(xml_body(REAL[0]))
    [made] = corpus.files(1, start=7)
    read = extract(made.body, symbol=made.symbol, language="en")
    assert (read.symbol, read.adopted_on and read.adopted_on.year) == ("S/RES/107 (2020)", 2020)
    assert [one.address for one in read.paragraphs][-1] == [one.address for one in real.paragraphs][-1]
    words = " ".join(one.text for one in real.paragraphs)
    assert sum(one.text in words for one in read.paragraphs) > len(read.paragraphs) / 2
    assert [one.text for one in read.paragraphs] != [one.text for one in real.paragraphs]


def test_the_same_documents_are_made_again_and_no_two_are_the_same(corpus: SyntheticCorpus) -> None:
    made = list(corpus.files(20))
    assert made == list(corpus.files(20))
    assert len({one.body for one in made}) == len({one.symbol for one in made}) == len({one.path for one in made}) == 20
    [later] = corpus.files(1, start=9900)
    assert later.symbol == "S/RES/100 (2021)"


def test_growth_is_one_where_work_grows_as_the_documents_do() -> None:
    assert growth([(1000, 2.0), (10_000, 20.0), (100_000, 600.0)]) == "1.00, 3.00"
    assert growth([(1000, 2.0)]) == "-"


def test_a_plot_is_a_picture_with_a_line_and_a_name_for_each_step() -> None:
    root = ElementTree.fromstring(  # noqa: S314 - drawn a line before
        plot("Growth", {"first read": [(1000, 1.0), (10_000, 11.0)], "a < b": [(1000, 1.0)]})
    )
    texts = [one.text for one in root.iter() if one.text]
    assert {"Growth", "first read", "a < b", "1,000", "10,000", "documents"} <= set(texts)


def test_the_last_ten_runs_are_kept_and_a_row_is_beside_their_median(tmp_path: Path) -> None:
    history = History(())
    assert history.ratio_of("one") is None
    for seconds in range(1, 15):
        history = history.with_run({"one": Figure(float(seconds), 1.0, None)})
    file = tmp_path / "runs.json"
    history.save(file)
    again = History.load(file)
    assert len(again.runs) == MOST_RUNS
    assert again.ratio_of("one") == 9.5


def test_what_else_runs_can_only_stretch_a_ratio() -> None:
    assert Figure(8.0, 2.0, 2.5).steadiest == 2.5
    assert Figure(4.0, 2.0, 2.5).steadiest == 2.0
