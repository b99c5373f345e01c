"""Puts an alert into plain words for a terminal, a file or a mail: what, where, why, with proof. Pure; sends nothing.

Whatever a source printed is harmless here: no control character, no escape sequence, no reversed text reaches a reader.
"""

from collections.abc import Iterable
from shlex import quote
from textwrap import wrap
from typing import Final

from monitor.alerts.news.due import Due
from monitor.alerts.news.headline import headline
from monitor.alerts.news.payload import DigestNews, ExtractNews, Mark, News, SourceNews, ToldExtract, news_of
from monitor.alerts.news.renewal import Renewal
from monitor.alerts.words.digest_groups import DocumentGroup, group_digest
from monitor.alerts.words.due import due_fields, standing_groups
from monitor.alerts.words.renewal import counts_line, groups_of, kept_line, renewal_fields
from monitor.alerts.words.shown_words import Piece, chapeau_pieces, marked_pieces, shown_runs
from monitor.alerts.words.subscription import Subscription, how_to_stop, why_told
from monitor.alerts.words.wording import (
    digest_line,
    document_fields,
    kind_line,
    more_command,
    reasons_beyond_themes,
    rest_command,
    source_advice,
    source_fields,
    themes_with_evidence,
)
from monitor.changes.diff import WordKind, word_changes
from monitor.text.harmless import harmless
from storage.records import Alert, ChangeKind

WIDTH: Final = 78  # RFC 5322, 2.1.1
MOST_WITH_WORDS: Final = 25
"""Of so many extracts an alert shows the words; more make a mail that is cut, and that nobody reads."""
_INDENT: Final = "    "
_LABEL_WIDTH: Final = 10
_FRAMES: Final = {WordKind.EQUAL: ("", ""), WordKind.REMOVED: ("[-", "-]"), WordKind.ADDED: ("{+", "+}")}


def render_text(alert: Alert, subscription: Subscription | None = None, most: int = MOST_WITH_WORDS) -> str:
    """The alert as text of at most 78 columns, links and commands aside, ended by a line end.

    `most` is of how many extracts the words are shown; the others stand in a line each. With a subscription it ends
    with why its reader gets it and how to get no more.
    """
    news = news_of(alert.payload)
    rule = "=" * WIDTH
    lines = [rule, *_wrapped(headline(news)), rule, *_body_lines(alert, news, most), "", *_ending(alert, subscription)]
    return "\n".join(lines) + "\n"


def marked(text: str, marks: Iterable[Mark]) -> str:
    """The text with its evidence between asterisks: "full participation of *women*"; touching spans become one."""
    return _starred(marked_pieces(text, marks))


def compared(before: str, after: str) -> str:
    """Both texts in one: what was dropped as `[-shall-]`, what was added as `{+should+}`."""
    return " ".join(run.text.join(_FRAMES[run.kind]) for run in word_changes(before, after))


def _body_lines(alert: Alert, news: News, most: int) -> list[str]:
    if isinstance(news, SourceNews):
        return _source_lines(news)
    if isinstance(news, DigestNews):
        return _digest_lines(alert, news)
    if news.due is not None:
        return _due_lines(news, news.due)
    return _document_lines(news, most) if news.renewal is None else _renewal_lines(news, news.renewal, most)


def _document_lines(news: ExtractNews, most: int) -> list[str]:
    lines = _fields(document_fields(news))
    lines += ["", *_wrapped(_legend(news.extracts))]
    previous = None
    for number, extract in enumerate(news.extracts[:most], start=1):
        lines += ["", *_extract_lines(f"{number}. ", news, extract, previous)]
        previous = extract
    if rest := news.extracts[most:]:
        lines += ["", *_wrapped(f"{len(rest)} more, in a line each:")]
        lines += [line for extract in rest for line in _wrapped(kind_line(extract), _INDENT)]
    return lines


def _renewal_lines(news: ExtractNews, renewal: Renewal, most: int) -> list[str]:
    groups = groups_of(news, most)
    lines = [*_fields(renewal_fields(news, renewal)), "", *_wrapped(counts_line(renewal))]
    for group in groups:
        lines += ["", f"{group.title} ({len(group.lines)})"]
        lines += [line for one in group.lines for line in _wrapped(one.words, "  ")]
    if kept := kept_line(renewal):
        lines += ["", *_wrapped(kept)]
    lines += ["", *_wrapped(f"Beside each other: wpswatch drift {quote(news.symbol)} {quote(renewal.old)}")]
    for group in groups:
        if group.shown:
            lines += ["", "", *_underlined(group.title)]
        for one in group.shown:
            lines += ["", *_extract_lines("", news, one.extract, None, one.words)]
    return lines


def _due_lines(news: ExtractNews, due: Due) -> list[str]:
    lines = ["A reminder. Nothing has changed.", "", *_fields(due_fields(news, due))]
    lines += ["", "To paste into a letter:", *_wrapped(due.numbers, _INDENT)]
    for group in standing_groups(news):
        lines += ["", f"Since {group.since} ({len(group.lines)})"]
        lines += [line for one in group.lines for line in _wrapped(one, "  ", _INDENT)]
    return lines


