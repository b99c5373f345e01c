"""What is remembered of channels between runs: who is muted, and who asked to be left alone for a while."""

import sqlite3
from datetime import datetime
from typing import Final

from storage.records import DeliveryState, Mute
from storage.sqlite.columns import time_of, time_of_or_none, time_text, time_text_or_none

# A mute that has run out is none; it is overwritten by the next one.
_MUTED: Final = "SELECT * FROM channels WHERE muted_at IS NOT NULL AND (muted_until IS NULL OR muted_until > :now)"


def mute(db: sqlite3.Connection, mute: Mute) -> int:
    """Mute a channel and suppress all that waits there; returns how many deliveries that were."""
    db.execute(
        """
        INSERT INTO channels (channel, muted_at, muted_until, reason) VALUES (?, ?, ?, ?)
        ON CONFLICT (channel) DO UPDATE
        SET muted_at = excluded.muted_at, muted_until = excluded.muted_until, reason = excluded.reason
        """,
        (mute.channel, time_text(mute.muted_at), time_text_or_none(mute.until), mute.reason),
    )
    cursor = db.execute(
        "UPDATE deliveries SET state = ?, next_attempt_at = NULL, last_error = ?, lease_holder = NULL, "
        "lease_until = NULL WHERE channel = ? AND state = 'pending'",
        (DeliveryState.SUPPRESSED, f"muted: {mute.reason}", mute.channel),
    )
    return cursor.rowcount


def unmute(db: sqlite3.Connection, channel: str) -> None:
    """End a channel's mute; what was suppressed stays so until it is put back."""
    db.execute(
        "UPDATE channels SET muted_at = NULL, muted_until = NULL, reason = NULL, left_alone_until = NULL "
        "WHERE channel = ?",
        (channel,),
    )


def list_mutes(db: sqlite3.Connection, now: datetime) -> list[Mute]:
    """Return the channels that are muted now, by name."""
    return [_mute_of(row) for row in db.execute(f"{_MUTED} ORDER BY channel", {"now": time_text(now)})]


def mute_of(db: sqlite3.Connection, channel: str, now: datetime) -> Mute | None:
    """Return a channel's mute, None when it is not muted now."""
    row = db.execute(f"{_MUTED} AND channel = :channel", {"now": time_text(now), "channel": channel}).fetchone()
    return None if row is None else _mute_of(row)


def leave_alone(db: sqlite3.Connection, channel: str, until: datetime) -> None:
    """Remember that a channel's receiver asked to be left alone until then."""
    db.execute(
        "INSERT INTO channels (channel, left_alone_until) VALUES (?, ?) "
        "ON CONFLICT (channel) DO UPDATE SET left_alone_until = excluded.left_alone_until",
        (channel, time_text(until)),
    )


def left_alone(db: sqlite3.Connection, now: datetime) -> dict[str, datetime]:
    """Return the channels whose receivers asked to be left alone for longer, and until when."""
    rows = db.execute("SELECT channel, left_alone_until FROM channels WHERE left_alone_until > ?", (time_text(now),))
    return {row["channel"]: time_of(row["left_alone_until"]) for row in rows}


def _mute_of(row: sqlite3.Row) -> Mute:
    return Mute(row["channel"], time_of(row["muted_at"]), time_of_or_none(row["muted_until"]), row["reason"])
