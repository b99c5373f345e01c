"""What people said of labels: kept as history, and placed in each version of the document it is about."""

import sqlite3
from typing import Final

from storage.corrections import HumanAction, HumanLabel, Placed, place_labels
from storage.folding import loose_text
from storage.models import ParsedDocument
from storage.sqlite.columns import time_of, time_text

_INSERT: Final = """
INSERT INTO human_labels (symbol, language, address, text, text_hash, theme, action, author, note, made_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_LAST: Final = """
SELECT action, author, note FROM human_labels
WHERE symbol = ? AND language = ? AND address = ? AND text_hash = ? AND theme IS ? ORDER BY id DESC LIMIT 1
"""


def save_human_label(db: sqlite3.Connection, label: HumanLabel) -> bool:
    """Keep what a person said; False, and nothing is written, when the same person said the same last."""
    text_hash = _hash(label.text)
    last = db.execute(_LAST, (label.symbol, label.language, label.address, text_hash, label.theme)).fetchone()
    if last is not None and tuple(last) == (label.action, label.author, label.note):
        return False
    db.execute(
        _INSERT,
        (
            label.symbol,
            label.language,
            label.address,
            label.text,
            text_hash,
            label.theme,
            label.action,
            label.author,
            label.note,
            time_text(label.made_at),
        ),
    )
    return True


def human_labels_of(db: sqlite3.Connection, symbol: str | None, language: str) -> tuple[HumanLabel, ...]:
    """Return all that was said of a document's paragraphs, oldest first."""
    rows = db.execute("SELECT * FROM human_labels WHERE symbol = ? AND language = ? ORDER BY id", (symbol, language))
    return tuple(_label_of(row) for row in rows)


def placed_labels(db: sqlite3.Connection, document: ParsedDocument) -> tuple[Placed, ...]:
    """Return all that was said of a document, oldest first, with the paragraphs of this text that it is about."""
    return place_labels(human_labels_of(db, document.symbol, document.language), document.paragraphs)


def list_human_labels(db: sqlite3.Connection) -> list[HumanLabel]:
    """Return all that was ever said, oldest first."""
    return [_label_of(row) for row in db.execute("SELECT * FROM human_labels ORDER BY id")]


def save_reviews(db: sqlite3.Connection, version: int, document: ParsedDocument) -> None:
    """Write which of a version's paragraphs people spoke of; what they said elsewhere in the document is left out."""
    placed = placed_labels(db, document)
    db.executemany(
        "INSERT INTO reviews (version, human_label, address, is_text_changed) VALUES (?, ?, ?, ?)",
        [(version, each.label.id, each.address, each.is_text_changed) for each in placed if each.address is not None],
    )


def _hash(text: str) -> str:
    # Commands that only read must start at once, and they never hash.
    import hashlib

    return hashlib.sha256(loose_text(text).encode("utf-8", "surrogatepass")).hexdigest()


def _label_of(row: sqlite3.Row) -> HumanLabel:
    return HumanLabel(
        symbol=row["symbol"],
        language=row["language"],
        address=row["address"],
        text=row["text"],
        theme=row["theme"],
        action=HumanAction(row["action"]),
        author=row["author"],
        note=row["note"],
        made_at=time_of(row["made_at"]),
        id=row["id"],
    )
