"""Puts an alert into plain words for a terminal, a file or a mail: what, where, why, with proof. Pure."""

from monitor.alerts.news.due import Due
from monitor.alerts.news.headline import headline
from monitor.alerts.news.payload import DigestNews, ExtractNews, News, SourceNews, news_of
from monitor.alerts.news.renewal import Renewal
from monitor.alerts.words.chosen.overview import overview_of
from monitor.alerts.words.chosen.room import WHOLE, Room
from monitor.alerts.words.digest_text import digest_lines
from monitor.alerts.words.due import due_fields, standing_groups
from monitor.alerts.words.onward import Onward
from monitor.alerts.words.renewal import counts_line, groups_of, kept_line, renewal_fields, told_before
from monitor.alerts.words.subscription import Subscription, how_to_stop, why_told
from monitor.alerts.words.text_lines import (
    INDENT,
    WIDTH,
    extract_lines,
    fields,
    legend,
    onward_lines,
    underlined,
    wrapped,
)
from monitor.alerts.words.wording import document_fields, kind_line, source_advice, source_fields
from monitor.text.harmless import harmless
from storage.records import Alert


def render_text(
    alert: Alert, subscription: Subscription | None = None, room: Room = WHOLE, onward: Onward | None = None
) -> str:
    """The alert as text of at most 78 columns, links and commands aside, ended by a line end.

    `room` is how much is shown in full; the rest stands in a line each, or is counted. With a subscription it ends
    with why its reader gets it and how to get no more.
    """
    news = news_of(alert.payload)
    rule = "=" * WIDTH
    body = _body_lines(alert, news, room, onward or Onward())
    lines = [rule, *wrapped(headline(news)), rule, *body, "", *_ending(alert, subscription)]
    return "\n".join(lines) + "\n"


def _body_lines(alert: Alert, news: News, room: Room, onward: Onward) -> list[str]:
    if isinstance(news, SourceNews):
        return [*fields(source_fields(news)), "", *wrapped(source_advice(news))]
    if isinstance(news, DigestNews):
        return digest_lines(alert, news, room, onward)
    if news.due is not None:
        return _due_lines(news, news.due, room, onward)
    if news.renewal is not None:
        return _renewal_lines(news, news.renewal, room, onward)
    return _document_lines(news, room, onward)


def _document_lines(news: ExtractNews, room: Room, onward: Onward) -> list[str]:
    overview = overview_of(news, room)
    lines = fields(document_fields(news))
    if overview.lines or overview.unlisted:
        lines += ["", *wrapped(f"Paragraphs ({len(news.extracts)})")]
        lines += [line for one in overview.lines for line in wrapped(one, "  ", INDENT)]
    if overview.unlisted:
        lines += onward_lines(f"  and {overview.unlisted} more:", onward.document(news))
    if overview.shown:
        lines += ["", *legend(overview.shown)]
    previous = None
    for number, extract in enumerate(overview.shown, start=1):
        lines += ["", *extract_lines(f"{number}. {kind_line(extract)}", news, extract, previous, room, onward)]
        previous = extract
    if overview.unshown:
        lines += ["", *onward_lines(_unshown(overview.unshown), onward.document(news))]
    return lines


def _renewal_lines(news: ExtractNews, renewal: Renewal, room: Room, onward: Onward) -> list[str]:
    groups = groups_of(news, room)
    lines = [*fields(renewal_fields(news, renewal)), "", *wrapped(counts_line(renewal))]
    if before := told_before(renewal):
        lines += ["", *wrapped(before)]
    for group in groups:
        lines += ["", f"{group.title} ({group.count})"]
        lines += [line for one in group.lines for line in wrapped(one.words, "  ", INDENT)]
        if group.count > len(group.lines):
            lines += [f"  and {group.count - len(group.lines)} more"]
    if kept := kept_line(renewal):
        lines += ["", *wrapped(kept)]
    lines += ["", *onward_lines("Beside each other:", onward.beside(news))]
    shown = [one.extract for group in groups for one in group.shown]
    if shown:
        lines += ["", *legend(shown)]
    for group in groups:
        if group.shown:
            lines += ["", "", *underlined(group.title)]
        for one in group.shown:
            lines += ["", *extract_lines(one.words, news, one.extract, None, room, onward)]
    if len(shown) < len(news.extracts):
        lines += ["", *onward_lines(_unshown(len(news.extracts) - len(shown)), onward.beside(news))]
    return lines


def _due_lines(news: ExtractNews, due: Due, room: Room, onward: Onward) -> list[str]:
    lines = ["A reminder. Nothing has changed.", "", *fields(due_fields(news, due))]
    lines += ["", "To paste into a letter:", *wrapped(due.numbers, INDENT)]
    left = room.lines
    for group in standing_groups(news):
        shown = group.lines[:left]
        left -= len(shown)
        lines += ["", *wrapped(f"Since {group.since} ({len(group.lines)})")]
        lines += [line for one in shown for line in wrapped(one, "  ", INDENT)]
        if len(shown) < len(group.lines):
            lines += onward_lines(f"  and {len(group.lines) - len(shown)} more:", onward.document(news))
    return lines


def _unshown(count: int) -> str:
    return f"The words of {count} {'paragraph are' if count == 1 else 'paragraphs are'} left out here. All of them:"


def _ending(alert: Alert, subscription: Subscription | None) -> list[str]:
    lines = [f"Alert {harmless(alert.id)} ({alert.event})"]
    if subscription is None:
        return lines
    return ["-" * WIDTH, *wrapped(why_told(subscription)), *wrapped(how_to_stop(subscription)), *lines]
