"""Writes the feeds of what is held into a folder that a web server can show: whole files, only those that changed."""

import os
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from monitor.feeds import atom, calendar, index_page, json_feed, rss
from monitor.feeds.calendar import Dated
from monitor.feeds.collect import entries_of
from monitor.feeds.entries import Site, feeds_of
from monitor.settings.config import Feeds
from monitor.text.harmless import harmless
from storage.fetched.runs import list_runs
from storage.sqlite.database import one_view
from storage.texts.changes import list_changes
from storage.texts.extracts import list_extracts


@dataclass(frozen=True, slots=True)
class FeedFile:
    """One file of the folder. `entries` is how many it holds, None for the page; `is_new` that it was not so before."""

    name: str
    entries: int | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class FeedFiles:
    """The bytes of every file, and how many entries those have that have any."""

    contents: Mapping[str, bytes]
    counts: Mapping[str, int]


def publish(
    db: sqlite3.Connection, folder: Path, settings: Feeds, dated: Sequence[Dated] = (), *, is_dry: bool = False
) -> tuple[FeedFile, ...]:
    """Write the feeds, the page that lists them, and a calendar when there are days to tell; return all files.

    Raises:
        OSError: the folder can't be written; files that were replaced until then are whole.
    """
    made = feed_files(db, settings, dated)
    changed = {name for name, content in made.contents.items() if _held(folder / name) != content}
    if not is_dry:
        _write(folder, {name: made.contents[name] for name in changed})
        if not dated:
            (folder / calendar.NAME).unlink(missing_ok=True)
    return tuple(FeedFile(name, made.counts.get(name), name in changed) for name in made.contents)


def feed_files(db: sqlite3.Connection, settings: Feeds, dated: Sequence[Dated] = ()) -> FeedFiles:
    """The feeds, the page that lists them, and a calendar when there are days to tell; nothing is written."""
    with one_view(db):
        run_starts = {run.run: run.started_at for run in list_runs(db)}
        entries = entries_of(list_extracts(db), list_changes(db), run_starts)
    site = Site(harmless(settings.title), settings.url.rstrip("/"))
    feeds = feeds_of(entries, settings.title, settings.limit)
    files: dict[str, bytes] = {}
    counts: dict[str, int] = {}
    for feed in feeds:
        for ending, made in (
            (atom.ENDING, atom.atom_of(feed, site)),
            (rss.ENDING, rss.rss_of(feed, site)),
            (json_feed.ENDING, json_feed.json_feed_of(feed, site)),
        ):
            files[feed.name + ending] = made
            counts[feed.name + ending] = len(feed.entries)
    if dated:
        files[calendar.NAME] = calendar.calendar_of(dated, settings.title)
        counts[calendar.NAME] = len(dated)
    files[index_page.NAME] = index_page.index_page_of(feeds, site, has_calendar=bool(dated))
    return FeedFiles(files, counts)


def _held(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put each file in its place at once: a web server never shows a part of one."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        part = folder / f".{name}.{os.getpid()}.part"
        try:
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(folder / name)
        finally:
            part.unlink(missing_ok=True)
