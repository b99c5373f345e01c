"""The commands that show the monitor's own records: `runs`, `alerts`, `sources`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    import sqlite3

    from monitor.cli.render import Page
    from monitor.cli.source_state import SourceStatus
    from storage.records import Alert, CrawlRun, Delivery


@click.command(epilog="\b\nExample:\n  wpswatch runs --limit 5")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of records as JSON.")
@pass_session
def runs(session: Session, limit: int | None, as_json: bool) -> None:
    """List the crawl runs, newest first: what each met, and the verdict on it.

    On a terminal the newest 20 are shown unless --limit says otherwise.
    """
    from contextlib import closing

    from monitor.cli.reading import screenful
    from storage.runs import list_runs

    with closing(session.open_readonly()) as db:
        found = list_runs(db, limit=limit)
    if not as_json and not found:
        session.note("No runs.")
        return
    shown = found if as_json else found[: screenful(session, len(found), "runs", is_limited=limit is not None)]
    print_runs(shown, as_json)


@click.command(epilog="\b\nExample:\n  wpswatch alerts --json")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of records as JSON.")
@pass_session
def alerts(session: Session, limit: int | None, as_json: bool) -> None:
    """List the alerts, newest first, and where each stands on each channel.

    On a terminal the newest 20 are shown unless --limit says otherwise.
    """
    from contextlib import closing

    from monitor.cli.reading import screenful
    from storage.outbox import list_alerts

    with closing(session.open_readonly()) as db:
        found = list_alerts(db, limit=limit)
    if as_json:
        from monitor.cli.records_json import alert_record
        from monitor.cli.render import echo_json_list

        echo_json_list(map(alert_record, found))
    elif not found:
        session.note("No alerts.")
    else:
        _print_alerts(found[: screenful(session, len(found), "alerts", is_limited=limit is not None)])


@click.command(epilog="\b\nExample:\n  wpswatch sources --json")
@click.option("--json", "as_json", is_flag=True, help="Print a list of records as JSON.")
@pass_session
def sources(session: Session, as_json: bool) -> None:
    """List what can be crawled: publisher, schedule, state, last run and its outcome, last good run, next run.

    The state is ok, never-run, blocked, failing, suspect or disabled.
    """
    from datetime import UTC, datetime

    from monitor.cli.source_state import source_statuses
    from monitor.heartbeat import read_heartbeat

    config = session.load_config()
    db = open_if_any(session)
    try:
        now = datetime.now(UTC).replace(microsecond=0)
        found = source_statuses(db, config, now, read_heartbeat(session.data_dir))
    finally:
        if db is not None:
            db.close()
    if as_json:
        from monitor.cli.render import echo_json_list

        echo_json_list(map(source_record, found))
    else:
        _print_sources(found)
        if not any(status.is_watched for status in found):
            session.note("Nobody watches: a next run is when the schedule says, if wpswatch watch runs then.")


def open_if_any(session: Session) -> "sqlite3.Connection | None":
    """The database for reading, None when nothing has been stored yet."""
    from storage.errors import NoDatabase

    try:
        return session.open_readonly()
    except NoDatabase:
        return None


def print_runs(runs: Sequence["CrawlRun"], as_json: bool) -> None:
    """Print run records: a list of JSON records, or a table for a person."""
    if as_json:
        from monitor.cli.records_json import run_record
        from monitor.cli.render import echo_json_list

        echo_json_list(map(run_record, runs))
        return
    from monitor.cli.render import BAD, GOOD, ODD, Page, plain

    styles = {"complete": GOOD, "failed": BAD}
    page = Page()
    head = ("run", "source", "started, UTC", "outcome", "listed", "new", "changed", "flags")
    rows = [
        (
            str(run.run),
            plain(run.source),
            f"{run.started_at:%Y-%m-%d %H:%M}",
            page.style(run.outcome or "running", styles.get(run.outcome or "", ODD)),
            *(str(count) for count in (run.counts.listed, run.counts.new, run.counts.changed, run.counts.flags)),
        )
        for run in runs
    ]
    page.table(head, rows, right="run listed new changed flags", notes=[_remark(run) for run in runs])
    page.print()


def source_record(status: "SourceStatus") -> dict[str, object]:
    """A source's record; its field names are public."""
    from monitor.cli.records_json import time_record

    return {
        "source": status.source.name,
        "publisher": status.source.publisher,
        "description": status.source.description,
        "state": status.verdict.state,
        "reason": status.verdict.reason,
        "schedule": status.schedule,
        "last_run_at": time_record(status.last_run_at),
        "last_outcome": status.last_outcome,
        "running": status.is_running,
        "last_good_at": time_record(status.last_good_at),
        "next_run_at": time_record(status.next_run_at),
        "watched": status.is_watched,
        "held": status.held,
        "homepage": status.source.homepage,
    }


