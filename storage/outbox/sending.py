"""What the sender needs of the outbox: which deliveries are due, leases on them, and their recipients' receipts.

A lease says who is sending a delivery and until when nobody else may. When its holder dies, it runs out and the
delivery is due again.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from storage.outbox.outbox import alert_of, delivery_of, record_delivery
from storage.records import Alert, Delivery, DeliveryState
from storage.sqlite.columns import time_of, time_of_or_none, time_text, time_text_or_none

LEASE: Final = timedelta(minutes=10)
"""How long a claim holds without a word of its holder; longer than any channel's time limit."""


@dataclass(frozen=True, slots=True)
class DueDelivery:
    """An alert and the delivery of it whose time has come."""

    alert: Alert
    delivery: Delivery


def due_channels(db: sqlite3.Connection, now: datetime) -> list[str]:
    """Return the names of the channels on which something is due, by name."""
    rows = db.execute(
        "SELECT DISTINCT channel FROM deliveries WHERE state = 'pending' AND is_member = 0 AND next_attempt_at <= ? "
        "ORDER BY channel",
        (time_text(now),),
    )
    return [row["channel"] for row in rows]


def claim_next(
    db: sqlite3.Connection, channel: str, due_at: datetime, holder: str, now: datetime, alert: str | None = None
) -> DueDelivery | None:
    """Lease the channel's delivery that has been due longest at `due_at`; None when there is none that is free.

    Only of one alert, when one is named.
    """
    row = db.execute(
        """
        SELECT d.*, a.id, a.event, a.run, a.subject, a.created_at, a.payload
        FROM deliveries d JOIN alerts a ON a.id = d.alert
        WHERE d.channel = :channel AND d.state = 'pending' AND d.is_member = 0 AND d.next_attempt_at <= :due_at
          AND (d.lease_until IS NULL OR d.lease_until <= :now) AND (:alert IS NULL OR d.alert = :alert)
        ORDER BY d.next_attempt_at, d.alert LIMIT 1
        """,
        {"channel": channel, "due_at": time_text(due_at), "now": time_text(now), "alert": alert},
    ).fetchone()
    if row is None:
        return None
    db.execute(
        "UPDATE deliveries SET attempts = attempts + 1, lease_holder = ?, lease_until = ? "
        "WHERE alert = ? AND channel = ?",
        (holder, time_text(now + LEASE), row["alert"], channel),
    )
    delivery = delivery_of(row)
    return DueDelivery(alert_of(row, (delivery,)), delivery)


@dataclass(frozen=True, slots=True)
class LostLease:
    """A lease that ran out: its holder said nothing of the attempt it began at `since`."""

    alert: str
    channel: str
    holder: str
    attempts: int
    since: datetime


def lost_leases(db: sqlite3.Connection, now: datetime) -> list[LostLease]:
    """Return the leases that have run out."""
    rows = db.execute(
        "SELECT alert, channel, lease_holder, attempts, lease_until FROM deliveries "
        "WHERE lease_until IS NOT NULL AND lease_until <= ? AND state = 'pending'",
        (time_text(now),),
    )
    return [
        LostLease(
            row["alert"], row["channel"], row["lease_holder"], row["attempts"], time_of(row["lease_until"]) - LEASE
        )
        for row in rows
    ]


def record_sent(db: sqlite3.Connection, alert: str, channel: str, attempts: int, sent_at: datetime) -> None:
    """Record that a delivery was sent; true whoever holds it by now."""
    record_delivery(db, alert, channel, DeliveryState.SENT, attempts, None, None, sent_at)


def record_failure(
    db: sqlite3.Connection, alert: str, channel: str, holder: str, attempts: int, again_at: datetime | None, error: str
) -> bool:
    """Record a failed attempt, the last when `again_at` is None; False when somebody else has taken it over since."""
    row = db.execute(
        "SELECT 1 FROM deliveries WHERE alert = ? AND channel = ? AND lease_holder = ? AND state = 'pending'",
        (alert, channel, holder),
    ).fetchone()
    if row is None:
        return False
    state = DeliveryState.PENDING if again_at else DeliveryState.FAILED
    record_delivery(db, alert, channel, state, attempts, again_at, error, None)
    return True


def last_sent_at(db: sqlite3.Connection, channel: str) -> datetime | None:
    """Return when something was last sent on a channel, None when nothing ever was."""
    row = db.execute("SELECT max(sent_at) AS at FROM deliveries WHERE channel = ?", (channel,)).fetchone()
    return time_of_or_none(row["at"])


@dataclass(frozen=True, slots=True)
class Failed:
    """What failed on a channel: the most attempts at one alert, and how many alerts were given up."""

    attempts: int
    given_up: int


def failed_since(db: sqlite3.Connection, channel: str, since: datetime | None) -> Failed:
    """Return what failed on a channel of the alerts made after a time, or ever; members of digests do not count."""
    row = db.execute(
        """
        SELECT coalesce(max(d.attempts), 0) AS attempts, coalesce(sum(d.state = 'failed'), 0) AS given_up
        FROM deliveries d JOIN alerts a ON a.id = d.alert
        WHERE d.channel = ? AND d.is_member = 0 AND d.state IN ('pending', 'failed') AND a.created_at > ?
        """,
        (channel, time_text(since) if since else ""),
    ).fetchone()
    return Failed(row["attempts"], row["given_up"])


def mend_times(db: sqlite3.Connection, now: datetime, longest_wait: timedelta) -> int:
    """Bring back what a clock that was wrong has put off too far; returns how many deliveries that were.

    No attempt is put off by more than `longest_wait`, and no lease holds longer than LEASE.
    """
    latest = time_text(now + longest_wait)
    cursor = db.execute(
        "UPDATE deliveries SET next_attempt_at = :now WHERE state = 'pending' AND is_member = 0 "
        "AND (next_attempt_at IS NULL OR next_attempt_at > :latest)",
        {"now": time_text(now), "latest": latest},
    )
    db.execute(
        "UPDATE deliveries SET lease_until = :now WHERE state = 'pending' AND lease_until > :latest",
        {"now": time_text(now), "latest": time_text(now + LEASE)},
    )
    db.execute("UPDATE channels SET left_alone_until = NULL WHERE left_alone_until > ?", (latest,))
    return cursor.rowcount


def is_settled(db: sqlite3.Connection, alert: str, channel: str, recipient: str) -> bool:
    """Return whether a recipient has the alert, or refused it for good."""
    row = db.execute(
        "SELECT 1 FROM receipts WHERE alert = ? AND channel = ? AND recipient = ?", (alert, channel, recipient)
    ).fetchone()
    return row is not None


def is_told(db: sqlite3.Connection, alert: str, channel: str) -> bool:
    """Return whether any recipient of a delivery has the alert."""
    row = db.execute(
        "SELECT 1 FROM receipts WHERE alert = ? AND channel = ? AND error IS NULL LIMIT 1", (alert, channel)
    ).fetchone()
    return row is not None


def save_receipt(
    db: sqlite3.Connection, alert: str, channel: str, recipient: str, error: str | None, at: datetime
) -> None:
    """Record what a recipient did, and renew the lease on the delivery: it is being worked on."""
    db.execute(
        "INSERT OR REPLACE INTO receipts (alert, channel, recipient, error, at) VALUES (?, ?, ?, ?, ?)",
        (alert, channel, recipient, error, time_text(at)),
    )
    db.execute(
        "UPDATE deliveries SET lease_until = ? WHERE alert = ? AND channel = ? AND lease_holder IS NOT NULL",
        (time_text_or_none(at + LEASE), alert, channel),
    )
