"""The replay of hostile answers: every row can be made, one is played as the command does, and a false one is seen."""

import json
import subprocess
import sys
from collections import Counter

import pytest

from tests.measures.hostile.bombs import gzip_bomb
from tests.measures.hostile.files import files
from tests.measures.hostile.places import rows
from tests.paths import ROOT


def test_every_answer_has_its_place_and_every_file_its_maker() -> None:
    every = rows()
    assert len({(row.place, row.answer) for row in every}) == len(every) == 248
    assert Counter(row.source for row in every) == {"un-resolutions": 134, "unxml": 78, "mission-reports": 36}
    assert len(files()) == 89


def test_a_bomb_is_small_on_the_wire() -> None:
    assert sum(map(len, gzip_bomb(1024, b"true words"))) < 2_000_000


@pytest.mark.long
@pytest.mark.parametrize(
    ("place", "answer"), [("un-resolutions-listing", "truncated"), ("parse", "recursive-form.pdf")]
)
def test_an_answer_is_played_and_told_as_the_command_prints_it(place: str, answer: str) -> None:
    command = [sys.executable, "-m", "tests.measures.hostile", "--place", place, "--answer", answer, "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    [held] = json.loads(done.stdout)
    assert (done.returncode, held["wrong"]) == (0, [])
    assert "held 1 of 1" in done.stderr
