"""Hostile files cost `parse` only themselves: limits on memory and time, and a process that may end."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from monitor.app.guarded import Lost, guarded
from scraper.ingest import extraction
from tests.paths import TESTS

CASES = TESTS / "cases"
RESOLUTION = CASES / "akoma_ntoso" / "lists-headings-and-tasks-2387" / "input.xml"
BOMB = CASES / "akoma_ntoso" / "xml-bomb" / "input.xml"
MIB = 1024**2


def doubled(value: int) -> int:
    return 2 * value


def is_ended(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    return False


def test_answers_come_in_the_order_of_the_values():
    assert list(guarded(doubled, range(50))) == [2 * value for value in range(50)]


def test_the_calls_run_in_another_process_that_is_ended_with_the_last_answer():
    (number,) = set(guarded(lambda _: os.getpid(), range(3)))

    assert number != os.getpid()
    assert is_ended(number)


def test_a_process_is_ended_when_nobody_wants_more_answers():
    answers = guarded(lambda _: os.getpid(), range(3))
    number = next(answers)
    answers.close()

    assert is_ended(number)


def test_a_long_answer_comes_whole():
    assert [len(answer) for answer in guarded(lambda size: bytes(size), [3 * MIB, 0, 1])] == [3 * MIB, 0, 1]


def test_a_call_that_takes_too_long_costs_only_itself():
    def slow_on_two(value: int) -> int:
        if value == 2:
            time.sleep(60)
        return value

    one, two, three = guarded(slow_on_two, [1, 2, 3], seconds=2)

    assert (one, three) == (1, 3)
    assert isinstance(two, Lost)
    assert two.code == "too-slow"
    assert "2 seconds" in two.message


@pytest.mark.parametrize(("how", "said"), [(signal.SIGTERM, "SIGTERM"), (signal.SIGKILL, "SIGKILL")])
def test_a_call_that_ends_its_process_costs_only_itself(how: signal.Signals, said: str):
    def dies_on_two(value: int) -> int:
        if value == 2:
            os.kill(os.getpid(), how)
        return value

    one, two, three = guarded(dies_on_two, [1, 2, 3])

    assert (one, three) == (1, 3)
    assert isinstance(two, Lost)
    assert (two.code, said in two.message) == ("reader-died", True)


def test_a_call_gets_no_more_memory_than_the_limit():
    def wanting(size: int) -> str:
        try:
            return str(len(bytearray(size)))
        except MemoryError:
            return "none left"

    assert list(guarded(wanting, [MIB, 8 * 1024 * MIB])) == [str(MIB), "none left"]


def test_an_error_that_leaves_the_function_is_told_and_ends_its_process(capfd: pytest.CaptureFixture[str]):
    (found,) = guarded(lambda value: 1 // value, [0])

    assert found == Lost("reader-died", "expected a document, found one that ended its reader (exit code 1)")
    assert "ZeroDivisionError" in capfd.readouterr().err


def deep_xml(path: Path) -> Path:
    inner = "<p>" * 100_000 + "x" + "</p>" * 100_000
    path.write_text(f'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">{inner}</akomaNtoso>')
    return path


def endless_pdf(path: Path) -> Path:
    """A PDF whose tree of pages leads back to itself and says that it has a million pages."""
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 1000000/Kids[2 0 R 2 0 R]/Parent 2 0 R>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF\n"
    )
    return path


def test_hostile_files_are_refused_and_the_next_file_is_read(ask: Callable[..., Any], tmp_path: Path):
    hostile = (BOMB, deep_xml(tmp_path / "deep.xml"), endless_pdf(tmp_path / "endless.pdf"))

    answer = ask("parse", "--json", *map(str, hostile), str(RESOLUTION))

    *refused, good = answer.json
    assert answer.code == 1
    assert good["symbol"] == "S/RES/2387 (2017)"
    assert [record["error"]["code"] for record in refused] == ["xml-bomb", "xml-bomb", "too-many-pages"]


def test_a_file_that_ends_its_reader_is_told_by_its_name(
    ask: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    read = extraction.extract
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"bad")

    def crash_on_bad(body: bytes, **asked: Any) -> Any:
        if body == b"bad":
            os._exit(7)
        return read(body, **asked)

    monkeypatch.setattr(extraction, "extract", crash_on_bad)

    answer = ask("parse", "--json", str(bad), str(RESOLUTION))

    assert [(record["file"], record.get("error", {}).get("code")) for record in answer.json] == [
        (str(bad), "reader-died"),
        (str(RESOLUTION), None),
    ]
