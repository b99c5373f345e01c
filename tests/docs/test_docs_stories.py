"""The stories: each command in them still runs on the recorded cases, and fits a terminal of 80 columns."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.docs.stories import BLOCK, STORIES, Desk, commands_of, recorded
from tests.held_cases import hold_cases
from tests.paths import ROOT


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases")
    hold_cases(folder, datetime(2026, 11, 30, 9, 0, tzinfo=UTC))
    return folder


def test_there_are_four_and_the_documentation_leads_to_each() -> None:
    index = (ROOT / "docs/README.md").read_text(encoding="utf-8")

    assert len(STORIES) == 4
    assert [story.name for story in STORIES if f"(stories/{story.name})" not in index] == []


@pytest.mark.long
@pytest.mark.parametrize("story", STORIES, ids=[story.stem for story in STORIES])
def test_each_command_of_a_story_runs(story: Path, cases: Path, tmp_path: Path) -> None:
    desk = Desk(tmp_path, cases)
    said = [desk.run(command) for command in commands_of(story)]

    assert len(said) >= 5
    # 3: done, but something needs a person, as `doctor` says of settings without an address
    wrong = [
        one for one in said if one.code not in (0, 1, 3) or "error of its own" in one.shown or "Traceback" in one.shown
    ]
    assert wrong == []
    # what the cases do not hold is said to be not held; everything else is answered
    unheld = ("not held", "there is nothing to compare")
    assert [one for one in said if one.code == 1 and not any(words in one.shown for words in unheld)] == []
    assert sum(one.code == 0 for one in said) >= len(said) / 2


@pytest.mark.parametrize("story", STORIES, ids=[story.stem for story in STORIES])
def test_every_command_of_a_story_has_its_answer_within_80_columns(story: Path) -> None:
    for block in BLOCK.finditer(story.read_text(encoding="utf-8")):
        lines = block[1].splitlines()
        assert lines[0].startswith("$ ")
        assert not lines[-1].startswith("$ ") or len(lines) > 1
        # a line to copy, an address and an error are not cut
        assert [line for line in lines if len(line) > 80 and " " in line and not _is_whole(line)] == []


def _is_whole(line: str) -> bool:
    return line.startswith(
        ("$ ", "Error: ", "  https://", "Security Council ", "UN Security Council", "statement by the President")
    )


def test_a_story_is_recorded_again_with_the_answers_of_now(cases: Path, tmp_path: Path) -> None:
    story = tmp_path / "story.md"
    story.write_text("# One\n\n```console\n$ echo 1 && pwd\nold\n```\n\nend\n", encoding="utf-8")

    assert recorded(story, Desk(tmp_path, cases)) == "# One\n\n```console\n$ echo 1 && pwd\n1\n~/desk\n```\n\nend\n"