def _remark(run: "CrawlRun") -> str:
    """What a run's row does not say: why, what failed, that it was the first."""
    counts = run.counts
    remarks = [
        "the baseline: nothing is flagged" if run.is_baseline else "",
        run.reason or "",
        f"{counts.failed} failed" if counts.failed and "failed" not in (run.reason or "") else "",
        f"{counts.blocked} blocked" if counts.blocked and "blocked" not in (run.reason or "") else "",
    ]
    return "; ".join(filter(None, remarks))


def _print_alerts(found: Sequence["Alert"]) -> None:
    from monitor.cli.render import BOLD, DIM, Page, moment, plain

    page = Page()
    for alert in found:
        page.wrapped(f"{page.style(plain(alert.subject), BOLD)} ({alert.event})")
        page.wrapped(page.style(plain(f"{moment(alert.created_at)}, run {alert.run}, alert {alert.id}"), DIM), "  ")
        if not alert.deliveries:
            page.line("  no channel is told")
        for delivery in alert.deliveries:
            _add_delivery(page, delivery)
        page.line()
    page.lines.pop()
    page.print()


def _add_delivery(page: "Page", delivery: "Delivery") -> None:
    from monitor.cli.render import BAD, GOOD, ODD, moment, plain

    styles = {"sent": GOOD, "failed": BAD, "pending": ODD}
    state = page.style(delivery.state, styles[delivery.state]) if delivery.state in styles else str(delivery.state)
    facts = [f"{plain(delivery.channel)}: {state}"]
    if delivery.sent_at:
        facts.append(moment(delivery.sent_at))
    if delivery.attempts:
        facts.append(f"{delivery.attempts} {'attempt' if delivery.attempts == 1 else 'attempts'}")
    if delivery.state == "pending" and delivery.next_attempt_at:
        facts.append(f"next {moment(delivery.next_attempt_at)}")
    if delivery.last_error:
        facts.append(f"last error: {plain(delivery.last_error)}")
    page.wrapped(", ".join(facts), "  ", "    ")


def _print_sources(found: Sequence["SourceStatus"]) -> None:
    from monitor.cli.render import BAD, BOLD, DIM, GOOD, ODD, Page, moment, plain

    styles = {"ok": GOOD, "blocked": BAD, "failing": BAD, "suspect": ODD, "never-run": ODD, "disabled": DIM}
    page = Page()
    for status in found:
        state = page.style(status.verdict.state, styles[status.verdict.state])
        page.line(f"{page.style(status.source.name, BOLD)}  {state}")
        if status.verdict.reason:
            page.wrapped(plain(status.verdict.reason), "  ")
        page.wrapped(status.source.description, "  ")
        page.wrapped(page.style(status.source.publisher, DIM), "  ")
        outcome = "running" if status.is_running else status.last_outcome
        facts = (
            ("held", f"{status.held} {'document' if status.held == 1 else 'documents'}"),
            ("schedule", plain(status.schedule)),
            ("last run", moment(status.last_run_at) + (f", {outcome}" if outcome else "")),
            ("last good", moment(status.last_good_at)),
            ("next run", moment(status.next_run_at)),
        )
        for name, fact in facts:
            page.line(f"  {page.style(name.ljust(9), DIM)}  {fact}")
        page.line()
    page.lines.pop()
    page.print()
