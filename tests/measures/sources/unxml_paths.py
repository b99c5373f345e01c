"""Counts how many paths of UNxml/SCresolutions are understood, by kind of document, and names those that are not.

python -m tests.measures.sources.unxml_paths FILE

FILE holds one path a line, such as tests/cases/unxml_tree/paths-2026-07-21.txt
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from scraper.pages.unxml.file_names import MetadataFile, ResolutionFile
from scraper.pages.unxml.file_tree import Tree, parse_tree


@dataclass(frozen=True, slots=True)
class Count:
    """So many paths lie where one kind of document is kept, so many of them are understood."""

    paths: int
    understood: int


def read_paths(file: Path) -> Tree:
    """The paths of a list as the tree that GitHub would answer; the hashes are no files'."""
    entries = [{"path": path, "type": "blob", "sha": "0" * 40} for path in file.read_text("utf-8").splitlines()]
    return parse_tree(json.dumps({"tree": entries, "truncated": False}).encode(), file.absolute().as_uri())


def count(tree: Tree) -> dict[str, Count]:
    """The counts of each kind. Where a path lies tells its kind: what is left of the folders are the resolutions."""
    understood: dict[str, int] = dict.fromkeys(("resolutions", "statements", "drafts", "metadata"), 0)
    for file in (*tree.files, *tree.duplicates):
        understood[kind_of(file.path)] += _is_of_its_kind(file)
    missed = [path for path in tree.unknown if path.endswith((".xml", ".json"))]
    return {
        kind: Count(number + sum(kind_of(path) == kind for path in missed), number)
        for kind, number in understood.items()
    }


def kind_of(path: str) -> str:
    """The kind of document that a folder is for."""
    kinds = {"PRST": "statements", "Not adopted": "drafts", "data_extract": "metadata"}
    return kinds.get(path.partition("/")[0], "resolutions")


def _is_of_its_kind(file: object) -> bool:
    path: str = file.path  # type: ignore[attr-defined]
    expected = {"resolutions": ResolutionFile, "metadata": MetadataFile}.get(kind_of(path))
    return expected is None or isinstance(file, expected)


def main() -> None:
    """Print the counts."""
    tree = read_paths(Path(sys.argv[1]))
    for kind, counted in count(tree).items():
        print(f"{kind:12} {counted.understood:5} of {counted.paths:5} paths understood")
    print(f"{'known junk':12} {len(tree.no_texts):5}")
    print(f"{'duplicates':12} {len(tree.duplicates):5}", *(file.path for file in tree.duplicates), sep="\n  ")
    print(f"{'unknown':12} {len(tree.unknown):5}", *tree.unknown, sep="\n  ")


if __name__ == "__main__":
    main()
