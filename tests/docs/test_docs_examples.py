"""Every command that a page shows in a block of shell runs as it stands, in the order of the page."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Desk
from tests.paths import ROOT

pytestmark = pytest.mark.long

ELSEWHERE = ("demo command", "test command", "verify with openssl", "make a secret")
"""What is tried by .ci/run, and by the tests of webhooks."""
BLOCK = re.compile(r"(?:<!-- ([^\n]*) -->\n)?```sh\n(.*?)```", re.DOTALL)
WRAPPER = """#!/bin/sh
[ "$1" = watch ] || exec {program} "$@"
{program} "$@" & # a watch never ends by itself: it is told to when it says that it is alive
for _ in $(seq 600); do [ -e "$WPSWATCH_DATA/watch.json" ] && break; sleep 0.1; done
kill -TERM $! && wait $!
"""
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(page: Path) -> list[str]:
    """The blocks of shell of one page. One that cannot run here says why: `<!-- not run: it asks the network -->`."""
    found = BLOCK.findall(page.read_text(encoding="utf-8"))
    return [code for mark, code in found if mark not in ELSEWHERE and not mark.startswith("not run: ")]


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page)], ids=lambda page: str(page.relative_to(ROOT)))
def test_the_examples_of_a_page_run(page: Path, full_desk: Desk, program: Path, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    command = bin_folder / "wpswatch"
    command.write_text(WRAPPER.format(program=program))
    command.chmod(0o755)
    environment = os.environ | {
        "PATH": f"{bin_folder}:{os.environ['PATH']}",
        "WPSWATCH_DATA": str(full_desk.folder / "data"),
        "WPSWATCH_CONFIG": str(full_desk.folder / "wpswatch.toml"),
    }
    for code in blocks(page):
        done = subprocess.run(
            ["sh", "-e", "-c", code], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{code}\n{done.stderr}"


def test_a_page_has_examples() -> None:
    assert len(blocks(ROOT / "README.md")) == 1
    assert sum(len(blocks(page)) for page in PAGES) > 10
