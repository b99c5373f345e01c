"""Drains the outbox: claims what is due, sends it, and records what became of it. Never loses a row.

A delivery is leased just before it is sent, so that several senders share the work. When a sender dies in between, the
lease runs out and the delivery is due again: in the worst moment an alert is sent twice, with the same id.
"""

import logging
import sqlite3
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final
from uuid import uuid4

from monitor.alerts.delivery.addressing import Addressee, form_digests
from monitor.alerts.delivery.channel import Channel, DeliveryError
from monitor.alerts.delivery.failing import tell_failing
from monitor.alerts.delivery.muting import mute_gone
from monitor.alerts.delivery.receipts import KeptReceipts
from monitor.alerts.delivery.retries import LONGEST_WAIT, next_attempt
from storage.outbox.channels import leave_alone, left_alone
from storage.outbox.sending import (
    DueDelivery,
    claim_next,
    due_channels,
    lost_leases,
    mend_times,
    record_failure,
    record_sent,
)
from storage.sqlite.database import transaction

log = logging.getLogger(__name__)

FAILURES_TO_PAUSE: Final = 3
"""After so many passing failures in a row the rest of a channel waits for the next round: its server is away."""

SLOW: Final = timedelta(seconds=2)
"""A channel whose receiver took longer is served when nothing is left on the others."""


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """How many deliveries were sent, failed for now, and failed for good.

    `paused` are the channels left for later, because their server was away or asked to be left alone.
    """

    sent: int = 0
    retried: int = 0
    failed: int = 0
    paused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Errand:
    """All that is to be sent in a round, on these channels: one alert, or None for whatever is due there."""

    alert: str | None
    channels: Collection[str]


def deliver_due(
    db: sqlite3.Connection,
    channels: Iterable[Channel],
    now: datetime,
    *,
    waiting: Collection[str] = (),
    addressees: Sequence[Addressee] = (),
    only: Errand | None = None,
    clock: Callable[[], datetime] | None = None,
    chance: Random | None = None,
) -> DeliveryReport:
    """Form the digests that are due, and try each delivery that is due at `now` once, the channels in turn.

    Channels named in `waiting` are set up but can't be used now: what is due there stays due. One that is no longer
    set up counts as a failed attempt: it may come back. `addressees` are the channels as the settings describe them,
    `only` what to send of it all. `clock` tells the time while the work goes on; without one it stands still.
    """
    by_name = {channel.name: channel for channel in channels}
    sender = _Sender(db, by_name, addressees, now, clock or (lambda: now), waiting)
    with transaction(db):
        mend_times(db, now, LONGEST_WAIT)
        _settle_lost(db, now, chance)
        form_digests(db, addressees, now)
        alone = left_alone(db, now)
        due = [name for name in due_channels(db, now) if only is None or name in only.channels]
    sender.paused.update(name for name in due if name in alone)
    sender.line_up(due)
    return sender.run(only.alert if only else None, chance)


def _settle_lost(db: sqlite3.Connection, now: datetime, chance: Random | None) -> None:
    """Count an attempt whose sender died as failed, so that an alert on which senders die is given up in the end."""
    for lease in lost_leases(db, now):
        again = next_attempt(lease.attempts, lease.since, chance=chance)
        error = "expected the sender to say what became of it, found that it died or was stopped"
        log.warning("delivery lost: %s on %s, attempt %d: %s", lease.alert, lease.channel, lease.attempts, error)
        record_failure(db, lease.alert, lease.channel, lease.holder, lease.attempts, again, error)


