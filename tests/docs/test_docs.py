"""What the README, the pages under docs/ and the settings template say is what the program does."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from monitor.alerts.news.payload import DigestItem, DigestNews, ExtractNews, Mark, SourceNews, ToldExtract
from monitor.cli.main import SECTIONS, cli
from monitor.settings.config import load_config
from scraper.sources.loader import Source, load_sources
from storage.models import FactField
from storage.records import DeliveryState, Event
from tests.paths import ROOT

README = (ROOT / "README.md").read_text()
TEMPLATE = (ROOT / "monitor/cli/running/wpswatch.toml").read_text()
COMMANDS = [name for section in SECTIONS.values() for name in section]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


def page(name: str) -> str:
    """One page of the documentation, by its path under docs/."""
    return (ROOT / "docs" / name).read_text()


def links(path: Path) -> list[str]:
    """Where a page's links to other files of the project lead."""
    found = LINK.findall(CODE.sub("", path.read_text()))
    return [link for link in found if not link.startswith(("https://", "http://", "mailto:"))]


def anchors(path: Path) -> set[str]:
    """The names by which the headings of a page are linked to."""
    headings = re.findall(r"^#+ (.*)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def marked(name: str) -> str:
    """The command of the README's block behind a marker."""
    [block] = re.findall(rf"<!-- {name} -->\n```sh\n(.*?)```", README, re.DOTALL)
    return str(block)


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 200


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    for link in links(path):
        name, _, anchor = link.partition("#")
        target = path.parent / name if name else path
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_page_is_found_from_the_map() -> None:
    seen, waiting = set(), [ROOT / "docs/README.md"]
    while waiting:
        path = waiting.pop()
        if path.suffix == ".md" and path not in seen:
            seen.add(path)
            waiting += [(path.parent / link.partition("#")[0]).resolve() for link in links(path) if link[0] != "#"]
    assert [str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md") if path not in seen] == []


def test_every_module_that_a_page_runs_is_there() -> None:
    for path in PAGES:
        for module in re.findall(r"python -m (tests\.[\w.]+)", path.read_text()):
            there = ROOT / module.replace(".", "/")
            assert there.with_suffix(".py").exists() or (there / "__main__.py").exists(), f"{module} in {path.name}"


def test_every_room_stands_in_the_architecture() -> None:
    rooms = [path.parent for top in ("scraper", "storage", "monitor") for path in ROOT.glob(f"{top}/*/__init__.py")]
    text = page("developers/architecture.md")
    assert [str(room.relative_to(ROOT)) for room in rooms if f"`{room.name}/`" not in text] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_block_of_settings_is_right(path: Path, tmp_path: Path) -> None:
    for block in re.findall(r"```toml\n(.*?)```", path.read_text(), re.DOTALL):
        if "[[rule]]" in block:
            continue
        file = tmp_path / "wpswatch.toml"
        file.write_text(block if "[smtp]" in block or 'type = "email"' not in block else f"{block}[smtp]\nhost='h'\n")
        load_config(file)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    done = CliRunner().invoke(cli, [name, "--help"], prog_name="wpswatch")
    assert f"wpswatch {name}" in done.output.split("Usage:")[1].split("\n", 1)[1]


def test_the_template_is_right_with_every_comment_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "wpswatch.toml"
    path.write_text(TEMPLATE)
    assert load_config(path).channels[0].type == "stdout"
    path.write_text(re.sub(r"^# (?=\[|\w+ = )", "", TEMPLATE, flags=re.MULTILINE))
    assert {channel.name for channel in load_config(path).channels} == {
        "terminal", "log", "operators", "desk", "hook", "chat"
    }  # fmt: skip


def test_every_source_and_every_field_of_a_source_is_documented() -> None:
    assert all(f"| `{name}` |" in README for name in load_sources())
    assert all(f"| `{name}` |" in page("reference/sources.md") for name in load_sources())
    assert [field.name for field in fields(Source) if f"`{field.name}`" not in page("reference/sources.md")] == []


def test_every_field_of_an_alert_is_documented() -> None:
    text = page("reference/alert.md")
    for value in (ExtractNews, SourceNews, DigestNews, DigestItem, ToldExtract, Mark):
        for field in fields(value):
            assert f"`{'in' if field.name == 'place' else field.name}`" in text, field.name


def test_every_event_state_and_fact_is_documented() -> None:
    assert [event for event in Event if f"`{event}`" not in page("reference/alert.md")] == []
    assert [state for state in DeliveryState if f"`{state}`" not in page("explanation/delivery-guarantees.md")] == []
    assert [field for field in FactField if f"`{field}`" not in page("reference/facts.md")] == []


def test_the_commands_of_the_readme_are_those_of_the_checks() -> None:
    assert "<!-- test command -->" in (ROOT / ".ci/run").read_text()
    assert marked("demo command").startswith("python3 -m venv .venv && ")
    assert "pytest" in marked("test command")


def test_the_justfile_and_the_hooks_run_what_the_checks_run() -> None:
    checks = re.findall(r'^"\$environments"/(?:locked|newest)/bin/(.*)$', (ROOT / ".ci/run").read_text(), re.MULTILINE)
    tools = [line for line in checks if not line.startswith("pip ")]
    recipes = (ROOT / "Justfile").read_text()
    assert len(tools) > 3
    assert [line for line in tools if f"    {{{{bin}}}}/{line}\n" not in recipes] == []
    hooks = (ROOT / ".pre-commit-config.yaml").read_text()
    assert [line for line in tools if ".venv/bin/" + line.split(" --")[0].removesuffix(" .") not in hooks] == [
        "pytest -m 'long or not long' --cov --cov-report=term"  # takes minutes: not before each commit
    ]


def test_the_version_is_the_same_wherever_it_is_written() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert f"version: {version}\n" in (ROOT / "CITATION.cff").read_text()
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text()


def test_the_packages_say_that_they_are_typed() -> None:
    assert [name for name in ("scraper", "storage", "monitor") if not (ROOT / name / "py.typed").exists()] == []
    assert '"py.typed"' in (ROOT / "pyproject.toml").read_text()
