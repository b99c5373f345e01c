"""Compares one new version with what was held before: which version that is, what caused the differences, what is news.

Reads the database and writes the changes; the transaction is the caller's (`monitor.noticing.run`).
"""

import logging
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple, Self

from monitor.alerts.news.compose import DocumentFacts, Told
from monitor.changes.diff import ParagraphChange, diff_paragraphs
from monitor.changes.flags import FlaggedChange, flag_changes
from storage.folding import loose_text
from storage.models import DocumentKind, Paragraph, ParsedDocument, Version
from storage.records import Cause, Change, ChangeKind, Event
from storage.texts.changes import drop_pending, list_changes, pending_removals, removed_texts, save_change
from storage.texts.documents import (
    earlier_versions,
    load_document,
    load_parsed,
    load_version,
    load_versions,
    previous_version,
    unnoticed_versions,
)
from storage.texts.versions import witness_rank

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class News:
    """The flagged changes that one version brought, of one kind of event; at least one."""

    event: Event
    facts: DocumentFacts
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class _Compared:
    """What a version is compared with: nothing for a document seen for the first time."""

    cause: Cause
    event: Event
    before: tuple[Paragraph, ...]


def notice_version(db: sqlite3.Connection, version: Version, run: int, news_days: int, now: datetime) -> News | None:
    """Save what a version changed, with its flags; what is told of it, None when it is no news.

    A document seen for the first time is recorded without changes when its date is more than `news_days` before that.
    """
    after = load_parsed(db, version.id)
    compared = _compared_with(db, version)
    if compared is None or (compared.event is Event.EXTRACT_NEW and _is_old(db, version, after, news_days)):
        return None
    changes = diff_paragraphs(compared.before, after.paragraphs)
    if compared.cause is Cause.WITNESS:
        # two printings count their paragraphs in their own ways: only their words can differ
        changes = [change for change in changes if change.kind not in (ChangeKind.MOVED, ChangeKind.RENUMBERED)]
    changes = _with_returns(db, version, changes)
    flags: list[FlaggedChange] = []
    if compared.cause is Cause.SOURCE:
        there = [
            change for change in changes if change.kind is not ChangeKind.REMOVED
        ]  # removals wait: see removals.py
        flags = flag_changes(there, compared.before, after.paragraphs)
        if compared.event is Event.EXTRACT_NEW and date_of(after) is None:
            flags = [replace(flag, reasons=(*flag.reasons, "the document's date is not known")) for flag in flags]
    echoes = {id(change) for change in _echoes(db, version, changes)} if compared.cause is Cause.SOURCE else set()
    flags = [flag for flag in flags if id(flag.change) not in echoes]
    by_change = {id(flag.change): flag for flag in flags}
    for change in changes:
        cause = Cause.WITNESS if id(change) in echoes else compared.cause
        save_change(db, _record(change, by_change.get(id(change)), version, cause, run, now))
    if not flags:
        return None
    return News(compared.event, facts_of(db, version, after), told_of(db, version, flags))


def is_same_text(db: sqlite3.Connection, version: Version) -> bool:
    """Whether the source gave these words before: re-stamped bytes, other white space or quotation marks."""
    previous = previous_version(db, version)
    return previous is not None and previous.text_hash == version.text_hash


def facts_of(db: sqlite3.Connection, version: Version, document: ParsedDocument) -> DocumentFacts:
    """What an alert says of a version's document; a subject the source does not give is taken from another witness."""
    subject = document.subject
    if subject is None:
        held = load_document(db, version.symbol, version.language)
        subject = held.document.subject if held else None
    if document.kind is DocumentKind.CORRIGENDUM:
        subject = ": ".join(filter(None, (f"Corrigendum to {version.symbol.rpartition('/')[0]}", subject)))
    return DocumentFacts(
        version.symbol, version.language, version.source, subject, document.adopted_on, document.published_on
    )


def told_of(db: sqlite3.Connection, version: Version, flags: Sequence[FlaggedChange]) -> tuple[Told, ...]:
    """The flagged changes with what makes their alert's id the same after a crash, and another for later news."""
    ordinal = len(earlier_versions(db, version))
    return tuple(Told(flag, version.text_hash, ordinal) for flag in flags)


def date_of(document: ParsedDocument) -> date | None:
    """The date by which a document is news or old; None when its source gives none."""
    return document.adopted_on or document.published_on


