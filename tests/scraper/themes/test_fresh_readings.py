"""What fresh readings taught is not lost: see tests/readings/README.md for what the figures do and do not say."""

from pathlib import Path

import pytest

from tests.measures.accuracy import measure, read_readings
from tests.paths import TESTS

READINGS = sorted((TESTS / "readings").glob("*.jsonl"))
FRESH = {"2026-11-30-5", "2026-11-30-6", "2026-11-30-french-fresh"}
"""No rule was changed by these."""


@pytest.mark.parametrize("path", READINGS, ids=lambda path: path.stem)
def test_what_speaks_of_women_is_found_in_a_reading(path: Path) -> None:
    score = measure(read_readings(path))

    assert score.recall >= 0.99
    assert score.precision >= 0.98


@pytest.mark.parametrize("path", READINGS, ids=lambda path: path.stem)
def test_a_reading_keeps_its_figures(path: Path) -> None:
    score = measure(read_readings(path))
    is_of_one_reader = len(path.stem) == 1

    assert score.micro >= (0.93 if is_of_one_reader else 0.80 if path.stem in FRESH else 0.87)


def test_there_are_five_readings_of_one_reader_and_eight_of_two() -> None:
    assert [path.stem for path in READINGS if len(path.stem) == 1] == ["1", "2", "3", "4", "5"]
    assert len(READINGS) == 13
