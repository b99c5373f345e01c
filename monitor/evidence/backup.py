"""Backs up an installation into one file while others write to it: database, bodies, settings, secrets when asked.

The database is copied first, then the bodies that the copy names: a body is on the disk before any row names it, and is
never changed, so the copy is whole whatever a crawl does meanwhile.
"""

import hashlib
import json
import zipfile
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from monitor.evidence.key import KEY_NAME
from monitor.evidence.sealed_zip import add, new_zip
from storage.credentials import without_credentials
from storage.errors import BodyError
from storage.fetched.bodies import BodyStore
from storage.sqlite.copying import body_hashes, copy_database
from storage.sqlite.database import DATABASE_NAME, connect_readonly, open_readonly
from storage.told.site_addresses import AddressLedger, ledger_of

if TYPE_CHECKING:
    import sqlite3

    from monitor.settings.config import Config

SCHEMA: Final = "wpswatch.backup/1"
MANIFEST: Final = "manifest.json"
SETTINGS: Final = "wpswatch.toml"
BODIES: Final = "bodies"
SECRETS: Final = "secrets"


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the backup. `came_from` is where it stood, None where that is the data folder."""

    name: str
    sha256: str
    size: int
    came_from: str | None = None


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds. `lost` are bodies that the database names and nobody can give back.

    `withheld` says in words what stands in the settings and was not asked for. `published` is the ledger of the
    addresses that pages were published at; None in a backup of an older program.
    """

    made_at: str
    members: tuple[Member, ...]
    lost: tuple[str, ...]
    withheld: tuple[str, ...]
    published: AddressLedger | None = None

    @property
    def bodies(self) -> int:
        """How many bodies are held."""
        return sum(member.name.startswith(f"{BODIES}/") for member in self.members)

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(member.size for member in self.members)


@dataclass(frozen=True, slots=True)
class BackupWish:
    """What is to be backed up. `settings` is None where there is no file of settings."""

    data: Path
    settings: Path | None
    config: "Config"
    with_secrets: bool


def write_backup(path: Path, wanted: BackupWish, now: datetime, *, may_replace: bool) -> Backup:
    """Write the backup; returns what it holds.

    Raises:
        WrongFile: a file of that name exists, or is being written.
        StorageError: there is no database that can be read.
        OSError: something can't be read or written.
    """
    with (
        closing(open_readonly(wanted.data / DATABASE_NAME)) as db,
        new_zip(path, may_replace=may_replace) as archive,
        _copied(db, path.with_name(f"{path.name}.db.part")) as copy,
    ):
        members = [_add(archive, DATABASE_NAME, copy)]
        lost = []
        with closing(connect_readonly(copy)) as copied:
            hashes, published = body_hashes(copied), ledger_of(copied)
        bodies = BodyStore(wanted.data / BODIES)
        for body_hash in hashes:
            try:
                members.append(_add(archive, body_member(body_hash), bodies.packed(body_hash)))
            except BodyError:
                lost.append(body_hash)
        loose, withheld = _loose_files(wanted)
        members += [_add(archive, name, content, came_from) for name, content, came_from in loose]
        backup = Backup(now.isoformat(), tuple(members), tuple(lost), tuple(withheld), published)
        add(archive, MANIFEST, json.dumps({"schema": SCHEMA, **asdict(backup)}, indent=1).encode())
    return backup


def count_backup(wanted: BackupWish) -> Backup:
    """What a backup would hold now, by the rows and files; nothing is written."""
    store = BodyStore(wanted.data / BODIES)
    database = wanted.data / DATABASE_NAME
    with closing(open_readonly(database)) as db:
        hashes, published = body_hashes(db), ledger_of(db)
    members, lost = [Member(DATABASE_NAME, "", database.stat().st_size)], []
    for body_hash in hashes:
        try:
            members.append(_member(body_member(body_hash), store.packed(body_hash), None))
        except BodyError:
            lost.append(body_hash)
    loose, withheld = _loose_files(wanted)
    members += [_member(*each) for each in loose]
    return Backup("", tuple(members), tuple(lost), tuple(withheld), published)


def body_member(body_hash: str) -> str:
    """The name of a body in the backup, that of its file in the data folder."""
    return f"{BODIES}/{body_hash[:2]}/{body_hash[2:]}.z"


@contextmanager
def _copied(db: "sqlite3.Connection", path: Path) -> Generator[Path]:
    """The database's copy, for the block; one that a kill left behind is taken away first."""
    for each in (path, path.with_name(f"{path.name}-journal")):
        each.unlink(missing_ok=True)
    try:
        copy_database(db, path)
        yield path
    finally:
        with suppress(FileNotFoundError):
            path.unlink()


_Loose = tuple[str, bytes, str | None]


def _loose_files(wanted: BackupWish) -> tuple[list[_Loose], list[str]]:
    """The settings, and with `with_secrets` the key and the files that the settings name; and what is withheld."""
    files: list[_Loose] = []
    withheld = []
    if wanted.settings is not None:
        text = wanted.settings.read_text(encoding="utf-8-sig")
        bare = text if wanted.with_secrets else without_credentials(text)
        if bare != text:
            withheld.append(f"a user name or password in an address in {wanted.settings}")
        files.append((SETTINGS, bare.encode(), str(wanted.settings.absolute())))
    named = [wanted.config.smtp.password_file if wanted.config.smtp else ""]
    named += [channel.secret_file for channel in wanted.config.channels]
    secrets = [Path(each) for each in dict.fromkeys(named) if each]
    key = wanted.data / KEY_NAME
    if not wanted.with_secrets:
        withheld += [str(each) for each in (key, *secrets) if each.exists()]
        return files, withheld
    if key.exists():
        files.append((KEY_NAME, key.read_bytes(), None))
    for number, each in enumerate(secrets, 1):
        files.append((f"{SECRETS}/{number}-{each.name}", each.read_bytes(), str(each.absolute())))
    return files, withheld


def _add(archive: zipfile.ZipFile, name: str, content: bytes | Path, came_from: str | None = None) -> Member:
    add(archive, name, content, is_packed=name.startswith(f"{BODIES}/"))
    return _member(name, content, came_from)


def _member(name: str, content: bytes | Path, came_from: str | None) -> Member:
    if isinstance(content, bytes):
        return Member(name, hashlib.sha256(content).hexdigest(), len(content), came_from)
    with content.open("rb") as file:
        return Member(name, hashlib.file_digest(file, "sha256").hexdigest(), content.stat().st_size, came_from)
