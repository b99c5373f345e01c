"""The command `alerts`: what was told, on which channel, what waits and what failed."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.cli.pages.render import Page
    from storage.records import Alert, Delivery


@click.command(
    epilog="\b\nExamples:\n  wpswatch alerts --failed\n  wpswatch alerts --digest wps-0a1b2c   (all that it tells)\n"
    "  wpswatch alerts --show wps-0a1b2c --html > alert.html"
)
@click.option("--pending", "state", flag_value="pending", help="Only those that wait on some channel.")
@click.option("--failed", "state", flag_value="failed", help="Only those that were given up on some channel.")
@click.option("--suppressed", "state", flag_value="suppressed", help="Only those that a muted channel was not told.")
@click.option("--digest", metavar="ALERT", help="Only those told in this digest, also where it left them out.")
@click.option("--show", "shown", metavar="ALERT", help="Print this one as a channel tells it.")
@click.option("--html", "as_page", is_flag=True, help="With --show: as the page of a mail.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of records as JSON; with --show, that one.")
@pass_session
def alerts(
    session: Session,
    state: str | None,
    digest: str | None,
    shown: str | None,
    as_page: bool,
    limit: int | None,
    as_json: bool,
) -> None:
    """List the alerts, newest first, and where each stands on each channel.

    On a terminal the newest 20 are shown unless --limit says otherwise. The beginning of an id is enough.
    """
    if as_page and (as_json or shown is None):
        raise click.UsageError("--html prints one alert as a page: give --show ALERT, and no --json")
    if shown is not None:
        from monitor.cli.pages.alert import show_alert

        show_alert(session, shown, as_page=as_page, as_json=as_json)
        return
    from contextlib import closing
    from datetime import UTC, datetime

    from monitor.app.telling.alerts import listed_alerts
    from monitor.cli.pages.render import screenful

    with closing(session.open_readonly()) as db:
        listed = listed_alerts(db, datetime.now(UTC), state=state, digest=digest, limit=limit)
    found = listed.alerts
    if as_json:
        from monitor.cli.pages.render import echo_json_list
        from monitor.cli.records.alerts import alert_record

        echo_json_list(map(alert_record, found))
    elif not found:
        session.note("No alerts.")
    else:
        shown_now = found[: screenful(session, len(found), "alerts", is_limited=limit is not None)]
        _print_alerts(shown_now, listed.left_alone)


def _print_alerts(found: Sequence["Alert"], alone: Mapping[str, "datetime"]) -> None:
    from monitor.cli.pages.render import BOLD, DIM, Page, moment, plain

    page = Page()
    for alert in found:
        page.wrapped(f"{page.style(plain(alert.subject), BOLD)} ({alert.event})")
        page.wrapped(page.style(plain(f"{moment(alert.created_at)}, run {alert.run}, alert {alert.id}"), DIM), "  ")
        if not alert.deliveries:
            page.line("  no channel is told")
        for delivery in alert.deliveries:
            _add_delivery(page, delivery, alone.get(delivery.channel))
        page.line()
    page.lines.pop()
    page.print()


def _add_delivery(page: "Page", delivery: "Delivery", alone_until: "datetime | None") -> None:
    from monitor.cli.pages.render import BAD, GOOD, ODD, moment, plain

    styles = {"sent": GOOD, "failed": BAD, "pending": ODD, "suppressed": ODD}
    facts = [f"{plain(delivery.channel)}: {page.style(delivery.state, styles[delivery.state])}"]
    if delivery.is_member:
        facts.append(f"in digest {delivery.digest}" if delivery.digest else "waits for a digest")
    if delivery.sent_at:
        facts.append(moment(delivery.sent_at))
    if delivery.attempts:
        facts.append(f"{delivery.attempts} {'attempt' if delivery.attempts == 1 else 'attempts'}")
    if delivery.state == "pending" and delivery.next_attempt_at:
        at = delivery.next_attempt_at
        is_put_off = alone_until is not None and alone_until > at
        facts.append(f"next {moment(alone_until)}, as its receiver asked" if is_put_off else f"next {moment(at)}")
    if delivery.last_error:
        facts.append(f"last error: {plain(delivery.last_error)}" if delivery.attempts else plain(delivery.last_error))
    page.wrapped(", ".join(facts), "  ", "    ")
    for receipt in delivery.receipts:
        said = "has it" if receipt.error is None else page.style(f"refused it: {plain(receipt.error)}", BAD)
        page.wrapped(f"{plain(receipt.recipient)}: {said}, {moment(receipt.at)}", "    ", "      ")
