"""`doctor`: each thing it looks at, ill once."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.app.checking import examine
from monitor.app.checking.health import Health
from monitor.app.checking.sources import judge_watch
from monitor.evidence.findings import proof_findings
from monitor.watch.heartbeat import Heartbeat
from storage.sqlite.database import DATABASE_NAME

Ask = Callable[..., Any]

NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)
BEAT = Heartbeat(4711, NOW - timedelta(days=1), NOW, running=("crawl unxml",))


def states(answer: Any) -> dict[str, str]:
    return {record["check"]: record["state"] for record in answer.json}


@pytest.fixture
def copy(data: Path, tmp_path: Path) -> Path:
    """A copy of the data that a test may spoil, with settings that name a contact."""
    Path("wpswatch.toml").write_text("[network]\ncontact = 'desk@example.org'\n", encoding="utf-8")
    return Path(shutil.copytree(data, tmp_path / "copy"))


def test_every_finding_has_a_state_and_what_needs_a_person_has_advice(ask: Ask, copy: Path) -> None:
    answer = ask("doctor", "--json", folder=copy)

    assert all(record.keys() == {"check", "state", "found", "advice", "seen"} for record in answer.json)
    assert all(record["advice"] for record in answer.json if record["state"] != "ok")
    assert states(answer) == {
        "SQLite": "ok", "data folder": "ok", "disk": "ok", "settings": "ok", "database": "ok", "schema": "ok",
        "clock": "ok", "bodies": "ok", "chain": "ok", "mission-reports": "ok", "un-resolutions": "warn", "unxml": "ok",
        "peacewomen": "ok", "un-library": "ok", "sc-meetings": "ok", "watch": "ok",
        "channel hook": "warn", "outbox": "warn",
    }  # fmt: skip
    assert answer.code == 3
    assert sorted(path.name for path in copy.iterdir() if "doctor" in path.name) == []


def test_before_the_first_crawl_a_person_is_sent_to_crawl(ask: Ask, tmp_path: Path) -> None:
    answer = ask("doctor", folder=tmp_path / "none")

    assert answer.code == 3
    assert "wpswatch crawl" in answer.stdout
    assert not (tmp_path / "none").exists()


def test_a_snapshot_that_was_changed_fails(ask: Ask, copy: Path) -> None:
    with closing(sqlite3.connect(copy / DATABASE_NAME)) as db, db:
        db.execute("UPDATE snapshots SET fetched_at = '2001-01-01T00:00:00+00:00' WHERE id = 2")
    answer = ask("doctor", "--json", folder=copy)
    found = next(record for record in answer.json if record["check"] == "chain")
    assert (answer.code, found["state"]) == (1, "fail")
    assert found["found"].startswith("1 fault: snapshot 2 was changed: https://example.org/")


def test_a_damaged_database_fails(ask: Ask, copy: Path) -> None:
    (copy / "wpswatch.db").write_bytes(b"no database" * 1000)

    answer = ask("doctor", "--json", folder=copy)

    assert (answer.code, states(answer)["database"]) == (1, "fail")


def test_a_body_that_is_no_longer_what_was_fetched_fails(ask: Ask, copy: Path) -> None:
    next(path for path in (copy / "bodies").rglob("*") if path.is_file()).write_bytes(b"changed")

    answer = ask("doctor", "--json", folder=copy)

    assert (answer.code, states(answer)["bodies"]) == (1, "fail")


def test_it_says_what_the_bodies_take_and_that_nothing_is_pruned(ask: Ask, copy: Path) -> None:
    [bodies] = [record for record in ask("doctor", "--json", folder=copy).json if record["check"] == "bodies"]
    taken = sum(path.stat().st_size for path in (copy / "bodies").rglob("*.z"))
    assert f"they take {taken / 1000:.0f} kB, and nothing is pruned by itself" in bodies["found"]


def test_a_wrong_setting_fails_and_the_rest_is_looked_at(ask: Ask, copy: Path) -> None:
    Path("wpswatch.toml").write_text("[monitor]\nnews_day = 3\n", encoding="utf-8")

    answer = ask("doctor", "--json", folder=copy)

    assert answer.code == 1
    assert states(answer)["settings"] == "fail"
    assert states(answer)["database"] == "ok"


def test_a_file_where_the_folder_should_be_fails(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")

    answer = ask("doctor", "--json", folder=tmp_path / "file")

    assert (answer.code, states(answer)["data folder"]) == (1, "fail")


def test_little_room_needs_a_person(ask: Ask, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examine, "LITTLE_SPACE", 2**80)
    assert states(ask("doctor", "--json", folder=copy))["disk"] == "warn"

    monkeypatch.setattr(examine, "TOO_LITTLE_SPACE", 2**80)
    assert states(ask("doctor", "--json", folder=copy))["disk"] == "fail"


@pytest.mark.parametrize(("year", "state"), [(1999, "fail"), (2025, "warn"), (2026, "ok")])
def test_a_clock_that_stands_before_what_was_recorded_is_wrong(ask: Ask, copy: Path, year: int, state: str) -> None:
    from monitor.cli.session import Session

    findings = examine.examine(Session(data=str(copy)), datetime(year, 1, 1, tzinfo=UTC), proof_findings)

    assert next(finding.health for finding in findings if finding.check == "clock") == state


@pytest.mark.parametrize(
    ("beat", "state", "found"),
    [
        (None, Health.OK, "none has run here"),
        (BEAT, Health.OK, "alive, process 4711, crawl unxml"),
        (replace(BEAT, beat_at=NOW - timedelta(minutes=6)), Health.WARN, "no sign of life of process 4711 since"),
        (replace(BEAT, beat_at=NOW + timedelta(hours=2)), Health.WARN, "no sign of life"),
        (replace(BEAT, beat_at=NOW - timedelta(days=9), stopped_at=NOW), Health.OK, "stopped in order at 2025-11-24"),
        (replace(BEAT, trouble="line 3: no such key"), Health.WARN, "line 3: no such key"),
    ],
)
def test_a_watch_without_a_sign_of_life_needs_a_person(beat: Heartbeat | None, state: Health, found: str) -> None:
    finding = judge_watch(beat, NOW)
    assert (finding.health, finding.found[: len(found)]) == (state, found)


def test_a_query_is_tried_on_what_is_held_and_a_wrong_one_is_a_failure_of_the_settings(ask: Ask, copy: Path) -> None:
    settings = Path("wpswatch.toml")
    channel = "[[channels]]\nname = '{}'\ntype = 'file'\npath = 'x'\nquery = '{}'\n"
    contact = settings.read_text()
    settings.write_text(contact + channel.format("found", "women") + channel.format("nothing", "survivor-centrd"))
    answer = ask("doctor", "--json", folder=copy)
    found = {record["check"]: record for record in answer.json}
    assert found["query of found"]["state"] == "ok"
    assert (found["query of nothing"]["state"], found["query of nothing"]["advice"]) == (
        "warn", "try it: wpswatch search survivor-centrd"
    )  # fmt: skip

    settings.write_text(contact + channel.format("wrong", "NOT women"))
    wrong = {record["check"]: record for record in ask("doctor", "--json", folder=copy).json}["settings"]
    assert wrong["state"] == "fail"
    assert "line 7" in wrong["found"]
    assert "NOT takes away from what stands before it" in wrong["found"]
