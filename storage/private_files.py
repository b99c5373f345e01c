"""Files and folders that are private to their owner, and never reached through a link that somebody else has put there.

The database holds recipients' addresses; a lock or a body behind a foreign link would be written where the link leads.
"""

import os
import stat
from pathlib import Path
from typing import Final

FILE_MODE: Final = 0o600
FOLDER_MODE: Final = 0o700
_OTHERS: Final = 0o077


def private_folder(path: Path) -> None:
    """Make a folder, with those above it, that only its owner may enter; one that exists stays as it is."""
    if path.is_dir():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(mode=FOLDER_MODE, exist_ok=True)


def open_private(path: Path, flags: int) -> int:
    """A descriptor of a file, made for its owner alone where it is new; raises OSError where a link stands."""
    return os.open(path, flags | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, FILE_MODE)


def is_private(path: Path) -> bool:
    """Whether nobody but the owner may read, write or enter; True where there is nothing."""
    try:
        return not path.stat().st_mode & _OTHERS
    except FileNotFoundError:
        return True


def make_private(path: Path) -> bool:
    """Take from others what they may do with a file or folder of ours; whether anything was taken."""
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode) or found.st_uid != os.geteuid() or not found.st_mode & _OTHERS:
        return False
    path.chmod(stat.S_IMODE(found.st_mode) & ~_OTHERS)
    return True
