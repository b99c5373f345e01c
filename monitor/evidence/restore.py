"""Restores a backup into a data folder that has no database yet.

The database comes last: a restore that was killed leaves none, and is simply run again.
"""

import hashlib
import json
import os
import re
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from monitor.evidence.backup import BODIES, MANIFEST, SCHEMA, SECRETS, SETTINGS, Backup, Member, body_member
from monitor.evidence.key import KEY_NAME
from monitor.evidence.sealed_zip import WrongFile, blocks_of, opened_zip, sync_folder
from monitor.watch.lock import WATCH_LOCK, only_one
from storage.fetched.bodies import BodyStore
from storage.private_files import open_private, private_folder
from storage.sqlite.database import DATABASE_NAME, connect_readonly
from storage.told.site_addresses import AddressLedger, ledger_of

_OURS: Final = re.compile(
    rf"{re.escape(DATABASE_NAME)}|{re.escape(SETTINGS)}|{re.escape(KEY_NAME)}|{BODIES}/[0-9a-f]{{2}}/[0-9a-f]{{62}}\.z"
    rf"|{SECRETS}/[0-9]{{1,4}}-[^/\\\x00]{{1,200}}"
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A file that is put where a person has to look after it: where it is now, and where it stood."""

    path: Path
    came_from: str


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore has put into the data folder, or would."""

    backup: Backup
    placed: tuple[Placed, ...]


def restore_backup(path: Path, data: Path, *, is_dry: bool) -> Restored:
    """Check the whole backup, then write it into the data folder; with `is_dry` it is only checked.

    Raises:
        WrongFile: the file is damaged, no backup, or a newer program's; or the folder holds a database.
        AlreadyRunning: somebody crawls or watches there.
        OSError: the folder can't be written.
    """
    with opened_zip(path) as archive:
        backup = _checked(archive, path)
        _must_be_free(data)
        placed = tuple(Placed(data / each.name, each.came_from) for each in backup.members if each.came_from)
        if not is_dry:
            with only_one(data), only_one(data, name=WATCH_LOCK):
                _must_be_free(data)
                _write(archive, backup, data)
    return Restored(backup, placed)


def _must_be_free(data: Path) -> None:
    for name in (DATABASE_NAME, f"{DATABASE_NAME}-wal"):
        if (data / name).exists():
            raise WrongFile(
                f"expected a folder without a database, found {data / name}; "
                "name an empty folder: wpswatch --data DIR restore FILE"
            )


def _checked(archive: zipfile.ZipFile, path: Path) -> Backup:
    """What the backup holds, once each member is there with its hash, and none beside them."""
    backup = _manifest(archive, path)
    told = {member.name: member for member in backup.members}
    found = sorted(archive.namelist())
    if found != sorted([*told, MANIFEST]):
        odd = sorted({*found} ^ {*told, MANIFEST}) or ["a name twice"]
        raise WrongFile(f"expected the files its manifest lists, found a difference: {odd[0]} in {path}")
    for member in told.values():
        if not _OURS.fullmatch(member.name) or ".." in member.name.split("/"):
            raise WrongFile(f"expected files of wpswatch, found {member.name!r} in {path}; this is no backup of ours")
        digest = hashlib.sha256()
        for block in blocks_of(archive, member.name):
            digest.update(block)
        if digest.hexdigest() != member.sha256:
            raise WrongFile(f"expected the hash {member.sha256}, found {digest.hexdigest()} of {member.name} in {path}")
    if DATABASE_NAME not in told:
        raise WrongFile(f"expected a database, found none in {path}; this is no whole backup")
    return backup


def _manifest(archive: zipfile.ZipFile, path: Path) -> Backup:
    wrong = WrongFile(f"expected a backup of wpswatch, found another file at {path}; check its name")
    if MANIFEST not in archive.namelist():
        raise wrong
    try:
        record: Any = json.loads(b"".join(blocks_of(archive, MANIFEST)))
        schema = str(record["schema"])
        if schema.startswith("wpswatch.backup/") and schema != SCHEMA:
            raise WrongFile(f"expected {SCHEMA}, found {schema} in {path}; a newer wpswatch has written it: upgrade")
        if schema != SCHEMA:
            raise wrong
        members = tuple(Member(**each) for each in record["members"])
        ledger = record.get("published")
        published = None if ledger is None else AddressLedger(int(ledger["addresses"]), str(ledger["sha256"]))
        return Backup(str(record["made_at"]), members, tuple(record["lost"]), tuple(record["withheld"]), published)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise wrong from error


def _write(archive: zipfile.ZipFile, backup: Backup, data: Path) -> None:
    """Bodies first, then the loose files, the database last."""
    bodies = BodyStore(data / BODIES)
    for member in backup.members:
        if member.name.startswith(f"{BODIES}/"):
            body_hash = bodies.save(_unpacked(archive, member))
            if body_member(body_hash) != member.name:
                raise WrongFile(f"expected a body of its name, found one of hash {body_hash} as {member.name}")
    bodies.flush()
    for member in sorted(backup.members, key=lambda each: each.name == DATABASE_NAME):
        if not member.name.startswith(f"{BODIES}/"):
            check = partial(_check_ledger, backup.published) if member.name == DATABASE_NAME else None
            _put(archive, member.name, data / member.name, check)


def _check_ledger(told: AddressLedger | None, database: Path) -> None:
    """Insist that the database knows the published addresses that the backup says: a site would lose them else."""
    if told is None:
        return
    with closing(connect_readonly(database)) as db:
        found = ledger_of(db)
    if found != told:
        raise WrongFile(
            f"expected the ledger of {told.addresses} published addresses, found another one of {found.addresses}; "
            "take another copy of the backup"
        )


def _unpacked(archive: zipfile.ZipFile, member: Member) -> bytes:
    try:
        return zlib.decompress(b"".join(blocks_of(archive, member.name)))
    except zlib.error as error:
        raise WrongFile(f"expected a compressed body, found: {error} in {member.name}") from error


def _put(archive: zipfile.ZipFile, name: str, target: Path, check: Callable[[Path], None] | None) -> None:
    """Write a private file whole, check it, then give it its name; one of that name that holds something else stays."""
    private_folder(target.parent)
    content = blocks_of(archive, name)
    part = target.with_name(f"{target.name}.part")
    with os.fdopen(open_private(part, os.O_WRONLY | os.O_TRUNC), "wb") as file:
        for block in content:
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    if check is not None:
        try:
            check(part)
        except WrongFile:
            part.unlink()
            raise
    if target.exists() and target.read_bytes() != part.read_bytes():
        part.unlink()
        raise WrongFile(
            f"expected no {target.name}, found another one at {target}; move it away, or name an empty folder"
        )
    part.replace(target)
    sync_folder(target.parent)