@dataclass
class _Sender:
    """One round over all channels. `queue` holds those still to be served; each gets one delivery in its turn.

    `slow` holds those whose receivers have been slow: their turn comes when the queue is empty.
    """

    db: sqlite3.Connection
    channels: dict[str, Channel]
    addressees: Sequence[Addressee]
    started_at: datetime
    clock: Callable[[], datetime]
    waiting: Collection[str]
    holder: str = field(default_factory=lambda: uuid4().hex)
    queue: deque[str] = field(default_factory=deque)
    slow: deque[str] = field(default_factory=deque)
    failures: Counter[str] = field(default_factory=Counter)
    paused: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)

    def line_up(self, names: Iterable[str]) -> None:
        """Let channels have their turns, unless they can't be used or are paused."""
        out = {*self.waiting, *self.paused, *self.queue, *self.slow}
        self.queue.extend(name for name in names if name not in out)

    def run(self, only: str | None, chance: Random | None) -> DeliveryReport:
        """Send until nothing is left; what became of one delivery is recorded with the claim of the next."""
        done: DueDelivery | None = None
        error: DeliveryError | None = None
        while True:
            with transaction(self.db):
                if done is not None:
                    self._record(done, error, chance)
                done = self._claim(only)
            if done is None:
                break
            began = self.clock()
            error = self._send(done)
            if self.clock() - began > SLOW:
                self._serve_last(done.delivery.channel)
        return DeliveryReport(
            sent=self.counts["sent"],
            retried=self.counts["retried"],
            failed=self.counts["failed"],
            paused=tuple(sorted(self.paused)),
        )

    def _claim(self, only: str | None) -> DueDelivery | None:
        """Lease the next delivery of the channel whose turn it is; a channel without one leaves the queue."""
        while turns := self.queue or self.slow:
            channel = turns.popleft()
            claimed = claim_next(self.db, channel, self.started_at, self.holder, self.clock(), only)
            if claimed is not None:
                turns.append(channel)
                return claimed
        return None

    def _serve_last(self, channel: str) -> None:
        if channel in self.queue:
            self.queue.remove(channel)
            self.slow.append(channel)

    def _send(self, due: DueDelivery) -> DeliveryError | None:
        """Why the alert could not be told, None when it was."""
        name = due.delivery.channel
        channel = self.channels.get(name)
        if channel is None:
            return DeliveryError(f"expected a channel '{name}', found none in the configuration")
        try:
            channel.send(due.alert, KeptReceipts(self.db, due.alert.id, name, self.clock))
        except DeliveryError as error:
            return error
        except sqlite3.Error:
            raise  # our own database, not the receiver: the lease runs out, and it is sent again
        except OSError as error:
            return DeliveryError(f"expected the channel to answer, found: {error.strerror or error}")
        except Exception as error:
            # whatever it is, it must stop nobody else's alerts
            log.error(
                "delivery broke: %s on %s: %r", due.alert.id, name, error, exc_info=log.isEnabledFor(logging.DEBUG)
            )
            found = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            return DeliveryError(
                f"expected an alert that can be told, found an error of the program itself ({found}); "
                "wpswatch --debug deliver shows the details",
                is_permanent=True,
            )
        return None

    def _record(self, due: DueDelivery, error: DeliveryError | None, chance: Random | None) -> None:
        alert, channel, attempts = due.alert, due.delivery.channel, due.delivery.attempts + 1
        now = self.clock()
        if error is None:
            record_sent(self.db, alert.id, channel, attempts, now)
            self.counts["sent"] += 1
            self.failures[channel] = 0
            return
        again = None
        if not error.is_permanent:
            again = next_attempt(attempts, now, retry_after=error.retry_after, chance=chance)
        log.warning("delivery failed: %s on %s, attempt %d: %s", alert.id, channel, attempts, error)
        if not record_failure(self.db, alert.id, channel, self.holder, attempts, again, str(error)):
            return  # another sender has it by now, and its word holds
        self.counts["retried" if again else "failed"] += 1
        if error.is_gone:
            self.line_up(mute_gone(self.db, due, str(error), self.addressees, self.started_at))
        else:
            self.line_up(tell_failing(self.db, due, str(error), self.addressees, self.started_at))
        self._pause(channel, error, now)

    def _pause(self, channel: str, error: DeliveryError, now: datetime) -> None:
        """Let a channel wait whose receiver asked for it, or which failed too often in a row."""
        if error.retry_after:
            leave_alone(self.db, channel, now + min(error.retry_after, LONGEST_WAIT))
        self.failures[channel] = 0 if error.is_permanent else self.failures[channel] + 1
        turns = self.queue if channel in self.queue else self.slow
        if (error.retry_after or self.failures[channel] == FAILURES_TO_PAUSE) and channel in turns:
            turns.remove(channel)
            self.paused.add(channel)
