"""Puts a digest into lines of text: its contents, then each situation, and the news of sources apart. Pure."""

from collections.abc import Iterator

from monitor.alerts.news.due import Due
from monitor.alerts.news.headline import headline
from monitor.alerts.news.payload import DigestNews, ExtractNews, SourceNews
from monitor.alerts.news.renewal import Renewal
from monitor.alerts.words.chosen.digest_plan import Chapter, DigestPlan, Story, cut_words, plan_digest
from monitor.alerts.words.chosen.overview import overview_of
from monitor.alerts.words.chosen.room import Room
from monitor.alerts.words.due import due_fields, standing_groups
from monitor.alerts.words.onward import Onward
from monitor.alerts.words.renewal import counts_line, groups_of, kept_line, renewal_fields
from monitor.alerts.words.text_lines import (
    INDENT,
    extract_lines,
    fields,
    legend,
    onward_lines,
    underlined,
    wrapped,
)
from monitor.alerts.words.wording import digest_line, document_fields, source_advice, source_fields
from storage.records import Alert

STORY_LINES = 30
"""Of one renewal so many paragraphs stand in a line each in a digest; its own alert has all of them."""


def digest_lines(alert: Alert, news: DigestNews, room: Room, onward: Onward) -> list[str]:
    """The digest as lines."""
    plan = plan_digest(news, room)
    lines = [*wrapped(digest_line(news)), "", *_contents(plan)]
    if cut := cut_words(news, plan):
        lines += ["", *onward_lines(f"{cut} All of them:", onward.everything(alert))]
        if page := onward.recent():
            lines += onward_lines("What changed, month by month:", page)
    shown = [one for story in _stories(plan) for part in story.themes for one in part.shown]
    if shown:
        lines += ["", *legend(shown)]
    for chapter in plan.set_out:
        lines += ["", "", *_chapter(chapter, room, onward)]
    if plan.sources:
        lines += ["", "", *underlined("Sources and channels", "=")]
    for source in plan.sources[: room.stories]:
        lines += ["", *_source(source)]
    return lines


def _contents(plan: DigestPlan) -> Iterator[str]:
    yield "In this digest"
    for chapter in plan.chapters:
        yield from wrapped(chapter.title, "  ")
        for story in chapter.stories:
            yield from wrapped(f"- {story.title}", INDENT, f"{INDENT}  ")
    if plan.sources:
        yield "  Sources and channels"
    for source in plan.sources:
        yield from wrapped(f"- {headline(source)}", INDENT, f"{INDENT}  ")


def _chapter(chapter: Chapter, room: Room, onward: Onward) -> list[str]:
    lines = underlined(chapter.title, "=")
    for story in chapter.stories:
        lines += ["", *_story(story, room, onward)]
    return lines


def _story(story: Story, room: Room, onward: Onward) -> list[str]:
    news = story.news
    if news.rollover is not None:
        return onward_lines(f"{story.title}.", news.url)
    lines = underlined(story.title)
    if news.renewal is not None:
        return [*lines, *_renewal(news, news.renewal, room, onward)]
    if news.due is not None:
        return [*lines, *_due(news, news.due)]
    lines += fields(document_fields(news))
    overview = overview_of(news, Room(0, min(room.lines, STORY_LINES), 0, 0))
    if overview.lines:
        lines += ["", *wrapped(f"Paragraphs ({len(news.extracts)})")]
        lines += [line for one in overview.lines for line in wrapped(one, "  ", INDENT)]
    if overview.unlisted:
        lines += onward_lines(f"  and {overview.unlisted} more:", onward.document(news))
    for part in story.themes:
        if not part.shown:
            continue
        count = f"{len(part.shown)} of {part.count} shown" if len(part.shown) < part.count else str(part.count)
        lines += ["", *wrapped(f"-- {part.theme}: {count}")]
        previous = None
        for extract in part.shown:
            lines += ["", *extract_lines("", news, extract, previous, room, onward)]
            previous = extract
    return lines


def _renewal(news: ExtractNews, renewal: Renewal, room: Room, onward: Onward) -> list[str]:
    """A renewal: the counts, and each paragraph in a line."""
    lines = [*fields(renewal_fields(news, renewal)), "", *wrapped(counts_line(renewal))]
    for group in groups_of(news, Room(0, min(room.lines, STORY_LINES), 0, 0)):
        lines += ["", f"{group.title} ({group.count})"]
        lines += [line for one in group.lines for line in wrapped(one.words, "  ", INDENT)]
        if group.count > len(group.lines):
            lines.append(f"  and {group.count - len(group.lines)} more")
    if kept := kept_line(renewal):
        lines += ["", *wrapped(kept)]
    return [*lines, "", *onward_lines("Old words beside new ones:", onward.beside(news))]


def _due(news: ExtractNews, due: Due) -> list[str]:
    """A reminder: until when, and the paragraphs at stake by their numbers."""
    lines = ["A reminder. Nothing has changed.", *fields(due_fields(news, due))]
    lines += ["", "To paste into a letter:", *wrapped(due.numbers, INDENT)]
    ages = ", ".join(f"{len(group.lines)} since {group.since}" for group in standing_groups(news))
    return [*lines, "", *wrapped(f"How long they have stood: {ages}.")] if ages else lines


def _source(news: SourceNews) -> list[str]:
    return [*wrapped(headline(news)), *fields(source_fields(news)), "", *wrapped(source_advice(news))]


def _stories(plan: DigestPlan) -> Iterator[Story]:
    for chapter in plan.set_out:
        yield from chapter.stories
