"""The notebooks: their code runs with plain Python, on the recorded cases, without Jupyter."""

import contextlib
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.held_cases import hold_cases
from tests.paths import ROOT

NOTEBOOKS = sorted((ROOT / "docs/notebooks").glob("*.ipynb"))


def cells_of(notebook: Path) -> list[str]:
    told = json.loads(notebook.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in told["cells"] if cell["cell_type"] == "code"]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=[notebook.stem for notebook in NOTEBOOKS])
def test_the_code_of_a_notebook_runs(notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = tmp_path / "held"
    held.mkdir(mode=0o700)
    hold_cases(held, datetime(2026, 11, 30, 9, 0, tzinfo=UTC))
    monkeypatch.setenv("WPSWATCH_DATA", str(held))
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    printed = io.StringIO()

    with contextlib.redirect_stdout(printed):
        for number, cell in enumerate(cells_of(notebook)):
            exec(compile(cell, f"{notebook.name}, cell {number}", "exec"), names)  # noqa: S102

    assert "Security Council resolution" in printed.getvalue()
    assert names["shares"][2000] > 0


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=[notebook.stem for notebook in NOTEBOOKS])
def test_a_notebook_is_kept_without_its_outputs(notebook: Path) -> None:
    told = json.loads(notebook.read_text(encoding="utf-8"))

    assert (told["nbformat"], told["nbformat_minor"]) == (4, 5)
    assert all(cell["outputs"] == [] for cell in told["cells"] if cell["cell_type"] == "code")
