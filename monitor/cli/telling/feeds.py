"""The command `feeds`."""

from typing import TYPE_CHECKING

import click

from monitor.app.feeding import days_to_come
from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.feeds.publish import FeedFile


@click.command(epilog="Example: wpswatch feeds --dir public --dry-run")
@click.option("--dir", "folder", metavar="DIR", help="Write here instead of into the folder of [feeds] dir.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Print what would be written; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the files as JSON.")
@click.option("--log", "is_logged", is_flag=True, help="Say in a line on stderr what changed, and nothing else.")
@pass_session
def feeds(session: Session, folder: str | None, is_dry: bool, as_json: bool, is_logged: bool) -> None:
    """Write what is held as Atom, RSS and JSON feeds, of all and of each theme, and a page that lists them.

    With [feeds] dir in the settings, crawl and watch do so after each run. A file that stays the same is not touched.
    """
    from contextlib import closing
    from dataclasses import asdict
    from pathlib import Path

    from monitor.feeds.publish import publish
    from monitor.settings.config import Feeds

    settings = session.load_config().feeds
    if folder is None and settings is None:
        raise click.UsageError(
            "expected a folder, found none: name one with --dir DIR, or put [feeds] dir into the settings"
        )
    settings = settings or Feeds(dir=folder or "")
    target = Path(folder or settings.dir).expanduser()
    if target.exists() and not target.is_dir():
        raise click.UsageError(f"expected a folder, found a file at {target}; choose another name")
    with closing(session.open_readonly()) as db:
        try:
            files = publish(db, target, settings, days_to_come(db), is_dry=is_dry)
        except OSError as error:
            raise click.ClickException(f"expected to write into {target}, found: {error}") from error
    if is_logged:
        from monitor.cli.pages.progress import log_line

        changed = sum(file.is_new for file in files)
        if changed:
            log_line(f"feeds: {changed} of {len(files)} files written into {target}")
        return
    if as_json:
        from monitor.cli.pages.render import echo_json

        echo_json({"folder": str(target), "files": [asdict(file) for file in files], "dry_run": is_dry})
        return
    from monitor.cli.pages.render import Page, plain

    page = Page()
    page.line(plain(f"{'Would be written to' if is_dry else 'Written to'} {target}:"))
    page.table(("file", "entries", ""), _rows(files, "would be written" if is_dry else "written"), right="entries")
    page.print()


def _rows(files: "Iterable[FeedFile]", written: str) -> list[tuple[str, str, str]]:
    """A row for each feed, whose three files differ in their endings."""
    rows: dict[str, tuple[str, str, str]] = {}
    for file in files:
        name, _, ending = file.name.rpartition(".")
        endings = f"{rows[name][0]}, .{ending}" if name in rows else file.name
        rows[name] = (
            endings,
            "" if file.entries is None else str(file.entries),
            written if file.is_new or (name in rows and rows[name][2] == written) else "unchanged",
        )
    return list(rows.values())
