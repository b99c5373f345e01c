"""The commands `backup` and `restore`: the whole installation as one file, and back."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from monitor.evidence.backup import Backup


@click.command(
    epilog="\b\nExamples:\n  wpswatch backup monday.zip\n  wpswatch backup monday.zip --secrets --replace\n\n"
    "Exit codes: 0 written, 1 not written, 3 written, but bodies that the database names are missing or damaged."
)
@click.argument("file", metavar="FILE")
@click.option(
    "--secrets", "with_secrets", is_flag=True, help="Also the signing key, and the files with passwords and secrets."
)
@click.option("--replace", "may_replace", is_flag=True, help="Replace a file of this name, once the new one is whole.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Read everything and say what would be written; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
@pass_session
def backup(session: Session, file: str, with_secrets: bool, may_replace: bool, is_dry: bool, as_json: bool) -> None:
    """Write the database, the fetched bodies and the settings into FILE, also while a watch runs.

    The file is one moment of the database with every body it names; only its owner can read it. It appears under its
    name when it is whole. Keys and secrets are left out unless --secrets is given.
    """
    from pathlib import Path

    from monitor.evidence.backup import BackupWish, count_backup, write_backup
    from monitor.evidence.sealed_zip import WrongFile
    from monitor.settings.config import find_config

    target = Path(file).expanduser()
    settings = find_config(Path(session.config).expanduser() if session.config else None)
    wanted = BackupWish(session.data_dir, settings, session.load_config(), with_secrets)
    try:
        done = (
            count_backup(wanted) if is_dry else write_backup(target, wanted, datetime.now(UTC), may_replace=may_replace)
        )
    except WrongFile as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        from monitor.cli.pages.render import echo_json

        echo_json({"file": str(target), "dry_run": is_dry, **_record(done)})
    else:
        _print(done, f"{'Would be written to' if is_dry else 'Written to'} {target}:")
    if done.lost:
        raise click.exceptions.Exit(3)


@click.command(
    epilog="\b\nExamples:\n  wpswatch restore monday.zip --dry-run\n  wpswatch --data fresh restore monday.zip\n\n"
    "Exit codes: 0 restored, 1 nothing restored."
)
@click.argument("file", metavar="FILE")
@click.option("--dry-run", "is_dry", is_flag=True, help="Check the whole file and the folder; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what was restored as JSON.")
@pass_session
def restore(session: Session, file: str, is_dry: bool, as_json: bool) -> None:
    """Put a backup into the data folder, which must have no database yet.

    Every file is checked before the first is written, and the database comes last: a restore that was cut short leaves
    none, and can be run again. Settings and secrets are put into the data folder, too: move them to where they belong.
    """
    from pathlib import Path

    from monitor.evidence.restore import restore_backup
    from monitor.evidence.sealed_zip import WrongFile

    try:
        done = restore_backup(Path(file).expanduser(), session.data_dir, is_dry=is_dry)
    except WrongFile as error:
        raise click.ClickException(str(error)) from error
    placed = [{"file": str(each.path), "came_from": each.came_from} for each in done.placed]
    if as_json:
        from monitor.cli.pages.render import echo_json

        echo_json({"folder": str(session.data_dir), "dry_run": is_dry, **_record(done.backup), "placed": placed})
        return
    _print(done.backup, f"{'Would be restored to' if is_dry else 'Restored to'} {session.data_dir}:")
    for each in done.placed:
        session.note(f"{each.path} stood at {each.came_from}: move it to where it belongs")


def _record(done: "Backup") -> dict[str, Any]:
    from monitor.evidence.backup import BODIES

    return {
        "made_at": done.made_at or None,
        "bodies": done.bodies,
        "bytes": done.size,
        "files": [each.name for each in done.members if not each.name.startswith(f"{BODIES}/")],
        "lost": list(done.lost),
        "withheld": list(done.withheld),
        "published_addresses": done.published.addresses if done.published else None,
    }


def _print(done: "Backup", heading: str) -> None:
    from monitor.cli.pages.render import Page, plain
    from monitor.evidence.backup import BODIES

    page = Page()
    page.line(plain(heading))
    rows = [(each.name, f"{each.size:,}") for each in done.members if not each.name.startswith(f"{BODIES}/")]
    bodies = sum(each.size for each in done.members if each.name.startswith(f"{BODIES}/"))
    rows.append((f"{done.bodies:,} {'body' if done.bodies == 1 else 'bodies'}", f"{bodies:,}"))
    page.table(("what", "bytes"), rows, right="bytes")
    if done.published and done.published.addresses:
        page.line(plain(f"{done.published.addresses:,} addresses at which pages were published are in its database"))
    for each in done.withheld:
        page.line(plain(f"not in it: {each} (--secrets)"))
    for each in done.lost:
        page.line(plain(f"missing or damaged: body {each}; crawl with --full"))
    page.print()
