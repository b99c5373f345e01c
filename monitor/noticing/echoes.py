"""What of a version's changes readers know already: words that come back, and changes that another source made before.

Reads the database, and drops removals that were waiting and proved none; the transaction is the caller's.
"""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from monitor.changes.diff import ParagraphChange
from storage.folding import loose_text
from storage.models import Version
from storage.records import Cause, Change, ChangeKind
from storage.texts.changes import drop_pending, list_changes, pending_removals, removed_texts
from storage.texts.documents import load_parsed, load_version, previous_version
from storage.texts.versions import first_noticed, noticed_run_of


def with_returns(db: sqlite3.Connection, version: Version, changes: list[ParagraphChange]) -> list[ParagraphChange]:
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


def echoes(db: sqlite3.Connection, version: Version, changes: Sequence[ParagraphChange]) -> list[ParagraphChange]:
    """The changes that say nothing new: a correction of the PDF is no second one when the XML follows.

    A change says nothing new when it ends at the words that readers know last of that paragraph, whichever source told
    them; or when another source has made the very same change since this one was looked at last, and has gone on: then
    this one only follows.
    """
    recorded = [
        change for change in list_changes(db, symbol=version.symbol) if change.language == version.language
    ]  # newest first
    from_sources = [change for change in recorded if change.cause is Cause.SOURCE]
    followed = _made_by_others(db, version, from_sources)
    first_words = _first_words(db, version)
    found = []
    for change in changes:
        before, after = (_words(one.text if one else None) for one in (change.before, change.after))
        if followed[before, after] > 0:
            followed[before, after] -= 1
            found.append(change)
        elif before != after and _known_words(before, after, from_sources, first_words) == after:
            found.append(change)
    return found


def _made_by_others(db: sqlite3.Connection, version: Version, recorded: Sequence[Change]) -> Counter[tuple[str, str]]:
    """The changes that other sources made since the source of the version was looked at last."""
    previous = previous_version(db, version)
    since = (noticed_run_of(db, previous.id) if previous else None) or 0
    return Counter(
        (_words(change.before), _words(change.after))
        for change in recorded
        if change.run > since and load_version(db, change.version).source != version.source
    )


def _known_words(before: str, after: str, recorded: Sequence[Change], first_words: frozenset[str]) -> str | None:
    """The words of a paragraph that readers know last; None where nothing says so.

    Changes that share words are of one paragraph. Where none is recorded, what the document was first told with counts.
    """
    paragraph = {words for words in (before, after) if words}
    newest: Change | None = None
    is_growing = True
    while is_growing:
        of_it = [change for change in recorded if paragraph & {_words(change.before), _words(change.after)}]
        grown = paragraph | {
            words for change in of_it for words in (_words(change.before), _words(change.after)) if words
        }
        is_growing, paragraph = grown != paragraph, grown
        newest = of_it[0] if of_it else None
    if newest is not None:
        return _words(newest.after)
    if not first_words or before in first_words:
        return None
    return after if not after or after in first_words else None  # words that only this witness had were never told


def _first_words(db: sqlite3.Connection, version: Version) -> frozenset[str]:
    """The paragraphs of the document as another source gave it first of all, where one did."""
    first = first_noticed(db, version.symbol, version.language)
    if first is None or first.source == version.source:
        return frozenset()
    return frozenset(_words(paragraph.text) for paragraph in load_parsed(db, first.id).paragraphs)


def _words(text: str | None) -> str:
    return loose_text(text or "")
