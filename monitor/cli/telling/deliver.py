"""The commands that send: `deliver`, `replay`, `test-alert`."""

import sys
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from monitor.cli.completing import complete_channels
from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from monitor.alerts.delivery.sender import DeliveryReport

FAILED = 1


@click.command(epilog="Example: wpswatch deliver")
@click.option("--dry-run", "is_dry", is_flag=True, help="Print what is due; send nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts, or with --dry-run what is due, as JSON.")
@pass_session
def deliver(session: Session, is_dry: bool, as_json: bool) -> None:
    """Send what is due in the outbox, once.

    What fails is tried again by the next call after its time has come, nine times in not quite three days.
    """
    from monitor.app.telling.channels import send_due

    config = session.load_config()
    if is_dry:
        _print_due(session, as_json)
        return
    with closing(session.open()) as db:
        report = send_due(session, db, config, keeps_stdout=as_json)
    print_report(session, report, as_json)
    sys.exit(FAILED if report.failed or report.retried or report.paused else 0)


@click.command(epilog="Example: wpswatch replay wps-0a1b2c desk")
@click.argument("alert_id", metavar="ALERT")
@click.argument("channel", metavar="[CHANNEL]", required=False)
@click.option("--dry-run", "is_dry", is_flag=True, help="Say where it would be sent; send nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@pass_session
def replay(session: Session, alert_id: str, channel: str | None, is_dry: bool, as_json: bool) -> None:
    """Send an alert again, under the same id: on one channel, or on all it was meant for.

    A receiver that keeps ids drops the copy when it has it already. This is also how an alert is told that came while
    its channel was muted. The beginning of an id is enough.
    """
    from monitor.app.telling.resending import send_again

    done = send_again(session, alert_id, channel, datetime.now(UTC), is_dry=is_dry, keeps_stdout=as_json)
    alert, names = done.alert, done.channels
    record = {"alert": alert.id, "channels": list(names), "sent_again": not is_dry}
    if as_json:
        from monitor.cli.pages.render import echo_json
        from monitor.cli.records.alerts import delivery_record

        again = [delivery_record(each) for each in alert.deliveries if each.channel in names]
        echo_json(record | {"deliveries": again})
    else:
        verb = "would be sent" if is_dry else "is sent"
        session.note(f"{alert.id} {verb} again, with the same id, on {', '.join(names)}")
    report = done.report
    if report is not None:
        if not as_json:
            print_report(session, report, as_json)
        sys.exit(FAILED if report.failed or report.retried or report.paused else 0)


@click.command("test-alert", epilog="Example: wpswatch test-alert desk")
@click.argument("channel", shell_complete=complete_channels)
@click.option("--dry-run", "is_dry", is_flag=True, help="Print the alert as text; send nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@pass_session
def test_alert(session: Session, channel: str, is_dry: bool, as_json: bool) -> None:
    """Send a sample alert through one channel, now, and say what came of it.

    It is marked as a test and kept nowhere. A channel that is muted is tried all the same.
    """
    from monitor.alerts.news.sample import sample_alert
    from monitor.alerts.words.message import render_text
    from monitor.app.telling.channels import make_channel
    from monitor.app.telling.muting import channel_of
    from monitor.app.telling.send_now import result_record, result_words, try_channel

    config = session.load_config()
    settings = channel_of(config, channel)
    alert = sample_alert(settings.name, datetime.now(UTC))
    if is_dry:
        click.echo(render_text(alert), nl=False)
        return
    made = make_channel(settings, config)
    if made is None:
        raise click.ClickException(f"this version can't send by {settings.type}; choose another type for {channel!r}")
    result = try_channel(made, alert)
    if as_json:
        from monitor.cli.pages.render import echo_json

        echo_json(result_record(result))
    else:
        for line in result_words(result):
            session.note(line)
    sys.exit(0 if result.is_sent else FAILED)


def print_report(session: Session, report: "DeliveryReport", as_json: bool) -> None:
    """Print what was sent, for people or as JSON."""
    if as_json:
        from dataclasses import asdict

        from monitor.cli.pages.render import echo_json

        echo_json(asdict(report))
        return
    session.note(f"{report.sent} sent, {report.retried} to be tried again, {report.failed} failed for good")
    if report.paused:
        session.note(
            f"left for later, because the receiver is away or asked for it: {', '.join(report.paused)}; "
            "wpswatch alerts --pending lists what waits"
        )


def _print_due(session: Session, as_json: bool) -> None:
    from monitor.app.telling.alerts import due_now
    from monitor.cli.pages.render import echo_json_list, plain

    with closing(session.open_readonly()) as db:
        due = [(one.alert, one.delivery) for one in due_now(db, datetime.now(UTC))]
    if as_json:
        echo_json_list(
            {"alert": alert.id, "subject": alert.subject, "channel": each.channel, "in_digest": each.is_member}
            for alert, each in due
        )
        return
    for alert, each in due:
        click.echo(plain(f"{each.channel}: {alert.subject} ({alert.id}{', in a digest' if each.is_member else ''})"))
    session.note(f"{len(due)} due; nothing was sent")
