"""The command `feeds`, and the writing of feeds after a run."""

from typing import TYPE_CHECKING

import click

from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from monitor.feeds.calendar import Dated
    from monitor.feeds.publish import FeedFile
    from monitor.settings.config import Config


@click.command(epilog="Example: wpswatch feeds --dir public --dry-run")
@click.option("--dir", "folder", metavar="DIR", help="Write here instead of into the folder of [feeds] dir.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Print what would be written; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the files as JSON.")
@pass_session
def feeds(session: Session, folder: str | None, is_dry: bool, as_json: bool) -> None:
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
            files = publish(db, target, settings, _days_to_come(db), is_dry=is_dry)
        except OSError as error:
            raise click.ClickException(f"expected to write into {target}, found: {error}") from error
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


def _days_to_come(db: "sqlite3.Connection") -> "list[Dated]":
    """The days from today on which mandates expire, as the sources tell them."""
    from datetime import UTC, datetime
    from itertools import groupby
    from operator import attrgetter

    from monitor.feeds.calendar import days_of, told_once
    from storage.models import FactField
    from storage.told.facts import facts_by_field

    today = datetime.now(UTC).date()
    found: list[Dated] = []
    for symbol, facts in groupby(facts_by_field(db, FactField.EXPIRES_ON), key=attrgetter("symbol")):
        by_text: list[Dated] = []
        by_title: list[Dated] = []
        for fact in facts:
            days = by_text if fact.origin.startswith("text-") else by_title
            days.extend(days_of(symbol, fact.value, fact.seen_at))
        found += [day for day in told_once(by_text, by_title) if day.on >= today]
    return found


def write_feeds(session: Session, db: "sqlite3.Connection", config: "Config") -> None:
    """Write the feeds after a run, if a folder is set; a run whose feeds can't be written has not failed."""
    if config.feeds is None:
        return
    from pathlib import Path

    from monitor.feeds.publish import publish

    try:
        publish(db, Path(config.feeds.dir).expanduser(), config.feeds, _days_to_come(db))
    except OSError as error:
        session.note(f"the feeds: expected to write into {config.feeds.dir}, found: {error}; then: wpswatch feeds")
