"""What fresh readings taught is not lost: see tests/readings/README.md for what the figures do and do not say."""

from pathlib import Path

import pytest

from tests.measures.accuracy import measure, read_readings
from tests.paths import TESTS

READINGS = sorted((TESTS / "readings").glob("*.jsonl"))


@pytest.mark.parametrize("path", READINGS, ids=lambda path: path.stem)
def test_a_reading_keeps_its_figures(path: Path) -> None:
    score = measure(read_readings(path))

    assert (score.recall, score.precision) == (1.0, 1.0)
    assert score.micro >= 0.965
    assert min(score.f1.values()) >= 0.8


def test_there_are_five_readings() -> None:
    assert len(READINGS) == 5
