"""What the doctor looks at, one function for each thing; none of them mends anything."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.app.health import Finding, Health
from monitor.app.source_state import SourceStatus, State, source_statuses
from monitor.cli.session import Session
from monitor.settings.config import Config, ConfigError
from monitor.watch.heartbeat import Heartbeat, read_heartbeat
from storage.errors import NoDatabase, StorageError
from storage.private_files import is_private
from storage.sqlite.database import DATABASE_NAME

if TYPE_CHECKING:
    from storage.sqlite.inspection import Inspection, OutboxInspection

OLDEST_SQLITE = (3, 37, 0)  # STRICT tables and what the full-text index needs
LITTLE_SPACE, TOO_LITTLE_SPACE = 2 * 1024**3, 200 * 1024**2
OLDEST_CLOCK_YEAR = 2025
BODIES_LOOKED_AT = 50
OVERDUE = timedelta(hours=1)


def examine(session: Session, now: datetime) -> list[Finding]:
    """Look at everything and return what was found, in the order in which it should be mended."""
    findings = [_sqlite(), *_folder(session.data_dir)]
    config, found = _config(session)
    findings.append(found)
    from monitor.cli.running.doctor_channels import channel_findings

    findings += channel_findings(config, os.environ)
    findings += _database(session.database)
    if not any(each.check == "database" and each.health is Health.FAIL for each in findings):
        findings += _stored(session, config, now, channels_of=config if found.health is not Health.FAIL else None)
    return findings


def _sqlite() -> Finding:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        wanted = ".".join(map(str, OLDEST_SQLITE[:2]))
        return Finding(
            "SQLite", Health.FAIL, sqlite3.sqlite_version, f"use a Python built with SQLite {wanted} or newer"
        )
    return Finding("SQLite", Health.OK, sqlite3.sqlite_version)


def _folder(data: Path) -> Iterator[Finding]:
    if not data.exists():
        yield Finding("data folder", Health.OK, f"{data} does not exist yet; the first crawl makes it")
    elif not data.is_dir():
        yield Finding("data folder", Health.FAIL, f"{data} is no folder", "name another: wpswatch --data DIR ...")
        return
    elif problem := _write_problem(data):
        yield Finding("data folder", Health.FAIL, f"{data}: {problem}", "let this user write there, or choose another")
    else:
        yield _privacy(data)
    standing = next((folder for folder in (data, *data.absolute().parents) if folder.is_dir()), Path("/"))
    free = shutil.disk_usage(standing).free
    words = f"{free / 1024**3:.1f} GiB free"
    if free < TOO_LITTLE_SPACE:
        yield Finding("disk", Health.FAIL, words, "make room: a crawl would end when the disk is full")
    elif free < LITTLE_SPACE:
        yield Finding("disk", Health.WARN, words, "make room soon")
    else:
        yield Finding("disk", Health.OK, words)


def _privacy(data: Path) -> Finding:
    open_to_others = [path.name for path in (data, data / DATABASE_NAME, data / "bodies") if not is_private(path)]
    if not open_to_others:
        return Finding("data folder", Health.OK, str(data))
    found = f"{data}: others can read {', '.join(open_to_others)}"
    return Finding("data folder", Health.WARN, found, f"it holds recipients' addresses: chmod -R go= '{data}'")


def _write_problem(data: Path) -> str | None:
    # Permission bits say little (other mounts, other users, root): only writing tells.
    probe = data / f".doctor-{os.getpid()}"
    try:
        probe.write_bytes(b"?")
        probe.unlink()
    except OSError as error:
        return error.strerror or str(error)
    return None


def _config(session: Session) -> tuple[Config, Finding]:
    try:
        config = session.load_config()
    except ConfigError as error:
        return Config(), Finding("settings", Health.FAIL, str(error), "correct that line; until then nothing starts")
    where = str(config.path) if config.path else "none: the defaults hold"
    if not (config.network.contact or config.network.mirror):
        advice = 'set [network] contact = "you@example.org" before crawling real hosts (wpswatch init writes a file)'
        return config, Finding("settings", Health.WARN, f"{where}; no contact address", advice)
    return config, Finding("settings", Health.OK, where)


def _database(path: Path) -> Iterator[Finding]:
    from storage.sqlite.inspection import inspect

    try:
        state = inspect(path)
    except NoDatabase:
        yield Finding("database", Health.WARN, f"none at {path}", "crawl a source: wpswatch crawl")
        return
    except StorageError as error:
        yield Finding("database", Health.FAIL, str(error), "restore a backup, or move the file away and crawl again")
        return
    yield _soundness(state)
    yield _schema(state)


def _soundness(state: "Inspection") -> Finding:
    if state.problems:
        advice = "restore a backup, or move the file away and crawl again"
        return Finding("database", Health.FAIL, f"damaged: {state.problems[0]}", advice)
    rows = {each.table: each.rows for each in state.counts}
    held = f"{rows.get('documents', 0)} documents, {rows.get('paragraphs', 0)} paragraphs"
    return Finding("database", Health.OK, f"sound, {state.size / 1024**2:.1f} MiB, {held}")


def _schema(state: "Inspection") -> Finding:
    if state.schema.is_foreign:
        advice = "name another folder: wpswatch --data DIR ..."
        return Finding("schema", Health.FAIL, "the file belongs to another program", advice)
    if state.schema.unknown:
        return Finding("schema", Health.FAIL, f"a newer wpswatch wrote {state.schema.unknown[-1]}", "upgrade wpswatch")
    if state.schema.missing:
        return Finding(
            "schema", Health.WARN, f"lacks {state.schema.missing[-1]}", "the next crawl brings it up to date"
        )
    return Finding("schema", Health.OK, f"up to date ({state.schema.applied[-1]})")


def _stored(session: Session, config: Config, now: datetime, channels_of: Config | None) -> Iterator[Finding]:
    """What the database tells, where it can be read at all; a missing one tells that no source has run."""
    from monitor.cli.running.doctor_channels import query_findings

    beat = read_heartbeat(session.data_dir)
    try:
        db = session.open_readonly()
    except StorageError:  # its own finding has said so already
        yield _clock(now, None)
        yield from _sources(None, config, now, beat)
        yield judge_watch(beat, now)
        return
    try:
        yield _clock(now, db)
        yield _bodies(session.data_dir, db)
        yield judge_chain(db)
        yield from _sources(db, config, now, beat)
        yield judge_watch(beat, now)
        yield from _outbox(db, channels_of, now)
        yield from query_findings(db, config)
    finally:
        db.close()


def _clock(now: datetime, db: sqlite3.Connection | None) -> Finding:
    from storage.fetched.runs import list_runs

    words = f"{now:%Y-%m-%d %H:%M} UTC"
    advice = "set the clock (timedatectl set-ntp true); dates of news depend on it"
    if now.year < OLDEST_CLOCK_YEAR:
        return Finding("clock", Health.FAIL, f"{words}, which has passed", advice)
    latest = list_runs(db, limit=1) if db is not None else []
    if latest and latest[0].started_at > now + timedelta(minutes=5):
        return Finding(
            "clock", Health.WARN, f"{words}, before the last run ({latest[0].started_at:%Y-%m-%d %H:%M})", advice
        )
    return Finding("clock", Health.OK, words)


def _bodies(data: Path, db: sqlite3.Connection) -> Finding:
    from storage.fetched.bodies import BodyStore
    from storage.fetched.snapshots import list_snapshots
    from storage.records import SnapshotState

    snapshots = list_snapshots(db)
    store = BodyStore(data / "bodies")
    damaged = []
    for snapshot in snapshots[:BODIES_LOOKED_AT]:
        try:
            store.load(snapshot.body_hash)
        except StorageError as error:
            damaged.append(str(error))
    if damaged:
        advice = "restore the folder bodies from a backup; the texts are held, but their proof is not"
        return Finding("bodies", Health.FAIL, f"{len(damaged)} of the newest are not sound: {damaged[0]}", advice)
    failed = [snapshot for snapshot in snapshots if snapshot.state is SnapshotState.FAILED]
    if failed:
        advice = "nothing is lost: each is asked for again, and the next version of the program tries these again"
        reason = failed[0].reason or "no reason was recorded"
        return Finding(
            "bodies", Health.WARN, f"{len(failed)} could not be read, such as {failed[0].url}: {reason}", advice
        )
    return Finding(
        "bodies", Health.OK, f"{len(snapshots)} kept, the newest {min(len(snapshots), BODIES_LOOKED_AT)} sound"
    )


def judge_chain(db: sqlite3.Connection) -> Finding:
    """Whether a snapshot's row was changed, taken out or put in since it was written."""
    from storage.fetched.snapshot_chain import chain_faults, chain_head

    faults = chain_faults(db)
    if faults:
        first, count = faults[0], "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        advice = "compare with a backup: what is fetched is never changed by wpswatch"
        return Finding("chain", Health.FAIL, f"{count}: snapshot {first.snapshot} {first.found}", advice)
    head = chain_head(db)
    return Finding("chain", Health.OK, f"unbroken, its head is {head.hash}" if head else "nothing was fetched yet")


