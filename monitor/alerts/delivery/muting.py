"""Mutes a channel whose receiver wants nothing any more, and tells the operators, once."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from monitor.alerts.delivery.addressing import Addressed, Addressee, put_into_outbox
from monitor.alerts.delivery.wishes import wants_operators_news
from monitor.alerts.news.compose import channel_alert
from monitor.alerts.news.payload import SourceNews
from storage.outbox.channels import mute
from storage.outbox.sending import DueDelivery, last_sent_at
from storage.records import Event, Mute


def mute_gone(
    db: sqlite3.Connection, due: DueDelivery, reason: str, addressees: Sequence[Addressee], now: datetime
) -> list[str]:
    """Mute the channel on which a delivery met a receiver that is gone; returns the channels that are told of it.

    What else waits there is suppressed. Belongs to the transaction that records the failure.
    """
    channel = due.delivery.channel
    mute(db, Mute(channel, now, None, reason))
    news = SourceNews(Event.CHANNEL_MUTED, channel, reason, last_sent_at(db, channel))
    alert = channel_alert(news, due.alert.id, due.alert.run, now)
    hearing = tuple(one for one in addressees if one.name != channel and wants_operators_news(one, Event.CHANNEL_MUTED))
    put_into_outbox(db, [Addressed(alert, hearing, is_capped=False)], now)
    return [one.name for one in hearing]
