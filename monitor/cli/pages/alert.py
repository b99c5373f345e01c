"""Shows one alert as a channel tells it: as text, as the page of a mail, or as the record that programs get."""

import click

from monitor.cli.session import Session


def show_alert(session: Session, typed: str, *, as_page: bool, as_json: bool) -> None:
    """Print the alert whose id is typed, or begins so."""
    from contextlib import closing

    from monitor.app.telling.alerts import find_alert

    with closing(session.open_readonly()) as db:
        alert = find_alert(db, typed)
    if as_json:
        from monitor.cli.pages.render import echo_json
        from monitor.cli.records.alerts import alert_record

        echo_json(alert_record(alert))
    elif as_page:
        from monitor.alerts.words.message_html import render_html

        click.echo(render_html(alert))
    else:
        from monitor.alerts.words.message import render_text

        click.echo(render_text(alert), nl=False)
