"""The commands that crawl and read again: `crawl`, `reparse`, `watch`."""

import sys
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from monitor.cli.completing import complete_sources
from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    from sqlite3 import Connection

    from monitor.app.crawl_process import CrawlEnded
    from monitor.app.crawling import CrawlStage
    from monitor.settings.config import Config
    from scraper.sources.loader import Source
    from storage.records import CrawlRun

FAILED = 1


def read_years(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """A first and a last year from `2025` or `2000-2005`; the first resolutions are of 1946."""
    if value is None:
        return None
    from monitor.app.crawling import years_of

    try:
        return years_of(value)
    except ValueError as error:
        raise click.BadParameter(str(error), ctx, param) from error


@click.command(
    epilog="Example: wpswatch crawl unxml --year 2025\n\n"
    "Exit codes: 0 all complete, 1 one failed, 3 one was blocked, cut short or suspect."
)
@click.argument("names", metavar="[SOURCE ...]", nargs=-1, shell_complete=complete_sources)
@click.option("--mirror", metavar="URL", help="Fetch https://HOST/PATH from URL/HOST/PATH instead.")
@click.option(
    "--year", "years", metavar="Y[-Y]", callback=read_years, help="Only documents of this year or these years."
)
@click.option("--full", "is_full", is_flag=True, help="Ask for everything listed again, without a budget.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Ask for the listing only; print what would be fetched.")
@click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=0.0,
    metavar="MINUTES",
    help="Wait so long for another crawl to end; without it this one leaves after a few seconds.",
)
@click.option(
    "--no-deliver",
    "is_silent",
    is_flag=True,
    help="Leave the alerts in the outbox, for wpswatch deliver; write no feeds.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the run records as JSON.")
@pass_session
def crawl(
    session: Session,
    names: tuple[str, ...],
    mirror: str | None,
    years: tuple[int, int] | None,
    is_full: bool,
    is_dry: bool,
    wait: float,
    is_silent: bool,
    as_json: bool,
) -> None:
    """Crawl now: the sources named, in that order, or all that are enabled.

    The first complete crawl of all begins the watch: everything is recorded, nothing is flagged.
    """
    from monitor.app.crawling import CrawlWishes, crawl_source, open_data, plan_source
    from monitor.app.feeding import write_feeds
    from monitor.app.telling.channels import send_due
    from monitor.noticing.run_words import exit_code
    from monitor.settings.value_checks import is_url
    from monitor.site.rebuilding import write_site
    from monitor.watch.lock import PATIENCE_SECONDS, only_one
    from storage.credentials import without_credentials

    if mirror and (expected := is_url(mirror)):
        raise click.BadParameter(f"expected {expected}, found {without_credentials(mirror)!r}", param_hint="--mirror")
    config = session.load_config()
    sources = _chosen(names, config)
    wishes = CrawlWishes(mirror=mirror, years=years, is_full=is_full, is_quiet=session.is_quiet)
    if not (wishes.mirror or config.network.mirror or config.network.contact):
        session.note('no contact is set: put [network] contact = "you@example.org" into wpswatch.toml (wpswatch init)')
    if not is_silent:  # a watch has said so already
        _say_whom(session, sources, config, without_credentials(mirror or config.network.mirror))
    if is_dry:
        plans = [plan_source(session.data_dir, source, config, wishes) for source in sources]
        _print_plans(session, sources, plans, as_json)
        sys.exit(FAILED if any(plan.code for plan in plans) else 0)
    runs = []
    with ExitStack() as stack:
        with only_one(session.data_dir, max(60 * wait, PATIENCE_SECONDS), on_wait=session.note if wait else None):
            db = stack.enter_context(closing(open_data(session.data_dir, datetime.now(UTC))))
            for source in sources:
                crawled = crawl_source(db, session.data_dir, source, config, wishes, _stage(session))
                runs.append(crawled.run)
                if crawled.is_stopped:
                    break
        _stamp(session, db, config)
        if not is_silent:  # behind the lock: a slow mail server keeps no crawl waiting
            send_due(session, db, config, keeps_stdout=as_json)
            write_feeds(session, db, config)
    if not is_silent:
        write_site(session, config)  # once the database is closed: a build goes by the time of its file
    _print_runs(runs, as_json)
    sys.exit(exit_code(runs))


