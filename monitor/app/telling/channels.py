"""Makes the channels that the settings describe, and sends what is due through them."""

import os
import sys
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.alerts.delivery.channel import Channel, FileChannel, StdoutChannel
from monitor.app.installation import Installation

if TYPE_CHECKING:
    import sqlite3

    from monitor.alerts.delivery.sender import DeliveryReport, Errand
    from monitor.settings.config import ChannelSettings, Config


@dataclass(frozen=True, slots=True)
class Channels:
    """The channels that can be used now, and the names of those that can't: what is due there waits."""

    usable: tuple[Channel, ...]
    waiting: tuple[str, ...]


def make_channel(settings: "ChannelSettings", config: "Config") -> Channel | None:
    """The channel that one table of the settings describes; None for a type that this version can't send by."""
    if settings.type == "file":
        return FileChannel(settings.name, Path(settings.path).expanduser())
    if settings.type == "stdout":
        return StdoutChannel(settings.name, sys.stdout)
    if settings.type == "email" and config.smtp:
        from monitor.alerts.mail.channel import email_channel

        return email_channel(settings, config.smtp, config.site.base_url if config.site else "")
    if settings.type == "webhook":
        from monitor.alerts.webhook.channel import WebhookChannel

        return WebhookChannel(settings, os.environ, contact=config.network.contact)
    if settings.type == "apprise":
        from monitor.alerts.webhook.apprise import AppriseChannel

        return AppriseChannel(settings, os.environ)
    return None


def make_channels(installation: Installation, config: "Config", *, keeps_stdout: bool) -> Channels:
    """All channels of the settings; those that print wait while standard output is kept for JSON."""
    usable: list[Channel] = []
    waiting: list[str] = []
    for settings in config.channels:
        channel = make_channel(settings, config)
        if channel is None:
            installation.note(
                f"channel {settings.name!r}: this version can't send by {settings.type} yet; its alerts wait"
            )
        if channel is None or (keeps_stdout and settings.type == "stdout"):
            waiting.append(settings.name)
        else:
            usable.append(channel)
    return Channels(tuple(usable), tuple(waiting))


def send_due(
    installation: Installation,
    db: "sqlite3.Connection",
    config: "Config",
    *,
    keeps_stdout: bool,
    only: "Errand | None" = None,
) -> "DeliveryReport":
    """Send what is due, or an errand of it; on stdout only when nothing else is printed there."""
    from random import SystemRandom

    from monitor.alerts.delivery.sender import deliver_due

    channels = make_channels(installation, config, keeps_stdout=keeps_stdout)
    with ExitStack() as connections:
        for channel in channels.usable:
            if isinstance(channel, AbstractContextManager):  # it keeps one connection for all that is due
                connections.enter_context(channel)
        return deliver_due(
            db,
            channels.usable,
            datetime.now(UTC),
            waiting=channels.waiting,
            addressees=config.channels,
            only=only,
            clock=lambda: datetime.now(UTC),
            chance=SystemRandom(),
        )
