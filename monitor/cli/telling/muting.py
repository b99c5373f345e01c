"""The commands that say who is told: `mute`, `unmute`."""

import sys
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from monitor.cli.arguments import Moment
from monitor.cli.completing import complete_channels
from monitor.cli.session import Session, pass_session
from monitor.cli.telling.deliver import FAILED, print_report

if TYPE_CHECKING:
    from monitor.alerts.delivery.sender import DeliveryReport


@click.command(epilog="Example: wpswatch mute desk --until 2026-12-01")
@click.argument("channel", shell_complete=complete_channels)
@click.option("--until", type=Moment(), metavar="D", help="Until this day or time in UTC; without it, until unmuted.")
@click.option("--reason", default="by hand", show_default=True, help="Why, for those who look.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Say what would be suppressed; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@pass_session
def mute(session: Session, channel: str, until: datetime | None, reason: str, is_dry: bool, as_json: bool) -> None:
    """Tell a channel nothing: what waits there and what comes is suppressed, not sent later.

    wpswatch alerts --suppressed lists what was not told, wpswatch replay sends it.
    """
    from monitor.app.telling.muting import channel_of, mute_channel
    from storage.records import Mute

    now = datetime.now(UTC)
    channel_of(session.load_config(), channel)
    if until is not None and until <= now:
        raise click.UsageError(f"expected a time to come after --until, found {until:%Y-%m-%d %H:%M} UTC")
    suppressed = mute_channel(session, Mute(channel, now, until, reason), is_dry=is_dry)
    if as_json:
        from monitor.cli.pages.render import echo_json
        from monitor.cli.records.times import time_record

        echo_json({"channel": channel, "muted": not is_dry, "until": time_record(until), "suppressed": suppressed})
    else:
        verb = "would be" if is_dry else "is"
        end = f"until {until:%Y-%m-%d %H:%M} UTC" if until else "until wpswatch unmute"
        waiting = f"; {suppressed} waiting there will not be told" if suppressed else ""
        session.note(f"{channel} {verb} muted {end}{waiting}")


@click.command(epilog="Example: wpswatch unmute desk")
@click.argument("channel", shell_complete=complete_channels)
@click.option("--send", "sends", is_flag=True, help="Also send what it was not told: much of it in one digest.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Say whether it is muted, and what it was not told.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@pass_session
def unmute(session: Session, channel: str, sends: bool, is_dry: bool, as_json: bool) -> None:
    """Tell a channel again what comes from now on; what was suppressed stays so, unless --send tells it, too."""
    from monitor.app.telling.muting import unmute_channel

    done = unmute_channel(session, channel, datetime.now(UTC), is_dry=is_dry, puts_back=sends)
    held, count = done.held, done.untold
    report = _send_on(session, channel, as_json) if sends and count and not is_dry else None
    if as_json:
        from dataclasses import asdict

        from monitor.cli.pages.render import echo_json

        record = {"channel": channel, "was_muted": held is not None, "muted": held is not None and is_dry}
        echo_json(record | {"untold": count, "sent": None if report is None else asdict(report)})
    else:
        _note_unmuted(session, channel, count, was_muted=held is not None, sends=sends, is_dry=is_dry)
        if report is not None:
            print_report(session, report, as_json)
    sys.exit(FAILED if report and (report.failed or report.retried or report.paused) else 0)


def _send_on(session: Session, channel: str, keeps_stdout: bool) -> "DeliveryReport":
    """Send what is due on one channel."""
    from monitor.alerts.delivery.sender import Errand
    from monitor.app.telling.channels import send_due

    with closing(session.open()) as db:
        return send_due(session, db, session.load_config(), keeps_stdout=keeps_stdout, only=Errand(None, [channel]))


def _note_unmuted(session: Session, channel: str, count: int, *, was_muted: bool, sends: bool, is_dry: bool) -> None:
    from shlex import quote

    verb = "would be" if is_dry else "is"
    told = f"{channel} {verb} told again" if was_muted else f"{channel} is not muted"
    alerts = f"{count} {'alert' if count == 1 else 'alerts'}"
    if sends:
        told += f"; {alerts} that it was not told {'would be sent' if is_dry else 'put back'}"
    elif was_muted:
        told += (
            f"; {alerts} that it was not told: wpswatch unmute {quote(channel)} --send, one of them: "
            f"wpswatch replay ALERT {quote(channel)}"
        )
    session.note(told)
