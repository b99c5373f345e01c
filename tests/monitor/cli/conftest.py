"""A small data folder with recorded resolutions, a hostile letter, runs, changes and an alert; and a way to ask it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from monitor.cli.main import cli
from scraper.ingest.extraction import extract
from scraper.themes.extract import extracts_of
from storage.fetched.bodies import BodyStore
from storage.fetched.runs import close_run, open_run
from storage.fetched.snapshots import save_snapshot
from storage.models import (
    DocumentKind,
    Evidence,
    Extract,
    Fact,
    FactField,
    Label,
    Paragraph,
    ParsedDocument,
    ParseWarning,
    Part,
)
from storage.outbox.outbox import enqueue, record_delivery
from storage.records import (
    Alert,
    Cause,
    Change,
    ChangeKind,
    DeliveryState,
    Event,
    Outcome,
    RunCounts,
    Snapshot,
    SnapshotState,
)
from storage.sqlite.database import DATABASE_NAME, open_database, transaction
from storage.texts.changes import save_change
from storage.texts.saving import save_version
from storage.told.facts import save_facts
from storage.told_values import Witness
from tests.paths import ROOT, TESTS

CASES = TESTS / "cases" / "akoma_ntoso"
FIRST = CASES / "lists-headings-and-tasks-2387" / "input.xml"
SECOND = CASES / "labels-inside-the-text-2386" / "input.xml"
WPS = CASES / "women-peace-and-security-1325" / "input.xml"
NOW = datetime(2025, 11, 24, 9, 0, tzinfo=UTC)
SYMBOL = "S/RES/2387 (2017)"

# What a hostile source might print: clear the screen, turn the text round, ring the bell.
HOSTILE = "=cmd|' /C calc'!A0 women \x1b[2J\x1b[31mred \u202etxet\x07 \x9b31m end"


@dataclass(frozen=True)
class Answer:
    """What one call gave."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        return json.loads(self.stdout)


Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    db = open_database(folder / DATABASE_NAME)
    with transaction(db):
        run = open_run(db, "unxml", NOW)
        version = 0
        for path in (FIRST, SECOND, WPS):
            body = path.read_bytes()
            document = extract(body)
            snapshot = _snapshot(folder, run, body, f"https://example.org/{path.parent.name}.xml", document.symbol)
            saved = save_version(db, document, save_snapshot(db, snapshot), extracts_of(document), NOW)
            version = saved.id if document.symbol == SYMBOL else version
        save_facts(db, Witness("unxml", "metadata"), [Fact(SYMBOL, FactField.MEETING, 8102)], None, NOW)
        letter = hostile_letter()
        snapshot = _snapshot(folder, run, b"letter", "https://example.org/letter", letter.symbol)
        extracts = (Extract("para. 1", ("para. 1",), ("Participation",), HOSTILE),)
        save_version(db, letter, save_snapshot(db, snapshot), extracts, NOW)
        counts = RunCounts(listed=4, fetched=4, new=4)
        close_run(db, run, Outcome.COMPLETE, None, counts, NOW + timedelta(minutes=4), is_baseline=True)
        later = open_run(db, "un-resolutions", NOW + timedelta(hours=1))
        counts = RunCounts(listed=2825, fetched=3, blocked=4, flags=1, alerts=1)
        close_run(db, later, Outcome.SUSPECT, "blocked after 3 documents", counts, NOW + timedelta(hours=2))
        for change in _changes(version, later):
            save_change(db, change)
        alert = Alert("wps-1f", Event.EXTRACT_CHANGED, later, SYMBOL, NOW, '{"schema": "wpswatch.alert/1"}')
        enqueue(db, alert, ["desk", "hook"])
        record_delivery(db, "wps-1f", "desk", DeliveryState.SENT, 1, None, None, NOW)
        record_delivery(db, "wps-1f", "hook", DeliveryState.PENDING, 3, NOW + timedelta(hours=2), "HTTP 503", None)
    db.close()
    return folder


@pytest.fixture
def ask(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Run the command line in this process; no settings file, no colour, 80 columns."""
    for name in ("WPSWATCH_DATA", "WPSWATCH_CONFIG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, folder: Path = data, stdin: str | bytes | None = None) -> Answer:
        result = CliRunner().invoke(cli, ["--data", str(folder), *arguments], input=stdin, prog_name="wpswatch")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Answer(result.exit_code, result.stdout, result.stderr)

    return run


def hostile_letter() -> ParsedDocument:
    label = Label("Participation", (Evidence("women", HOSTILE.index("women"), HOSTILE.index("women") + 5, "a.rule"),))
    return ParsedDocument(
        symbol="S/2025/1",
        kind=DocumentKind.LETTER,
        language="en",
        adopted_on=None,
        published_on=date(2025, 1, 2),
        meeting=None,
        subject=HOSTILE,
        media_type="text/plain",
        reader="text",
        parser_version="1",
        paragraphs=(Paragraph("para. 1", Part.BODY, HOSTILE, heading=HOSTILE, labels=(label,)),),
        warnings=(ParseWarning("number-jumps", f"expected 2, found {HOSTILE}", "para. 1"),),
    )


def _snapshot(folder: Path, run: int, body: bytes, url: str, symbol: str | None) -> Snapshot:
    store = BodyStore(folder / "bodies")
    return Snapshot(
        source="unxml",
        run=run,
        url=url,
        final_url=url,
        status=200,
        etag=None,
        last_modified=None,
        media_type="application/xml",
        body_hash=store.save(body),
        size=len(body),
        fetched_at=NOW,
        symbol=symbol,
        language="en",
        revision=None,
        state=SnapshotState.READ,
    )


def _changes(version: int, run: int) -> list[Change]:
    def change(kind: ChangeKind, address: str, before: str | None, after: str | None, *reasons: str) -> Change:
        return Change(
            kind=kind,
            symbol=SYMBOL,
            language="en",
            address=address,
            before_address=None if before is None else "OP 41 (a)",
            before=before,
            after=after,
            is_wps=bool(reasons),
            themes=("Participation",) if reasons else (),
            cause=Cause.SOURCE,
            run=run,
            detected_at=NOW,
            version=version,
            reasons=reasons,
        )

    before, after = "Requests it to consider the role of women;", "Requests it to ensure the role of women;"
    return [
        change(ChangeKind.MODIFIED, "OP 42 (a) (iii)", before, after, "“consider” became “ensure”"),
        change(ChangeKind.ADDED, "OP 43", None, "Calls for women’s leadership;", "new words"),
        change(ChangeKind.REMOVED, "OP 41 (a)", HOSTILE, None, "words were removed"),
        change(ChangeKind.RENUMBERED, "OP 44", "Remains seized.", "Remains seized."),
    ]


@pytest.fixture
def spawn(data: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run the command line, or a line of Python, in a process of its own."""
    root = ROOT
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WPSWATCH_")}
    # A hook of the coverage tool would import what the tests forbid, and measure it as the program's.
    environment = {name: value for name, value in kept.items() if not name.startswith("COV_")}

    def run(*arguments: str, code: str | None = None, **options: Any) -> subprocess.CompletedProcess[bytes]:
        program = code or "from monitor.cli.main import main; main()"
        command = [sys.executable, "-c", program, *(("--data", str(data)) if code is None else ()), *arguments]
        settings = {"PYTHONPATH": str(root), "COLUMNS": "80", "XDG_CONFIG_HOME": str(tmp_path)}
        extra = options.pop("env", {})
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": tmp_path, "timeout": 60} | options
        return subprocess.run(command, env=environment | settings | extra, check=False, **options)

    return run
