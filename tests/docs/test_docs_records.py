"""What --json prints is what the schemas say: real output of every command, and no field that they do not name."""

import json
import shlex
import subprocess
from typing import Any

import click
import pytest
from jsonschema import Draft202012Validator

from monitor.cli.lazy import LazyGroup
from monitor.cli.main import cli
from tests.conftest import ENVIRONMENT, Desk
from tests.docs.records import load_records, schema_of
from tests.paths import ROOT

pytestmark = pytest.mark.long

RECORDS, COMMANDS = load_records()
XML = ROOT / "monitor/demo/site/raw.githubusercontent.com/UNxml/SCresolutions/main/2025/English"
EXAMPLES = {  # each command's line as it is run here; {alert} is the first alert's id
    "sources": ["sources"],
    "crawl": ["crawl unxml"],
    "crawl --dry-run": ["crawl unxml --dry-run"],
    "runs": ["runs"],
    "parse": ["parse {xml} README.md"],
    "label": ["label 'women in peace processes'", "label nothing"],
    "show SYMBOL": ["show 2387", "show 2777 --lang fr", "show S/PRST/2007/20", "show 2601"],
    "show SYMBOL ADDRESS": ["show 2387 '43 (d) (ii)'", "show 2777 'PP 5' --lang fr"],
    "show SYMBOL --cited-by": ["show 1325 --cited-by"],
    "show SYMBOL --witnesses": ["show 2387 --witnesses"],
    "why": ["why 2387 'OP 1'", "why 2387 '43 (d) (ii)'", "why 2777 'PP 5' --lang fr"],
    "extracts": ["extracts"],
    "search": ["search women"],
    "themes": ["themes"],
    "situations": ["situations"],
    "bodies": ["bodies"],
    "mandates": ["mandates", "mandates --all"],
    "changes": ["changes"],
    "chain": ["chain 2779"],
    "drift": ["drift 2779", "drift 1325"],
    "drift --biography": ["drift 2779 --biography 'OP 17'"],
    "drift --correct": ["drift 2779 --correct 'OP 17' 'OP 17' kept --note why --by me --dry-run"],
    "terms": ["terms", "terms 'full and equal participation'"],
    "agreed": ["agreed 'participation of women in peace processes'"],
    "agreed --phrase": ["agreed 'participation of women' --phrase"],
    "compare": ["compare peacewomen"],
    "ledger": ["ledger"],
    "alerts": ["alerts"],
    "alerts --show": ["alerts --show {alert}"],
    "deliver --dry-run": ["deliver --dry-run"],
    "deliver": ["deliver"],
    "test-alert": ["test-alert log"],
    "replay": ["replay {alert} log", "replay {alert} log --dry-run"],
    "mute": ["mute log", "mute log --until 2099-01-01"],
    "unmute": ["unmute log --dry-run", "unmute log"],
    "reparse": ["reparse"],
    "relabel SYMBOL ADDRESS": [
        "relabel 2387 '43 (d) (ii)' --add Protection --note 'the unit receives survivors' --by me"
    ],
    "relabel --all": ["relabel --all --force"],
    "feeds": ["feeds --dir public"],
    "site build DIR": ["site build pages"],
    "site check DIR": ["site check pages"],
    "export": ["export held", "export held --dry-run"],
    "evidence": ["evidence 2387 -o proof.zip", "evidence 2387 'OP 1' -o other.zip --dry-run"],
    "verify": ["verify made.zip"],
    "key": ["key --new", "key"],
    "backup": ["backup held.zip", "backup other.zip --dry-run"],
    "restore": ["--data empty restore held.zip --dry-run", "--data empty restore held.zip"],
    "doctor": ["doctor"],
}


def printed(desk: Desk, line: str) -> Any:
    arguments = [*shlex.split(line), "--json"]
    done = subprocess.run(
        desk.command(*arguments), cwd=desk.folder, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert done.stdout, f"{line}: {done.stderr}"
    return json.loads(done.stdout)


@pytest.mark.parametrize("command", COMMANDS)
def test_what_a_command_prints_is_what_its_schema_says(command: str, full_desk: Desk, alert: str) -> None:
    schema = schema_of(RECORDS, COMMANDS[command], is_strict=True)
    check = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    if command == "site check DIR":
        printed(full_desk, "site build pages")
    if command in ("evidence", "verify"):
        printed(full_desk, "key --new")
        printed(full_desk, "evidence 2387 -o made.zip")
    if command == "restore":
        printed(full_desk, "backup held.zip")
    for example in EXAMPLES[command]:
        record = printed(full_desk, example.format(alert=alert, xml=next(XML.glob("*.xml"))))
        assert record, f"{example} prints nothing that could be checked"
        wrong = [f"{error.json_path}: {error.message[:300]}" for error in check.iter_errors(record)]
        assert wrong == [], example


def _with_those_below(command: click.Command | None) -> list[click.Command]:
    below = command.commands.values() if isinstance(command, click.Group) else ()
    return [each for each in (command, *below) if each is not None]


def test_every_command_with_json_has_its_record() -> None:
    assert isinstance(cli, LazyGroup)
    context = cli.make_context("wpswatch", [], resilient_parsing=True)
    with_json = {
        name
        for name in cli.list_commands(context)
        for command in _with_those_below(cli.get_command(context, name))
        for parameter in command.params
        if "--json" in parameter.opts
    }
    assert {command.split()[0] for command in COMMANDS} == with_json


def test_a_field_that_nobody_described_is_found() -> None:
    record = {"recipient": "a", "error": None, "another": 1}
    check = Draft202012Validator(schema_of(RECORDS, "tried_recipient", is_strict=True))
    assert [error.validator for error in check.iter_errors(record)] == ["additionalProperties"]
    assert Draft202012Validator(schema_of(RECORDS, "tried_recipient")).is_valid(record)
