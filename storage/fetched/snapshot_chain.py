"""The chain of all snapshots: each names the one before by its hash, so that a change in the past is noticed."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from storage.chain import BEGINNING, chain_line, line_hash
from storage.credentials import without_credentials
from storage.records import ArchiveMember, Exchange

_ROWS: Final = """
SELECT s.*, c.snapshot, c.previous, c.hash, c.asked_url, c.request_headers, c.answer_headers, c.archive_path,
       c.archive_sha256, c.archive_url
FROM snapshots s LEFT JOIN snapshot_chain c ON c.snapshot = s.id WHERE s.id >= ? ORDER BY s.id
"""

_EXTEND: Final = """
INSERT INTO snapshot_chain (snapshot, previous, hash, asked_url, request_headers, answer_headers, archive_path,
                            archive_sha256, archive_url)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One snapshot in the chain: its line, the hash of it, and its number."""

    snapshot: int
    line: str
    hash: str


@dataclass(frozen=True, slots=True)
class ChainFault:
    """Where the chain is broken: the snapshot, and what is wrong there in words."""

    snapshot: int
    found: str


def extend_chain(db: sqlite3.Connection, snapshot_id: int, exchange: Exchange | None) -> None:
    """Put a snapshot that was just saved at the end of the chain."""
    last = db.execute("SELECT hash FROM snapshot_chain ORDER BY snapshot DESC LIMIT 1").fetchone()
    previous = last[0] if last else BEGINNING
    told = {
        "asked_url": without_credentials(exchange.asked_url) if exchange else None,
        "request_headers": _text(exchange.request_headers) if exchange else None,
        "answer_headers": _text(exchange.answer_headers) if exchange else None,
    }
    member = exchange.member if exchange else None
    archive = {
        "archive_path": member.path if member else None,
        "archive_sha256": member.archive_sha256 if member else None,
        "archive_url": member.archive_url if member else None,
    }
    row = db.execute("SELECT * FROM snapshots WHERE id = ?", (snapshot_id,)).fetchone()
    hashed = line_hash(chain_line(previous, row, told, archive))
    db.execute(_EXTEND, (snapshot_id, previous, hashed, *told.values(), *archive.values()))


def chain_since(db: sqlite3.Connection, snapshot_id: int = 0) -> Iterator[ChainLink]:
    """The links from a snapshot to the newest, as their rows give them now."""
    for row in db.execute(_ROWS, (snapshot_id,)):
        if row["snapshot"] is not None:
            line = chain_line(row["previous"], row, row, row)
            yield ChainLink(row["id"], line, line_hash(line))


def chain_faults(db: sqlite3.Connection) -> list[ChainFault]:
    """Every place where a row was changed, taken out or put in; a cut end shows only where its hash is known."""
    faults = []
    expected = BEGINNING
    for row in db.execute(_ROWS, (0,)):
        if row["snapshot"] is None:
            faults.append(ChainFault(row["id"], "is not in the chain"))
            continue
        if row["previous"] != expected:
            faults.append(ChainFault(row["id"], "does not follow the one before it: a row was taken out or changed"))
        if line_hash(chain_line(row["previous"], row, row, row)) != row["hash"]:
            faults.append(ChainFault(row["id"], f"was changed: {row['url']}"))
        expected = row["hash"]
    lost = db.execute("SELECT snapshot FROM snapshot_chain WHERE snapshot NOT IN (SELECT id FROM snapshots)")
    return faults + [ChainFault(row[0], "was taken out") for row in lost]


def chain_head(db: sqlite3.Connection) -> ChainLink | None:
    """The newest link, None where nothing was ever fetched."""
    newest = db.execute("SELECT max(snapshot) FROM snapshot_chain").fetchone()[0]
    return None if newest is None else next(chain_since(db, newest), None)


def is_in_chain(db: sqlite3.Connection, hashed: str) -> bool:
    """Whether a link of this hash is in the chain."""
    return db.execute("SELECT 1 FROM snapshot_chain WHERE hash = ?", (hashed,)).fetchone() is not None


def exchange_of(db: sqlite3.Connection, snapshot_id: int) -> Exchange | None:
    """How a snapshot was asked for and answered; None where that was not recorded."""
    row = db.execute("SELECT * FROM snapshot_chain WHERE snapshot = ?", (snapshot_id,)).fetchone()
    if row is None or row["answer_headers"] is None:
        return None
    return Exchange(
        row["asked_url"], _headers(row["request_headers"]), _headers(row["answer_headers"]), _member_of(row)
    )


def _member_of(row: sqlite3.Row) -> ArchiveMember | None:
    path = row["archive_path"]
    return None if path is None else ArchiveMember(path, row["archive_sha256"], row["archive_url"])


def _text(headers: tuple[tuple[str, str], ...]) -> str:
    return json.dumps(headers, ensure_ascii=False)


def _headers(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in json.loads(text))
