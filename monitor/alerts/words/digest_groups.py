"""Puts the alerts of a digest in a reader's order: by document, in it by theme, and the news of sources apart. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from monitor.alerts.news.payload import DigestNews, ExtractNews, SourceNews, ToldExtract

SHOWN: Final = 3
"""How many extracts of one theme of one document a digest shows at most; the rest is counted."""

MOST_SHOWN: Final = 30
"""How many it shows altogether: a page of more is cut by mail programs (Gmail, at 102 KB), and its end with it."""

NO_THEME: Final = "No theme any more"


@dataclass(frozen=True, slots=True)
class ThemeGroup:
    """The extracts of a document whose first theme is `theme`: some of them, and how many there are."""

    theme: str
    shown: tuple[ToldExtract, ...]
    count: int


@dataclass(frozen=True, slots=True)
class DocumentGroup:
    """What a digest tells of one document. `news` is its newest alert's, for the fields of the document."""

    news: ExtractNews
    themes: tuple[ThemeGroup, ...]

    @property
    def shown(self) -> int:
        """How many of its extracts are shown."""
        return sum(len(group.shown) for group in self.themes)

    @property
    def count(self) -> int:
        """How many extracts it has."""
        return sum(group.count for group in self.themes)


@dataclass(frozen=True, slots=True)
class DigestGroups:
    """A digest in a reader's order: documents as they were first told, then sources."""

    documents: tuple[DocumentGroup, ...]
    sources: tuple[SourceNews, ...]

    @property
    def shown(self) -> int:
        """How many extracts are shown."""
        return sum(document.shown for document in self.documents)

    @property
    def count(self) -> int:
        """How many extracts the alerts at hand tell."""
        return sum(document.count for document in self.documents)


def group_digest(news: DigestNews) -> DigestGroups:
    """The digest's alerts grouped. An extract stands once, under its first theme."""
    by_document: dict[tuple[str, str], list[ExtractNews]] = {}
    sources: list[SourceNews] = []
    for item in news.items:
        if isinstance(item.news, SourceNews):
            sources.append(item.news)
        else:
            by_document.setdefault((item.news.symbol, item.news.language), []).append(item.news)
    documents = [
        (told[-1], _by_theme(extract for one in told for extract in one.extracts)) for told in by_document.values()
    ]
    counts = [len(held) for _, themes in documents for held in themes.values()]
    # Rather one extract of each theme than three of the first few.
    most = next((most for most in range(SHOWN, 1, -1) if sum(min(count, most) for count in counts) <= MOST_SHOWN), 1)
    groups: list[DocumentGroup] = []
    room = MOST_SHOWN
    for news_of_document, themes in documents:
        parts: list[ThemeGroup] = []
        for theme, held in themes.items():
            shown = tuple(held[: min(most, room)])
            room -= len(shown)
            parts.append(ThemeGroup(theme, shown, len(held)))
        groups.append(DocumentGroup(news_of_document, tuple(parts)))
    return DigestGroups(tuple(groups), tuple(sources))


def _by_theme(extracts: Iterable[ToldExtract]) -> dict[str, list[ToldExtract]]:
    by_theme: dict[str, list[ToldExtract]] = {}
    for extract in extracts:
        by_theme.setdefault(extract.themes[0] if extract.themes else NO_THEME, []).append(extract)
    return by_theme
