"""Extracts, changes and entries for tests of feeds."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from monitor.feeds.collect import entries_of
from monitor.feeds.entries import FeedEntry
from storage.records import Cause, Change, ChangeKind
from storage.texts.extracts import ExtractRow

NOW = datetime(2025, 5, 9, 6, 0, 0, 123456, tzinfo=UTC)
HOSTILE = "</p><script>alert(1)</script> ]]> &amp; \x1b[2J\x00\u202etxet \ud800 \r\nBEGIN:VEVENT"


def make_row(address: str = "OP 3", **changes: object) -> ExtractRow:
    row = ExtractRow(
        symbol="S/RES/2779 (2025)",
        language="en",
        title="Security Council Resolution 2779: Para. 3",
        addresses=(address,),
        themes=("Participation",),
        text="3. Calls for:\n\n(a) the full participation of women;",
        adopted_on=date(2025, 5, 8),
        url="https://example.org/2779.xml",
        first_seen_at=NOW,
        flagged=True,
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def make_change(address: str = "OP 3", run: int = 2, **changes: object) -> Change:
    change = Change(
        kind=ChangeKind.MODIFIED,
        symbol="S/RES/2779 (2025)",
        language="en",
        address=address,
        before_address=address,
        before="women",
        after="women and girls",
        is_wps=True,
        themes=("Participation",),
        cause=Cause.SOURCE,
        run=run,
        detected_at=NOW + timedelta(days=run),
        version=run,
    )
    return replace(change, **changes)  # type: ignore[arg-type]


RUNS = {1: NOW - timedelta(minutes=5), 2: NOW + timedelta(days=2), 3: NOW + timedelta(days=3)}


def make_entries(*rows: ExtractRow, changes: tuple[Change, ...] = ()) -> list[FeedEntry]:
    return entries_of(rows or [make_row()], changes, RUNS)
