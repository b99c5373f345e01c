"""Drains the outbox: claims what is due, sends it, and records what became of it. Never loses a row.

A delivery is claimed by moving its next attempt ahead before it is sent. When the sender dies in between, it comes due
again: in the worst moment an alert is sent twice, with the same id.
"""

import logging
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from monitor.alerts.channel import Channel, DeliveryError
from storage.database import transaction
from storage.outbox import DueDelivery, due_deliveries, record_delivery
from storage.records import DeliveryState

log = logging.getLogger(__name__)

RETRY_DELAYS: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=24),
)
"""How long after each failed attempt the next one is made: nine attempts in not quite three days."""

_CLAIM: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """How many deliveries were sent, failed for now, and failed for good."""

    sent: int = 0
    retried: int = 0
    failed: int = 0


def deliver_due(
    db: sqlite3.Connection, channels: Iterable[Channel], now: datetime, *, waiting: Collection[str] = ()
) -> DeliveryReport:
    """Try each delivery that is due once, in the order of the alerts.

    Channels named in `waiting` are configured but can't be used now: what is due there stays due. A channel that is no
    longer configured counts as a failed attempt: it may come back.
    """
    by_name = {channel.name: channel for channel in channels}
    states = [_deliver(db, by_name, due, now) for due in _claim(db, now, waiting)]
    return DeliveryReport(
        sent=states.count(DeliveryState.SENT),
        retried=states.count(DeliveryState.PENDING),
        failed=states.count(DeliveryState.FAILED),
    )


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """When to try again after this many failed attempts, None when it was the last."""
    return now + RETRY_DELAYS[attempts - 1] if attempts <= len(RETRY_DELAYS) else None


def _claim(db: sqlite3.Connection, now: datetime, waiting: Collection[str]) -> list[DueDelivery]:
    with transaction(db):
        claimed = [due for due in due_deliveries(db, now) if due.delivery.channel not in waiting]
        for due in claimed:
            delivery = due.delivery
            record_delivery(
                db,
                due.alert.id,
                delivery.channel,
                DeliveryState.PENDING,
                delivery.attempts + 1,
                now + _CLAIM,
                delivery.last_error,
                None,
            )
    return claimed


def _deliver(db: sqlite3.Connection, channels: dict[str, Channel], due: DueDelivery, now: datetime) -> DeliveryState:
    """Send one claimed delivery and record what became of it."""
    alert, delivery = due.alert, due.delivery
    attempts = delivery.attempts + 1
    error = _send(channels, due)
    if error is None:
        state, again = DeliveryState.SENT, None
    else:
        again = None if error.is_permanent else next_attempt(attempts, now)
        state = DeliveryState.PENDING if again else DeliveryState.FAILED
        log.warning(
            "delivery failed",
            extra={"alert": alert.id, "channel": delivery.channel, "attempts": attempts, "error": str(error)},
        )
    with transaction(db):
        record_delivery(
            db,
            alert.id,
            delivery.channel,
            state,
            attempts,
            again,
            None if error is None else str(error),
            now if error is None else None,
        )
    return state


class _Unkept:
    """Receipts that are not kept: for channels with one recipient."""

    def is_settled(self, recipient: str) -> bool:
        return False

    def accept(self, recipient: str) -> None:
        return None

    def refuse(self, recipient: str, error: str) -> None:
        return None


def _send(channels: dict[str, Channel], due: DueDelivery) -> DeliveryError | None:
    """Why the alert could not be told, None when it was."""
    channel = channels.get(due.delivery.channel)
    if channel is None:
        return DeliveryError(f"expected a channel '{due.delivery.channel}', found none in the configuration")
    try:
        channel.send(due.alert, _Unkept())
    except DeliveryError as error:
        return error
    except (ValueError, KeyError, TypeError) as error:
        # a payload that can't be put into words stops nobody else's
        return DeliveryError(f"expected an alert that can be rendered, found: {error!r}", is_permanent=True)
    return None