def _compared_with(db: sqlite3.Connection, version: Version) -> _Compared | None:
    """What the version is compared with; None when its source gave the same words before."""
    previous = previous_version(db, version)
    if previous is None:
        witness = _noticed_witness(db, version)
        if witness is None:
            return _Compared(Cause.SOURCE, Event.EXTRACT_NEW, ())
        return _Compared(Cause.WITNESS, Event.EXTRACT_CHANGED, load_parsed(db, witness.id).paragraphs)
    if previous.text_hash == version.text_hash:
        return None
    before = load_parsed(db, previous.id).paragraphs
    if previous.parser_version != version.parser_version:
        # ingest reads the older snapshot again first; where it could not, no word of the source can be told apart
        log.warning(
            "versions of two parsers compared",
            extra={"symbol": version.symbol, "before": previous.parser_version, "after": version.parser_version},
        )
        return _Compared(Cause.PARSER, Event.EXTRACT_CHANGED, before)
    if previous.reader != version.reader:
        return _Compared(Cause.WITNESS, Event.EXTRACT_CHANGED, before)
    return _Compared(Cause.SOURCE, Event.EXTRACT_CHANGED, before)


def _noticed_witness(db: sqlite3.Connection, version: Version) -> Version | None:
    """The best version of the same document that another source gave and the monitor has looked at.

    One that still waits to be noticed has told nobody anything: then this version is the first to tell.
    """
    others = [other for other in load_versions(db, version.symbol, version.language) if other.source != version.source]
    waiting = {one.id for source in {other.source for other in others} for one in unnoticed_versions(db, source)}
    noticed = [other for other in others if other.id not in waiting]
    return max(noticed, key=lambda other: witness_rank(other.reader, other.snapshot), default=None)


def _is_old(db: sqlite3.Connection, version: Version, document: ParsedDocument, news_days: int) -> bool:
    day = date_of(document)
    held = load_document(db, version.symbol, version.language)
    first_seen_at = held.first_seen_at if held else version.fetched_at
    return day is not None and day < first_seen_at.date() - timedelta(days=news_days)


def _with_returns(db: sqlite3.Connection, version: Version, changes: list[ParagraphChange]) -> list[ParagraphChange]:
    """The changes, with added words that had been removed taken for what they are.

    Words whose removal was told are restored. Words whose removal was still waiting for a second run were never told
    to be gone: neither the removal nor the return is recorded.
    """
    added = {loose_text(change.after.text) for change in changes if change.kind is ChangeKind.ADDED and change.after}
    if not added:
        return changes
    pending = [
        removal
        for removal in pending_removals(db, version.source)
        if (removal.symbol, removal.language) == (version.symbol, version.language)
    ]
    waiting: dict[str, list[Change]] = {}
    for removal in pending:
        waiting.setdefault(loose_text(removal.before or ""), []).append(removal)
    told = Counter(loose_text(change.before or "") for change in removed_texts(db, version.symbol, version.language))
    kept: list[ParagraphChange] = []
    for change in changes:
        words = loose_text(change.after.text) if change.kind is ChangeKind.ADDED and change.after else None
        if words and waiting.get(words):
            drop_pending(db, waiting[words].pop(0).id)
        elif words and told[words]:
            told[words] -= 1
            kept.append(replace(change, kind=ChangeKind.RESTORED))
        else:
            kept.append(change)
    return kept


def _echoes(db: sqlite3.Connection, version: Version, changes: Sequence[ParagraphChange]) -> list[ParagraphChange]:
    """The changes that another source made before: a correction of the PDF is no second one when the XML follows."""
    recorded: Counter[_Words] = Counter()
    for held in list_changes(db, symbol=version.symbol):
        if held.language != version.language:
            continue
        is_own = load_version(db, held.version).source == version.source
        if is_own or held.cause is Cause.SOURCE:
            recorded[_Words.of(held.before, held.after)] += -1 if is_own else 1
    echoes = []
    for change in changes:
        words = _Words.of(*(one.text if one else None for one in (change.before, change.after)))
        if recorded[words] > 0:
            recorded[words] -= 1
            echoes.append(change)
    return echoes


class _Words(NamedTuple):
    """What a change says, however it is printed."""

    before: str
    after: str

    @classmethod
    def of(cls, before: str | None, after: str | None) -> Self:
        return cls(loose_text(before or ""), loose_text(after or ""))


def _record(
    change: ParagraphChange, flag: FlaggedChange | None, version: Version, cause: Cause, run: int, now: datetime
) -> Change:
    return Change(
        kind=change.kind,
        symbol=version.symbol,
        language=version.language,
        address=change.address,
        before_address=change.before_address,
        before=change.before.text if change.before else None,
        after=change.after.text if change.after else None,
        is_wps=change.is_wps or flag is not None,
        themes=flag.themes if flag else change.themes,
        cause=cause,
        run=run,
        detected_at=now,
        version=version.id,
        reasons=flag.reasons if flag else (),
        is_confirmed=cause is not Cause.SOURCE or change.kind is not ChangeKind.REMOVED,
    )
