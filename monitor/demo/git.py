"""Names files and folders as git does: the same bytes always get the id that GitHub's tree gives them (pure)."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """One entry of a whole tree: a file with its size, or a folder without one."""

    path: str
    mode: str
    kind: str
    sha: str
    size: int | None


def blob_sha(body: bytes) -> str:
    """Git's id of a file's content.

    >>> blob_sha(b"")
    'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'
    """
    return _object_sha("blob", body)


def read_tree(bodies: Mapping[str, bytes]) -> tuple[str, tuple[TreeEntry, ...]]:
    """Return the id of the root folder, and every file and folder below it in git's order."""
    files = [TreeEntry(path, "100644", "blob", blob_sha(body), len(body)) for path, body in bodies.items()]
    folders = {str(parent) for path in bodies for parent in PurePosixPath(path).parents if str(parent) != "."}
    entries = {entry.path: entry for entry in files}
    for folder in sorted(
        folders, key=lambda path: -path.count("/")
    ):  # the innermost first: a folder's id is made of its entries'
        entries[folder] = TreeEntry(folder, "040000", "tree", _folder_sha(folder, entries.values()), None)
    return _folder_sha(".", entries.values()), tuple(sorted(entries.values(), key=_order))


def _folder_sha(folder: str, entries: Iterable[TreeEntry]) -> str:
    own = [entry for entry in entries if str(PurePosixPath(entry.path).parent) == folder]
    lines = (
        f"{entry.mode.lstrip('0')} {PurePosixPath(entry.path).name}\0".encode() + bytes.fromhex(entry.sha)
        for entry in sorted(own, key=_order)
    )
    return _object_sha("tree", b"".join(lines))


def _order(entry: TreeEntry) -> str:
    """Git compares a folder's name as if it ended in a slash."""
    return f"{entry.path}/" if entry.kind == "tree" else entry.path


def _object_sha(kind: str, content: bytes) -> str:
    return hashlib.sha1(f"{kind} {len(content)}\0".encode() + content, usedforsecurity=False).hexdigest()
