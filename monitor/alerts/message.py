"""Puts an alert into plain words for a terminal or a file: what, where, why, with proof. Pure; sends nothing.

Whatever a source printed is harmless here: no control character, no escape sequence, no reversed text reaches a reader.
"""

import unicodedata
from collections.abc import Iterable
from datetime import date
from textwrap import wrap
from typing import Final

from monitor.alerts.payload import DigestNews, ExtractNews, Mark, News, SourceNews, ToldExtract, news_of
from monitor.diff import WordKind, word_changes
from storage.models import Place
from storage.records import Alert, ChangeKind, Event

WIDTH: Final = 80
_INDENT: Final = "    "
_LABEL_WIDTH: Final = 10

_HEADLINES: Final = {
    Event.EXTRACT_NEW: "New words about women",
    Event.EXTRACT_CHANGED: "Changed words about women",
    Event.EXTRACT_REMOVED: "Removed words about women",
    Event.SOURCE_BLOCKED: "A source refuses us",
    Event.SOURCE_FAILED: "A source fails",
    Event.SOURCE_SUSPECT: "A source is not to be believed",
    Event.SOURCE_SILENT: "A source is silent",
    Event.SOURCE_RECOVERED: "A source is back",
    Event.DIGEST: "Words about women, a digest",
    Event.TEST: "A test, nothing happened",
}

_SOURCE_ADVICE: Final = {
    Event.SOURCE_BLOCKED: "Nothing new can be seen there until it answers again. Nothing held was changed.",
    Event.SOURCE_FAILED: "Nothing new can be seen there until it answers again. Nothing held was changed.",
    Event.SOURCE_SUSPECT: "What it gave waits, untold, until a run is complete. Nothing held was changed.",
    Event.SOURCE_SILENT: "Its runs are complete, but nothing new is in them. Look whether it has moved.",
    Event.SOURCE_RECOVERED: "What it published in the meantime is told as usual.",
}


def headline(news: News) -> str:
    """One line that says what an alert tells: "New words about women: S/RES/2779 (2025), 3 extracts"."""
    if isinstance(news, DigestNews):
        count = len(news.items) + news.left_out
        return f"{_HEADLINES[news.event]}: {count} {'alert' if count == 1 else 'alerts'}"
    if isinstance(news, SourceNews):
        return harmless(f"{_HEADLINES[news.event]}: {news.source}")
    count = len(news.extracts)
    return harmless(f"{_HEADLINES[news.event]}: {news.symbol}, {count} {'extract' if count == 1 else 'extracts'}")


def render_text(alert: Alert) -> str:
    """The alert as text of at most 80 columns, links aside, ended by a line end."""
    news = news_of(alert.payload)
    if isinstance(news, DigestNews):
        body = [line for item in news.items for line in ["", *_body_lines(item.news)]]
    else:
        body = _body_lines(news)
    rule = "=" * WIDTH
    lines = [rule, *_wrapped(headline(news)), rule, *body, "", f"Alert {harmless(alert.id)} ({alert.event})"]
    return "\n".join(lines) + "\n"


def _body_lines(news: ExtractNews | SourceNews) -> list[str]:
    return _source_lines(news) if isinstance(news, SourceNews) else _document_lines(news)


def harmless(text: str) -> str:
    """The text on one line, with nothing in it that steers a terminal or reverses what is read.

    Line ends and tabs become spaces, soft hyphens go, other control and format characters are named: `<U+001B>`.
    """
    shown = "".join(_harmless(character) for character in text)
    return " ".join(shown.split())


def marked(text: str, marks: Iterable[Mark]) -> str:
    """The text with its evidence between asterisks: "full participation of *women*"; touching spans become one."""
    spans: list[list[int]] = []
    for start, end in sorted((mark.start, mark.end) for mark in marks):
        if spans and start <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], end)
        elif start < end:
            spans.append([start, end])
    parts: list[str] = []
    position = 0
    for start, end in spans:
        parts += [text[position:start], "*", text[start:end], "*"]
        position = end
    return "".join([*parts, text[position:]])


