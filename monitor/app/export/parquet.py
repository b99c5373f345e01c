"""Records as a Parquet table, where pyarrow is installed: lists stay lists, what is nested is JSON."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final

from monitor.app.export.export_files import Record, flat
from monitor.app.export.extras import need

#: So many rows are held in memory at a time, and stand together in the file.
_ROWS: Final = 20_000


def write_parquet(target: Path, types: Mapping[str, str], records: Iterable[Record]) -> int:
    """Write a table with these columns; returns how many rows it has.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    need("pyarrow", "parquet", "--format parquet")
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {
        "string": pa.string(),
        "strings": pa.list_(pa.string()),
        "integer": pa.int64(),
        "boolean": pa.bool_(),
    }
    shapes = {column: _shape(column, kind) for column, kind in types.items()}
    schema = pa.schema([(column, kinds[shape]) for column, shape in shapes.items()])
    count = 0
    rows = ({column: _value(row[column], shapes[column]) for column in shapes} for row in map(flat, records))
    with pq.ParquetWriter(target, schema) as writer:
        for batch in _batches(rows):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
            count += len(batch)
    return count


def _shape(column: str, kind: str) -> str:
    """How a column is held: by its type in the words of the reference, without the null."""
    plain = kind.removesuffix("|null")
    if plain == "[string]" or column == "themes":
        return "strings"
    return plain if plain in ("integer", "boolean") else "string"


def _value(value: Any, shape: str) -> Any:
    if value is None or shape != "string" or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(rows, _ROWS)):
        yield batch
