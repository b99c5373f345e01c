"""The commands that show the monitor's own records: `runs`, `sources`."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from monitor.cli.session import Session, pass_session

if TYPE_CHECKING:
    import sqlite3

    from monitor.app.source_state import SourceStatus
    from storage.records import CrawlRun

#: "every 1 hours" in the settings is "every hour" to a person.
EVERY_ONE = re.compile(r"every 1 (minute|hour|day)s")


@click.command(epilog="\b\nExample:\n  wpswatch runs --limit 5")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of records as JSON.")
@pass_session
def runs(session: Session, limit: int | None, as_json: bool) -> None:
    """List the crawl runs, newest first: what each met, and the verdict on it.

    On a terminal the newest 20 are shown unless --limit says otherwise.
    """
    from contextlib import closing

    from monitor.app.source_state import newest_runs
    from monitor.cli.pages.render import screenful

    with closing(session.open_readonly()) as db:
        found = newest_runs(db, limit)
    if not as_json and not found:
        session.note("No runs.")
        return
    shown = found if as_json else found[: screenful(session, len(found), "runs", is_limited=limit is not None)]
    print_runs(shown, as_json)


@click.command(epilog="\b\nExample:\n  wpswatch sources --json")
@click.option("--json", "as_json", is_flag=True, help="Print a list of records as JSON.")
@pass_session
def sources(session: Session, as_json: bool) -> None:
    """List what can be crawled: publisher, schedule, state, last run and its outcome, last good run, next run.

    The state is ok, never-run, blocked, failing, suspect or disabled.
    """
    from datetime import UTC, datetime

    from monitor.app.source_state import source_statuses
    from monitor.watch.heartbeat import read_heartbeat

    config = session.load_config()
    db = session.open_if_any()
    try:
        now = datetime.now(UTC).replace(microsecond=0)
        found = source_statuses(db, config, now, read_heartbeat(session.data_dir))
        if db is not None:
            _note_channels(session, db)
    finally:
        if db is not None:
            db.close()
    if as_json:
        from monitor.cli.pages.render import echo_json_list

        echo_json_list(map(source_record, found))
    else:
        _print_sources(found)
        if not any(status.is_watched for status in found):
            session.note("Nobody watches: a next run is when the schedule says, if wpswatch watch runs then.")


def _note_channels(session: Session, db: "sqlite3.Connection") -> None:
    """Say beside the answer that what the sources bring does not reach everybody."""
    from datetime import UTC, datetime
    from shlex import quote

    from monitor.app.telling.muting import silence_now

    silence = silence_now(db, datetime.now(UTC))
    for mute in silence.mutes:
        session.note(f"channel {mute.channel!r} is muted ({mute.reason}): wpswatch unmute {quote(mute.channel)}")
    if failed := silence.given_up:
        session.note(f"{failed} {'alert was' if failed == 1 else 'alerts were'} given up on: wpswatch alerts --failed")


def print_runs(runs: Sequence["CrawlRun"], as_json: bool) -> None:
    """Print run records: a list of JSON records, or a table for a person."""
    if as_json:
        from monitor.cli.pages.render import echo_json_list
        from monitor.cli.records.runs import run_record

        echo_json_list(map(run_record, runs))
        return
    from monitor.cli.pages.render import BAD, GOOD, ODD, Page, plain

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
    from monitor.cli.records.times import time_record

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
        "failing": [
            {
                "symbol": one.symbol,
                "language": one.language,
                "url": one.url,
                "since": time_record(one.since),
                "runs": one.runs,
                "reason": one.reason,
            }
            for one in status.failing
        ],
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


def _print_sources(found: Sequence["SourceStatus"]) -> None:
    from monitor.cli.pages.render import BAD, BOLD, DIM, GOOD, ODD, Page, moment, plain
    from monitor.noticing.failure_words import words_of

    styles = {"ok": GOOD, "blocked": BAD, "failing": BAD, "suspect": ODD, "never-run": ODD, "disabled": DIM}
    page = Page()
    for status in found:
        state = page.style(status.verdict.state, styles[status.verdict.state])
        page.line(f"{page.style(status.source.name, BOLD)}  {state}")
        if status.verdict.reason:
            page.wrapped(plain(status.verdict.reason), "  ")
        page.wrapped(status.source.description, "  ")
        page.wrapped(page.style(status.source.publisher, DIM), "  ")
        one, many = (
            ("published entry", "published entries") if status.source.is_published else ("document", "documents")
        )
        kind = (one if status.held == 1 else many) + (" told of" if status.source.is_witness else "")
        outcome = "running" if status.is_running else status.last_outcome
        facts = (
            ("held", f"{status.held} {kind}"),
            ("schedule", plain(EVERY_ONE.sub(r"every \1", status.schedule))),
            ("last run", moment(status.last_run_at) + (f", {outcome}" if outcome else "")),
            ("last good", moment(status.last_good_at)),
            ("next run", moment(status.next_run_at)),
        )
        for name, fact in facts:
            page.line(f"  {page.style(name.ljust(9), DIM)}  {fact}")
        if status.failing:
            page.wrapped(f"{page.style('failing'.ljust(9), ODD)}  {plain(words_of(status.failing))}", "  ")
        page.line()
    page.lines.pop()
    page.print()
