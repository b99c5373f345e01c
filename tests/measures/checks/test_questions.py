"""The forty questions: those that the recorded cases can answer are asked with every run, and the page has all."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.held_cases import hold_cases
from tests.measures.questions import PAGE, SECONDS, Answered, Question, ask, load_questions, page_of

QUESTIONS = load_questions()
ON_CASES = [one for one in QUESTIONS if one.cases]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("held")
    hold_cases(folder, datetime(2026, 11, 30, 9, 0, tzinfo=UTC))
    return folder


def test_there_are_forty_and_ten_or_more_are_asked_here() -> None:
    assert len(QUESTIONS) == 40
    assert len({one.line for one in QUESTIONS}) == 40
    assert len(ON_CASES) >= 10


@pytest.mark.parametrize("question", ON_CASES, ids=[one.line for one in ON_CASES])
def test_a_question_is_answered_from_the_recorded_cases(held: Path, question: Question) -> None:
    assert ask(held, replace(question, says=question.cases)).faults == []


def test_an_answer_that_lacks_a_word_fails_or_is_slow_is_named() -> None:
    question = Question("?", "themes", ("Participation", "unicorn"))

    assert Answered(question, 1, "Participation", SECONDS + 0.5).faults == ["lacks 'unicorn'", "exit code 1", "1.50 s"]


def test_the_page_of_the_reference_has_each_question_with_what_must_be_said() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert [one.line for one in QUESTIONS if f"\n$ wpswatch {one.line}\n" not in page] == []
    assert [one.asks for one in QUESTIONS if f" {one.asks}\n" not in page] == []
    assert page.count(" seconds.\n") == len(QUESTIONS)
    assert page_of([], 1, 2).splitlines()[0] == page.splitlines()[0]
