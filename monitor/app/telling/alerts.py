"""The alerts that a person asks for: one by the beginning of its id, a list of them, what is due now."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.app.questions import NothingFound
from storage.records import Alert, Delivery, DeliveryState

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class ListedAlerts:
    """Alerts, newest first, and the channels whose receiver asked to be left alone, with until when."""

    alerts: tuple[Alert, ...]
    left_alone: "Mapping[str, datetime]"


@dataclass(frozen=True, slots=True)
class DueDelivery:
    """One alert that is due on one channel."""

    alert: Alert
    delivery: Delivery


def find_alert(db: "sqlite3.Connection", typed: str) -> Alert:
    """The alert whose id is typed, or begins so.

    Raises:
        UnknownRecord: no alert has such an id.
        ClickException: several have.
    """
    from storage.outbox.outbox import ids_beginning, load_alert

    found = ids_beginning(db, typed)
    if len(found) > 1 and typed not in found:
        raise NothingFound(f"{typed!r} may be {' or '.join(found)}; write more of it")
    return load_alert(db, typed if typed in found or not found else found[0])


def listed_alerts(
    db: "sqlite3.Connection", now: "datetime", *, state: str | None, digest: str | None, limit: int | None
) -> ListedAlerts:
    """The alerts that stand so on some channel, or those told in one digest; `digest` is the beginning of its id."""
    from storage.outbox.channels import left_alone
    from storage.outbox.outbox import list_alerts

    told_in = None if digest is None else find_alert(db, digest).id
    found = list_alerts(db, limit=limit, state=DeliveryState(state) if state else None, digest=told_in)
    return ListedAlerts(tuple(found), left_alone(db, now))


def due_now(db: "sqlite3.Connection", now: "datetime") -> list[DueDelivery]:
    """What is due, oldest first; a member whose time has come is told in a digest."""
    from storage.outbox.channels import left_alone

    alone = left_alone(db, now)
    return [
        DueDelivery(alert, each)
        for alert, each in _pending(db)
        if each.digest is None and each.channel not in alone
        if each.next_attempt_at is None or each.next_attempt_at <= now
    ]


def pending_on(db: "sqlite3.Connection | None", channel: str) -> int:
    """How many alerts wait on a channel; none where nothing has been stored."""
    return 0 if db is None else sum(each.channel == channel for _, each in _pending(db))


def _pending(db: "sqlite3.Connection") -> "list[tuple[Alert, Delivery]]":
    from storage.outbox.outbox import list_alerts

    waiting = reversed(list_alerts(db, state=DeliveryState.PENDING))
    return [(alert, each) for alert in waiting for each in alert.deliveries if each.state is DeliveryState.PENDING]
