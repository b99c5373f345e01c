"""The outbox: alerts written with the changes they tell, and one delivery for each channel. Deliveries are history."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.errors import UnknownRecord
from storage.outbox.channels import mute_of
from storage.records import Alert, Delivery, DeliveryState, Event, Receipt
from storage.sqlite.columns import json_text, time_of, time_of_or_none, time_text, time_text_or_none
from storage.sqlite.database import one_view


@dataclass(frozen=True, slots=True)
class Member:
    """A channel that hears an alert in a digest: at which time, and in which, None when that is still to be formed."""

    channel: str
    due_at: datetime
    digest: str | None = None


def enqueue(db: sqlite3.Connection, alert: Alert, channels: Sequence[str], members: Sequence[Member] = ()) -> bool:
    """Put an alert into the outbox; False, and nothing written, when it is there.

    It is due at once on each of `channels`, and waits for a digest on those of `members`. On a channel that is muted
    it is suppressed.
    """
    cursor = db.execute(
        "INSERT OR IGNORE INTO alerts (id, event, run, subject, created_at, payload) VALUES (?, ?, ?, ?, ?, ?)",
        (alert.id, alert.event, alert.run, alert.subject, time_text(alert.created_at), alert.payload),
    )
    if cursor.rowcount == 0:
        return False
    for channel in channels:
        _add_delivery(db, alert, Member(channel, alert.created_at), is_member=False)
    for member in members:
        _add_delivery(db, alert, member, is_member=True)
    return True


def alerts_of(db: sqlite3.Connection, symbol: str, language: str, events: Sequence[Event]) -> list[Alert]:
    """Return the alerts of these events about a document, oldest first, without their deliveries."""
    rows = db.execute(
        """
        SELECT * FROM alerts WHERE event IN (SELECT value FROM json_each(:events))
        AND json_extract(payload, '$.symbol') = :symbol AND json_extract(payload, '$.language') = :language
        ORDER BY created_at, run, id
        """,
        {"events": json_text(list(events)), "symbol": symbol, "language": language},
    )
    return [alert_of(row, ()) for row in rows]


def is_known(db: sqlite3.Connection, alert_id: str) -> bool:
    """Return whether an alert of this id was ever put into the outbox."""
    return db.execute("SELECT 1 FROM alerts WHERE id = ?", (alert_id,)).fetchone() is not None


def ids_beginning(db: sqlite3.Connection, beginning: str) -> list[str]:
    """Return up to three ids of alerts that begin so."""
    rows = db.execute(
        "SELECT id FROM alerts WHERE id >= ? AND substr(id, 1, ?) = ? ORDER BY id LIMIT 3",
        (beginning, len(beginning), beginning),
    )
    return [row["id"] for row in rows]


def is_delivery_due(db: sqlite3.Connection, now: datetime, longest_wait: timedelta) -> bool:
    """Return whether the time of any pending delivery has come, on a channel that need not be left alone.

    What waits for longer than `longest_wait` was put off by a clock that was wrong, and its time has come, too.
    """
    row = db.execute(
        """
        SELECT 1 FROM deliveries
        WHERE state = 'pending'
          AND (next_attempt_at IS NULL OR next_attempt_at <= :now OR (is_member = 0 AND next_attempt_at > :latest))
          AND channel NOT IN
            (SELECT channel FROM channels WHERE left_alone_until > :now AND left_alone_until <= :latest)
        LIMIT 1
        """,
        {"now": time_text(now), "latest": time_text(now + longest_wait)},
    ).fetchone()
    return row is not None


def record_delivery(
    db: sqlite3.Connection,
    alert_id: str,
    channel: str,
    state: DeliveryState,
    attempts: int,
    next_attempt_at: datetime | None,
    last_error: str | None,
    sent_at: datetime | None,
) -> None:
    """Record where one alert on one channel stands, and the members of a digest with it; this ends any lease.

    Raises:
        UnknownRecord: the alert was never put into the outbox for this channel.
    """
    row = db.execute("SELECT * FROM deliveries WHERE alert = ? AND channel = ?", (alert_id, channel)).fetchone()
    if row is None:
        raise UnknownRecord(f"expected a delivery of alert {alert_id} on channel '{channel}', found none; enqueue it")
    values = (state, attempts, time_text_or_none(next_attempt_at), last_error, time_text_or_none(sent_at))
    held = (row["state"], row["attempts"], row["next_attempt_at"], row["last_error"], row["sent_at"])
    if held == values and row["lease_holder"] is None:
        return
    db.execute(
        "UPDATE deliveries SET state = ?, attempts = ?, next_attempt_at = ?, last_error = ?, sent_at = ?, "
        "lease_holder = NULL, lease_until = NULL WHERE alert = ? AND channel = ?",
        (*values, alert_id, channel),
    )
    db.execute(
        "UPDATE deliveries SET state = ?, attempts = ?, next_attempt_at = ?, last_error = ?, sent_at = ? "
        "WHERE digest = ? AND channel = ? AND is_member",
        (*values, alert_id, channel),
    )


def list_alerts(
    db: sqlite3.Connection,
    *,
    limit: int | None = None,
    state: DeliveryState | None = None,
    digest: str | None = None,
) -> list[Alert]:
    """Return the alerts with their deliveries, newest first.

    `state` leaves only those that have a delivery in this state, `digest` only those told in this digest.
    """
    chosen = """
        SELECT id FROM alerts a
        WHERE (:state IS NULL OR EXISTS (SELECT 1 FROM deliveries d WHERE d.alert = a.id AND d.state = :state))
          AND (:digest IS NULL OR a.id IN (SELECT alert FROM deliveries WHERE digest = :digest))
        ORDER BY created_at DESC, id DESC LIMIT :limit
    """
    values = {"state": state, "digest": digest, "limit": -1 if limit is None else limit}
    with one_view(db):
        rows = db.execute(
            f"SELECT * FROM alerts WHERE id IN ({chosen}) ORDER BY created_at DESC, id DESC",  # noqa: S608
            values,
        ).fetchall()
        deliveries = db.execute(
            f"SELECT * FROM deliveries WHERE alert IN ({chosen}) ORDER BY alert, channel",  # noqa: S608
            values,
        ).fetchall()
        receipts = db.execute(
            f"SELECT * FROM receipts WHERE alert IN ({chosen}) ORDER BY alert, channel, recipient",  # noqa: S608
            values,
        ).fetchall()
    return _alerts_of(rows, deliveries, receipts)


def load_alert(db: sqlite3.Connection, alert_id: str) -> Alert:
    """Return one alert with its deliveries; raises UnknownRecord when there is none of this id."""
    with one_view(db):
        rows = db.execute("SELECT * FROM alerts WHERE id = ?", (alert_id,)).fetchall()
        deliveries = db.execute("SELECT * FROM deliveries WHERE alert = ? ORDER BY channel", (alert_id,)).fetchall()
        receipts = db.execute("SELECT * FROM receipts WHERE alert = ? ORDER BY recipient", (alert_id,)).fetchall()
    if not rows:
        raise UnknownRecord(f"expected an alert {alert_id}, found none; wpswatch alerts lists them")
    return _alerts_of(rows, deliveries, receipts)[0]


def put_back(db: sqlite3.Connection, alert: Alert, channel: str, now: datetime) -> None:
    """Make an alert due again on a channel, alone, as if it had never been sent there; its receipts are forgotten.

    A digest takes its members with it.
    """
    db.execute("DELETE FROM receipts WHERE alert = ? AND channel = ?", (alert.id, channel))
    db.execute(
        "INSERT OR IGNORE INTO deliveries (alert, channel, state) VALUES (?, ?, ?)",
        (alert.id, channel, DeliveryState.PENDING),
    )
    db.execute("UPDATE deliveries SET is_member = 0 WHERE alert = ? AND channel = ?", (alert.id, channel))
    record_delivery(db, alert.id, channel, DeliveryState.PENDING, 0, now, None, None)


def alert_of(row: sqlite3.Row, deliveries: tuple[Delivery, ...]) -> Alert:
    """The alert that stands in a row."""
    return Alert(
        id=row["id"],
        event=Event(row["event"]),
        run=row["run"],
        subject=row["subject"],
        created_at=time_of(row["created_at"]),
        payload=row["payload"],
        deliveries=deliveries,
    )


def delivery_of(row: sqlite3.Row, receipts: tuple[Receipt, ...] = ()) -> Delivery:
    """The delivery that stands in a row."""
    return Delivery(
        alert=row["alert"],
        channel=row["channel"],
        state=DeliveryState(row["state"]),
        attempts=row["attempts"],
        next_attempt_at=time_of_or_none(row["next_attempt_at"]),
        last_error=row["last_error"],
        sent_at=time_of_or_none(row["sent_at"]),
        is_member=bool(row["is_member"]),
        digest=row["digest"],
        receipts=receipts,
    )


def _add_delivery(db: sqlite3.Connection, alert: Alert, member: Member, *, is_member: bool) -> None:
    mute = mute_of(db, member.channel, alert.created_at)
    db.execute(
        "INSERT INTO deliveries (alert, channel, state, next_attempt_at, last_error, is_member, digest) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            alert.id,
            member.channel,
            DeliveryState.SUPPRESSED if mute else DeliveryState.PENDING,
            None if mute else time_text(member.due_at),
            f"muted: {mute.reason}" if mute else None,
            is_member,
            member.digest,
        ),
    )


def _alerts_of(
    rows: Iterable[sqlite3.Row], deliveries: Iterable[sqlite3.Row], receipts: Iterable[sqlite3.Row]
) -> list[Alert]:
    received: dict[tuple[str, str], list[Receipt]] = {}
    for row in receipts:
        receipt = Receipt(row["recipient"], row["error"], time_of(row["at"]))
        received.setdefault((row["alert"], row["channel"]), []).append(receipt)
    held: dict[str, list[Delivery]] = {}
    for row in deliveries:
        own = tuple(received.get((row["alert"], row["channel"]), ()))
        held.setdefault(row["alert"], []).append(delivery_of(row, own))
    return [alert_of(row, tuple(held.get(row["id"], ()))) for row in rows]