def compared(before: str, after: str) -> str:
    """Both texts in one: what was dropped as `[-shall-]`, what was added as `{+should+}`."""
    frames = {WordKind.EQUAL: ("", ""), WordKind.REMOVED: ("[-", "-]"), WordKind.ADDED: ("{+", "+}")}
    return " ".join(run.text.join(frames[run.kind]) for run in word_changes(before, after))


def _document_lines(news: ExtractNews) -> list[str]:
    lines = [*_field("Document", news.symbol)]
    if news.subject:
        lines += _field("Subject", news.subject)
    if news.adopted_on:
        lines += _field("Adopted", _day(news.adopted_on))
    elif news.published_on:
        lines += _field("Published", _day(news.published_on))
    lines += [*_field("Link", news.url), *_field("Themes", ", ".join(news.themes)), *_field("Seen at", news.source)]
    lines += ["", *_wrapped(_legend(news.extracts))]
    chapeau = None
    for number, extract in enumerate(news.extracts, start=1):
        lines += ["", *_extract_lines(number, extract, is_chapeau_shown=extract.chapeau != chapeau)]
        chapeau = extract.chapeau
    return lines


def _extract_lines(number: int, extract: ToldExtract, *, is_chapeau_shown: bool) -> list[str]:
    moved = extract.before_address not in (None, extract.address)
    place = f"{extract.address} (before: {extract.before_address})" if moved else extract.address
    lines = [*_wrapped(f"{number}. {place}: {_KINDS[extract.kind]}"), ""]
    if extract.chapeau:
        shown = marked(extract.chapeau, _marks_in(extract, Place.CHAPEAU)) if is_chapeau_shown else "(as above)"
        lines += [*_wrapped(f"Under: {shown}", _INDENT), ""]
    lines += _wrapped(_words(extract), _INDENT)
    lines.append("")
    lines += _field("Themes", _themes_with_evidence(extract))
    lines += [line for reason in extract.reasons for line in _field("Why", reason)]
    return lines + _field("Cite as", extract.citation)


_KINDS: Final = {
    ChangeKind.ADDED: "added",
    ChangeKind.MODIFIED: "changed",
    ChangeKind.REMOVED: "removed",
    ChangeKind.RESTORED: "back after its removal",
    ChangeKind.MOVED: "moved",
    ChangeKind.RENUMBERED: "renumbered",
}


def _words(extract: ToldExtract) -> str:
    """The extract's words: with the evidence marked, or compared with what was there before."""
    if extract.text is not None and extract.before is not None:
        return compared(extract.before, extract.text)
    words = extract.text if extract.text is not None else extract.before or ""
    shown = marked(words, _marks_in(extract, Place.TEXT))
    return f"[-{shown}-]" if extract.text is None else shown


def _marks_in(extract: ToldExtract, place: Place) -> list[Mark]:
    return [mark for mark in extract.marks if mark.place is place]


def _themes_with_evidence(extract: ToldExtract) -> str:
    told = []
    for theme in extract.themes:
        phrases = dict.fromkeys(f'"{mark.phrase}"' for mark in extract.marks if mark.theme == theme)
        told.append(f"{theme} ({', '.join(phrases)})" if phrases else theme)
    return "; ".join(told)


def _legend(extracts: Iterable[ToldExtract]) -> str:
    kinds = {extract.kind for extract in extracts}
    told = ["*words* gave the theme"] if kinds - {ChangeKind.MODIFIED} else []
    if ChangeKind.MODIFIED in kinds:
        told.append("[-words-] were dropped, {+words+} were added")
    elif ChangeKind.REMOVED in kinds:
        told.append("[-words-] were dropped")
    return f"How to read this: {'; '.join(told)}."


def _source_lines(news: SourceNews) -> list[str]:
    last_good = f"{_day(news.last_good_at)}, {news.last_good_at:%H:%M} UTC" if news.last_good_at else "never"
    return [
        *_field("Source", news.source),
        *_field("Reason", news.reason),
        *_field("Last good", last_good),
        "",
        *_wrapped(_SOURCE_ADVICE[news.event]),
    ]


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


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _harmless(character: str) -> str:
    if character == "\u00ad":
        return ""
    if character in "\u200c\u200d":  # they join letters in Persian and Arabic, and steer nothing
        return character
    if character.isspace():
        return " "
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn"):
        return f"<U+{ord(character):04X}>"
    return character
