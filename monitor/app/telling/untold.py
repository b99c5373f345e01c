"""Puts back what a muted channel was not told: one by one where that is little, else in one digest."""

import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.alerts.delivery.digest import digest_alert
from monitor.text.slots import INSTANT
from storage.outbox.digests import enqueue_digest, put_back_as_members
from storage.outbox.outbox import list_alerts, put_back
from storage.records import Alert, DeliveryState, Event

if TYPE_CHECKING:
    from monitor.settings.config import ChannelSettings


def untold(db: sqlite3.Connection, channel: str) -> list[Alert]:
    """The alerts that a channel was not told because it was muted, oldest first; a digest stands for its members."""
    return [
        alert
        for alert in reversed(list_alerts(db, state=DeliveryState.SUPPRESSED))
        for each in alert.deliveries
        if each.channel == channel and each.state is DeliveryState.SUPPRESSED and each.digest is None
    ]


def put_back_untold(db: sqlite3.Connection, settings: "ChannelSettings", now: datetime) -> int:
    """Make all that a channel was not told due there now; returns how many alerts that are.

    A channel with a schedule, and one that missed more than its cap, gets them in one digest.
    """
    waiting = untold(db, settings.name)
    alone = [alert for alert in waiting if alert.event is Event.DIGEST]
    others = [alert for alert in waiting if alert.event is not Event.DIGEST]
    if settings.schedule == INSTANT and len(others) <= settings.cap:
        alone += others
    elif others:
        put_back_as_members(db, settings.name, [alert.id for alert in others], now)
        enqueue_digest(db, digest_alert(settings.name, settings.schedule, now, others, now), settings.name, others)
    for alert in alone:
        put_back(db, alert, settings.name, now)
    return len(waiting)
