"""Cuts a paragraph's words where something begins or ends: a phrase that gave a theme, a citation. Pure.

Nothing is lost and nothing is added: the runs joined are the words, made harmless.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from monitor.text.harmless import harmless, harmless_piece
from storage.models import Label, Place


@dataclass(frozen=True, slots=True)
class TextRun:
    """A piece of a text. `href` is where it leads, "" nowhere."""

    text: str
    is_mark: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A stretch of a text, and where it leads; "" for a phrase that gave a theme."""

    start: int
    end: int
    href: str = ""


def runs_of(text: str, marks: Sequence[TextSpan], links: Sequence[TextSpan] = ()) -> tuple[TextRun, ...]:
    """The text in runs; marks may overlap each other and links, of links the first holds."""
    if not marks and not links:
        return (TextRun(harmless(text)),)
    edges = sorted({0, len(text), *(edge for span in (*marks, *links) for edge in (span.start, span.end))})
    edges = [edge for edge in edges if 0 <= edge <= len(text)]
    runs: list[TextRun] = []
    for start, end in pairwise(edges):
        is_mark = any(span.start <= start and end <= span.end for span in marks)
        href = next((span.href for span in links if span.start <= start and end <= span.end), "")
        piece = harmless_piece(text[start:end])
        last = runs[-1] if runs else None
        if last is not None and (last.is_mark, last.href) == (is_mark, href):
            runs[-1] = TextRun(last.text + piece, is_mark, href)
        elif piece:
            runs.append(TextRun(piece, is_mark, href))
    return tuple(runs)


def evidence_spans(labels: Iterable[Label], place: Place = Place.TEXT) -> list[TextSpan]:
    """Where the phrases stand that gave the themes; what a person said, or another language lent, marks no words."""
    return [
        TextSpan(each.start, each.end)
        for label in labels
        for each in label.evidence
        if each.place is place and each.end > each.start and not each.is_lent and each.said is None
    ]
