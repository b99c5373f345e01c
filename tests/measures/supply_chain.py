"""Lists what the program stands on: a CycloneDX bill of materials and the licence of each part.

`python -m tests.measures.supply_chain [--bom FILE.json]` reads what is installed beside it: the program's own
requirements, and theirs, without those of extras. It asks no network, so advisories are not looked up here; give the
file to a scanner that has a database of them.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

PROGRAM = "wpswatch"


@dataclass(frozen=True)
class Part:
    """One installed distribution; `licence` is "" where it states none."""

    name: str
    version: str
    licence: str
    needs: tuple[str, ...]


def parts_of(program: str) -> list[Part]:
    """The program and all that it needs, by name; raises PackageNotFoundError where one is not installed."""
    found: dict[str, Part] = {}
    waiting = [program]
    while waiting:
        name = _plain(waiting.pop())
        if name not in found:
            found[name] = _part(distribution(name))
            waiting += found[name].needs
    return [found[name] for name in sorted(found)]


def _part(dist: Distribution) -> Part:
    return Part(_plain(dist.metadata["Name"]), dist.version, _licence(dist), tuple(sorted(set(_needs(dist)))))


def _needs(dist: Distribution) -> Iterator[str]:
    for text in dist.requires or ():
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield _plain(requirement.name)


def _licence(dist: Distribution) -> str:
    """The expression a distribution states, else its first words on a licence, else its classifier."""
    meta = dist.metadata
    if expression := meta.get("License-Expression"):
        return expression
    classifiers = [line.rpartition(" :: ")[2] for line in meta.get_all("Classifier", []) if line.startswith("License")]
    stated = (meta.get("License") or "").strip().partition("\n")[0]
    return stated if stated and len(stated) < 60 else "; ".join(classifiers)


def bill_of_materials(parts: Sequence[Part]) -> dict[str, Any]:
    """The parts as a CycloneDX 1.5 document."""
    program = next(part for part in parts if part.name == PROGRAM)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": _component(program)},
        "components": [_component(part) for part in parts if part is not program],
        "dependencies": [{"ref": _purl(part), "dependsOn": _refs(part, parts)} for part in parts],
    }


def _component(part: Part) -> dict[str, Any]:
    component: dict[str, Any] = {
        "type": "application" if part.name == PROGRAM else "library",
        "bom-ref": _purl(part),
        "name": part.name,
        "version": part.version,
        "purl": _purl(part),
    }
    return component | ({"licenses": [{"license": {"name": part.licence}}]} if part.licence else {})


def _refs(part: Part, parts: Sequence[Part]) -> list[str]:
    return [_purl(other) for other in parts if other.name in part.needs]


def _purl(part: Part) -> str:
    return f"pkg:pypi/{part.name}@{part.version}"


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bom", type=Path, help="write the bill of materials here")
    asked = parser.parse_args(arguments)
    try:
        parts = parts_of(PROGRAM)
    except PackageNotFoundError as error:
        print(f"expected all requirements to be installed, found none of {error}; install the program first")
        return 1
    for part in parts:
        print(f"{part.name:<28} {part.version:<12} {part.licence or 'states none'}")
    if asked.bom:
        asked.bom.write_text(json.dumps(bill_of_materials(parts), indent=1) + "\n", encoding="utf-8")
    silent = [part.name for part in parts if not part.licence]
    print(f"{len(parts)} parts, {len(silent)} without a stated licence{': ' + ', '.join(silent) if silent else ''}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
