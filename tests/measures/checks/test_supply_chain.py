"""The bill of materials names what is installed, and what needs what."""

import json
from pathlib import Path

import pytest

from tests.measures.supply_chain import PROGRAM, bill_of_materials, main, parts_of


def test_every_requirement_is_a_part_with_its_version() -> None:
    parts = {part.name: part for part in parts_of(PROGRAM)}
    assert {"scrapy", "beautifulsoup4", "apscheduler", "sqlite-utils", "lxml", "twisted"} <= parts.keys()
    assert "pytest" not in parts  # of an extra
    assert all(part.version for part in parts.values())


def test_the_bill_names_each_part_once_and_what_it_needs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--bom", str(tmp_path / "bom.json")]) == 0
    bill = json.loads((tmp_path / "bom.json").read_text())
    names = [component["name"] for component in bill["components"]]
    refs = {component["bom-ref"] for component in bill["components"]} | {bill["metadata"]["component"]["bom-ref"]}
    assert len(names) == len(set(names))
    assert {ref for each in bill["dependencies"] for ref in (each["ref"], *each["dependsOn"])} == refs
    assert f"{len(names) + 1} parts" in capsys.readouterr().out


def test_the_program_needs_what_it_says() -> None:
    bill = bill_of_materials(parts_of(PROGRAM))
    [own] = [each for each in bill["dependencies"] if each["ref"].startswith(f"pkg:pypi/{PROGRAM}@")]
    assert any(ref.startswith("pkg:pypi/scrapy@") for ref in own["dependsOn"])
