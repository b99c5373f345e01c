"""What the doctor looks at of the outbox: who is told nothing, and what waits, struggles or was given up on."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor.app.checking.health import Finding, Health
from monitor.settings.config import Config

if TYPE_CHECKING:
    from storage.sqlite.inspection import OutboxInspection

OVERDUE = timedelta(hours=1)


def judge_outbox(db: sqlite3.Connection, config: Config | None, now: datetime) -> Iterator[Finding]:
    """Who is told, and what waits. Settings that can't be read, None, tell nothing of which channels there are."""
    from shlex import quote

    from storage.outbox.channels import list_mutes
    from storage.sqlite.inspection import inspect_outbox

    for mute in list_mutes(db, now):
        end = f"until {mute.until:%Y-%m-%d %H:%M} UTC" if mute.until else "until unmuted"
        advice = f"wpswatch unmute {quote(mute.channel)}; with --send it also gets what it was not told"
        yield Finding(f"channel {mute.channel}", Health.WARN, f"muted {end}: {mute.reason}", advice)
    found = inspect_outbox(db, now - OVERDUE)
    known = {channel.name for channel in config.channels} if config else set()
    for channel in found.waiting_channels:
        if config and channel not in known:
            advice = "set it up again, or let it go: its alerts fail for good after three days"
            yield Finding(f"channel {channel}", Health.WARN, "is not set up, and alerts wait for it", advice)
    yield from _sending(found, config)


def _addresses(config: Config, channel: str) -> set[str]:
    """The addresses to which a channel sends now, as receipts name them."""
    from monitor.text.mail_address import read_address

    return {read_address(each).address for one in config.channels if one.name == channel for each in one.to}


def _sending(found: "OutboxInspection", config: Config | None) -> Iterator[Finding]:
    refusals = [each for each in found.refusals if config is None or each.recipient in _addresses(config, each.channel)]
    if found.failed:
        error = found.last_error or "no error was recorded"
        advice = "wpswatch alerts --failed names each; wpswatch replay ALERT CHANNEL sends one again"
        count = f"{found.failed} {'alert' if found.failed == 1 else 'alerts'}"
        yield Finding("outbox", Health.WARN, f"{count} given up on, the last: {error}", advice)
    if refusals:
        advice = "wpswatch alerts names each; take them off the channel's `to`"
        number = len({each.recipient for each in refusals})
        count = f"{number} {'recipient' if number == 1 else 'recipients'}"
        last = f"{refusals[0].recipient}: {refusals[0].error}"
        yield Finding("outbox", Health.WARN, f"{count} refused: {last}", advice)
    if found.overdue:
        advice = "wpswatch deliver, or run wpswatch watch"
        yield Finding("outbox", Health.WARN, f"{found.pending} waiting, {found.overdue} overdue", advice)
    elif found.struggling:
        advice = "they are tried again; wpswatch alerts --pending names each, wpswatch test-alert CHANNEL tries one"
        tried = f"{found.struggling} of {found.pending} waiting were tried three times or more"
        yield Finding("outbox", Health.WARN, f"{tried}: {found.last_trouble}", advice)
    elif config and not config.channels:
        advice = "add a [[channels]] to the settings; wpswatch extracts --new shows the news"
        yield Finding("outbox", Health.OK, "no channel is configured: nobody is told", advice)
    elif not found.failed and not refusals:
        yield Finding("outbox", Health.OK, f"{found.pending} waiting, {found.done} done")
