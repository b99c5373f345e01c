"""Deliveries that wait for a digest, and the tie to it once it is formed."""

import sqlite3
from datetime import datetime, timedelta

from storage.outbox.outbox import alert_of, enqueue
from storage.records import Alert
from storage.sqlite.columns import time_text

CLOCK_DOUBT = timedelta(days=1)
"""An alert made so far in the future was made by a clock that was wrong; it waits no longer."""


def channels_with_members(db: sqlite3.Connection) -> list[str]:
    """Return the names of the channels on which something waits for a digest to be formed, by name."""
    rows = db.execute(
        "SELECT DISTINCT channel FROM deliveries WHERE state = 'pending' AND is_member = 1 AND digest IS NULL "
        "ORDER BY channel"
    )
    return [row["channel"] for row in rows]


def members_before(db: sqlite3.Connection, channel: str, until: datetime, now: datetime) -> list[Alert]:
    """Return the alerts made before `until` that wait for a digest on a channel, oldest first, without deliveries."""
    rows = db.execute(
        """
        SELECT a.* FROM deliveries d JOIN alerts a ON a.id = d.alert
        WHERE d.channel = ? AND d.state = 'pending' AND d.is_member = 1 AND d.digest IS NULL
          AND (a.created_at < ? OR a.created_at > ?)
        ORDER BY a.created_at, a.id
        """,
        (channel, time_text(until), time_text(now + CLOCK_DOUBT)),
    )
    return [alert_of(row, ()) for row in rows]


def overdue_members(db: sqlite3.Connection, channel: str, now: datetime) -> list[Alert]:
    """Return the alerts that wait for a digest on a channel and whose own time has come, oldest first."""
    rows = db.execute(
        """
        SELECT a.* FROM deliveries d JOIN alerts a ON a.id = d.alert
        WHERE d.channel = ? AND d.state = 'pending' AND d.is_member = 1 AND d.digest IS NULL
          AND (d.next_attempt_at <= ? OR a.created_at > ?)
        ORDER BY a.created_at, a.id
        """,
        (channel, time_text(now), time_text(now + CLOCK_DOUBT)),
    )
    return [alert_of(row, ()) for row in rows]


def put_off_members(db: sqlite3.Connection, channel: str, until: datetime) -> None:
    """Say of all that waits for a digest on a channel that it is due then; writes only where that is new."""
    db.execute(
        "UPDATE deliveries SET next_attempt_at = :until WHERE channel = :channel AND state = 'pending' "
        "AND is_member = 1 AND digest IS NULL AND next_attempt_at IS NOT :until",
        {"channel": channel, "until": time_text(until)},
    )


def put_back_as_members(db: sqlite3.Connection, channel: str, alerts: list[str], now: datetime) -> None:
    """Make alerts due again on a channel, to be told in a digest, as if they had never been sent there."""
    db.executemany(
        "UPDATE deliveries SET state = 'pending', is_member = 1, digest = NULL, attempts = 0, next_attempt_at = ?, "
        "last_error = NULL, sent_at = NULL WHERE alert = ? AND channel = ?",
        [(time_text(now), alert, channel) for alert in alerts],
    )


def enqueue_digest(db: sqlite3.Connection, digest: Alert, channel: str, members: list[Alert]) -> None:
    """Put a digest into the outbox, due at once, and tie the deliveries of its members to it."""
    enqueue(db, digest, [channel])
    db.executemany(
        "UPDATE deliveries SET digest = ?, next_attempt_at = ? WHERE alert = ? AND channel = ? AND is_member",
        [(digest.id, time_text(digest.created_at), member.id, channel) for member in members],
    )
