"""The house as it was drawn: who may import whom, how long a file may be, and that every package is shipped."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.paths import ROOT

PACKAGES = ("scraper", "storage", "monitor")
LONGEST_FILE = 400
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}


def modules() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def test_the_import_contracts_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_file_is_longer_than_two_subjects() -> None:
    assert [path.name for path in modules() if len(path.read_text().splitlines()) > LONGEST_FILE] == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [path.name for path in modules() if path.stem in VAGUE_NAMES] == []


def test_every_folder_with_code_is_a_package_and_so_installed() -> None:
    assert [path.name for path in modules() if not path.with_name("__init__.py").exists()] == []


def test_storage_alone_speaks_sql() -> None:
    verbs = ("SELECT ", "INSERT ", "UPDATE ", "DELETE ", "CREATE TABLE")
    speaking = [
        path.name
        for path in modules()
        if "storage" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.strip().startswith(verbs)
    ]
    assert speaking == []
