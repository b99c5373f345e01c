"""Sends an alert again, under the same id, on one channel or on all that it was meant for."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.app.installation import Installation
from monitor.app.questions import NothingFound
from monitor.app.telling.alerts import find_alert
from monitor.app.telling.channels import send_due
from monitor.app.telling.muting import channel_of
from storage.records import Alert

if TYPE_CHECKING:
    import sqlite3

    from monitor.alerts.delivery.sender import DeliveryReport
    from monitor.settings.config import Config


@dataclass(frozen=True, slots=True)
class SentAgain:
    """An alert, the channels on which it is told again, and what came of it: None where it was only looked at."""

    alert: Alert
    channels: tuple[str, ...]
    report: "DeliveryReport | None"


def send_again(
    installation: Installation, typed: str, channel: str | None, now: datetime, *, is_dry: bool, keeps_stdout: bool
) -> SentAgain:
    """Put an alert back into the outbox and send it.

    Raises:
        WrongQuestion: there is no such channel.
        NothingFound: no alert has such an id, or no channel may be told it.
    """
    from monitor.alerts.delivery.sender import Errand
    from storage.outbox.outbox import load_alert, put_back
    from storage.sqlite.database import transaction

    config = installation.load_config()
    with closing(installation.open_readonly() if is_dry else installation.open()) as db:
        alert = find_alert(db, typed)
        names = _told_again(db, config, alert, channel, now)
        if is_dry:
            return SentAgain(alert, tuple(names), None)
        with transaction(db):
            for name in names:
                put_back(db, alert, name, now)
        report = send_due(installation, db, config, keeps_stdout=keeps_stdout, only=Errand(alert.id, names))
        return SentAgain(load_alert(db, alert.id), tuple(names), report)


def _told_again(
    db: "sqlite3.Connection", config: "Config", alert: Alert, channel: str | None, now: datetime
) -> list[str]:
    """The channels on which an alert is to be sent again: the one named, or all of its own that are told anything."""
    from shlex import quote

    from storage.outbox.channels import list_mutes

    muted = {mute.channel for mute in list_mutes(db, now)}
    if channel is not None:
        if channel_of(config, channel).name in muted:
            raise NothingFound(f"{channel} is muted and told nothing; first: wpswatch unmute {quote(channel)}")
        return [channel]
    known = {one.name for one in config.channels}
    names = [each.channel for each in alert.deliveries if each.channel in known - muted]
    if not names:
        raise NothingFound(
            f"expected a channel that was told {alert.id} and is not muted, found none; "
            "name one: wpswatch replay ALERT CHANNEL"
        )
    return names
