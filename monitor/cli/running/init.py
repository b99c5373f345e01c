"""The commands a newcomer meets first: `init` and `demo`."""

import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from monitor.settings.config import Config
    from monitor.watch.service_units import UnitPlace

CONFIG_NAME = "wpswatch.toml"
FAILED = 1


@click.command(epilog="\b\nExamples:\n  wpswatch init ~/wps\n  wpswatch --config ~/wps/wpswatch.toml init --systemd")
@click.argument("folder", metavar="[DIR]", default=".")
@click.option("--systemd", "is_for_systemd", is_flag=True, help="Print units for systemd instead; write nothing.")
@pass_session
def init(session: Session, folder: str, is_for_systemd: bool) -> None:
    """Write a commented wpswatch.toml that works as it stands into DIR, this folder if none is named.

    An existing file is never overwritten. With --systemd the units that keep this installation running are printed,
    with the paths of the program, of the data and of the settings that --data and --config name.
    """
    from importlib.resources import files

    if is_for_systemd:
        _print_units(session)
        return
    path = Path(folder).expanduser() / CONFIG_NAME
    template = files("monitor.cli.running").joinpath(CONFIG_NAME).read_bytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as file:
            file.write(template)
    except FileExistsError as error:
        raise click.ClickException(f"expected no {CONFIG_NAME}, found one at {path}; it is left as it is") from error
    click.echo(f"Wrote {path}. Put your contact address into it, then: wpswatch crawl")


def _print_units(session: Session) -> None:
    """Print each unit behind the name of the file that it belongs into."""
    from monitor.watch.service_units import units

    config = session.load_config()
    if config.path is None:
        raise click.ClickException("expected settings, found none; write them first: wpswatch init")
    try:
        place = _place(session, config)
        found = units(place)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    if not session.data_dir.exists():
        session.note(f"{place.data} is not there yet: make it, owned by {place.user}, before you start a unit")
    click.echo("\n".join(f"# /etc/systemd/system/{name}\n{text}" for name, text in found.items()), nl=False)


def _place(session: Session, config: "Config") -> "UnitPlace":
    import getpass

    from monitor.watch.service_units import UnitPlace

    data = session.data_dir.absolute()
    feeds = [config.feeds.dir] if config.feeds else []
    folders = [data / Path(folder).expanduser() for folder in feeds]
    folders += [(data / Path(one.path).expanduser()).parent for one in config.channels if one.type == "file"]
    return UnitPlace(
        program=_program(),
        data=data,
        config=Path(config.path or "").absolute(),
        user=getpass.getuser(),
        written=tuple(folder for folder in folders if not folder.is_relative_to(data)),
    )


def _program() -> Path:
    """Where the command itself is: as it was called, else beside the Python that runs it."""
    called = Path(sys.argv[0])
    return called.absolute() if called.name == "wpswatch" else Path(sys.executable).with_name("wpswatch")


@click.command(epilog="Example: wpswatch demo --keep /tmp/wps-demo")
@click.option(
    "--keep", metavar="DIR", help="Keep the demo's data, settings and mails in DIR, a folder that is new or empty."
)
@pass_session
def demo(session: Session, keep: str | None) -> None:
    """Tell the whole story offline, on real Council documents that ship with the program.

    Serves the recorded official pages on a free loopback port, crawls them, publishes one more resolution and one
    silent correction there, crawls again, and shows what was flagged and the alert it would send. Leaves nothing
    behind unless --keep is given.
    """
    from monitor.cli.running.demo import run_demo

    with ExitStack() as stack:
        if keep is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wpswatch-demo-")))
        else:
            folder = _empty_folder(Path(keep).expanduser())
        is_told = run_demo(folder, is_kept=keep is not None)
    sys.exit(0 if is_told else FAILED)


def _empty_folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    if any(path.iterdir()):
        raise click.ClickException(f"expected a new or empty folder, found files in {path}; name another one")
    return path.absolute()
