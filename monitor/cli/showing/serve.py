"""The commands `serve` and `browse`: the pages, or the database itself, in a browser."""

import click

from monitor.cli.session import Session, pass_session

HOST = "127.0.0.1"


@click.command(epilog="Example: wpswatch serve --port 8080")
@click.option("--host", default=HOST, show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="The port to listen at.")
@pass_session
def serve(session: Session, host: str, port: int) -> None:
    """Show the pages of `site build` from the live database, until stopped; nothing is written.

    Each page is the one that `site build` writes. Search is done here, so it works without scripts.
    """
    from monitor.app.export.extras import MissingExtraError, need

    try:
        need("starlette", "serve", "wpswatch serve")
        need("uvicorn", "serve", "wpswatch serve")
    except MissingExtraError as error:
        raise click.ClickException(str(error)) from error
    import uvicorn

    from monitor.site.options import options_of
    from monitor.site.server.app import app_of
    from monitor.site.server.live import LiveSite

    config = session.load_config()
    session.open_readonly().close()
    given = config.site
    options = options_of(given.title, "", given.languages) if given else options_of()
    site = LiveSite(session.open_readonly, session.database, config, options)
    session.note(f"Reading {session.database} ...")
    site.file("index.html")
    session.note(f"Open http://{host}:{port}/ (Ctrl+C ends it)")
    uvicorn.run(app_of(site), host=host, port=port, log_level="warning", access_log=False)


@click.command(epilog="Example: wpswatch browse --port 8001")
@click.option("--host", default=HOST, show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="The port to listen at.")
@click.option("--metadata", "is_told", is_flag=True, help="Print what Datasette is told of the database, and end.")
@pass_session
def browse(session: Session, host: str, port: int, is_told: bool) -> None:
    """Show the database itself in a browser with Datasette: tables, a flat view of paragraphs, prepared queries."""
    import json
    import tempfile
    from pathlib import Path

    from monitor.app.export.extras import MissingExtraError, need
    from monitor.site.server.browsing import metadata_of

    told = json.dumps(metadata_of(session.database), ensure_ascii=False, indent=1)
    if is_told:
        click.echo(told)
        return
    try:
        need("datasette", "browse", "wpswatch browse")
    except MissingExtraError as error:
        raise click.ClickException(str(error)) from error
    from datasette.cli import cli

    session.open_readonly().close()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "metadata.json"
        path.write_text(told, encoding="utf-8")
        session.note(f"Open http://{host}:{port}/ (Ctrl+C ends it)")
        arguments = [str(session.database), "--metadata", str(path), "--host", host, "--port", str(port)]
        cli.main(["serve", *arguments], standalone_mode=False)
