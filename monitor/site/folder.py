"""The folder that a site is written into: whole files, each put in its place at once, only those that differ.

A note of what was written (`.site.json`) tells of each file what it was made from. A file that would be made from the
same again, and is as it was left, is not made.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

NOTE: Final = ".site.json"
PART: Final = ".part"


@dataclass(frozen=True, slots=True)
class File:
    """A file of a site, made when its bytes are asked for. `key` says what it is made from, "" that nobody knows."""

    name: str
    make: Callable[[], bytes]
    key: str = ""


@dataclass(slots=True)
class Written:
    """What a build did to its folder."""

    files: int = 0
    bytes: int = 0
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Noted:
    """One file as it was left: its size, its time, and what it was made from."""

    size: int
    time: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What the last build wrote: the mark of what it was made from, and its files."""

    mark: str
    files: Mapping[str, Noted]


class SiteFolder:
    """Writes files into a folder; `finish` takes away those of the last build that this one did not make."""

    def __init__(self, folder: Path, *, is_dry: bool = False) -> None:
        self.folder = folder
        self.is_dry = is_dry
        self.result = Written()
        self._before = read_note(folder)
        self._files: dict[str, Noted] = {}
        self._made: set[Path] = set()

    def put(self, file: File) -> None:
        """Write one file, if it is not there with its bytes already."""
        path = self.folder / file.name
        self.result.files += 1
        noted = self._before.files.get(file.name) if self._before else None
        if file.key and noted is not None and noted.key == file.key and _is_as_noted(path, noted):
            self.result.bytes += noted.size
            self._files[file.name] = noted
            return
        content = file.make()
        self.result.bytes += len(content)
        if not _holds(path, content):
            self.result.written.append(file.name)
            if not self.is_dry:
                self._replace(path, content)
        if not self.is_dry:
            status = path.stat()
            self._files[file.name] = Noted(status.st_size, status.st_mtime_ns, file.key)

    def finish(self, mark: str, kept: Iterable[str] = ()) -> Written:
        """Take away files that the last build made and this one did not, save `kept`, and note what was written."""
        names = set(self._files) if not self.is_dry else None
        for name in sorted((self._before.files.keys() if self._before else set()) - set(kept)):
            if names is not None and name not in names and (self.folder / name).is_file():
                (self.folder / name).unlink()
                self.result.removed.append(name)
        if not self.is_dry:
            files = {name: [held.size, held.time, held.key] for name, held in sorted(self._files.items())}
            note = {"mark": mark, "files": files}
            self._replace(self.folder / NOTE, json.dumps(note, separators=(",", ":")).encode())
        return self.result

    def _replace(self, path: Path, content: bytes) -> None:
        if path.parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(path.parent)
        part = path.with_name(f".{path.name}.{os.getpid()}{PART}")
        try:
            part.write_bytes(content)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def read_note(folder: Path) -> Note | None:
    """The note of the last build, None where there is none or it can't be read: then everything is made again."""
    try:
        told: Any = json.loads((folder / NOTE).read_text(encoding="utf-8"))
        files = {str(name): Noted(int(one[0]), int(one[1]), str(one[2])) for name, one in told["files"].items()}
        return Note(str(told["mark"]), files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return None


def is_untouched(folder: Path, note: Note) -> bool:
    """Whether every file of the last build is as it was left."""
    return all(_is_as_noted(folder / name, noted) for name, noted in note.files.items())


def clear_parts(folder: Path) -> None:
    """Take away what a build that was killed left half written; no page ever pointed to it."""
    for part in folder.rglob(f".*{PART}"):
        part.unlink(missing_ok=True)


def digest_of(parts: Iterable[bytes]) -> str:
    """One mark for many parts."""
    made = hashlib.sha256()
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.hexdigest()[:32]


def mark_of(*values: object) -> str:
    """One mark for values that say all of themselves when they are printed."""
    return digest_of([repr(values).encode("utf-8", "replace")])


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _is_as_noted(path: Path, noted: Noted) -> bool:
    try:
        status = path.stat()
    except OSError:
        return False
    return (status.st_size, status.st_mtime_ns) == (noted.size, noted.time)
