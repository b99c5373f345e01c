"""Makes an evidence bundle: bodies as they came, how they came, what was read, the chain, and the signature over all.

`SHA256SUMS` names every other member with its hash, and `SHA256SUMS.sig` is the signature of that one file: so the
signature holds for all, and `sha256sum` and `openssl` are enough to check it.
"""

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from monitor.evidence.exchanges import Came, warc_of
from monitor.evidence.key import fingerprint, public_pem
from monitor.evidence.reading import reading_record
from monitor.evidence.readme import README, readme_of
from monitor.evidence.sealed_zip import add, new_zip
from storage.fetched.bodies import BodyStore
from storage.fetched.chain_stamps import list_stamps
from storage.fetched.snapshot_chain import chain_since, exchange_of
from storage.fetched.snapshots import list_snapshots
from storage.sqlite.database import one_view

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from storage.models import HeldDocument

SCHEMA: Final = "wpswatch.evidence/1"
MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"
SIGNATURE: Final = "SHA256SUMS.sig"
PUBLIC_KEY: Final = "public-key.pem"
WARC: Final = "exchanges.warc.gz"
READING: Final = "reading.json"
CHAIN: Final = "chain.jsonl"
STAMPS: Final = "stamps"
_ENDINGS: Final = {
    "pdf": ".pdf",
    "xml": ".xml",
    "html": ".html",
    "json": ".json",
    "wordprocessing": ".docx",
    "plain": ".txt",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What the evidence is of; `address` is None where it is of a whole document."""

    held: "HeldDocument"
    address: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A bundle's members in their order, and its manifest."""

    members: Mapping[str, bytes]
    manifest: Mapping[str, Any]


def gather(
    db: sqlite3.Connection, bodies: BodyStore, subject: Subject, key: "Ed25519PrivateKey", now: datetime, program: str
) -> Evidence:
    """Everything that goes into the bundle, signed.

    Raises:
        MissingExtra: a package is not installed.
        BodyError: a body is missing or damaged.
    """
    document, current = subject.held.document, subject.held.current
    with one_view(db):
        snapshots = [each for each in list_snapshots(db, current.symbol) if each.language in (None, current.language)]
        snapshots.sort(key=lambda each: each.id)
        came = [Came(each, bodies.load(each.body_hash), exchange_of(db, each.id)) for each in snapshots]
        chain = list(chain_since(db, snapshots[0].id))
        stamps = list_stamps(db, snapshots[0].id)
    members = {f"bodies/{each.snapshot.body_hash}{_ending(each.snapshot.media_type)}": each.body for each in came}
    members[WARC] = warc_of(came)
    members[READING] = _json(reading_record(document, current.body_hash, subject.address))
    members[CHAIN] = "".join(f"{link.line}\n" for link in chain).encode("utf-8", "surrogatepass")
    members |= {f"{STAMPS}/{number}.tsr": stamp.answer for number, stamp in enumerate(stamps, 1)}
    members[PUBLIC_KEY] = public_pem(key.public_key())
    manifest = {
        "schema": SCHEMA,
        "made_at": now.isoformat(),
        "program": program,
        "symbol": current.symbol,
        "language": current.language,
        "address": subject.address,
        "parser_version": current.parser_version,
        "shown_body": current.body_hash,
        "key": fingerprint(key.public_key()),
        "chain": {"links": len(chain), "head": chain[-1].hash},
        "stamps": [
            {
                "member": f"{STAMPS}/{number}.tsr",
                "head": stamp.head,
                "server": stamp.server,
                "stamped_at": stamp.stamped_at.isoformat(),
            }
            for number, stamp in enumerate(stamps, 1)
        ],
        "snapshots": [_snapshot(each) for each in came],
    }
    members[README] = readme_of(manifest, reading_record(document, current.body_hash, subject.address)).encode()
    manifest["members"] = [
        {"name": name, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        for name, content in members.items()
    ]
    members[MANIFEST] = _json(manifest)
    members[SUMS] = sums_of(members)
    members[SIGNATURE] = key.sign(members[SUMS])
    return Evidence(members, manifest)


def write_bundle(path: Path, evidence: Evidence, *, may_replace: bool) -> None:
    """Write the bundle; raises as `new_zip` does."""
    with new_zip(path, may_replace=may_replace) as archive:
        for name, content in evidence.members.items():
            add(archive, name, content, is_packed=name == WARC)


def sums_of(members: Mapping[str, bytes]) -> bytes:
    """The hashes of members as `sha256sum` reads them."""
    return "".join(f"{hashlib.sha256(members[name]).hexdigest()}  {name}\n" for name in sorted(members)).encode()


def _snapshot(came: Came) -> dict[str, Any]:
    snapshot, exchange = came.snapshot, came.exchange
    member = exchange.member if exchange else None
    return {
        "snapshot": snapshot.id,
        "source": snapshot.source,
        "url": snapshot.url,
        "answered_by": member.archive_url if member else snapshot.final_url,
        "archive": {"path": member.path, "sha256": member.archive_sha256} if member else None,
        "asked": exchange.asked_url if exchange else "not recorded",
        "headers": "recorded" if exchange else "not recorded",
        "status": snapshot.status,
        "etag": snapshot.etag,
        "last_modified": snapshot.last_modified,
        "media_type": snapshot.media_type,
        "fetched_at": snapshot.fetched_at.isoformat(),
        "symbol": snapshot.symbol,
        "language": snapshot.language,
        "body_sha256": snapshot.body_hash,
    }


def _ending(media_type: str) -> str:
    return next((ending for word, ending in _ENDINGS.items() if word in media_type), ".bin")


def _json(record: Mapping[str, Any]) -> bytes:
    return f"{json.dumps(record, ensure_ascii=False, indent=1)}\n".encode()
