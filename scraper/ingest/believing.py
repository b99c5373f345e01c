"""Asks the judge whether a body as read is believed, and keeps what follows: evidence, and when it is asked for again.

A body that is not believed stays in the archive with the reason. Its address is asked again soon, without conditions;
what is held of it stays held. Reads and writes the database; the transaction is the caller's.
"""

import re
import sqlite3
from dataclasses import replace
from datetime import datetime
from typing import Final

from scraper.ingest.judge import Doubt, lost, unvouched
from scraper.ingest.workers import BodyReading
from scraper.spiders.kit.asking_again import ask_soon, put_off
from storage.fetched.failures import end_failure, has_failure, note_failure
from storage.fetched.held_bodies import gave_text
from storage.fetched.resources import is_any_verified, load_resource, save_resource
from storage.fetched.snapshots import latest_snapshot, mark_snapshot
from storage.models import ParsedDocument
from storage.records import Resource, ResourceState, Snapshot, SnapshotState
from storage.texts.documents import load_parsed, load_versions
from storage.texts.prepared.rows import document_of

REJECTIONS: Final = frozenset(
    {"not-the-document", "other-symbol", "other-body", "other-language", "html-for-pdf", "empty", "not-a-document"}
)
"""The source answered with something else than the document: no parser will ever read it as that."""

# A git blob's name: "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
_HASH: Final = re.compile(r"[0-9a-f]{40}")


def may_be_judged(db: sqlite3.Connection, snapshot: Snapshot) -> bool:
    """Whether a body can be judged while its crawl goes on.

    Where not one body of a source has the hash by which it is listed, the names are a mirror's own and say nothing:
    that is known at the end.
    """
    is_named = snapshot.revision is not None and _HASH.fullmatch(snapshot.revision) is not None
    return not is_named or is_any_verified(db, snapshot.source)


def doubt_of(db: sqlite3.Connection, snapshot: Snapshot, reading: BodyReading) -> Doubt | None:
    """Why what was read of a body is not believed; None where it is.

    A body that gave its version once is not judged again: only whether it can be read.
    """
    is_vouched = reading.is_vouched
    if is_vouched is False and not is_any_verified(db, snapshot.source):
        is_vouched = None
    if is_vouched is False and snapshot.state is not SnapshotState.READ:
        return unvouched(snapshot.symbol)
    if reading.told is not None:
        return None
    rows = reading.rows
    if rows is None:
        return Doubt(reading.code or "unreadable", reading.message or "the body cannot be read")
    symbol = rows.symbol or snapshot.symbol
    if symbol is None:
        return Doubt("no-symbol", "bears no symbol of a Council document")
    if snapshot.state is SnapshotState.READ:
        return None
    if is_vouched:
        return reading.doubt_if_vouched
    if reading.doubt is not None:
        return reading.doubt
    held = _held(db, snapshot, symbol, rows.language)
    return lost(document_of(rows), held) if held else None


def refuse(db: sqlite3.Connection, snapshot: Snapshot, doubt: Doubt, now: datetime) -> None:
    """Keep a body as evidence that is not believed, count the failure, and have its address asked again soon."""
    from scraper.ingest.extraction import PARSER_VERSION

    reason = f"{doubt.code}: {doubt.message}"
    state = SnapshotState.REJECTED if doubt.code in REJECTIONS else SnapshotState.FAILED
    is_first = snapshot.state is not SnapshotState.FAILED  # else it was refused, and asked for again, before
    mark_snapshot(db, snapshot.id, state, reason, PARSER_VERSION)
    if not is_first or not _is_newest(db, snapshot):
        return
    resource = load_resource(db, snapshot.url, snapshot.source)
    if resource is not None:
        note_failure(db, resource, snapshot.run, reason, now)
        save_resource(db, _asked_again(db, resource, reason, now))


def believe(db: sqlite3.Connection, snapshot: Snapshot) -> None:
    """Take the newest body of an address as the one held: it fails no more, and is no more asked for in vain."""
    resource = load_resource(db, snapshot.url, snapshot.source)
    if resource is None:
        return
    is_failing = has_failure(db, snapshot.source, snapshot.url)
    is_well = resource.attempts == 0 and resource.state is not ResourceState.ANNOUNCED and not is_failing
    if is_well or not _is_newest(db, snapshot):
        return
    end_failure(db, snapshot.source, snapshot.url)
    if snapshot.state is SnapshotState.FAILED and resource.state is ResourceState.ANNOUNCED:  # this parser can read it
        resource = replace(resource, state=ResourceState.HELD, next_attempt_at=None, reason=None)
    save_resource(db, replace(resource, attempts=0))


def _asked_again(db: sqlite3.Connection, resource: Resource, reason: str, now: datetime) -> Resource:
    if gave_text(db, resource.source, resource.url):
        return ask_soon(resource, now, reason)
    if resource.state is ResourceState.HELD:
        return replace(put_off(resource, now, reason), etag=None, last_modified=None)
    return resource  # its spider has put it off already


def _is_newest(db: sqlite3.Connection, snapshot: Snapshot) -> bool:
    newest = latest_snapshot(db, snapshot.url)
    return newest is None or newest.id == snapshot.id or newest.source != snapshot.source


def _held(db: sqlite3.Connection, snapshot: Snapshot, symbol: str, language: str) -> list[ParsedDocument]:
    """What is held of a document: the text that is shown, and the last one of this source."""
    versions = load_versions(db, symbol, language)
    own = next((one for one in versions if one.source == snapshot.source), None)
    return [load_parsed(db, one.id) for one in versions if one.is_current or one == own]
