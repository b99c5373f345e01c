"""What an export says of itself: a dictionary of its columns, the schemas of its records, and a manifest.

The dictionary and the schemas are files of this folder, made from the sentences of the reference
(`python -m tests.docs.generate`).
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import Any, Final

from storage.fetched.runs import list_runs
from storage.sqlite.migrations import read_schema_state
from storage.sqlite.public_copy import views_version
from storage.texts.labels import versions_by_parser, vocabulary_of

MANIFEST: Final = "manifest.json"
DICTIONARY: Final = "dictionary.csv"
COLUMNS: Final = ("file", "column", "type", "meaning")


def dictionary_rows(names: Iterable[str]) -> Iterator[dict[str, str]]:
    """Every column of some files: what it holds, and of which type it is."""
    for name in names:
        for column, told in _dictionary()[name]["columns"].items():
            yield {"file": name, "column": column, "type": told["type"], "meaning": told["about"]}


def column_types(name: str) -> Mapping[str, str]:
    """The type of each column of a file, in the words of the reference: `string|null`, `[string]`, `[theme]`."""
    return {column: told["type"] for column, told in _dictionary()[name]["columns"].items()}


def schema_text(name: str) -> bytes:
    """The JSON Schema of one record of a file."""
    return files(__package__).joinpath(f"{name}.schema.json").read_bytes()


def manifest(db: sqlite3.Connection, style: str, counts: Mapping[str, int]) -> bytes:
    """What an export holds and what made it; the same holdings give the same manifest."""
    from scraper.ingest.extraction import PARSER_VERSION

    ends = [run.ended_at for run in list_runs(db) if run.ended_at]
    held = versions_by_parser(db)
    told = {
        "program": _program(),
        "format": style,
        "held_up_to": max(ends).isoformat() if ends else None,
        "parser_version": PARSER_VERSION,
        "vocabulary_version": vocabulary_of(PARSER_VERSION),
        "texts_by_parser_version": held,
        "texts_by_vocabulary_version": _by_vocabulary(held),
        "views_version": views_version(db),
        "schema_step": read_schema_state(db).applied[-1],
        "files": dict(counts),
    }
    return f"{json.dumps(told, indent=1, ensure_ascii=False)}\n".encode()


def _by_vocabulary(held: Mapping[str, int]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for parser, count in held.items():
        counts[vocabulary_of(parser)] = counts.get(vocabulary_of(parser), 0) + count
    return counts


def _program() -> str:
    try:
        return f"wpswatch {version('wpswatch')}"
    except PackageNotFoundError:
        return "wpswatch (not installed)"


@cache
def _dictionary() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(files(__package__).joinpath("dictionary.json").read_text(encoding="utf-8"))
    return told
