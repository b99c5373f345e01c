"""The values that feeds are made of: an entry, a feed of entries, the site that shows it. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from monitor.text.harmless import harmless
from storage.models import THEMES

TAG: Final = "tag:wpswatch.invalid,2026:"
"""Begins every id: a tag URI (RFC 4151) of a name that nobody can own (RFC 2606).

The same paragraph has the same id wherever it is held, and keeps it when the feeds move to another host.
"""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One extract. `published` is when its document was first seen, `updated` when the source last changed its words.

    `newest_on` orders the entries: the later of its document's adoption and the last change of its words.
    """

    id: str
    title: str
    url: str
    symbol: str
    language: str
    adopted_on: date | None
    themes: tuple[str, ...]
    paragraphs: tuple[str, ...]
    published: datetime
    updated: datetime
    newest_on: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest entries of one theme, or of all. `name` is that of its files, without their endings."""

    id: str
    name: str
    theme: str
    title: str
    description: str
    entries: tuple[FeedEntry, ...]

    @property
    def updated(self) -> datetime:
        """When the newest of its entries changed; the beginning of time while there is none."""
        return max((entry.updated for entry in self.entries), default=datetime.fromtimestamp(0, UTC))


@dataclass(frozen=True, slots=True)
class Site:
    """What all feeds share: `url` is where their folder is shown, without a slash at the end; empty when nowhere."""

    title: str
    url: str

    def link(self, name: str) -> str:
        """The address of one file of the folder."""
        return f"{self.url}/{name}"


def feeds_of(entries: Sequence[FeedEntry], title: str, limit: int) -> tuple[Feed, ...]:
    """The feed of all entries, then one of each theme."""
    every = Feed(
        f"{TAG}feed/all", "all", "All themes", harmless(title), "All extracts about women", tuple(entries[:limit])
    )
    feeds = [every]
    for theme in THEMES:
        own = tuple([entry for entry in entries if theme in entry.themes][:limit])
        name = slug(theme)
        heading = harmless(f"{title}: {theme}")
        feeds.append(Feed(f"{TAG}feed/{name}", name, theme, heading, f"Extracts about women: {theme}", own))
    return tuple(feeds)


def slug(theme: str) -> str:
    """A theme as the name of a file: `sexual-and-gender-based-violence`."""
    return re.sub(r"[^a-z0-9]+", "-", theme.casefold()).strip("-")
