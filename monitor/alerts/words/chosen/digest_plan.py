"""Puts the alerts of a digest in a reader's order: by situation, in it by document, and sources apart. Pure.

A renewal, a reminder and a technical rollover are each told as what they are; what else was told of a document in
several alerts is told once, its paragraphs by theme.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from monitor.alerts.news.headline import headline
from monitor.alerts.news.payload import DigestNews, ExtractNews, SourceNews, ToldExtract
from monitor.alerts.words.chosen.room import Room

SHOWN: Final = 3
"""Of so many paragraphs of one theme of one document a digest shows the words at most; the rest is counted."""

MOST_SHOWN: Final = 30
"""Of so many it shows the words altogether."""

NO_THEME: Final = "No theme any more"
NO_SITUATION: Final = "No situation"


@dataclass(frozen=True, slots=True)
class ThemeGroup:
    """The extracts of a document whose first theme is `theme`: some of them, and how many there are."""

    theme: str
    shown: tuple[ToldExtract, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Story:
    """What a digest tells of one document at one place. `news` is its newest alert's, of all the paragraphs told.

    `title` is its line in the list of contents. `themes` are empty of a renewal, a reminder and a rollover.
    """

    title: str
    news: ExtractNews
    themes: tuple[ThemeGroup, ...]

    @property
    def shown(self) -> int:
        """Of how many extracts the words are shown by theme."""
        return sum(len(group.shown) for group in self.themes)


@dataclass(frozen=True, slots=True)
class Chapter:
    """The stories of one situation."""

    title: str
    stories: tuple[Story, ...]


@dataclass(frozen=True, slots=True)
class DigestPlan:
    """A digest in a reader's order. `chapters` are all of its contents, `set_out` what is set out below them.

    `shown` and `count` are of the extracts that are told by theme.
    """

    chapters: tuple[Chapter, ...]
    set_out: tuple[Chapter, ...]
    sources: tuple[SourceNews, ...]
    shown: int
    count: int

    @property
    def unset(self) -> int:
        """How many stories stand in the contents only."""
        return _stories(self.chapters) - _stories(self.set_out)


def plan_digest(news: DigestNews, room: Room) -> DigestPlan:
    """The digest's alerts in order. An extract stands once, under its first theme."""
    sources = tuple(item.news for item in news.items if isinstance(item.news, SourceNews))
    told = _by_document(item.news for item in news.items if isinstance(item.news, ExtractNews))
    counts = [len(held) for one in told if _is_by_theme(one) for held in _by_theme(one.extracts).values()]
    most = min(MOST_SHOWN, room.words)
    # Rather one extract of each theme than three of the first few.
    each = next((each for each in range(SHOWN, 1, -1) if sum(min(count, each) for count in counts) <= most), 1)
    share = most // max(sum(map(_is_by_theme, told)), 1)  # a long document leaves room for the others
    left = most
    by_situation: dict[str, list[Story]] = {}
    for one in told:
        room_of_it = min(max(share, 1), left)
        story = Story(headline(one), one, _groups(one, each, room_of_it) if _is_by_theme(one) else ())
        left -= story.shown
        by_situation.setdefault(one.situation or NO_SITUATION, []).append(story)
    last = by_situation.pop(NO_SITUATION, [])
    chapters = [Chapter(title, tuple(stories)) for title, stories in by_situation.items()]
    chapters += [Chapter(NO_SITUATION, tuple(last))] if last else []
    shown = sum(story.shown for chapter in chapters for story in chapter.stories)
    return DigestPlan(tuple(chapters), tuple(_first(chapters, room.stories)), sources, shown, sum(counts))


def cut_words(news: DigestNews, plan: DigestPlan) -> str:
    """What a digest leaves out, in sentences; "" where it is whole."""
    told = []
    if plan.shown < plan.count:
        told.append(f"{plan.shown} of {plan.count} extracts are shown in full words.")
    if plan.unset:
        told.append(f"{plan.unset} of the alerts listed here {'is' if plan.unset == 1 else 'are'} not set out below.")
    if news.left_out:
        told.append(f"{len(news.items)} of {len(news.items) + news.left_out} alerts are listed.")
    return " ".join(told)


def _by_document(told: Iterable[ExtractNews]) -> list[ExtractNews]:
    """The news of each document, of several alerts in one; a reminder or a renewal stays what it is."""
    found: dict[tuple[object, ...], ExtractNews] = {}
    for one in told:
        key: tuple[object, ...] = (one.symbol, one.language, one.renewal, one.due, one.rollover)
        earlier = found[key].extracts if key in found and _is_by_theme(one) else ()
        found[key] = replace(one, extracts=(*earlier, *one.extracts))
    return list(found.values())


def _is_by_theme(news: ExtractNews) -> bool:
    return news.renewal is None and news.due is None and news.rollover is None


def _groups(news: ExtractNews, each: int, left: int) -> tuple[ThemeGroup, ...]:
    groups = []
    for theme, held in _by_theme(news.extracts).items():
        shown = tuple(held[: min(each, left)])
        left -= len(shown)
        groups.append(ThemeGroup(theme, shown, len(held)))
    return tuple(groups)


def _by_theme(extracts: Iterable[ToldExtract]) -> dict[str, list[ToldExtract]]:
    by_theme: dict[str, list[ToldExtract]] = {}
    for extract in extracts:
        by_theme.setdefault(extract.themes[0] if extract.themes else NO_THEME, []).append(extract)
    return by_theme


def _first(chapters: Iterable[Chapter], most: int) -> Iterable[Chapter]:
    """The chapters with so many stories altogether."""
    for chapter in chapters:
        stories = chapter.stories[:most]
        most -= len(stories)
        if stories:
            yield Chapter(chapter.title, stories)


def _stories(chapters: Iterable[Chapter]) -> int:
    return sum(len(chapter.stories) for chapter in chapters)
