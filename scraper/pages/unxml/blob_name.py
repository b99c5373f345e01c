"""The name by which the tree of UNxml lists a file's content: git's hash of it (pure)."""

import hashlib
import re
from typing import Final

# "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
_NAME: Final = re.compile(r"[0-9a-f]{40}")


def git_blob_id(body: bytes) -> str:
    """The name git gives a file's content, which is how GitHub's tree lists it.

    >>> git_blob_id(b"")
    'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'
    """
    return hashlib.sha1(b"blob %d\0" % len(body) + body, usedforsecurity=False).hexdigest()


def has_name(body: bytes, name: str | None) -> bool | None:
    """Whether a body has the name by which it is listed; None where the name is none of git's.

    >>> has_name(b"", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"), has_name(b"", "listed")
    (True, None)
    """
    return git_blob_id(body) == name if name and _NAME.fullmatch(name) else None
