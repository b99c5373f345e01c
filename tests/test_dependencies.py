"""What pyproject.toml declares is what the product imports: no more, no less."""

import ast
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.metadata import packages_distributions
from typing import Any

from tests.paths import ROOT

HOUSES = ("scraper", "storage", "monitor")
#: Declared and imported by nothing of ours, with the reason.
READ_NOT_IMPORTED = {
    "tzdata": "zoneinfo reads it where the system has no time zones",
    "s3fs": "fsspec opens s3:// addresses with it",
}
#: Extras that install tools for the tests, not parts of the product.
TOOLS = {"test", "browser"}


def canonical(name: str) -> str:
    """A distribution's name as PEP 503 compares it, without versions and extras."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", name)[0]).lower()  # type: ignore[index]


def declared() -> set[str]:
    return {canonical(each) for each in project()["dependencies"]}


def declared_by_extras() -> set[str]:
    extras = project().get("optional-dependencies", {})
    return {canonical(each) for name, needs in extras.items() if name not in TOOLS for each in needs} - {"wpswatch"}


@cache
def project() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return table


@cache
def imported() -> dict[str, set[str]]:
    """Each foreign package that the product imports, inside functions and for types too, and by which files."""
    found: dict[str, set[str]] = defaultdict(set)
    for house in HOUSES:
        for path in (ROOT / house).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    names.append(node.module)
                for name in names:
                    found[name.partition(".")[0]].add(str(path.relative_to(ROOT)))
    return {name: files for name, files in found.items() if name not in {*HOUSES, *sys.stdlib_module_names}}


@cache
def installed() -> Mapping[str, list[str]]:
    """The distributions that bring each package; looking through all of them takes seconds."""
    return packages_distributions()


def distributions(package: str) -> set[str]:
    """The distributions that bring a package; its own name when it is not installed."""
    return {canonical(each) for each in installed().get(package, [package])}


def test_every_import_is_declared() -> None:
    known = declared() | declared_by_extras()
    undeclared = {name: sorted(files) for name, files in imported().items() if not distributions(name) & known}
    assert undeclared == {}


def test_every_declared_dependency_is_imported() -> None:
    used = {each for name in imported() for each in distributions(name)}
    assert declared() - used - READ_NOT_IMPORTED.keys() == set()
    assert declared_by_extras() - used - READ_NOT_IMPORTED.keys() == set()


def test_what_is_read_without_an_import_is_declared() -> None:
    used = {each for name in imported() for each in distributions(name)}
    assert READ_NOT_IMPORTED.keys() <= declared() | declared_by_extras()
    assert READ_NOT_IMPORTED.keys().isdisjoint(used)
