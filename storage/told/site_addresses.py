"""Every address that pages were published at, so that no later build forgets one: files, and places in them."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from storage.sqlite.columns import time_text


class SiteAddress(NamedTuple):
    """A file of the site by its path from the front page; `fragment` is a place in it, "" the file itself."""

    file: str
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class AddressLedger:
    """How many addresses were published, and the hash of all of them in their order."""

    addresses: int
    sha256: str


def ledger_of(db: sqlite3.Connection) -> AddressLedger:
    """Return what the ledger of addresses comes to: another one has another hash."""
    import hashlib  # only a backup needs it

    digest, count = hashlib.sha256(), 0
    for row in db.execute("SELECT file, fragment, since FROM site_addresses ORDER BY file, fragment"):
        digest.update(f"{row[0]}\0{row[1]}\0{row[2]}\n".encode("utf-8", "surrogatepass"))
        count += 1
    return AddressLedger(count, digest.hexdigest())


def published_addresses(db: sqlite3.Connection) -> set[SiteAddress]:
    """Return every address that was ever published."""
    return {SiteAddress(row[0], row[1]) for row in db.execute("SELECT file, fragment FROM site_addresses")}


def keep_addresses(db: sqlite3.Connection, addresses: Iterable[SiteAddress], now: datetime) -> int:
    """Remember addresses as published; return how many are new. None is ever removed."""
    since = time_text(now)
    before = db.total_changes
    db.executemany(
        "INSERT OR IGNORE INTO site_addresses (file, fragment, since) VALUES (?, ?, ?)",
        [(*address, since) for address in addresses],
    )
    return db.total_changes - before
