"""Chooses how each channel hears an alert: at once, or in a digest; and forms the digests whose time has come.

Works inside the caller's transaction, so that a crash leaves either all of it or nothing.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from monitor.alerts.delivery.digest import digest_alert
from monitor.alerts.delivery.wishes import Wishes
from monitor.text.slots import INSTANT, slots_of
from storage.outbox.digests import (
    channels_with_members,
    enqueue_digest,
    members_before,
    overdue_members,
    put_off_members,
)
from storage.outbox.outbox import Member, enqueue, is_known
from storage.records import Alert


class Addressee(Wishes, Protocol):
    """A channel as the settings describe it: what it wants to hear, and when."""

    @property
    def timezone(self) -> str:
        """The zone in which its schedule is meant, such as `Europe/Zurich`."""

    @property
    def cap(self) -> int:
        """How many alerts of one run it is told at once; the others of the run come in one digest."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """An alert and the channels that want it; one that `is_capped` counts for the cap of an instant channel."""

    alert: Alert
    channels: tuple[Addressee, ...]
    is_capped: bool = True


def put_into_outbox(db: sqlite3.Connection, addressed: Iterable[Addressed], now: datetime) -> int:
    """Put one run's alerts into the outbox; returns how many were not there yet.

    Instant channels get the first `cap` of them one by one, and all others in one digest.
    """
    new = [one for one in addressed if not is_known(db, one.alert.id)]
    digests = _overflow(new, now)
    for overflow in digests.values():
        enqueue(db, overflow.digest, [overflow.channel])
    for one in new:
        alone, members = [], []
        for channel in one.channels:
            slots = slots_of(channel.schedule, channel.timezone)
            digest = digests.get(channel.name)
            if slots is not None:
                members.append(Member(channel.name, slots.next_after(one.alert.created_at)))
            elif digest is not None and one.alert.id in digest.members:
                members.append(Member(channel.name, now, digest.digest.id))
            else:
                alone.append(channel.name)
        enqueue(db, one.alert, alone, members)
    return len(new)


def form_digests(db: sqlite3.Connection, addressees: Sequence[Addressee], now: datetime) -> int:
    """Form the digest of each channel whose time has come and for which something waits; returns how many.

    What waited through several times, because nobody was there to send, comes in one. The schedule is the one set now:
    on a channel that has become instant, what waits comes at once; on one that is no longer set up, at its own time.
    """
    known = {one.name: one for one in addressees}
    formed = 0
    for channel in channels_with_members(db):
        addressee = known.get(channel)
        slots = slots_of(addressee.schedule, addressee.timezone) if addressee else None
        if addressee is None:
            until, members = now, overdue_members(db, channel, now)
        elif slots is None:
            until, members = now, members_before(db, channel, datetime.max.replace(tzinfo=now.tzinfo), now)
        else:
            until = slots.last_until(now)
            members = members_before(db, channel, until, now)
        if members:
            digest = digest_alert(channel, addressee.schedule if addressee else INSTANT, until, members, now)
            enqueue_digest(db, digest, channel, members)
            formed += 1
        if slots is not None:
            put_off_members(db, channel, slots.next_after(now))
    return formed


@dataclass(frozen=True, slots=True)
class _Overflow:
    """The digest of what is too much for one channel, and the ids of its members."""

    channel: str
    digest: Alert
    members: frozenset[str]


def _overflow(addressed: Sequence[Addressed], now: datetime) -> dict[str, _Overflow]:
    """The digests of what is more than the caps of instant channels, by channel."""
    heard: dict[str, list[Alert]] = {}
    caps = {}
    for one in addressed:
        for channel in one.channels:
            if channel.schedule == INSTANT and one.is_capped:
                heard.setdefault(channel.name, []).append(one.alert)
                caps[channel.name] = channel.cap
    return {
        name: _Overflow(name, digest_alert(name, INSTANT, now, rest, now), frozenset(alert.id for alert in rest))
        for name, alerts in heard.items()
        if (rest := alerts[caps[name] :])
    }
