"""Makes JSON Schemas of the records that docs/sentences/records.toml describes."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any, Final

from tests.paths import ROOT

SENTENCES: Final = ROOT / "docs/sentences"
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
SIMPLE: Final[Mapping[str, dict[str, Any]]] = {
    "any": {},
    "date": {"type": "string", "format": "date"},
    "time": {"type": "string", "format": "date-time"},
    **{name: {"type": name} for name in ("string", "integer", "number", "boolean", "null")},
}

Records = Mapping[str, Mapping[str, Any]]


def load_sentences(name: str) -> dict[str, dict[str, Any]]:
    """One file of sentences, by the headings in it."""
    with (SENTENCES / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def load_records() -> tuple[Records, Mapping[str, str]]:
    """All records by name, and the type of what each command prints."""
    records = load_sentences("records")
    return records, records.pop("commands")


def fields_of(records: Records, name: str) -> dict[str, list[str]]:
    """The fields of a record, those it includes first: type and sentence."""
    record = records[name]
    included = fields_of(records, record["includes"]) if "includes" in record else {}
    return included | {field: told for field, told in record.items() if field not in ("about", "includes")}


def schema_of(records: Records, kind: str, *, is_strict: bool = False) -> dict[str, Any]:
    """The schema of a type, with all records it needs; a strict one allows no field that is not told."""
    needed: dict[str, Any] = {}
    schema = _schema(records, kind, needed, is_strict)
    return {"$schema": DIALECT, **schema, "$defs": dict(sorted(needed.items()))}


def _schema(records: Records, kind: str, needed: dict[str, Any], is_strict: bool) -> dict[str, Any]:
    words = re.findall(r"'([^']*)'", kind)
    if words and "[" not in kind:
        others = [other for other in kind.split("|") if other and not other.startswith("'")]
        assert others in ([], ["null"]), f"expected words, or words and null, found {kind}"
        return {"enum": [*words, *(None for _ in others)]}
    if kind[0] == "[" and kind[-1] == "]" and "]" not in kind[:-1]:
        return {"type": "array", "items": _schema(records, kind[1:-1], needed, is_strict)}
    if kind[0] == "{":
        return {"type": "object", "additionalProperties": _schema(records, kind[1:-1], needed, is_strict)}
    if "|" in kind:
        return {"anyOf": [_schema(records, part, needed, is_strict) for part in kind.split("|")]}
    if kind in SIMPLE:
        return dict(SIMPLE[kind])
    if kind not in needed:
        needed[kind] = {}  # a record may stand in itself
        needed[kind] = _record(records, kind, needed, is_strict)
    return {"$ref": f"#/$defs/{kind}"}


def _record(records: Records, name: str, needed: dict[str, Any], is_strict: bool) -> dict[str, Any]:
    fields = fields_of(records, name)
    properties = {
        field.removesuffix("?"): _schema(records, kind, needed, is_strict) | {"description": sentence}
        for field, (kind, sentence) in fields.items()
    }
    schema = {
        "description": records[name]["about"],
        "type": "object",
        "required": [field for field in fields if not field.endswith("?")],
        "properties": properties,
    }
    return schema | ({"additionalProperties": False} if is_strict else {})
