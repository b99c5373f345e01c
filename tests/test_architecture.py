"""The house as it was drawn: who may import whom, how large a room and a file may be, and that all of it is shipped."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import grimp
import pytest

from tests.paths import ROOT

HOUSES = ("scraper", "storage", "monitor")
LONGEST_FILE = 400
MOST_FILES_IN_A_ROOM = 12
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
#: What reads or writes anything: what calls itself pure reaches none of it.
IMPURE = ("scrapy", "twisted", "sqlite3", "sqlite_utils", "http", "smtplib", "subprocess", "socket", "apscheduler")
PURE_ROOMS = (
    *(
        f"scraper.{room}"
        for room in ("council", "readers", "structure", "citations", "themes", "situations", "mandates")
    ),
    *("scraper.published", "scraper.pages", "scraper.facts", "monitor.text", "monitor.changes"),
    *("monitor.alerts.news", "monitor.alerts.words"),
)
_CALLED_PURE = re.compile(r"\(pure\)|\bPure\.")
#: What the monitor may take of the scraper outside `monitor.app`: data (sources, situations and bodies), how the
#: Council writes, and how a server is asked in good manners.
OPEN_ROOMS = ("scraper.sources", "scraper.situations", "scraper.council", "scraper.courtesy")


#: The rooms of the storage, which the command line does not ask.
STORED = ("storage.sqlite.", "storage.texts.", "storage.told.", "storage.fetched.", "storage.outbox.")


def imported_at_run_time(path: Path) -> set[str]:
    """The modules that a file imports, inside functions too; not those of types alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    of_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }
    nodes = [node for node in ast.walk(tree) if id(node) not in of_types]
    named = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return named | {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}


def modules() -> list[Path]:
    return [path for house in HOUSES for path in sorted((ROOT / house).rglob("*.py"))]


@cache
def imports() -> grimp.ImportGraph:
    """All imports, those inside functions and for types among them."""
    return grimp.build_graph(*HOUSES, include_external_packages=True, cache_dir=None)


def own_modules() -> list[str]:
    return sorted(name for name in imports().modules if name.partition(".")[0] in HOUSES)


