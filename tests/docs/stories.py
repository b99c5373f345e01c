"""Records the stories again: `python -m tests.docs.stories DATA` runs the commands of docs/stories, writes the answers.

A story is prose with blocks of commands, each line behind a `$`. They run one after the other in an empty folder, on a
copy of the data folder, at 80 columns, as a person would. Of a long answer the first lines are kept.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from storage.sqlite.database import DATABASE_NAME
from tests.paths import ROOT

STORIES: Final = sorted((ROOT / "docs/stories").glob("*.md"))
#: A block of commands and their answers.
BLOCK: Final = re.compile(r"```console\n(.*?)```\n", re.DOTALL)
FIRST_LINES: Final = 12
WIDTH: Final = 80


@dataclass(frozen=True, slots=True)
class Said:
    """What one command printed, and its exit code."""

    command: str
    code: int
    shown: str


class Desk:
    """An empty folder with a copy of some data beside it, where commands run one after the other."""

    def __init__(self, home: Path, data: Path) -> None:
        """Copy the database and link the bodies."""
        self._home = home
        held = home / "held"
        held.mkdir(mode=0o700)
        shutil.copy2(data / DATABASE_NAME, held / DATABASE_NAME)
        (held / "bodies").symlink_to(data.resolve() / "bodies")
        self._folder = home / "desk"
        self._folder.mkdir()
        own = {name: value for name, value in os.environ.items() if not name.startswith(("WPSWATCH_", "XDG_"))}
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        self._environment = own | {
            "HOME": str(home),
            "PATH": path,
            "PYTHONPATH": f"{ROOT / 'monitor/app/door'}",
            "COLUMNS": str(WIDTH),
            "WPSWATCH_DATA": str(held),
        }

    def run(self, command: str) -> Said:
        """Run one command in a shell; what names the folder is shown as the user's own."""
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=self._folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return Said(command, done.returncode, done.stdout.replace(str(self._home), "~"))


def commands_of(story: Path) -> Iterator[str]:
    """The commands of a story, in their order."""
    for block in BLOCK.finditer(story.read_text(encoding="utf-8")):
        yield from (line.removeprefix("$ ") for line in block[1].splitlines() if line.startswith("$ "))


def recorded(story: Path, desk: Desk) -> str:
    """The story with the answers of now."""

    def answered(block: re.Match[str]) -> str:
        lines: list[str] = []
        for command in (line.removeprefix("$ ") for line in block[1].splitlines() if line.startswith("$ ")):
            shown = [line.rstrip() for line in desk.run(command).shown.rstrip().splitlines()]
            lines += [f"$ {command}", *shown[:FIRST_LINES], *(["..."] if len(shown) > FIRST_LINES else [])]
        return "\n".join(["```console", *lines, "```", ""])

    return BLOCK.sub(answered, story.read_text(encoding="utf-8"))


def main() -> int:
    """Record all stories; return the exit code."""
    for story in STORIES:
        with tempfile.TemporaryDirectory() as home:
            text = recorded(story, Desk(Path(home), Path(sys.argv[1])))
        story.write_text(text, encoding="utf-8")
        print(story.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
