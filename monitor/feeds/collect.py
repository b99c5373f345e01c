"""Makes the entries of feeds of the extracts that are held and of what changed in them since. Does not read them.

An entry is an extract: a numbered paragraph with its sub-paragraphs about women, or a preamble. Its id is made from the
document's symbol and the paragraph's printed number, so it stays when the words change.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from urllib.parse import quote

from monitor.feeds.entries import TAG, FeedEntry
from monitor.text.harmless import harmless
from monitor.text.links import document_url
from storage.records import Cause, Change
from storage.texts.extracts import ExtractRow

# What follows the printed number: " (a) (ii)" in "OP 8 (a) (ii)", " +1" in "OP 7 +1", " (b) #2" in "OP 8 (b) #2"
_BELOW_NUMBER = re.compile(r"(?: \([^()]*\)| \+\d+)*(?: #\d+)?$")


def entries_of(
    rows: Iterable[ExtractRow], changes: Iterable[Change], run_starts: Mapping[int, datetime]
) -> list[FeedEntry]:
    """The entries of the extracts held, newest first; of a document in several languages, those in English.

    A change counts when its run began after the document was first seen: what the first one tells is no update.
    """
    changed: defaultdict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in changes:
        if change.cause is Cause.SOURCE:
            changed[change.symbol, change.language].append(change)
    listed = list(rows)
    languages: dict[str, str] = {}
    for row in listed:
        held = languages.get(row.symbol, row.language)
        languages[row.symbol] = min(held, row.language, key=lambda language: (language != "en", language))
    seen: Counter[str] = Counter()
    entries = []
    for row in listed:
        if row.language == languages[row.symbol]:
            entry = _entry(row, changed[row.symbol, row.language], run_starts)
            seen[entry.id] += 1
            entries.append(entry if seen[entry.id] == 1 else replace(entry, id=f"{entry.id}.{seen[entry.id]}"))
    return sorted(
        entries, key=lambda entry: entry.newest_on, reverse=True
    )  # stable: a document's stay in printed order


def root_address(address: str) -> str:
    """What an extract hangs on: `OP 42` of `OP 42 (a) (ii)`; all preambular paragraphs are one extract, `PP`."""
    return "PP" if address.startswith("PP ") else _BELOW_NUMBER.sub("", address)


def _entry(row: ExtractRow, changes: Iterable[Change], run_starts: Mapping[int, datetime]) -> FeedEntry:
    root = root_address(row.addresses[0])
    times = [
        change.detected_at
        for change in changes
        if run_starts[change.run] > row.first_seen_at and _touches(change, row.addresses, root)
    ]
    adopted = datetime.combine(row.adopted_on, time(), UTC) if row.adopted_on else row.first_seen_at
    place = quote(f"{row.symbol.replace(' ', '')}/{row.language}/{root.replace(' ', '-')}", safe="/()")
    return FeedEntry(
        id=f"{TAG}{place}",
        title=harmless(row.title),
        url=document_url(row.symbol, row.language),
        symbol=harmless(row.symbol),
        language=row.language,
        adopted_on=row.adopted_on,
        themes=row.themes,
        paragraphs=tuple(harmless(line) for line in row.text.split("\n\n") if line.strip()),
        published=row.first_seen_at,
        updated=max([row.first_seen_at, *times]),
        newest_on=max([adopted, *times]),
    )


def _touches(change: Change, addresses: Sequence[str], root: str) -> bool:
    """Whether a change is one of an extract's words: of its paragraphs, or of words that introduce one of them."""
    places = [place for place in (change.address, change.before_address) if place]
    if root not in map(root_address, places):
        return False
    return change.is_wps or any(address.startswith(f"{place} (") for address in addresses for place in places)
