"""The commands a newcomer meets first: `init` and `demo`."""

import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import click

from monitor.cli.session import Session, pass_session

CONFIG_NAME = "wpswatch.toml"
FAILED = 1


@click.command(epilog="Example: wpswatch init ~/wps")
@click.argument("folder", metavar="[DIR]", default=".")
@pass_session
def init(session: Session, folder: str) -> None:
    """Write a commented wpswatch.toml that works as it stands into DIR, this folder if none is named.

    An existing file is never overwritten.
    """
    from importlib.resources import files

    path = Path(folder).expanduser() / CONFIG_NAME
    template = files("monitor.cli.running").joinpath(CONFIG_NAME).read_bytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as file:
            file.write(template)
    except FileExistsError as error:
        raise click.ClickException(f"expected no {CONFIG_NAME}, found one at {path}; it is left as it is") from error
    click.echo(f"Wrote {path}. Put your contact address into it, then: wpswatch crawl")


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