def circles(arrows: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The circles of a graph: what is left when whatever leads nowhere, or is reached from nowhere, is taken away."""
    left = {name: set(found) for name, found in arrows.items()}
    while True:
        reached = {name for found in left.values() for name in found}
        ends = {name for name, found in left.items() if not found or name not in reached}
        if not ends:
            return sorted([name, *sorted(found)] for name, found in left.items())
        left = {name: found - ends for name, found in left.items() if name not in ends}


def contracts_of(folder: Path) -> "subprocess.CompletedProcess[str]":
    lint = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([lint, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


def test_the_import_contracts_hold() -> None:
    done = contracts_of(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("storage/sqlite/stray.py", "from storage.texts.search import search\n", "rooms of the storage BROKEN"),
        ("scraper/readers/stray.py", "from scraper.crawl.mirror import Mirror\n", "rooms of the scraper BROKEN"),
        ("monitor/text/stray.py", "from monitor.app.questions import QuestionError\n", "rooms of the monitor BROKEN"),
        ("monitor/attic/stray.py", "", "rooms of the monitor BROKEN"),  # a new room without a place
    ],
)
def test_a_file_in_the_wrong_room_breaks_a_contract(tmp_path: Path, path: str, text: str, said: str) -> None:
    for house in HOUSES:
        shutil.copytree(ROOT / house, tmp_path / house, ignore=shutil.ignore_patterns("__pycache__", "*.xml", "*.pdf"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    stray = tmp_path / path
    stray.parent.mkdir(exist_ok=True)
    stray.with_name("__init__.py").touch()
    stray.write_text(f'"""Astray."""\n{text}')
    done = contracts_of(tmp_path)
    assert done.returncode == 1
    assert said in done.stdout


def test_no_files_import_each_other_in_a_circle() -> None:
    own = set(own_modules())
    arrows = {name: imports().find_modules_directly_imported_by(name) & own for name in own}
    assert circles(arrows) == []


def test_no_rooms_import_each_other_in_a_circle() -> None:
    own = set(own_modules())
    arrows: dict[str, set[str]] = {}
    for name in own:
        for other in imports().find_modules_directly_imported_by(name) & own:
            here, there = name.split("."), other.split(".")
            shared = next((i for i, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), len(there))
            room, next_room = ".".join(here[: shared + 1]), ".".join(there[: shared + 1])
            arrows.setdefault(next_room, set())
            arrows.setdefault(room, set()).add(next_room)
    assert circles(arrows) == []


def test_a_circle_is_found() -> None:
    assert circles({"a": ["b"], "b": ["c"], "c": ["b"], "d": []}) == [["b", "c"], ["c", "b"]]


def test_only_the_app_knows_more_of_the_scraper_than_its_sources_and_the_council() -> None:
    reaching = [
        f"{name} -> {other}"
        for name in own_modules()
        if name.startswith("monitor.") and not name.startswith("monitor.app")
        for other in sorted(imports().find_modules_directly_imported_by(name))
        if other.startswith("scraper") and not other.startswith(OPEN_ROOMS)
    ]
    assert reaching == []


def test_pure_rooms_and_what_calls_itself_pure_reach_no_input_or_output() -> None:
    said = {
        name
        for name in own_modules()
        if (path := source_of(name)) is not None
        and _CALLED_PURE.search(ast.get_docstring(ast.parse(path.read_text())) or "")
    }
    pure = said | {name for name in own_modules() if name.startswith(tuple(f"{room}." for room in PURE_ROOMS))}
    impure = [name for name in IMPURE if name in imports().modules]
    found = [
        " -> ".join(chain)
        for name in sorted(pure)
        for other in impure
        if (chain := imports().find_shortest_chain(name, other)) is not None
    ]
    assert found == []


def source_of(name: str) -> Path | None:
    path = ROOT / f"{name.replace('.', '/')}.py"
    return path if path.exists() else None


def test_no_file_is_longer_than_two_subjects() -> None:
    assert [path.name for path in modules() if len(path.read_text().splitlines()) > LONGEST_FILE] == []


def test_no_room_holds_more_files_than_a_person_sees_at_once() -> None:
    rooms: dict[Path, int] = {}
    for path in modules():
        rooms[path.parent] = rooms.get(path.parent, 0) + (path.name != "__init__.py")
    assert [str(room.relative_to(ROOT)) for room, count in rooms.items() if count > MOST_FILES_IN_A_ROOM] == []


def test_the_command_line_reads_arguments_and_prints_and_asks_the_app_for_all_else() -> None:
    """Values of the storage pass through (records, models, errors); its rooms, where all SQL is, are the app's."""
    found = {
        f"{path.relative_to(ROOT / 'monitor' / 'cli')}: {module}"
        for path in sorted((ROOT / "monitor" / "cli").rglob("*.py"))
        for module in imported_at_run_time(path)
        if module.startswith(STORED)
    }
    assert found == set()


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [path.name for path in modules() if path.stem in VAGUE_NAMES] == []


def test_every_folder_with_code_is_a_package_and_so_installed() -> None:
    assert [path.name for path in modules() if not path.with_name("__init__.py").exists()] == []


def test_no_two_public_classes_of_one_name_stand_in_neighbouring_rooms() -> None:
    """Neighbours are files of one house; a name with two owners makes a reader look twice."""
    owners: dict[tuple[str, str], list[str]] = {}
    for path in modules():
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                owners.setdefault((path.relative_to(ROOT).parts[0], node.name), []).append(str(path.relative_to(ROOT)))
    assert {key: found for key, found in owners.items() if len(found) > 1} == {}


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
