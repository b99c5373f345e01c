"""Cuts an extract's words into pieces to show: what stays, is gone or is new, and the evidence in each. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from re import compile as compile_pattern

from monitor.alerts.news.payload import Mark, ToldExtract
from monitor.changes.diff import WordKind, word_changes
from storage.models import Place

_WORD = compile_pattern(r"\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, with the blanks around them as they stand; `is_evidence` when they gave a theme."""

    text: str
    is_evidence: bool


@dataclass(frozen=True, slots=True)
class ShownRun:
    """Neighbouring pieces with the same fate; between two runs stands a blank."""

    kind: WordKind
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int


def shown_runs(extract: ToldExtract) -> tuple[ShownRun, ...]:
    """The words of an extract, compared with what was there before when it changed, with the evidence told apart.

    The evidence is that of the newest words: of a removed extract, of the words that are gone.
    """
    spans = _spans(mark for mark in extract.marks if mark.place is Place.TEXT)
    if extract.text is None:
        return (ShownRun(WordKind.REMOVED, _cut(extract.before or "", spans)),)
    if extract.before is None:
        return (ShownRun(WordKind.EQUAL, _cut(extract.text, spans)),)
    return _compared(extract.before, extract.text, spans)


def chapeau_pieces(extract: ToldExtract) -> tuple[Piece, ...]:
    """The words that an extract completes, with the evidence told apart; none when it completes nothing."""
    return marked_pieces(extract.chapeau or "", [mark for mark in extract.marks if mark.place is Place.CHAPEAU])


def marked_pieces(text: str, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """The text cut at its evidence; spans that touch become one."""
    return _cut(text, _spans(marks))


def _compared(before: str, after: str, spans: Sequence[_Span]) -> tuple[ShownRun, ...]:
    words = [_Span(*match.span()) for match in _WORD.finditer(after)]
    runs: list[ShownRun] = []
    position = 0  # how many words of the newest text are behind us
    for run in word_changes(before, after):
        if run.kind is WordKind.REMOVED:
            runs.append(ShownRun(run.kind, (Piece(run.text, is_evidence=False),)))
            continue
        count = len(run.text.split())
        start, end = words[position].start, words[position + count - 1].end
        position += count
        runs.append(ShownRun(run.kind, _cut(after[start:end], _moved(spans, start, end))))
    return tuple(runs)


def _spans(marks: Iterable[Mark]) -> list[_Span]:
    spans: list[_Span] = []
    for start, end in sorted((mark.start, mark.end) for mark in marks):
        if spans and start <= spans[-1].end:
            spans[-1] = _Span(spans[-1].start, max(spans[-1].end, end))
        elif start < end:
            spans.append(_Span(start, end))
    return spans


def _moved(spans: Sequence[_Span], start: int, end: int) -> list[_Span]:
    """What of the spans lies between two positions, counted from the first of them."""
    return [
        _Span(max(span.start, start) - start, min(span.end, end) - start)
        for span in spans
        if span.start < end and start < span.end
    ]


def _cut(text: str, spans: Sequence[_Span]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    position = 0
    for span in spans:
        pieces += [
            Piece(text[position : span.start], is_evidence=False),
            Piece(text[span.start : span.end], is_evidence=True),
        ]
        position = span.end
    return tuple(piece for piece in (*pieces, Piece(text[position:], is_evidence=False)) if piece.text)
