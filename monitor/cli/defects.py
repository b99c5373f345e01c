"""What a person is told when the program itself is at fault: one sentence, and where the details are.

The details are for whoever mends it. They go to a file in the data folder that only its owner can read, cut where it
grows long, with user names and passwords taken out of addresses.
"""

import os
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from storage.credentials import without_credentials
from storage.private_files import open_private

LOG_NAME: Final = "errors.log"
MOST_BYTES: Final = 1024**2


class DefectError(click.ClickException):
    """A defect of ours, in words."""


def as_defect(error: Exception, data: Path) -> DefectError:
    """The error in a sentence, its traceback kept in the data folder; where it can't be, `--debug` shows it."""
    words = without_credentials(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__)
    kept = _keep("".join(traceback.format_exception(error)), data)
    where = f"the details are in {kept}" if kept else "wpswatch --debug ... shows the details"
    return DefectError(f"wpswatch has met an error of its own ({words}). Nothing half done was kept; {where}")


def _keep(details: str, data: Path) -> Path | None:
    """Where the details were written; None where they could not be: a folder that is not there is not made for them."""
    path = data / LOG_NAME
    entry = without_credentials(f"{datetime.now(UTC).isoformat(timespec='seconds')}\n{details}\n").encode()
    try:
        descriptor = open_private(path, os.O_WRONLY | os.O_APPEND)
        with os.fdopen(descriptor, "ab") as file:
            if file.tell() > MOST_BYTES:
                file.truncate(0)
            file.write(entry)
    except OSError:
        return None
    return path
