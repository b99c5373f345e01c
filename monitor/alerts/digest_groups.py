"""Puts the alerts of a digest in a reader's order: by document, in it by theme, and the news of sources apart. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from monitor.alerts.payload import DigestNews, ExtractNews, SourceNews, ToldExtract

SHOWN: Final = 3
"""How many extracts of one theme of one document a digest shows; the rest is counted."""

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
    documents = tuple(
        DocumentGroup(told[-1], _themes(extract for one in told for extract in one.extracts))
        for told in by_document.values()
    )
    return DigestGroups(documents, tuple(sources))


def _themes(extracts: Iterable[ToldExtract]) -> tuple[ThemeGroup, ...]:
    by_theme: dict[str, list[ToldExtract]] = {}
    for extract in extracts:
        by_theme.setdefault(extract.themes[0] if extract.themes else NO_THEME, []).append(extract)
    return tuple(ThemeGroup(theme, tuple(held[:SHOWN]), len(held)) for theme, held in by_theme.items())
