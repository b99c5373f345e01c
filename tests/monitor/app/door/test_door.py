"""`import wpswatch`: the answers of the commands as values, read-only, also from an installed wheel."""

import dataclasses
import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import wpswatch
from wpswatch import NothingFound, StorageError, WrongQuestion, open_data, parse

from tests.paths import ROOT, TESTS

WPS_XML = TESTS / "cases/akoma_ntoso/women-peace-and-security-1325/input.xml"


@pytest.fixture
def data(asked_folder: Path) -> Iterator[wpswatch.Data]:
    with open_data(asked_folder) as opened:
        yield opened


def test_extracts_are_chosen_as_the_command_chooses_them(data: wpswatch.Data) -> None:
    found = data.extracts(theme="participation", symbol=["1325", "S/RES/23*"], since="2000", until="2017")

    assert {one.symbol for one in found} == {"S/RES/1325 (2000)", "S/RES/2386 (2017)", "S/RES/2387 (2017)"}
    assert all("Participation" in one.themes for one in found)
    assert [one.adopted_on for one in found] == sorted((one.adopted_on for one in found), reverse=True)
    assert found[-1].adopted_on == date(2000, 10, 31)


def test_a_document_has_its_paragraphs_with_themes_evidence_and_citations(data: wpswatch.Data) -> None:
    document = data.document("S/RES/1325 (2000)")

    (eighth,) = [one for one in document.paragraphs if one.address == "OP 8"]
    assert (document.kind, document.adopted_on, document.languages) == ("resolution", date(2000, 10, 31), ("en",))
    assert document.citation == "Security Council resolution 1325 (2000)"
    assert eighth.citation == "Security Council resolution 1325 (2000), para. 8"
    assert eighth in document.wps
    assert all(eighth.text[one.start : one.end] == one.phrase for one in eighth.evidence if one.place == "text")


def test_a_search_finds_paragraphs_with_the_words_marked(data: wpswatch.Data) -> None:
    (first, *_) = data.search("gender perspective", symbol="1325", limit=2)

    assert first.symbol == "S/RES/1325 (2000)"
    assert "[gender] [perspective]" in first.snippet or "[gender perspective]" in first.snippet
    assert first.url == "https://docs.un.org/en/S/RES/1325(2000)"


def test_bytes_are_read_without_a_database() -> None:
    document = parse(WPS_XML.read_bytes())

    assert document.symbol == "S/RES/1325 (2000)"
    assert document.source_url is None
    assert len(document.wps) > 10


@pytest.mark.parametrize(
    ("ask", "error", "words"),
    [
        (lambda data: data.extracts(theme="nonsense"), WrongQuestion, "no theme 'nonsense'"),
        (lambda data: data.extracts(since="someday"), WrongQuestion, "someday"),
        (lambda data: data.document("9999"), NothingFound, "the highest known is S/RES/2806"),
        (lambda data: data.document("hello"), WrongQuestion, "expected a symbol"),
        (lambda data: data.search("NOT women"), WrongQuestion, "NOT"),
        (lambda data: open_data("/nowhere/at all"), StorageError, "/nowhere/at all"),
        (lambda data: parse(b""), wpswatch.BodyError, "expected"),
    ],
)
def test_what_cannot_be_answered_is_one_of_its_errors(data: wpswatch.Data, ask, error, words: str) -> None:
    with pytest.raises(error) as caught:
        ask(data)
    assert words in str(caught.value)


def test_without_a_folder_it_opens_the_one_that_the_commands_use(
    asked_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WPSWATCH_DATA", str(asked_folder))

    with open_data() as data:
        assert data.document("1325").symbol == "S/RES/1325 (2000)"


def test_nothing_can_be_written(asked_folder: Path, data: wpswatch.Data) -> None:
    before = {path: path.stat().st_mtime_ns for path in asked_folder.rglob("*") if path.is_file()}
    found = data.extracts()
    data.search("women")

    assert {path: path.stat().st_mtime_ns for path in asked_folder.rglob("*") if path.is_file()} == before
    with pytest.raises(dataclasses.FrozenInstanceError):
        found[0].text = "other words"


def test_each_name_that_it_gives_is_documented() -> None:
    page = (ROOT / "docs/reference/python.md").read_text(encoding="utf-8")

    assert [name for name in wpswatch.__all__ if f"`{name}" not in page] == []
    for kind in (wpswatch.Extract, wpswatch.Hit, wpswatch.Document, wpswatch.Paragraph, wpswatch.ThemeEvidence):
        assert [one.name for one in dataclasses.fields(kind) if f"`{one.name}`" not in page] == []


SETUPTOOLS = importlib.metadata.version("setuptools") if importlib.util.find_spec("setuptools") else "0"


@pytest.mark.long
@pytest.mark.skipif(int(SETUPTOOLS.partition(".")[0]) < 77, reason=f"to build takes setuptools 77, found {SETUPTOOLS}")
def test_it_is_there_from_an_installed_wheel(asked_folder: Path, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(".venv", ".git", "tests", "__pycache__", "*.egg-info"))
    pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", tmp_path / "wheels", tree]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = (tmp_path / "wheels").glob("wpswatch-*.whl")
    installed = tmp_path / "installed"
    subprocess.run([*pip, "install", "--no-deps", "--target", installed, wheel], check=True, capture_output=True)

    script = (
        "import wpswatch, monitor; from wpswatch import open_data; "
        "print(wpswatch.__file__, monitor.__file__, len(open_data(__import__('sys').argv[1]).extracts(theme='gbv')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, asked_folder],
        env=os.environ | {"PYTHONPATH": str(installed)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    own, house, count = done.stdout.split()
    assert (Path(own).parent, Path(house).parent) == (installed / "wpswatch", installed / "monitor")
    assert (installed / "wpswatch/py.typed").exists()
    assert int(count) > 0
