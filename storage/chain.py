"""How a snapshot enters the chain: as one line of JSON that names the line before it by its hash (pure).

The line holds what never changes of a snapshot; what became of it (`state`, `reason`, `parser_version`) is no
part of it. The hash of a line is the SHA-256 of its UTF-8 bytes, so that `sha256sum` checks it.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

BEGINNING: Final = "0" * 64
"""What stands for the line before the first one."""

FIELDS: Final = (
    "source",
    "run",
    "url",
    "final_url",
    "status",
    "etag",
    "last_modified",
    "media_type",
    "body_hash",
    "size",
    "fetched_at",
    "symbol",
    "language",
    "revision",
)
"""Columns of a snapshot, as they are stored."""

EXCHANGE_FIELDS: Final = ("asked_url", "request_headers", "answer_headers")
"""Columns of its exchange, as they are stored; null where it was not recorded."""

ARCHIVE_FIELDS: Final = ("archive_path", "archive_sha256", "archive_url")
"""Columns that say where in which archive a body stood; null where it came by itself, and no part of its line then."""


def chain_line(
    previous: str, snapshot: Mapping[str, Any], exchange: Mapping[str, Any], archive: Mapping[str, Any] | None = None
) -> str:
    """The line of a snapshot behind the line of this hash.

    The line of a body out of an archive is of the second form, which names the archive and the path; all others keep
    the first, whatever has been added since, so that their hashes stay.
    """
    values = {name: snapshot[name] for name in FIELDS} | {name: exchange[name] for name in EXCHANGE_FIELDS}
    record = {"chain": 1, "previous": previous, **values}
    if archive is not None and archive["archive_path"] is not None:
        record |= {"chain": 2, **{name: archive[name] for name in ARCHIVE_FIELDS}}
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def line_hash(line: str) -> str:
    """The hash by which the next line names this one."""
    import hashlib  # only where a chain is written or checked: loading it takes longer than opening a database

    return hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest()
