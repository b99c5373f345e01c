"""What an export says of itself: the data dictionary, and the schema of each file of records.

They are made from the sentences of the reference, and shipped with the program: whoever gets an export has no docs.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from monitor.cli.keeping.exported import FIELDS
from storage.sqlite.public_copy import VIEWS
from tests.docs.pages import sentence_of_column
from tests.docs.records import DIALECT, fields_of, load_records, load_sentences, schema_of
from tests.paths import ROOT

FOLDER: Final = ROOT / "monitor/app/export/described"


def described_files() -> dict[Path, str]:
    """The dictionary and the schemas, by the files they stand in."""
    files = {FOLDER / "dictionary.json": _text(_dictionary())}
    return files | {FOLDER / f"{name}.schema.json": _text(_schema(name)) for name in FIELDS}


def _dictionary() -> dict[str, Any]:
    told = load_sentences("export")
    records = {
        name: {
            "about": told[name]["about"],
            "columns": {
                column: dict(zip(("type", "about"), _columns(name)[column], strict=True)) for column in columns
            },
        }
        for name, columns in FIELDS.items()
    }
    return records | {name: _view(name) for name in VIEWS}


def _told(kind: str, about: str) -> dict[str, str]:
    return {"type": kind, "about": about}


def _view(name: str) -> dict[str, Any]:
    told = load_sentences("database")
    columns = {
        column: {"type": kind, "about": sentence_of_column(name, column)} for column, kind in VIEWS[name].items()
    }
    return {"about": told[name]["about"].partition(" A view that")[0], "columns": columns}


def _columns(name: str) -> dict[str, list[str]]:
    """Type and sentence of each column of a file, those of its record among them."""
    told = load_sentences("export")[name]
    records, _ = load_records()
    own = {column.removesuffix("?"): said for column, said in told.items() if column not in ("about", "record")}
    included = fields_of(records, told["record"]) if "record" in told else {}
    return {column.removesuffix("?"): said for column, said in included.items()} | own


def _schema(name: str) -> dict[str, Any]:
    """The schema of one line of a file of JSON records."""
    told: Mapping[str, Any] = load_sentences("export")[name]
    records, _ = load_records()
    own = {column: said for column, said in told.items() if column != "record" and not column.endswith("?")}
    included = fields_of(records, told["record"]) if "record" in told else {}
    fields = {column: said for column, said in included.items() if column.removesuffix("?") in FIELDS[name]}
    schema = schema_of({**records, f"line of {name}": {**fields, **own}}, f"line of {name}")
    return {"$schema": DIALECT, "title": f"One line of {name}.jsonl", **schema}


def _text(made: dict[str, Any]) -> str:
    return f"{json.dumps(made, indent=1, ensure_ascii=False)}\n"