def judge_watch(beat: Heartbeat | None, now: datetime) -> Finding:
    """Whether the watch is alive: by its sign of life, which it leaves each minute."""
    advice = "start it, and let the system keep it running (docs/explanation/watch.md)"
    if beat is None:
        return Finding("watch", Health.OK, "none has run here", "wpswatch watch, or a crawl by cron, keeps all current")
    if beat.stopped_at is not None:
        return Finding("watch", Health.OK, f"stopped in order at {beat.stopped_at:%Y-%m-%d %H:%M} UTC", advice)
    if not beat.is_alive(now):
        last = f"{beat.beat_at:%Y-%m-%d %H:%M} UTC"
        return Finding("watch", Health.WARN, f"no sign of life of process {beat.pid} since {last}", advice)
    if beat.trouble:
        return Finding("watch", Health.WARN, beat.trouble, "read its log; wrong settings: correct them, then kill -HUP")
    doing = f", {' and '.join(beat.running)}" if beat.running else ""
    return Finding("watch", Health.OK, f"alive, process {beat.pid}{doing}")


def _sources(db: sqlite3.Connection | None, config: Config, now: datetime, beat: Heartbeat | None) -> Iterator[Finding]:
    advice = {
        State.BLOCKED: "set [network] contact, crawl less often, or crawl a mirror: wpswatch crawl --mirror URL",
        State.FAILING: "read the reason with wpswatch runs; try wpswatch -v crawl",
        State.SUSPECT: "read the reason with wpswatch runs; removals are not believed until a run is complete",
        State.NEVER_RUN: "wpswatch crawl",
    }
    for status in source_statuses(db, config, now, beat):
        state, reason = status.verdict.state, status.verdict.reason
        health = Health.OK if state in (State.OK, State.NEVER_RUN, State.DISABLED) else Health.WARN
        found = reason if reason and reason.startswith(state) else f"{state}: {reason}" if reason else f"{state}"
        yield Finding(status.source.name, health, found, advice.get(state))
        if status.failing:
            yield _failing(status)


