"""What people said of the lines of renewals: kept as history, never edited; the last word on a pair holds."""

import sqlite3
from typing import Final

from storage.drift_values import DriftCorrection
from storage.sqlite.columns import time_of, time_text

_INSERT: Final = """
INSERT INTO drift_corrections
    (new, old, language, old_address, old_text, new_address, new_text, status, direction, author, note, made_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_LAST: Final = """
SELECT status, direction, author, note, old_text, new_text FROM drift_corrections
WHERE new = ? AND old = ? AND language = ? AND old_address IS ? AND new_address IS ? ORDER BY id DESC LIMIT 1
"""


def save_drift_correction(db: sqlite3.Connection, said: DriftCorrection) -> bool:
    """Keep what a person said; False, and nothing is written, when the same person said the same last."""
    last = db.execute(_LAST, (said.new, said.old, said.language, said.old_address, said.new_address)).fetchone()
    if last is not None and tuple(last) == (
        said.status,
        said.direction,
        said.author,
        said.note,
        said.old_text,
        said.new_text,
    ):
        return False
    db.execute(
        _INSERT,
        (
            said.new,
            said.old,
            said.language,
            said.old_address,
            said.old_text,
            said.new_address,
            said.new_text,
            said.status,
            said.direction,
            said.author,
            said.note,
            time_text(said.made_at),
        ),
    )
    return True


def drift_corrections(db: sqlite3.Connection, new: str, old: str, language: str) -> tuple[DriftCorrection, ...]:
    """Return all that was said of a renewal beside one old text, oldest first."""
    rows = db.execute(
        "SELECT * FROM drift_corrections WHERE new = ? AND old = ? AND language = ? ORDER BY id", (new, old, language)
    )
    return tuple(map(_correction, rows))


def all_drift_corrections(db: sqlite3.Connection, language: str) -> list[DriftCorrection]:
    """Return all that was said of any renewal in a language, oldest first."""
    rows = db.execute("SELECT * FROM drift_corrections WHERE language = ? ORDER BY id", (language,))
    return [_correction(row) for row in rows]


def _correction(row: sqlite3.Row) -> DriftCorrection:
    return DriftCorrection(
        new=row["new"],
        old=row["old"],
        language=row["language"],
        old_address=row["old_address"],
        old_text=row["old_text"],
        new_address=row["new_address"],
        new_text=row["new_text"],
        status=row["status"],
        direction=row["direction"],
        author=row["author"],
        note=row["note"],
        made_at=time_of(row["made_at"]),
    )