def _digest_lines(alert: Alert, news: DigestNews) -> list[str]:
    groups = group_digest(news)
    lines = _wrapped(digest_line(news))
    if groups.documents:
        extracts = [extract for group in groups.documents for part in group.themes for extract in part.shown]
        lines += _wrapped(_legend(extracts))
    if news.left_out or groups.shown < groups.count:
        lines += ["", *_rest_lines(alert, news, groups.shown, groups.count)]
    for group in groups.documents:
        lines += ["", "", *_group_lines(group)]
    if groups.sources:
        lines += ["", "", *_underlined("Sources")]
    for source in groups.sources:
        lines += ["", *_wrapped(headline(source)), *_source_lines(source)]
    return lines


def _rest_lines(alert: Alert, news: DigestNews, shown: int, count: int) -> list[str]:
    told = [f"{shown} of {count} extracts shown"] if shown < count else []
    if news.left_out:
        told.append(f"{len(news.items)} of {len(news.items) + news.left_out} alerts shown")
    return [*_wrapped(f"{'; '.join(told)}. All of them:"), f"{_INDENT}{harmless(rest_command(alert))}"]


def _group_lines(group: DocumentGroup) -> list[str]:
    counts = _wrapped(headline(group.news)) if group.news.renewal else []
    lines = [*_underlined(group.news.symbol), *counts, *_fields(document_fields(group.news)[1:])]
    for part in group.themes:
        count = f"{len(part.shown)} of {part.count} shown" if len(part.shown) < part.count else str(part.count)
        lines += ["", *_wrapped(f"-- {part.theme}: {count}")]
        previous = None
        for extract in part.shown:
            lines += ["", *_extract_lines("", group.news, extract, previous)]
            previous = extract
    return lines


def _extract_lines(
    number: str, news: ExtractNews, extract: ToldExtract, previous: ToldExtract | None, title: str = ""
) -> list[str]:
    lines = [*_wrapped(f"{number}{title or kind_line(extract)}"), ""]
    if extract.chapeau:
        is_said = previous is not None and previous.chapeau == extract.chapeau
        lines += [*_wrapped(f"Under: {'(as above)' if is_said else _starred(chapeau_pieces(extract))}", _INDENT), ""]
    lines += _wrapped(_words(extract), _INDENT)
    lines.append("")
    lines += _field("Themes", themes_with_evidence(extract))
    lines += [line for reason in reasons_beyond_themes(extract) for line in _field("Why", reason)]
    lines += _field("Cite as", extract.citation)
    return [*lines, f"{'Around it:':<{_LABEL_WIDTH}} {harmless(more_command(news, extract))}"]


def _words(extract: ToldExtract) -> str:
    """The extract's words: with the evidence marked, and compared with what was there before."""
    return " ".join(_starred(run.pieces).join(_FRAMES[run.kind]) for run in shown_runs(extract))


def _starred(pieces: Iterable[Piece]) -> str:
    return "".join(f"*{piece.text}*" if piece.is_evidence else piece.text for piece in pieces)


def _legend(extracts: Iterable[ToldExtract]) -> str:
    kinds = {extract.kind for extract in extracts}
    told = ["*words* gave the theme"]
    if ChangeKind.MODIFIED in kinds:
        told.append("[-words-] were dropped, {+words+} were added")
    elif ChangeKind.REMOVED in kinds:
        told.append("[-words-] were dropped")
    return f"How to read this: {'; '.join(told)}."


def _source_lines(news: SourceNews) -> list[str]:
    return [*_fields(source_fields(news)), "", *_wrapped(source_advice(news))]


def _ending(alert: Alert, subscription: Subscription | None) -> list[str]:
    lines = [f"Alert {harmless(alert.id)} ({alert.event})"]
    if subscription is None:
        return lines
    return ["-" * WIDTH, *_wrapped(why_told(subscription)), *_wrapped(how_to_stop(subscription)), *lines]


def _underlined(title: str) -> list[str]:
    lines = _wrapped(title)
    return [*lines, "-" * max(map(len, lines))]


def _fields(fields: Iterable[tuple[str, str]]) -> list[str]:
    return [line for label, value in fields for line in _field(label, value)]


def _field(label: str, value: str) -> list[str]:
    """A labelled value; what does not fit on the line stands below it, indented."""
    return _wrapped(f"{label + ':':<{_LABEL_WIDTH}} ", "", " " * (_LABEL_WIDTH + 1), value)


def _wrapped(text: str, indent: str = "", hanging: str | None = None, value: str = "") -> list[str]:
    first = indent + text if value else indent
    return wrap(
        harmless(value) if value else harmless(text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=indent if hanging is None else hanging,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first.rstrip()]