def _failing(status: SourceStatus) -> Finding:
    """The documents that a source does not give; one that failed once may come by itself."""
    from monitor.noticing.failure_words import words_of
    from monitor.noticing.failures import RUNS_BORNE

    is_lasting = any(one.runs >= RUNS_BORNE for one in status.failing)
    advice = "wpswatch sources --json names each with its reason; it is asked for again by itself"
    health = Health.WARN if is_lasting else Health.OK
    return Finding(f"{status.source.name}, documents", health, words_of(status.failing), advice)


def _outbox(db: sqlite3.Connection, config: Config | None, now: datetime) -> Iterator[Finding]:
    """Who is told, and what waits. Settings that can't be read, None, tell nothing of which channels there are."""
    from shlex import quote

    from storage.outbox.channels import list_mutes
    from storage.sqlite.inspection import inspect_outbox

    for mute in list_mutes(db, now):
        end = f"until {mute.until:%Y-%m-%d %H:%M} UTC" if mute.until else "until unmuted"
        advice = f"wpswatch unmute {quote(mute.channel)}; with --send it also gets what it was not told"
        yield Finding(f"channel {mute.channel}", Health.WARN, f"muted {end}: {mute.reason}", advice)
    found = inspect_outbox(db, now - OVERDUE)
    known = {channel.name for channel in config.channels} if config else set()
    for channel in found.waiting_channels:
        if config and channel not in known:
            advice = "set it up again, or let it go: its alerts fail for good after three days"
            yield Finding(f"channel {channel}", Health.WARN, "is not set up, and alerts wait for it", advice)
    yield from _sending(found, config)


def _addresses(config: Config, channel: str) -> set[str]:
    """The addresses to which a channel sends now, as receipts name them."""
    from monitor.text.mail_address import read_address

    return {read_address(each).address for one in config.channels if one.name == channel for each in one.to}


def _sending(found: "OutboxInspection", config: Config | None) -> Iterator[Finding]:
    refusals = [each for each in found.refusals if config is None or each.recipient in _addresses(config, each.channel)]
    if found.failed:
        error = found.last_error or "no error was recorded"
        advice = "wpswatch alerts --failed names each; wpswatch replay ALERT CHANNEL sends one again"
        count = f"{found.failed} {'alert' if found.failed == 1 else 'alerts'}"
        yield Finding("outbox", Health.WARN, f"{count} given up on, the last: {error}", advice)
    if refusals:
        advice = "wpswatch alerts names each; take them off the channel's `to`"
        number = len({each.recipient for each in refusals})
        count = f"{number} {'recipient' if number == 1 else 'recipients'}"
        last = f"{refusals[0].recipient}: {refusals[0].error}"
        yield Finding("outbox", Health.WARN, f"{count} refused: {last}", advice)
    if found.overdue:
        advice = "wpswatch deliver, or run wpswatch watch"
        yield Finding("outbox", Health.WARN, f"{found.pending} waiting, {found.overdue} overdue", advice)
    elif found.struggling:
        advice = "they are tried again; wpswatch alerts --pending names each, wpswatch test-alert CHANNEL tries one"
        tried = f"{found.struggling} of {found.pending} waiting were tried three times or more"
        yield Finding("outbox", Health.WARN, f"{tried}: {found.last_trouble}", advice)
    elif config and not config.channels:
        advice = "add a [[channels]] to the settings; wpswatch extracts --new shows the news"
        yield Finding("outbox", Health.OK, "no channel is configured: nobody is told", advice)
    elif not found.failed and not refusals:
        yield Finding("outbox", Health.OK, f"{found.pending} waiting, {found.done} done")
