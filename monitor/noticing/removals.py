"""Confirms removals: words that one run missed are reported as removed when a later run has looked and misses them too.

Reads and writes the database; the transaction is the caller's (`monitor.noticing.run`).
"""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from monitor.changes.diff import ParagraphChange
from monitor.changes.flags import flag_changes
from monitor.noticing.versions import News, facts_of, told_of
from storage.fetched.resources import load_resource
from storage.fetched.snapshots import latest_snapshot
from storage.folding import loose_text
from storage.models import Paragraph, Version
from storage.records import Change, ChangeKind, CrawlRun, Event, ResourceState, SnapshotState
from storage.texts.changes import confirm_removal, drop_pending, flag_change, list_changes, pending_removals
from storage.texts.documents import load_parsed, load_version, load_versions, previous_version


def settle_removals(db: sqlite3.Connection, run: CrawlRun, now: datetime) -> list[News]:
    """Confirm or drop what earlier runs of the source saw removed, on the word of this complete run: what is news.

    Only a document that this run has looked at proves anything: one that was not asked for, is no longer listed, or
    gave a body without a text goes on waiting. Each is asked for in the next run (`scraper.spiders.kit.memory`).
    """
    news: list[News] = []
    for removal in pending_removals(db, run.source):
        version = load_version(db, removal.version)
        latest = _latest(db, version)
        if removal.run == run.run or not _was_looked_at(db, latest, run):
            continue
        gone = _gone_paragraph(db, removal, version, latest)
        if gone is None:
            drop_pending(db, removal.id)
            continue
        confirm_removal(db, removal.id, run.run)
        flags = flag_changes([ParagraphChange(ChangeKind.REMOVED, gone, None)], (gone,), ())
        if flags and not _is_told_by_another(db, removal, run.source):
            flag_change(db, removal.id, flags[0].reasons, now)
            facts = facts_of(db, latest, load_parsed(db, latest.id))
            news.append(News(Event.EXTRACT_REMOVED, facts, told_of(db, version, flags)))
    return news


def _is_told_by_another(db: sqlite3.Connection, removal: Change, source: str) -> bool:
    """Whether another source's removal of the same words was told, once more often than this source made it before."""
    words, told = loose_text(removal.before or ""), 0
    for held in list_changes(db, symbol=removal.symbol):
        is_same = held.kind is ChangeKind.REMOVED and held.language == removal.language and held.id != removal.id
        if is_same and loose_text(held.before or "") == words:
            is_own = load_version(db, held.version).source == source
            told += -1 if is_own else bool(held.reasons)
    return told > 0


def _gone_paragraph(db: sqlite3.Connection, removal: Change, version: Version, latest: Version) -> Paragraph | None:
    """The removed paragraph as it was held; None when today's reading of the source has its words after all."""
    previous = previous_version(db, version)
    if previous is None:
        return None
    before = load_parsed(db, previous.id).paragraphs
    words = loose_text(removal.before or "")
    stood = [paragraph for paragraph in before if loose_text(paragraph.text) == words]
    if not stood or _count(load_parsed(db, latest.id).paragraphs, words) >= len(stood):
        return None
    return next((paragraph for paragraph in stood if paragraph.address == removal.before_address), stood[0])


def _count(paragraphs: Iterable[Paragraph], words: str) -> int:
    return sum(loose_text(paragraph.text) == words for paragraph in paragraphs)


def _latest(db: sqlite3.Connection, version: Version) -> Version:
    versions = load_versions(db, version.symbol, version.language)  # newest first
    return next((one for one in versions if one.source == version.source), version)


def _was_looked_at(db: sqlite3.Connection, version: Version, run: CrawlRun) -> bool:
    resource = load_resource(db, version.url, version.source)
    if resource is None or resource.state is ResourceState.MISSING or resource.looked_at is None:
        return False
    newest = latest_snapshot(db, version.url)
    is_unread = newest is not None and newest.run == run.run and newest.state is not SnapshotState.READ
    return resource.looked_at >= run.started_at and not is_unread
