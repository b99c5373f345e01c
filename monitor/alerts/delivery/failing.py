"""Tells operators, on other channels and once, that a channel stays broken.

One failure is nobody's business: the next attempt mostly succeeds. A channel on which nothing could be sent over four
attempts of one alert, or of which three alerts were given up, is told; when something is sent there, that is over.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from monitor.alerts.delivery.addressing import Addressed, Addressee, put_into_outbox
from monitor.alerts.delivery.wishes import wants_operators_news
from monitor.alerts.news.compose import channel_alert
from monitor.alerts.news.payload import SourceNews
from storage.outbox.sending import DueDelivery, failed_since, last_sent_at
from storage.records import Event

ATTEMPTS_BORNE: Final = 4
GIVEN_UP_BORNE: Final = 3


def tell_failing(
    db: sqlite3.Connection, due: DueDelivery, reason: str, addressees: Sequence[Addressee], now: datetime
) -> list[str]:
    """Tell of the channel of a failed delivery, if it stays broken and nobody was told yet; returns who is told.

    Belongs to the transaction that records the failure. The alert's id names the last success before the trouble, so
    that it is told once however often it is found.
    """
    channel = due.delivery.channel
    since = last_sent_at(db, channel)
    failed = failed_since(db, channel, since)
    if failed.attempts < ATTEMPTS_BORNE and failed.given_up < GIVEN_UP_BORNE:
        return []
    event = Event.CHANNEL_FAILING
    hearing = tuple(one for one in addressees if one.name != channel and wants_operators_news(one, event))
    if not hearing:  # whoever asks for it later is told at the next failure
        return []
    news = SourceNews(event, channel, reason, since)
    alert = channel_alert(news, since.isoformat() if since else "", due.alert.run, now)
    is_new = put_into_outbox(db, [Addressed(alert, hearing, is_capped=False)], now)
    return [one.name for one in hearing] if is_new else []
