"""The lines that an alert as text is made of: wrapped, labelled, underlined, and those of one paragraph. Pure.

Whatever a source printed is harmless here: no control character, no escape sequence, no reversed text reaches a reader.
"""

from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Final

from monitor.alerts.news.payload import ExtractNews, Mark, ToldExtract
from monitor.alerts.words.chosen.excerpt import changed_sentence, cut_runs
from monitor.alerts.words.chosen.room import Room
from monitor.alerts.words.chosen.shown_words import Piece, ShownRun, chapeau_pieces, marked_pieces, shown_runs
from monitor.alerts.words.onward import Onward
from monitor.alerts.words.wording import kind_line, reasons_beyond_themes, themes_with_evidence
from monitor.changes.diff import WordKind, word_changes
from monitor.text.harmless import harmless
from storage.records import ChangeKind

WIDTH: Final = 78  # RFC 5322, 2.1.1
INDENT: Final = "    "
_LABEL_WIDTH: Final = 10
_FRAMES: Final = {WordKind.EQUAL: ("", ""), WordKind.REMOVED: ("[-", "-]"), WordKind.ADDED: ("{+", "+}")}


def marked(text: str, marks: Iterable[Mark]) -> str:
    """The text with its evidence between asterisks: "full participation of *women*"; touching spans become one."""
    return _starred(marked_pieces(text, marks))


def compared(before: str, after: str) -> str:
    """Both texts in one: what was dropped as `[-shall-]`, what was added as `{+should+}`."""
    return " ".join(run.text.join(_FRAMES[run.kind]) for run in word_changes(before, after))


def extract_lines(
    title: str, news: ExtractNews, extract: ToldExtract, previous: ToldExtract | None, room: Room, onward: Onward
) -> list[str]:
    """A paragraph in full words, its changed sentence first, with its themes, its citation and where to go on."""
    lines = [*wrapped(title or kind_line(extract)), ""]
    if extract.chapeau:
        is_said = previous is not None and previous.chapeau == extract.chapeau
        lines += [*wrapped(f"Under: {'(as above)' if is_said else _starred(chapeau_pieces(extract))}", INDENT), ""]
    runs = shown_runs(extract)
    if sentence := changed_sentence(runs):
        lines += [*wrapped(_words(sentence), INDENT), "", *wrapped("The whole paragraph:", INDENT)]
    lines += wrapped(_words(cut_runs(runs, room.characters)), INDENT)
    lines.append("")
    if extract.themes:
        lines += field("Themes", themes_with_evidence(extract))
    lines += [line for reason in reasons_beyond_themes(extract) for line in field("Why", reason)]
    lines += field("Cite as", extract.citation)
    return [*lines, f"{'Around it:':<{_LABEL_WIDTH}} {harmless(onward.around(news, extract))}"]


def legend(extracts: Iterable[ToldExtract]) -> list[str]:
    """How to read the signs in the words of some paragraphs."""
    kinds = {extract.kind for extract in extracts}
    if not kinds:
        return []
    told = ["*words* gave the theme"]
    if ChangeKind.MODIFIED in kinds:
        told.append("[-words-] were dropped, {+words+} were added")
    elif ChangeKind.REMOVED in kinds:
        told.append("[-words-] were dropped")
    return wrapped(f"How to read this: {'; '.join(told)}.")


def onward_lines(told: str, where: str) -> list[str]:
    """Some words, and behind them or below where to go on; a link or command is never broken."""
    last = harmless(where)
    lines = wrapped(told)
    if len(lines[-1]) + 1 + len(last) <= WIDTH:
        return [*lines[:-1], f"{lines[-1]} {last}"]
    return [*lines, f"{INDENT}{last}"]


def underlined(title: str, sign: str = "-") -> list[str]:
    """A heading."""
    lines = wrapped(title)
    return [*lines, sign * max(map(len, lines))]


def fields(told: Iterable[tuple[str, str]]) -> list[str]:
    """Labelled values."""
    return [line for label, value in told for line in field(label, value)]


def field(label: str, value: str) -> list[str]:
    """A labelled value; what does not fit on the line stands below it, indented."""
    return wrapped(f"{label + ':':<{_LABEL_WIDTH}} ", "", " " * (_LABEL_WIDTH + 1), value)


def wrapped(text: str, indent: str = "", hanging: str | None = None, value: str = "") -> list[str]:
    """The text in lines of the width; with a `value` the text is its label."""
    first = indent + text if value else indent
    return wrap(
        harmless(value) if value else harmless(text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=indent if hanging is None else hanging,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first.rstrip()]


def _words(runs: Sequence[ShownRun]) -> str:
    """Words with the evidence marked, and compared with what was there before."""
    return " ".join(_starred(run.pieces).join(_FRAMES[run.kind]) for run in runs)


def _starred(pieces: Iterable[Piece]) -> str:
    return "".join(f"*{piece.text}*" if piece.is_evidence else piece.text for piece in pieces)
