"""Shows one alert as a channel tells it: as text, as the page of a mail, or as the record that programs get."""

from typing import TYPE_CHECKING

import click

from monitor.cli.session import Session

if TYPE_CHECKING:
    import sqlite3

    from storage.records import Alert


def show_alert(session: Session, typed: str, *, as_page: bool, as_json: bool) -> None:
    """Print the alert whose id is typed, or begins so."""
    from contextlib import closing

    with closing(session.open_readonly()) as db:
        alert = _find(db, typed)
    if as_json:
        from monitor.cli.records_json import alert_record
        from monitor.cli.render import echo_json

        echo_json(alert_record(alert))
    elif as_page:
        from monitor.alerts.message_html import render_html

        click.echo(render_html(alert))
    else:
        from monitor.alerts.message import render_text

        click.echo(render_text(alert), nl=False)


def _find(db: "sqlite3.Connection", typed: str) -> "Alert":
    from storage.outbox import list_alerts

    found = [alert for alert in list_alerts(db) if alert.id.startswith(typed)]
    if not found:
        raise click.ClickException(f"expected an alert {typed!r}, found none; wpswatch alerts lists them")
    if len(found) > 1 and typed not in {alert.id for alert in found}:
        raise click.ClickException(f"{typed!r} may be {' or '.join(alert.id for alert in found)}; write more of it")
    return next((alert for alert in found if alert.id == typed), found[0])