@click.command(
    epilog="\b\nExamples:\n  wpswatch reparse --symbol 'S/RES/2387 (2017)'\n  wpswatch reparse --cluster local:2\n"
    "  wpswatch reparse --waiting --cluster tcp://scheduler:8786 --bodies s3://desk/bodies\n\n"
    "A cluster needs the extra `cluster`: pip install 'wpswatch[cluster]'."
)
@click.option("--symbol", help="Only this document.")
@click.option("--waiting", "is_waiting", is_flag=True, help="Only bodies that were never read: of a crawl cut short.")
@click.option("--cluster", metavar="ADDRESS", help="Let the workers of Dask at this address read, or local:N new ones.")
@click.option("--bodies", metavar="URL", help="Where the workers find a copy of the folder bodies; as fsspec names it.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
@pass_session
def reparse(
    session: Session, symbol: str | None, is_waiting: bool, cluster: str | None, bodies: str | None, as_json: bool
) -> None:
    """Read the stored bodies again with today's extraction; what that changes is never reported as news.

    What --waiting reads for the first time is looked at by the next crawl, as if that had read it.
    """
    from monitor.app.crawling import ReadingPlace, open_data, read_waiting, reparse_held
    from monitor.app.held.held_names import held_symbol
    from monitor.cli.pages.render import echo_json
    from monitor.watch.lock import only_one

    if bodies and "://" not in bodies:
        raise click.BadParameter(
            f"expected an address such as s3://desk/bodies, found {bodies!r}", param_hint="--bodies"
        )
    if is_waiting and symbol:
        raise click.UsageError("--waiting and --symbol contradict each other; leave one out")
    if bodies and not cluster:
        raise click.UsageError("--bodies is for the workers of a cluster; say which: --cluster")
    place = ReadingPlace(cluster, bodies)
    with only_one(session.data_dir), closing(open_data(session.data_dir, datetime.now(UTC))) as db:
        if is_waiting:
            report = read_waiting(db, session.data_dir, _stage(session), place)
        else:
            known = held_symbol(db, symbol) if symbol else None
            report = reparse_held(db, session.data_dir, known, _stage(session), place)
    failures = [{"snapshot": one.snapshot, "code": one.code, "message": one.message} for one in report.failures]
    record = {"read": report.read, "reworded": report.reworded, "failed": len(failures), "failures": failures}
    if as_json:
        echo_json(record)
    else:
        again = "read" if is_waiting else "read again"
        click.echo(f"{report.read} {again}, {report.reworded} with other words than before, {len(failures)} failed")
        for failure in failures:
            click.echo(f"  snapshot {failure['snapshot']}: {failure['code']}: {failure['message']}")
    sys.exit(FAILED if failures else 0)


@click.command(epilog="Example: wpswatch watch")
@pass_session
def watch(session: Session) -> None:
    """Crawl each enabled source when it is due and send what is due, until SIGTERM or SIGINT.

    A crawl under way is told to end then, and leaves a partial run; a second signal kills it. Runs missed in sleep or
    downtime are made up for, once. SIGHUP reads the settings again.
    """
    from monitor.cli.running.watch import run_watch

    sys.exit(0 if run_watch(session) else FAILED)


def _chosen(names: tuple[str, ...], config: "Config") -> list["Source"]:
    from monitor.text.nearest import nearest_of
    from scraper.sources.loader import load_sources

    known = load_sources()
    for name in names:
        if name not in known:
            raise click.UsageError(f"there is no source {name!r}; {nearest_of(name, known)}")
    return [known[name] for name in names or known if names or config.is_enabled(known[name])]


def _print_runs(runs: list["CrawlRun"], as_json: bool) -> None:
    from monitor.cli.running.sources import print_runs

    print_runs(runs, as_json)


def _print_plans(session: Session, sources: list["Source"], plans: list["CrawlEnded"], as_json: bool) -> None:
    """What would be fetched: a line of JSON for each document, or with `as_json` one list, a plan for each source."""
    from monitor.app.crawling import planned
    from monitor.cli.pages.progress import plan_words

    read = [planned(plan) for plan in plans]
    if as_json:
        from monitor.cli.pages.render import echo_json_list

        echo_json_list(
            {
                "source": source.name,
                "documents": len(plan.wanted),
                "archived": plan.step.archived if plan.step else 0,
                "left_over": plan.step.left_over if plan.step else 0,
                "delay_seconds": plan.step.delay_seconds if plan.step else None,
                "seconds": plan.step.polite_seconds if plan.step else None,
                "wanted": plan.wanted,
            }
            for source, plan in zip(sources, read, strict=True)
        )
        return
    for ended, plan in zip(plans, read, strict=True):
        click.echo(ended.output, nl=False)
        if plan.step is not None:
            session.note(plan_words(plan.step))


def _stage(session: Session) -> "CrawlStage":
    """What tells how far a long crawl is: a person at a terminal, or whoever reads the log."""
    from monitor.app.crawling import CrawlStage
    from monitor.cli.pages.progress import LogStage, TerminalStage

    if session.is_quiet:
        return CrawlStage()
    return TerminalStage() if sys.stderr.isatty() else LogStage()


def _stamp(session: Session, db: "Connection", config: "Config") -> None:
    """Have the chain's head stamped where the settings name a server; a crawl has not failed for want of a stamp."""
    if not config.evidence.timestamp_url:
        return
    from monitor.evidence.sealed_zip import WrongFile
    from monitor.evidence.stamps import NoStamp, load_roots, stamp_head

    try:
        stamp_head(db, config.evidence.timestamp_url, load_roots(config.evidence.timestamp_ca_file))
    except (NoStamp, WrongFile) as error:
        session.note(f"no time stamp: {error}")


def _say_whom(session: Session, sources: list["Source"], config: "Config", mirror: str) -> None:
    """Say before anything is asked who will be, and at which pace."""
    from monitor.app.crawling import pace_of

    for source in sources:
        whom = f"the mirror {mirror}" if mirror else ", ".join(source.hosts)
        pace = pace_of(source, config, mirror)
        session.note(f"{source.name}: will ask {whom}; at least {pace:g} s between two requests to a host")
