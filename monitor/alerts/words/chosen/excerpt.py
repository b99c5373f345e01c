"""Of a changed paragraph, the sentence that changed; and words cut where they are too long. Pure.

A paragraph of the Council is often one sentence of many clauses, so a semicolon ends one here, too.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from monitor.alerts.words.chosen.shown_words import Piece, ShownRun
from monitor.changes.diff import WordKind

CUT: Final = "[...]"
#: What is changed is shown alone only where that is much shorter than the paragraph.
_MOST_OF_ALL: Final = 0.7
#: A sentence of more characters is shown around its changes only, with so many words on each side.
_LONG: Final = 400
_WORDS_AROUND: Final = 14
_NOT_WORTH_CUTTING: Final = 40
_WORD: Final = re.compile(r"\S+")  # "women,"
#: Where a sentence or clause ends: "; ", "; and ", ". Requests"; not "para. 3", "No. 4".
_END: Final = re.compile(r"(?:;(?:\s+and)?|[.:](?=\s+[A-Z“\"]))(?=\s|$)")


def changed_sentence(runs: Sequence[ShownRun]) -> tuple[ShownRun, ...]:
    """The sentences in which something was dropped or added, `[...]` for the others; none where it is no excerpt."""
    sentences = list(_sentences(runs))
    has_changed = [any(run.kind is not WordKind.EQUAL for run in sentence) for sentence in sentences]
    if not any(has_changed):
        return ()
    found: list[ShownRun] = []
    for sentence, has in zip(sentences, has_changed, strict=True):
        if has:
            found += _around(sentence) if _length(sentence) > _LONG else sentence
        elif not found or not _is_cut(found[-1]):
            found.append(ShownRun(WordKind.EQUAL, (Piece(CUT, is_evidence=False),)))
    return tuple(found) if _length(found) <= _MOST_OF_ALL * sum(map(_length, sentences)) else ()


def cut_runs(runs: Sequence[ShownRun], most: int) -> tuple[ShownRun, ...]:
    """The words up to so many characters, with `[...]` behind them where they were cut, at a blank."""
    if sum(map(_run_length, runs)) <= most:
        return tuple(runs)
    kept: list[ShownRun] = []
    room = most
    for run in runs:
        pieces: list[Piece] = []
        for piece in run.pieces:
            if room <= 0:
                break
            fits = len(piece.text) <= room
            text = piece.text if fits else piece.text[:room].rpartition(" ")[0]
            pieces.append(Piece(text, piece.is_evidence))
            room = room - len(piece.text)
        if pieces:
            kept.append(ShownRun(run.kind, tuple(pieces)))
    return (*kept, ShownRun(WordKind.EQUAL, (Piece(CUT, is_evidence=False),)))


def _sentences(runs: Sequence[ShownRun]) -> Iterable[list[ShownRun]]:
    """The runs cut behind each sentence that ends in words that stay."""
    sentence: list[ShownRun] = []
    following = [*(run.pieces[0].text[:1] for run in runs if run.pieces)][1:]
    for at, run in enumerate(runs):
        if run.kind is not WordKind.EQUAL:
            sentence.append(run)
            continue
        *ended, rest = _split(run, following[at] if at < len(following) else "")
        for part in ended:
            yield [*sentence, part]
            sentence = []
        if rest.pieces:
            sentence.append(rest)
    if sentence:
        yield sentence


def _around(sentence: Sequence[ShownRun]) -> list[ShownRun]:
    """A very long sentence: what changed in it, with some words on each side, and `[...]` for the others."""
    found: list[ShownRun] = []
    for at, run in enumerate(sentence):
        if run.kind is not WordKind.EQUAL:
            found.append(run)
            continue
        text = "".join(piece.text for piece in run.pieces)
        head = 0 if at == 0 else _words_end(text, _WORDS_AROUND)
        tail = len(text) if at == len(sentence) - 1 else _words_start(text, _WORDS_AROUND)
        if tail - head < _NOT_WORTH_CUTTING:
            found.append(run)
            continue
        for start, end in ((0, head), (None, None), (tail, len(text))):
            if start is None or end is None:
                found.append(ShownRun(WordKind.EQUAL, (Piece(CUT, is_evidence=False),)))
            elif pieces := tuple(_between(run.pieces, start, end)):
                found.append(ShownRun(run.kind, pieces))
    return found


def _words_end(text: str, count: int) -> int:
    """Where the first so many words end, without the blank behind them."""
    words = [match.end() for match in _WORD.finditer(text)]
    return words[count - 1] if len(words) > count else len(text)


def _words_start(text: str, count: int) -> int:
    """Where the last so many words start."""
    words = [match.start() for match in _WORD.finditer(text)]
    return words[-count] if len(words) > count else 0


def _split(run: ShownRun, follows: str) -> list[ShownRun]:
    """A run cut behind each sentence's end, the blank left out; the last part has what no end follows.

    `follows` is the first sign of the next run.
    """
    text = "".join(piece.text for piece in run.pieces)
    parts: list[ShownRun] = []
    start = 0
    for end in _END.finditer(f"{text} {follows}", 0):
        if end.end() > len(text):
            break
        parts.append(ShownRun(run.kind, tuple(_between(run.pieces, start, end.end()))))
        start = end.end() + 1
    return [*parts, ShownRun(run.kind, tuple(_between(run.pieces, start, len(text))))]


def _between(pieces: Iterable[Piece], start: int, end: int) -> Iterable[Piece]:
    at = 0
    for piece in pieces:
        text = piece.text[max(start - at, 0) : max(end - at, 0)]
        at += len(piece.text)
        if text:
            yield Piece(text, piece.is_evidence)


def _length(sentence: Iterable[ShownRun]) -> int:
    return sum(map(_run_length, sentence))


def _run_length(run: ShownRun) -> int:
    return sum(len(piece.text) for piece in run.pieces)


def _is_cut(run: ShownRun) -> bool:
    return len(run.pieces) == 1 and run.pieces[0].text == CUT
