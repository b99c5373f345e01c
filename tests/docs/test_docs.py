"""What the README, the pages under docs/ and the settings template say is what the program does."""

import re
import shlex
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from monitor.alerts.news.payload import DigestItem, DigestNews, ExtractNews, Mark, SourceNews, ToldExtract
from monitor.cli.main import SECTIONS
from monitor.settings.check import EXPECT_KEYS, KEYS
from monitor.settings.config import load_config
from scraper.sources.loader import Source, load_sources
from tests.paths import ROOT

README = (ROOT / "README.md").read_text()
TEMPLATE = (ROOT / "monitor/cli/running/wpswatch.toml").read_text()
COMMANDS = [name for section in SECTIONS.values() for name in section]


def page(name: str) -> str:
    """One page of the documentation, by its path under docs/."""
    return (ROOT / "docs" / name).read_text()


def code(text: str) -> list[str]:
    return [
        line.split("#")[0].strip()
        for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
        for line in block.splitlines()
    ]


def marked(name: str) -> list[str]:
    """The commands of the README's block behind a marker."""
    [block] = re.findall(rf"<!-- {name} -->\n(```sh\n.*?```)", README, re.DOTALL)
    return code(block)


def test_the_table_of_commands_is_that_of_the_program() -> None:
    assert re.findall(r"^\| `(\S+?)[ `]", page("reference/cli.md"), re.MULTILINE) == [
        name for name in re.findall(r"^\| `(\S+?)[ `]", page("reference/cli.md"), re.MULTILINE) if name in COMMANDS
    ]
    assert set(re.findall(r"^\| `(\S+?)[ `]", page("reference/cli.md"), re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str, desk) -> None:
    done = subprocess.run(desk.command(name, "--help"), capture_output=True, text=True, check=True)
    assert f"wpswatch {name}" in done.stdout.split("Usage:")[1].split("\n", 1)[1]


def test_every_example_of_use_runs(desk) -> None:
    desk.crawl()
    examples = [line for line in code(page("reference/cli.md")) if line.startswith("wpswatch ")]
    assert len(examples) > 5
    for line in examples:
        arguments = shlex.split(line)[1:]
        if arguments[0] == "init":
            arguments.append(str(desk.folder / "new"))
        done = subprocess.run(desk.command(*arguments), capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}: {done.stderr}"


def test_every_setting_is_documented() -> None:
    table = page("reference/settings.md")
    for name, keys in KEYS.items():
        for key in keys:
            assert f"`{key}`" in table, f"[{name}] {key}"
    assert all(f"`{key}`" in table for key in EXPECT_KEYS)


def test_the_template_is_right_with_every_comment_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "wpswatch.toml"
    path.write_text(TEMPLATE)
    assert load_config(path).channels[0].type == "stdout"
    path.write_text(re.sub(r"^# (?=\[|\w+ = )", "", TEMPLATE, flags=re.MULTILINE))
    assert {channel.name for channel in load_config(path).channels} == {"terminal", "log", "desk", "hook", "chat"}


def test_every_source_and_every_field_of_a_source_is_documented() -> None:
    assert all(f"| `{name}` |" in page("reference/sources.md") for name in load_sources())
    assert all(f"`{field.name}`" in page("reference/sources.md") for field in fields(Source))


def test_every_field_of_an_alert_is_documented() -> None:
    text = page("reference/alert.md")
    for value in (ExtractNews, SourceNews, DigestNews, DigestItem, ToldExtract, Mark):
        for field in fields(value):
            assert f"`{'in' if field.name == 'place' else field.name}`" in text, field.name


def test_the_commands_of_the_readme_are_those_of_the_checks() -> None:
    assert "<!-- test command -->" in (ROOT / ".ci/run").read_text()
    assert all(line.startswith("python3 -m venv .venv && ") for line in marked("demo command"))
    assert "pytest" in marked("test command")[0]
