"""The map of a document: a mark for each paragraph in order, tall where it is on women, peace and security. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 680
HEIGHT: Final = 34
LOW: Final = 16


@dataclass(frozen=True, slots=True)
class Strip:
    """Two drawn paths, of the quiet marks and of the tall ones, and how many there are of each."""

    off: str
    on: str
    count: int
    on_count: int
    width: int = WIDTH
    height: int = HEIGHT


def strip_of(marks: Sequence[bool]) -> Strip:
    """The strip of so many paragraphs. One path for all marks of a kind is a tenth of as many shapes."""
    if not marks:
        return Strip("", "", 0, 0)
    step = WIDTH / len(marks)
    width = max(step * 0.7, 0.4)
    off: list[str] = []
    on: list[str] = []
    for at, is_on in enumerate(marks):
        left, top = at * step, 0 if is_on else LOW
        (on if is_on else off).append(f"M{_short(left)} {top}h{_short(width)}v{HEIGHT - top}h-{_short(width)}z")
    return Strip("".join(off), "".join(on), len(marks), len(on))


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
