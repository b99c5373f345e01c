"""Forty questions as people type them, asked of a data folder: `python -m tests.measures.questions DATA [--write]`.

Prints a table of what was typed, the first lines of the answer and the processor time, and exits with 1 where an answer
lacks what it must say, or takes longer than a second. With --write the table becomes docs/reference/questions.md.
"""

import os
import resource
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from storage.sqlite.database import DATABASE_NAME, open_readonly
from tests.paths import ROOT, TESTS

ASKED: Final = TESTS / "measures" / "questions.toml"
PAGE: Final = ROOT / "docs" / "reference" / "questions.md"
SECONDS: Final = 1.0
FIRST_LINES: Final = 4

HEAD: Final = """# Forty questions

What people ask, what they type, and how the answer begins. `python -m tests.measures.questions DATA --write` makes
this page. It was made on {paragraphs:,} paragraphs of {documents:,} texts. Seconds are of the processor, start of the
program included. No answer may take longer than {limit:.0f}. Without `--write` the command checks each answer again.
The recorded cases answer {on_cases} of them in every run of the tests.
"""


@dataclass(frozen=True, slots=True)
class Question:
    """A question in words, the line that asks it, and what must stand in its answer; `cases` on recorded cases."""

    asks: str
    line: str
    says: tuple[str, ...]
    code: int = 0
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """What one question gave: what a person sees at 80 columns, and the processor time."""

    question: Question
    code: int
    shown: str
    seconds: float

    @property
    def faults(self) -> list[str]:
        """What is wrong with it."""
        lacking = [f"lacks {words!r}" for words in self.question.says if words not in self.shown]
        exits = [f"exit code {self.code}"] if self.code != self.question.code else []
        slow = [f"{self.seconds:.2f} s"] if self.seconds > SECONDS else []
        return [*lacking, *exits, *slow]


def load_questions() -> list[Question]:
    """All questions, in the order of the file."""
    told = tomllib.loads(ASKED.read_text(encoding="utf-8"))["question"]
    return [
        Question(one["asks"], one["line"], tuple(one["says"]), one.get("code", 0), tuple(one.get("cases", ())))
        for one in told
    ]


def ask(data: Path, question: Question) -> Answered:
    """Ask one question in a process of its own."""
    before = _children_seconds()
    done = subprocess.run(
        [Path(sys.executable).with_name("wpswatch"), "--data", data, *shlex.split(question.line)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={name: value for name, value in os.environ.items() if not name.startswith("WPSWATCH_")} | {"COLUMNS": "80"},
        check=False,
    )
    return Answered(question, done.returncode, done.stdout, _children_seconds() - before)


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def page_of(answers: list[Answered], documents: int, paragraphs: int) -> str:
    """The page of the reference."""
    on_cases = sum(bool(one.question.cases) for one in answers)
    head = HEAD.format(documents=documents, paragraphs=paragraphs, limit=SECONDS, on_cases=on_cases)
    return head + "".join(_entries(answers))


def _entries(answers: list[Answered]) -> Iterator[str]:
    for number, one in enumerate(answers, 1):
        lines = [line.rstrip() for line in one.shown.splitlines() if line.strip()]
        more = ["..."] if len(lines) > FIRST_LINES else []
        yield f"\n## {number} {one.question.asks}\n\n```console\n$ wpswatch {one.question.line}\n"
        yield "\n".join([*lines[:FIRST_LINES], *more]) + f"\n```\n\n{one.seconds:.2f} seconds.\n"


def main() -> int:
    """Ask all questions; return the exit code."""
    is_written = "--write" in sys.argv[2:]
    data = Path(sys.argv[1])
    answers = []
    for question in load_questions():
        answers.append(one := ask(data, question))
        verdict = "; ".join(one.faults) or "ok"
        print(f"{one.seconds:5.2f} s  {verdict:<12}  wpswatch {question.line}")
        print(*(f"           {line}" for line in one.shown.splitlines()[:2]), sep="\n")
    wrong = [one for one in answers if one.faults]
    print(f"{len(answers)} questions, {len(wrong)} answered wrongly or too slowly")
    if is_written:
        documents, paragraphs = _held(data)
        PAGE.write_text(page_of(answers, documents, paragraphs), encoding="utf-8")
    return 1 if wrong else 0


def _held(data: Path) -> tuple[int, int]:
    """How many texts and paragraphs are held."""
    with closing(open_readonly(data / DATABASE_NAME)) as db:
        texts = db.execute("SELECT count(*) FROM versions WHERE is_current").fetchone()[0]
        words = "SELECT count(*) FROM paragraphs p JOIN versions v ON v.id = p.version WHERE v.is_current"
        return int(texts), int(db.execute(words).fetchone()[0])


if __name__ == "__main__":
    sys.exit(main())
