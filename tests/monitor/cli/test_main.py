"""The command itself: its help, its global options, and what it says when something is wrong."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from monitor.cli.lazy import GLOBAL_OPTIONS
from monitor.cli.main import SECTIONS, cli
from storage.sqlite.database import open_database
from tests.paths import ROOT

Ask = Callable[..., Any]
COMMANDS = [name for section in SECTIONS.values() for name in section]
HEAVY = (
    "scrapy",
    "twisted",
    "lxml",
    "sqlite_utils",
    "bs4",
    "rapidfuzz",
    "apscheduler",
    "pypdfium2",
    "pebble",
    "jinja2",
)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_exists_and_its_help_shows_an_example(ask: Ask, name: str) -> None:
    answer = ask(name, "--help")

    assert answer.code == 0
    assert "Example" in answer.stdout
    assert f"wpswatch {name}" in answer.stdout


def test_the_help_lists_every_command_and_imports_none(spawn: Ask) -> None:
    code = (
        "import sys; from monitor.cli.main import cli\n"
        "try: cli(['--help'])\n"
        "except SystemExit: pass\n"
        "print([name for name in sys.modules if name.startswith(('monitor', 'scraper', 'storage'))], file=sys.stderr)"
    )

    done = spawn(code=code)

    assert [name for name in COMMANDS if name not in done.stdout.decode()] == []
    assert sorted(json.loads(done.stderr.decode().replace("'", '"'))) == [
        "monitor",
        "monitor.app",
        "monitor.app.installation",
        "monitor.cli",
        "monitor.cli.lazy",
        "monitor.cli.main",
        "monitor.cli.session",
        "monitor.text",
        "monitor.text.nearest",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ("extracts",),
        ("extracts", "--json", "--theme", "participation"),
        ("extracts", "--csv"),
        ("show", "2387"),
        ("show", "2387", "42(a)(iii)", "--json"),
        ("search", "women", "--json"),
        ("runs",),
        ("alerts",),
        ("changes", "--json"),
    ],
    ids=" ".join,
)
def test_commands_that_only_read_import_nothing_heavy(spawn: Ask, data: Path, arguments: tuple[str, ...]) -> None:
    code = (
        "import sys; from monitor.cli.main import cli\n"
        "try: cli(sys.argv[1:])\n"
        "except SystemExit as end: assert end.code == 0, end.code\n"
        f"print(*sorted({{name.partition('.')[0] for name in sys.modules}} & set({HEAVY!r})), file=sys.stderr)"
    )

    done = spawn("--data", str(data), *arguments, code=code)

    assert (done.returncode, done.stderr.decode().split()) == (0, [])
    assert done.stdout


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("extrats",), "No such command 'extrats'; the nearest is 'extracts'."),
        (("extracts", "--limt", "3"), "--limit"),
        (("extracts", "--limit", "0"), "--limit"),
        (("extracts", "--data", "x"), "--data stands before the command"),
        (("extracts", "--theme", "particpation"), "the nearest is 'Participation'"),
        (("extracts", "--theme", "peace"), "'Peace Processes' or 'Peacekeeping'"),
        (("extracts", "--since", "2025-13-01"), "expected a date such as 2025-01-31"),
        (("extracts", "--since", "2025-02-01", "--until", "2025-01-01"), "--since 2025-02-01 is later"),
        (("extracts", "--json", "--csv"), "leave one out"),
        (("extracts", "--json", "--cite", "un"), "leave one out"),
        (("show", "2387", "--json", "--cite", "un"), "leave the other options out"),
        (("show", "hello"), "expected a symbol such as"),
        (("show", "2387", "??"), "expected a paragraph such as"),
        (("changes", "--since", "2025-01-01T99"), "expected a time such as"),
        (("search",), "QUERY"),
        (("parse",), "FILE"),
        (("parse", "a", "b", "--symbol", "2387"), "give one FILE"),
        (("parse", "a", "--symbol", "x"), "expected a symbol such as"),
        (("-v", "-q", "runs"), "leave one out"),
        (("--config", "missing.toml", "sources"), "missing.toml"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_a_wrong_word_is_told_on_stderr_with_exit_code_2(ask: Ask, arguments: tuple[str, ...], hint: str) -> None:
    answer = ask(*arguments)

    assert (answer.code, answer.stdout) == (2, "")
    assert hint in answer.stderr


def test_the_reason_of_a_wrong_use_stands_before_the_usage_line(ask: Ask) -> None:
    lines = ask("extracts", "--limt", "3").stderr.splitlines()

    assert lines[0].startswith("Error: ")
    assert lines[1].startswith("Usage: wpswatch extracts")
    assert lines[-1] == "Try 'wpswatch extracts --help'."


@pytest.mark.parametrize("arguments", [("--since", "soon"), ("--limit", "0"), ("--theme", "cheese"), ("--sort", "x")])
def test_a_wrong_value_gets_no_usage_line(ask: Ask, arguments: tuple[str, str]) -> None:
    told = ask("extracts", *arguments).stderr

    assert told.startswith("Error: Invalid value for ")
    assert "Usage" not in told


def test_a_wrong_setting_is_told_with_its_line_and_exit_code_2(ask: Ask) -> None:
    Path("wpswatch.toml").write_text("[network]\ncontct = 'x'\n", encoding="utf-8")

    answer = ask("sources")

    assert (answer.code, answer.stdout) == (2, "")
    assert "line 2" in answer.stderr
    assert "'contact'" in answer.stderr


@pytest.mark.parametrize("arguments", [("extracts",), ("show", "2387"), ("search", "x"), ("runs",), ("changes",)])
def test_without_a_database_a_reader_is_sent_to_crawl(ask: Ask, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    answer = ask(*arguments, folder=tmp_path / "none")

    assert (answer.code, answer.stdout) == (1, "")
    assert "wpswatch crawl" in answer.stderr
    assert not (tmp_path / "none").exists()


def test_an_unreadable_database_is_told_without_a_traceback(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "wpswatch.db").write_bytes(b"this is no database, and long enough to be looked at" * 100)

    answer = ask("runs", folder=tmp_path)

    assert (answer.code, answer.stdout) == (1, "")
    assert "restore it from a backup" in answer.stderr


def test_a_database_of_a_newer_program_is_told_without_a_traceback(ask: Ask, tmp_path: Path) -> None:
    open_database(tmp_path / "wpswatch.db").close()
    with sqlite3.connect(tmp_path / "wpswatch.db") as db:
        db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('wpswatch', '9999_x', '')")
    db.close()

    answer = ask("runs", folder=tmp_path)

    assert (answer.code, answer.stdout) == (1, "")
    assert "upgrade wpswatch" in answer.stderr


def test_a_defect_of_ours_is_told_in_a_sentence_with_its_details_in_a_private_file(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    open_database(tmp_path / "wpswatch.db").close()

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no answer at http://desk:secret@mirror.test/")

    monkeypatch.setattr("storage.fetched.runs.list_runs", broken)

    answer = ask("runs", folder=tmp_path)

    log = tmp_path / "errors.log"
    assert (answer.code, answer.stdout) == (1, "")
    assert "an error of its own (RuntimeError: no answer at http://mirror.test/)" in answer.stderr
    assert str(log) in answer.stderr
    assert "Traceback" not in answer.stderr
    assert "Traceback" in log.read_text()
    assert "secret" not in log.read_text().replace('desk:secret@mirror.test/")', "")  # the source line of this test
    assert log.stat().st_mode & 0o077 == 0


def test_debug_shows_the_traceback_of_a_defect(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.fetched.runs.list_runs", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        ask("--debug", "runs")


@pytest.mark.parametrize("command", ["runs", "extracts", "doctor", "sources"])
def test_settings_that_are_named_and_not_there_are_an_error_in_every_command(ask: Ask, command: str) -> None:
    answer = ask("--config", "nowhere.toml", command)
    assert (answer.code, answer.stdout) == (2, "")
    assert "found no file nowhere.toml" in answer.stderr


def test_a_reader_that_has_had_enough_ends_the_program_quietly(spawn: Ask) -> None:
    reader, writer = os.pipe()
    os.close(reader)

    done = spawn("show", "1325", stdout=writer)
    os.close(writer)

    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_an_answer_that_a_full_disk_cuts_off_is_a_failure(spawn: Ask) -> None:
    with Path("/dev/full").open("wb") as full:
        done = spawn("extracts", "--json", stdout=full)

    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "Error: the disk takes no more (No space left on device); make room, then run it again"
    ]


def test_json_is_utf_8_whatever_the_terminal_speaks(spawn: Ask) -> None:
    done = spawn("extracts", "--json", "--symbol", "2387", env={"PYTHONIOENCODING": "latin-1"})

    assert "’" in "".join(record["text"] for record in json.loads(done.stdout.decode("utf-8")))


def test_a_terminal_that_lacks_a_letter_is_shown_a_question_mark(spawn: Ask) -> None:
    done = spawn("show", "2387", env={"PYTHONIOENCODING": "latin-1"})

    assert (done.returncode, done.stderr) == (0, b"")
    assert b"?" in done.stdout


def test_the_version_is_printed_alone(ask: Ask) -> None:
    answer = ask("--version")

    assert answer.code == 0
    assert answer.stdout.startswith("wpswatch ")
    assert len(answer.stdout.splitlines()) == 1


def test_every_global_option_is_known_to_the_hint() -> None:
    options = {name for option in cli.params for name in option.opts}

    assert options == GLOBAL_OPTIONS


def test_the_data_folder_comes_from_the_environment(spawn: Ask, data: Path) -> None:
    code = "from monitor.cli.main import main; main()"

    done = spawn("runs", "--json", code=code, env={"WPSWATCH_DATA": str(data)})

    assert len(json.loads(done.stdout)) == 2


def test_python_m_runs_the_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "monitor.cli.main", "--help"]

    done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, timeout=60)

    assert done.stdout.startswith(b"Usage: wpswatch")
