"""The check of an installation: looks at all it stands on, one function for each thing; none of them mends anything."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from monitor.app.checking.channels import channel_findings, query_findings
from monitor.app.checking.database import judge_bodies, judge_clock, judge_database
from monitor.app.checking.health import Finding, Health
from monitor.app.checking.outbox import judge_outbox
from monitor.app.checking.sources import judge_sources, judge_watch
from monitor.app.installation import Installation
from monitor.settings.config import Config, ConfigError
from monitor.watch.heartbeat import read_heartbeat
from storage.errors import StorageError
from storage.private_files import is_private
from storage.sqlite.database import DATABASE_NAME

OLDEST_SQLITE = (3, 37, 0)  # STRICT tables and what the full-text index needs
LITTLE_SPACE, TOO_LITTLE_SPACE = 2 * 1024**3, 200 * 1024**2


JudgeProof = Callable[[sqlite3.Connection, Config], Iterable[Finding]]
"""Says how the proof of what was fetched stands: the rooms of evidence stand above this one."""


def examine(installation: Installation, now: datetime, judge_proof: JudgeProof) -> list[Finding]:
    """Look at everything and return what was found, in the order in which it should be mended."""
    findings = [_sqlite(), *_folder(installation.data_dir)]
    config, found = _config(installation)
    findings.append(found)
    findings += channel_findings(config, os.environ)
    findings += judge_database(installation.database)
    if not any(each.check == "database" and each.health is Health.FAIL for each in findings):
        channels_of = config if found.health is not Health.FAIL else None
        findings += _stored(installation, config, now, channels_of, judge_proof)
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


def _config(installation: Installation) -> tuple[Config, Finding]:
    try:
        config = installation.load_config()
    except ConfigError as error:
        return Config(), Finding("settings", Health.FAIL, str(error), "correct that line; until then nothing starts")
    where = str(config.path) if config.path else "none: the defaults hold"
    if not (config.network.contact or config.network.mirror):
        advice = 'set [network] contact = "you@example.org" before crawling real hosts (wpswatch init writes a file)'
        return config, Finding("settings", Health.WARN, f"{where}; no contact address", advice)
    return config, Finding("settings", Health.OK, where)


def _stored(
    installation: Installation, config: Config, now: datetime, channels_of: Config | None, judge_proof: JudgeProof
) -> Iterator[Finding]:
    """What the database tells, where it can be read at all; a missing one tells that no source has run."""
    beat = read_heartbeat(installation.data_dir)
    try:
        db = installation.open_readonly()
    except StorageError:  # its own finding has said so already
        yield judge_clock(now, None)
        yield from judge_sources(None, config, now, beat)
        yield judge_watch(beat, now)
        return
    try:
        yield judge_clock(now, db)
        yield judge_bodies(installation.data_dir, db)
        yield from judge_proof(db, config)
        yield from judge_sources(db, config, now, beat)
        yield judge_watch(beat, now)
        yield from judge_outbox(db, channels_of, now)
        yield from query_findings(db, config)
    finally:
        db.close()
