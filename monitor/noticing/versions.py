"""Compares one new version with what was held before: which version that is, what caused the differences, what is news.

Reads the database and writes the changes; the transaction is the caller's (`monitor.noticing.run`).
"""

import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from monitor.alerts.news.compose import DocumentFacts, Told, ToldRenewal, ToldRollover
from monitor.changes.dating import doubts
from monitor.changes.diff import ParagraphChange, diff_paragraphs
from monitor.changes.flags import FlaggedChange, flag_changes
from monitor.changes.news import NewsVerdict
from monitor.noticing.echoes import echoes, with_returns
from monitor.noticing.judging import known_dates
from storage.models import DocumentKind, Paragraph, ParsedDocument, Version
from storage.records import Cause, Change, ChangeKind, Event
from storage.texts.changes import save_change
from storage.texts.documents import (
    earlier_versions,
    load_document,
    load_parsed,
    previous_version,
)
from storage.texts.versions import noticed_others, witness_rank

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class News:
    """The flagged changes that one version brought, of one kind of event; at least one, or a renewal.

    A new document that renews a mandate is told as a `renewal`, which stands for its flagged changes; else it is None.
    One that only lets a mandate go on is told as a `rollover`.
    """

    event: Event
    facts: DocumentFacts
    told: tuple[Told, ...]
    renewal: ToldRenewal | None = None
    rollover: ToldRollover | None = None


@dataclass(frozen=True, slots=True)
class _Compared:
    """What a version is compared with: nothing for a document seen for the first time."""

    cause: Cause
    event: Event
    before: tuple[Paragraph, ...]


def notice_version(
    db: sqlite3.Connection, version: Version, verdict: NewsVerdict, run: int, now: datetime
) -> News | None:
    """Save what a version changed, with its flags; what is told of it, None when it is no news.

    The verdict (`monitor.noticing.judging`) is one that looks at the words: to tell, to record or to compare.
    """
    after = load_parsed(db, version.id)
    compared = _compared_with(db, version, verdict)
    if compared is None:
        return None
    changes = diff_paragraphs(compared.before, after.paragraphs)
    if compared.cause is Cause.WITNESS:
        # two printings count their paragraphs in their own ways: only their words can differ
        changes = [change for change in changes if change.kind not in (ChangeKind.MOVED, ChangeKind.RENUMBERED)]
    changes = with_returns(db, version, changes)
    flags: list[FlaggedChange] = []
    if compared.cause is Cause.SOURCE:
        there = [
            change for change in changes if change.kind is not ChangeKind.REMOVED
        ]  # removals wait: see removals.py
        flags = flag_changes(there, compared.before, after.paragraphs)
    if flags and compared.event is Event.EXTRACT_NEW:
        said = _about_its_date(db, version, after)
        flags = [replace(flag, reasons=(*flag.reasons, *said)) for flag in flags]
    is_edit = compared.cause is Cause.SOURCE and compared.event is Event.EXTRACT_CHANGED
    known = {id(change) for change in echoes(db, version, changes)} if is_edit else set()
    flags = [flag for flag in flags if id(flag.change) not in known]
    by_change = {id(flag.change): flag for flag in flags}
    for change in changes:
        cause = Cause.WITNESS if id(change) in known else compared.cause
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
        version.symbol, version.language, version.source, subject, document.adopted_on, document.published_on,
        document.kind,
    )  # fmt: skip


def told_of(db: sqlite3.Connection, version: Version, flags: Sequence[FlaggedChange]) -> tuple[Told, ...]:
    """The flagged changes with what makes their alert's id the same after a crash, and another for later news."""
    ordinal = len(earlier_versions(db, version))
    return tuple(Told(flag, version.text_hash, ordinal) for flag in flags)


def date_of(document: ParsedDocument) -> date | None:
    """The date by which a document is news or old; None when its source gives none."""
    return document.adopted_on or document.published_on


def _compared_with(db: sqlite3.Connection, version: Version, verdict: NewsVerdict) -> _Compared | None:
    """What the version is compared with; None when its source gave the same words before."""
    if verdict is NewsVerdict.TELL:
        return _Compared(Cause.SOURCE, Event.EXTRACT_NEW, ())
    if verdict is NewsVerdict.RECORD:
        others = noticed_others(db, version)
        witness = max(others, key=lambda other: witness_rank(other.reader, other.snapshot))
        return _Compared(Cause.WITNESS, Event.EXTRACT_CHANGED, load_parsed(db, witness.id).paragraphs)
    previous = previous_version(db, version)
    if previous is None or previous.text_hash == version.text_hash:
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


def _about_its_date(db: sqlite3.Connection, version: Version, document: ParsedDocument) -> tuple[str, ...]:
    """What a reader of the news of a new document has to know of its date."""
    if date_of(document) is None:
        return ("the document's date is not known",)
    doubted = doubts(known_dates(db, version))
    return (f"the document's date ({date_of(document)}) is doubted: {'; '.join(doubted)}",) if doubted else ()


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
