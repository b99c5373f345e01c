"""Makes one alert of several: a digest, with the members that fit and the number of those that do not. Pure.

Its id is made from channel, time and members: the same digest formed again after a crash has the same id.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final

from monitor.alerts.news.headline import headline
from monitor.alerts.news.payload import DigestItem, DigestNews, ExtractNews, SourceNews, news_of, payload_of
from storage.records import Alert, Event

MOST_ITEMS: Final = 40
MOST_CHARACTERS: Final = 400_000
"""A digest carries the news of so many alerts, of so many characters together, and at least of one."""


def digest_alert(channel: str, schedule: str, until: datetime, members: Sequence[Alert], now: datetime) -> Alert:
    """The digest of some alerts, oldest first; one that can't be read is counted as left out.

    `until` is the time it was due, `schedule` the channel's, `instant` where too many came at once.
    """
    items: list[DigestItem] = []
    room = MOST_CHARACTERS
    for member in members:
        room -= len(member.payload)
        if items and (room < 0 or len(items) == MOST_ITEMS):
            break
        told = _news(member.payload)
        if told is not None:
            items.append(DigestItem(member.id, member.created_at, told))
    news = DigestNews(Event.DIGEST, channel, schedule, until, tuple(items), len(members) - len(items))
    identity = "\x1f".join([Event.DIGEST, channel, until.isoformat(), *(member.id for member in members)])
    digest = sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()
    run = max(member.run for member in members)
    return Alert(f"wps-{digest[:32]}", Event.DIGEST, run, headline(news), now, payload_of(news))


def _news(payload: str) -> ExtractNews | SourceNews | None:
    try:
        news = news_of(payload)
    except (ValueError, KeyError, TypeError):  # it is listed with the digest; the others must not wait for it
        return None
    return None if isinstance(news, DigestNews) else news
