"""The outbox: alerts written with the changes they tell, and one delivery for each channel. Deliveries are history."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.columns import time_of, time_of_or_none, time_text, time_text_or_none
from storage.database import one_view
from storage.errors import UnknownRecord
from storage.records import Alert, Delivery, DeliveryState, Event


@dataclass(frozen=True, slots=True)
class DueDelivery:
    """An alert and the delivery of it whose time has come."""

    alert: Alert
    delivery: Delivery


def enqueue(db: sqlite3.Connection, alert: Alert, channels: Sequence[str]) -> bool:
    """Put an alert into the outbox, due at once on each channel; False, and nothing written, when it is there."""
    cursor = db.execute(
        "INSERT OR IGNORE INTO alerts (id, event, run, subject, created_at, payload) VALUES (?, ?, ?, ?, ?, ?)",
        (alert.id, alert.event, alert.run, alert.subject, time_text(alert.created_at), alert.payload),
    )
    if cursor.rowcount == 0:
        return False
    db.executemany(
        "INSERT INTO deliveries (alert, channel, state, next_attempt_at) VALUES (?, ?, ?, ?)",
        [(alert.id, channel, DeliveryState.PENDING, time_text(alert.created_at)) for channel in channels],
    )
    return True


def due_deliveries(db: sqlite3.Connection, now: datetime) -> list[DueDelivery]:
    """Return the pending deliveries whose next attempt is due, oldest alert first."""
    rows = db.execute(
        """
        SELECT d.*, a.id, a.event, a.run, a.subject, a.created_at, a.payload
        FROM deliveries d JOIN alerts a ON a.id = d.alert
        WHERE d.state = 'pending' AND (d.next_attempt_at IS NULL OR d.next_attempt_at <= ?)
        ORDER BY a.created_at, a.id, d.channel
        """,
        (time_text(now),),
    ).fetchall()
    held = _deliveries_of(db, {row["id"] for row in rows})
    return [DueDelivery(_alert_of(row, held[row["id"]]), _delivery_of(row)) for row in rows]


def is_delivery_due(db: sqlite3.Connection, now: datetime) -> bool:
    """Return whether the time of any pending delivery has come."""
    due = "state = 'pending' AND (next_attempt_at IS NULL OR next_attempt_at <= ?)"
    row = db.execute(f"SELECT 1 FROM deliveries WHERE {due} LIMIT 1", (time_text(now),)).fetchone()  # noqa: S608
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
    """Record where one alert on one channel stands; raises UnknownRecord when it was never put into the outbox."""
    row = db.execute("SELECT * FROM deliveries WHERE alert = ? AND channel = ?", (alert_id, channel)).fetchone()
    if row is None:
        raise UnknownRecord(f"expected a delivery of alert {alert_id} on channel '{channel}', found none; enqueue it")
    if _delivery_of(row) == Delivery(alert_id, channel, state, attempts, next_attempt_at, last_error, sent_at):
        return
    db.execute(
        "UPDATE deliveries SET state = ?, attempts = ?, next_attempt_at = ?, last_error = ?, sent_at = ? "
        "WHERE alert = ? AND channel = ?",
        (
            state,
            attempts,
            time_text_or_none(next_attempt_at),
            last_error,
            time_text_or_none(sent_at),
            alert_id,
            channel,
        ),
    )


def list_alerts(db: sqlite3.Connection, *, limit: int | None = None) -> list[Alert]:
    """Return the alerts with their deliveries, newest first."""
    with one_view(db):
        rows = db.execute(
            "SELECT * FROM alerts ORDER BY created_at DESC, id DESC LIMIT ?", (-1 if limit is None else limit,)
        ).fetchall()
        held = _deliveries_of(db, {row["id"] for row in rows})
    return [_alert_of(row, held[row["id"]]) for row in rows]


def _deliveries_of(db: sqlite3.Connection, alerts: set[str]) -> dict[str, tuple[Delivery, ...]]:
    found: dict[str, tuple[Delivery, ...]] = {}
    for alert in alerts:
        rows = db.execute("SELECT * FROM deliveries WHERE alert = ? ORDER BY channel", (alert,))
        found[alert] = tuple(_delivery_of(row) for row in rows)
    return found


def _alert_of(row: sqlite3.Row, deliveries: tuple[Delivery, ...]) -> Alert:
    return Alert(
        id=row["id"],
        event=Event(row["event"]),
        run=row["run"],
        subject=row["subject"],
        created_at=time_of(row["created_at"]),
        payload=row["payload"],
        deliveries=deliveries,
    )


def _delivery_of(row: sqlite3.Row) -> Delivery:
    return Delivery(
        alert=row["alert"],
        channel=row["channel"],
        state=DeliveryState(row["state"]),
        attempts=row["attempts"],
        next_attempt_at=time_of_or_none(row["next_attempt_at"]),
        last_error=row["last_error"],
        sent_at=time_of_or_none(row["sent_at"]),
    )
